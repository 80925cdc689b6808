"""Notices that translations were not compiled: Django says nothing then, and everybody reads the code's English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

HINT = "python scripts/messages.py compile (make setup does it too), then start the site again."

Found = list[checks.CheckMessage]


@checks.register(checks.Tags.translation, deploy=True)
def translations_are_compiled(app_configs: Any, **kwargs: Any) -> Found:
    """Refuse a site on the internet that would speak English to everybody."""
    words = _told()
    return [checks.Error(words, hint=HINT, id="programme.E017")] if words else []


@checks.register(checks.Tags.translation)
def translations_are_compiled_while_written(app_configs: Any, **kwargs: Any) -> Found:
    """Warn whoever writes code. In production `check --deploy` says it; no command is stopped by it."""
    words = _told() if settings.SENDA_DEMO_ALLOWED else ""
    return [checks.Warning(words, hint=HINT, id="programme.W018")] if words else []


def _told() -> str:
    missing = ", ".join(str(catalogue) for catalogue in uncompiled())
    return f"Translations are not compiled: {missing}." if missing else ""


def uncompiled() -> Iterator[Path]:
    """Give each catalogue without a compiled one beside it, or with one that is older."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
                yield source
