"""The project: settings, addresses and entry points. Wiring only; nobody imports it."""
