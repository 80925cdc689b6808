"""Screens of the Wagtail admin for what lessons share."""
