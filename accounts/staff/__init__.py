"""The logins' screens in the Wagtail admin. No rule lives here."""
