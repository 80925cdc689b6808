"""Messages to groups and people, reminders that can be refused, texts to paste, calendar files of sessions."""
