"""Figures of speed and weight. `make bench` prints them; a slow one says SHORT and fails nothing.

A benchmark is a module `bench_<area>.py` with `def run(report: Report) -> None`. It finds a migrated database
with the starter course and the demo, Django set up with the production settings, and the site served by
gunicorn at `report.site.url` from the moment that it asks for it.
"""
