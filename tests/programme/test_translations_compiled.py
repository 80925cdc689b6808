"""An administrator forgets to compile the translations, and is told before everybody reads English."""

from __future__ import annotations

import os

import polib
import pytest
from django.core.checks import run_checks

pytestmark = pytest.mark.django_db
IDS = {"programme.E017", "programme.W018"}


def said(*, deploy):
    return {problem.id for problem in run_checks(include_deployment_checks=deploy)} & IDS


@pytest.fixture
def catalogue(settings, tmp_path):
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("")
    settings.LOCALE_PATHS = [tmp_path]
    settings.SENDA_DEMO_ALLOWED = False
    return folder


def test_a_site_on_the_internet_without_compiled_translations_is_refused(catalogue):
    assert said(deploy=True) == {"programme.E017"}
    polib.POFile().save_as_mofile(str(catalogue / "django.mo"))
    assert said(deploy=True) == set()


def test_no_command_of_it_is_stopped_by_that(catalogue):
    assert said(deploy=False) == set()


def test_who_writes_code_is_warned(catalogue, settings):
    settings.SENDA_DEMO_ALLOWED = True
    assert said(deploy=False) == {"programme.W018"}


def test_translations_older_than_their_texts_are_told_too(catalogue):
    polib.POFile().save_as_mofile(str(catalogue / "django.mo"))
    os.utime(catalogue / "django.mo", (1, 1))
    assert said(deploy=True) == {"programme.E017"}
