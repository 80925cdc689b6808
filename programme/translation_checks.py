"""Notices that translations were not compiled: Django says nothing then, and everybody reads the code's English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

HINT = "python scripts/messages.py compile (make setup does it too), then start the site again."

Found = list[checks.CheckMessage]


@checks.register(checks.Tags.translation, deploy=True)
def translations_are_compiled(app_configs: Any, **kwargs: Any) -> Found:
    """Refuse a site on the internet that would speak English to everybody."""
    return _told(checks.Error, "programme.E017")


@checks.register(checks.Tags.translation)
def translations_are_compiled_while_written(app_configs: Any, **kwargs: Any) -> Found:
    """Warn whoever writes code. In production `check --deploy` says it; no command is stopped by it."""
    return _told(checks.Warning, "programme.W018") if settings.SENDA_DEMO_ALLOWED else []


def _told(level: Callable[..., checks.CheckMessage], name: str) -> Found:
    missing = [str(catalogue) for catalogue in uncompiled()]
    if not missing:
        return []
    return [level(f"Translations are not compiled: {', '.join(missing)}.", hint=HINT, id=name)]


def uncompiled() -> Iterator[Path]:
    """Give each catalogue without a compiled one beside it, or with one that is older."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
                yield source
