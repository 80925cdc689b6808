"""What the staff screens of all rooms share. No rule lives here."""
