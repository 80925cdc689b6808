#!/usr/bin/env python3
"""Runs Senda's management commands."""

import sys


def main() -> None:
    """Hand the command line to Django, once the settings are read: a variable that makes no sense is one line."""
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from common import env

    with env.said_in_one_line():
        env.settings_module("lms.settings.development")
        settings.INSTALLED_APPS  # noqa: B018 -- reads the settings
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
