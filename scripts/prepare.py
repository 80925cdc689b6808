"""Makes the database ready for `make run`: migrations, starter course, once the demo. Leaves a stamp.

prepare.py STAMP KEY [DATABASE]    DATABASE: the file that has the demo already
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    stamp, key, with_demo = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.development")
    say("Preparing the database; the first time this takes most of a minute …")
    import django
    from django.core import management

    django.setup()
    # A line for each page of the starter course would bury the accounts of the demo.
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    try:
        database = prepared_database(with_demo)
    except management.CommandError as error:
        sys.exit(f"The database could not be prepared: {error}")
    Path(stamp).parent.mkdir(parents=True, exist_ok=True)
    Path(stamp).write_text(json.dumps({"key": key, "database": database}))


def prepared_database(with_demo: str) -> str:
    """Migrate and load, and answer where that was."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    say("Loading the starter course …")
    call_command("load_starter")
    database = database_file()
    if not database or database != with_demo:
        say("Loading the demo …")
        call_command("load_demo")
    return database


def database_file() -> str:
    """Where the embedded database lies; empty for a server, whose state no stamp of ours can know."""
    from django.db import connection

    return str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""


def say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    main()
