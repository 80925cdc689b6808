"""The front door: home page and information pages."""
