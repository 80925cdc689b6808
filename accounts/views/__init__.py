"""The account pages: signing in, the profile, privacy, and the codes that facilitators hand out."""
