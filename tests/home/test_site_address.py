"""Do mails lead to pages under the address that the administrator wrote down once?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from wagtail.models import Site

from home.site_address import follow_base_url
from tests.factories.courses import SmallCourse


@pytest.mark.parametrize(
    ("base", "root"),
    [
        ("https://aula.example.org", "https://aula.example.org"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
    ],
)
def test_a_page_has_the_address_of_the_setting(
    course: SmallCourse, settings: Any, base: str, root: str
) -> None:
    settings.WAGTAILADMIN_BASE_URL = base
    follow_base_url()
    follow_base_url()
    site = Site.objects.get(is_default_site=True)
    assert course.page.get_full_url().startswith(root)
    assert site.root_url == root


def test_a_site_that_somebody_added_with_that_address_keeps_it(course: SmallCourse, settings: Any) -> None:
    default = Site.objects.get(is_default_site=True)
    Site.objects.create(hostname="otra.example.org", port=443, root_page=default.root_page)
    settings.WAGTAILADMIN_BASE_URL = "https://otra.example.org"
    follow_base_url()
    assert Site.objects.get(is_default_site=True).hostname == default.hostname


def test_the_first_migrate_needs_no_table_that_is_made_after_it(tmp_path: Path) -> None:
    """On a fresh machine the table of the cache is made after the migrations."""
    surroundings = {
        "PATH": os.environ["PATH"],
        "SENDA_VAR": str(tmp_path),
        "SENDA_BASE_URL": "http://127.0.0.1:8123",
    }
    surroundings["DJANGO_SETTINGS_MODULE"] = "lms.settings.development"
    for command in ("migrate", "createcachetable"):
        done = subprocess.run(
            [sys.executable, "manage.py", command, "-v0"],
            cwd=settings.BASE_DIR,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
