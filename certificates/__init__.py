"""Proof: eligibility, frozen certificates, rendering, signing, public verification."""
