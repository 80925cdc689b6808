"""The programme staff's screens of this room in the Wagtail admin. No rule lives here."""
