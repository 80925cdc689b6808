"""An administrator forgets something, and `check --deploy` says what and how to mend it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from programme import machine_checks
from programme.models import Pulse
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def said(*, machine=False):
    found = run_checks(include_deployment_checks=True, databases=["default"] if machine else None)
    return {problem.id for problem in found}


@pytest.fixture(autouse=True)
def site_in_order(settings, tmp_path):
    """A site whose administrator forgot nothing."""
    settings.SECRET_KEY = "k8" * 40
    settings.ALLOWED_HOSTS = ["senda.example.org"]
    settings.WAGTAILADMIN_BASE_URL = "https://senda.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Senda <senda@example.org>"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.SENDA_STAFF_TOTP = True
    settings.SENDA_ABUSE_EMAIL = "cuidado@example.org"
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    Pulse.objects.create(name=Pulse.TIMER, beat_at=timezone.now())
    UserFactory(email="admin@example.org", is_superuser=True, is_staff=True)


def test_a_site_in_order_is_told_nothing_of_ours():
    ours = {name for name in said(machine=True) if name.startswith(("programme.", "accounts."))}
    # The tests themselves may run on the embedded database.
    assert ours - {"programme.W008"} == set()


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SECRET_KEY", "for-development-only-and-refused-by-the-production-settings", "programme.E002"),
        ("SECRET_KEY", "django-insecure-" + "x" * 60, "programme.E002"),
        ("ALLOWED_HOSTS", ["*"], "programme.E003"),
        ("WAGTAILADMIN_BASE_URL", "http://senda.example.org", "programme.E004"),
        ("WAGTAILADMIN_BASE_URL", "https://127.0.0.1:8000", "programme.E004"),
        ("WAGTAILADMIN_BASE_URL", "https://otro.example.org", "programme.W005"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "programme.W006"),
        ("DEFAULT_FROM_EMAIL", "Senda <no-reply@localhost>", "programme.W007"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "programme.W009"),
        ("SENDA_STAFF_TOTP", False, "programme.W010"),
    ],
)
def test_a_variable_that_was_forgotten_is_named(settings, name, value, problem):
    assert problem not in said()
    setattr(settings, name, value)
    assert problem in said()


def test_the_embedded_database_is_told(settings):
    engines = {"django.db.backends.sqlite3": True, "django.db.backends.postgresql": False}
    for engine, told in engines.items():
        settings.DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": engine}}
        assert ("programme.W008" in said()) is told


def test_development_is_told_nothing(settings):
    settings.SECRET_KEY = "for-development-only"
    assert not [problem for problem in run_checks() if problem.id in {"programme.E002", "programme.W006"}]


def test_a_machine_is_looked_at_only_where_it_is_named(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "gone"
    assert "programme.E011" not in said()
    assert "programme.E011" in said(machine=True)


def test_static_files_that_nobody_collected_are_told(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert "programme.E012" in said(machine=True)
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    assert "programme.E012" not in said(machine=True)


def test_a_missing_table_of_counts_is_told(settings):
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counts_of_this_test"}
    settings.CACHES = {**settings.CACHES, "shared": table}
    assert [problem.id for problem in machine_checks.cache_table_is_there(None, ["default"])] == [
        "programme.E013"
    ]
    call_command("createcachetable", verbosity=0)
    assert machine_checks.cache_table_is_there(None, ["default"]) == []


def test_a_database_older_than_the_code_is_told():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'programme'")
    assert "programme.E014" in said(machine=True)


def test_a_timer_that_fell_silent_is_told():
    Pulse.objects.update(beat_at=timezone.now() - dt.timedelta(hours=1))
    assert "programme.W015" in said(machine=True)
    Pulse.objects.all().delete()
    assert "programme.W015" in said(machine=True)


def test_work_that_waits_is_told(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    from media_library.tasks import prepare_picture

    assert "programme.W016" not in said(machine=True)
    DBTaskResult.objects.create(
        task_path=prepare_picture.module_path,
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        queue_name="default",
        priority=0,
    )
    DBTaskResult.objects.update(enqueued_at=timezone.now() - dt.timedelta(hours=1))
    assert "programme.W016" in said(machine=True)


def test_a_site_without_administrator_is_told():
    User.objects.update(is_active=False)
    assert "accounts.W001" in said(machine=True)


def test_the_demo_on_the_internet_is_refused():
    UserFactory(email="amina@senda.example", person__is_demo=True)
    assert "accounts.E002" in said(machine=True)
