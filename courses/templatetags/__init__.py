"""Filters and tags that print what authors wrote."""
