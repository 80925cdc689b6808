"""Django's PostgreSQL backend, cheaper where every page pays: see `base`, which Django loads by that name."""
