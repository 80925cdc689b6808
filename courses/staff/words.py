"""Says in words what changes from one version of a course to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.manifest import (
    AFTER,
    BEFORE,
    BLENDED,
    IN_ROOM,
    QUIZ,
    SELF_PACED,
    Activity,
    Manifest,
    Rule,
    difference,
)
from courses.outline import ActivityWords
from institutions.stages import scope_names

MODALITIES: dict[str, Promise] = {
    SELF_PACED: gettext_lazy("At one's own pace"),
    IN_ROOM: gettext_lazy("In the room"),
    BLENDED: gettext_lazy("Blended"),
}

Words = Mapping[UUID, ActivityWords]


@dataclass(frozen=True)
class Item:
    """One activity that comes, goes or changes, with what is said of it."""

    title: str
    kind: str
    details: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Changes:
    """Everything that changes, in words. `order` is the new order, where it changes."""

    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    order: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.order or self.rules)


def say_changes(old: Manifest, new: Manifest, words: Words) -> Changes:
    """Return in words what changes when `new` takes the place of `old`."""
    found = difference(old, new)
    return Changes(
        added=tuple(_item(new, key, words, _scope) for key in found.added),
        removed=tuple(_item(old, key, words, _scope) for key in found.removed),
        changed=tuple(
            _item(
                new,
                key,
                words,
                lambda activity: _changed(old.find(activity.key) or activity, activity, words),
            )
            for key in found.changed
        ),
        order=tuple(_title(words, activity) for activity in new) if found.moved else (),
        rules=_rules(old, new) if found.rules_changed else (),
    )


def _item(
    manifest: Manifest, key: UUID, words: Words, details: Callable[[Activity], tuple[str, ...]]
) -> Item:
    activity = next(a for a in manifest if a.key == key)
    return Item(
        title=_title(words, activity),
        kind=kind_words(activity),
        details=details(activity),
        url=words[activity.key].url,
    )


def _title(words: Words, activity: Activity) -> str:
    return words[activity.key].title or _("(its page is gone)")


def kind_words(activity: Activity) -> str:
    """Return what kind of activity it is."""
    return _("quiz") if activity.kind == QUIZ else _("lesson")


def _scope(activity: Activity) -> tuple[str, ...]:
    said = [_("required") if activity.required else _("optional")]
    if activity.scope:
        said.append(_("only for: %(whom)s") % {"whom": scope_names(activity.scope)})
    return tuple(said)


def _changed(old: Activity, new: Activity, words: Words) -> tuple[str, ...]:
    said = _details(old, new)
    if old.scope != new.scope and new.scope and words[new.key].own_only:
        shut = _(
            "the others have not seen it since its page was published, and do not, whether you release this or not"
        )
        return (*said, shut)
    return said


def _details(old: Activity, new: Activity) -> tuple[str, ...]:
    """Return each changed requirement of an activity that stays."""
    said: list[str] = []
    if old.required != new.required:
        said.append(_("now required") if new.required else _("now optional"))
    if old.skippable != new.skippable:
        said.append(_("may now be skipped") if new.skippable else _("may not be skipped any more"))
    if old.module != new.module:
        said.append(_("stands in another module"))
    if old.scope != new.scope:
        said.append(_whom(new))
    if old.quiz != new.quiz or old.kind != new.kind:
        said.append(_("asks another quiz"))
    if old.moment != new.moment:
        said.append(str(MOMENTS[new.moment]))
    return (*said, *_numbers(old, new))


MOMENTS = {
    "": gettext_lazy("is an ordinary quiz now"),
    BEFORE: gettext_lazy("is taken before the course now, to tell what is learned"),
    AFTER: gettext_lazy("is taken after the course now, to tell what was learned"),
}


def _whom(new: Activity) -> str:
    if not new.scope:
        return _("asked of everybody")
    return _("only for: %(whom)s") % {"whom": scope_names(new.scope)}


def _numbers(old: Activity, new: Activity) -> list[str]:
    said = []
    if old.pass_mark != new.pass_mark:
        marks = {"old": old.pass_mark or 0, "new": new.pass_mark or 0}
        said.append(_("pass mark: %(new)s %% instead of %(old)s %%") % marks)
    if old.max_attempts != new.max_attempts:
        tries = {"old": old.max_attempts or 0, "new": new.max_attempts or 0}
        said.append(_("attempts: %(new)s instead of %(old)s") % tries)
    return said


def _rules(old: Manifest, new: Manifest) -> tuple[str, ...]:
    before = {rule.modality: rule for rule in old.rules}
    after = {rule.modality: rule for rule in new.rules}
    said = []
    for modality in dict.fromkeys([*before, *after]):
        if before.get(modality) != after.get(modality):
            said.append(_rule_change(modality, after.get(modality)))
    return tuple(said)


def _rule_change(modality: str, rule: Rule | None) -> str:
    name = str(MODALITIES.get(modality, modality))
    if rule is None:
        return _("%(modality)s: no longer offered") % {"modality": name}
    return f"{name}: {say_rule(rule)}"


def say_rule(rule: Rule) -> str:
    """Return what completes the course in one modality."""
    said = [_("everything required is done")] if rule.activities else []
    if rule.attendance_share is not None:
        room = {"share": rule.attendance_share, "minutes": rule.room_minutes}
        said.append(_("%(share)s %% of %(minutes)s minutes in the room") % room)
    return "; ".join(said)
