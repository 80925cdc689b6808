"""Helpers that know no app. This room may only shrink."""
