"""Bulk import: sheets that staff have, read, checked line by line, applied in batches, undone as one."""
