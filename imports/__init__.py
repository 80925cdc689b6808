"""Bulk import of people, attendance and past trainings from the sheets that staff really have."""
