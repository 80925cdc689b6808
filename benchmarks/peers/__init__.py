"""Our lesson beside another platform's, on the same machine in the same minutes: `make bench-peers`.

The other is wagtail-lms, which runs in an environment of its own with our versions of Django, Wagtail, gunicorn and
psycopg: the same lessons and pictures, the same 200 accounts with the same histories, PostgreSQL, the same session
store, cache, server and number of workers, DEBUG off. Every answer is checked for the progress of its account.
"""
