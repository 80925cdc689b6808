"""Loads the demo: invented people and institutions in every state, through the same services as real ones."""
