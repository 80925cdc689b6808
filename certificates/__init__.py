"""Proof: eligibility, frozen certificates, rendering, public verification."""
