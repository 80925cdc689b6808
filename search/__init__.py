"""The catalogue's search: one interface, the embedded database behind it."""
