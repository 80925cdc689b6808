"""Institutions and dated memberships."""
