"""Carries whom each block is for from a page to its translations, as soon as the page goes live.

Words wait for a translator; who may read them does not. A block narrowed to one country, or a variant told to its own
country alone, would stay open to all in every language in which it was already published, in its pages and in what is
found of them. Blocks keep their ids when they are translated, and are known by them.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from common.languages import source_language

# Of each block: its countries and stages, how the others are treated, and whose a variant is.
CARRIED = ("scope", "mode", "country")


def carried(source: Any, target: Any) -> Any:
    """Return `target`, a translated block's plain data, with whom it is for as `source` has it now.

    What the source has no more stays as it was: it is out of date, and says so.
    """
    if isinstance(source, dict) and isinstance(target, dict):
        merged = {key: carried(source.get(key), value) for key, value in target.items()}
        return merged | {key: source[key] for key in CARRIED if key in source}
    if isinstance(source, list) and isinstance(target, list):
        by_id = {block["id"]: block for block in source if _is_block(block)}
        return [carried(by_id.get(block["id"]), block) if _is_block(block) else block for block in target]
    return target


def _is_block(data: Any) -> bool:
    return isinstance(data, dict) and bool(data.get("id"))


def carry_scopes(page: Page) -> int:
    """Bring the translations of a page up to whom its blocks are for; returns how many changed.

    Three queries where nothing did. `page` is the source; of a translation nothing is carried.
    """
    page = page.specific
    fields = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    if not fields or page.locale.language_code != source_language():
        return 0
    twins = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return sum(_carry(page, twin, fields) for twin in twins.select_related("latest_revision"))


def _carry(page: Any, twin: Any, fields: list[str]) -> bool:
    with transaction.atomic():
        changed = False
        for name in fields:
            before = _plain(getattr(twin, name))
            after = carried(_plain(getattr(page, name)), before)
            if after != before:
                block = twin._meta.get_field(name).stream_block
                setattr(twin, name, StreamValue(block, after, is_lazy=True))
                changed = True
        if changed:
            # Nobody edited it: its own rules were asked when it was published.
            twin.save(clean=False)
        return _carry_to_draft(page, twin, fields) or changed


def _carry_to_draft(page: Any, twin: Any, fields: list[str]) -> bool:
    """The newest draft is what is published next, and must not bring back who could read it before."""
    revision = twin.latest_revision
    if revision is None:
        return False
    content = dict(revision.content)
    for name in fields:
        if content.get(name):
            plain = json.loads(content[name])
            after = carried(_plain(getattr(page, name)), plain)
            content[name] = json.dumps(after) if after != plain else content[name]
    if content == revision.content:
        return False
    Revision.objects.filter(pk=revision.pk).update(content=content)
    return True


def _plain(value: StreamValue) -> list[Any]:
    """Return a stream's data as it is stored."""
    return json.loads(json.dumps(list(value.raw_data), default=str))


def carry_all() -> int:
    """Do so for every page of lessons that is live; returns how many translations changed."""
    from courses.models import LessonPage, QuizPage

    pages = (
        row
        for model in (LessonPage, QuizPage)
        for row in model.objects.live().filter(locale__language_code=source_language()).iterator()
    )
    return sum(carry_scopes(page) for page in pages)
