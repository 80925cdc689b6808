"""Loads the starter content under `starter/`: idempotent, and never over a trainer's edit."""
