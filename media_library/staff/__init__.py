"""The staff screens of what belongs to somebody, in the Wagtail admin. No rule lives here."""
