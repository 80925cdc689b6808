"""How tests get a database and a browser; the cast itself stands in tests/conftest.py."""
