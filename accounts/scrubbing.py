"""Takes a person's name, e-mail and telephone out of what records other things: logs, queue, drafts, sessions.

Her own rows are each room's to forget (`accounts.privacy`). Here stands what belongs to nobody and may still hold
what she is called: Wagtail's history, comments, the queue of tasks, open sessions. By e-mail, telephone and code
nobody else is reached, so they go from whatever anybody typed anywhere. A name may be another's too: a whole one, of
three words or more, that nobody else here bears goes from notes and messages; what is published (a page's credits, a
case in a lesson) is not changed, and `residue` lists it, with shorter names, for somebody to look at.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any
from urllib.parse import quote, quote_plus

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Field, Model, Q
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.search import index

from accounts import phones
from accounts.models import Person, User
from accounts.names import named, words_of

logger = logging.getLogger(__name__)

GONE = "[…]"
# A nickname of three letters stands in half of all words.
SHORTEST = 5
# A letter with the accent behind it is one word still.
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_PLAIN = re.compile("[A-Za-z0-9]+")
_TELEPHONE = re.compile(r"\+\d{8,15}")
# What people write between the digits of a telephone.
_BETWEEN = "[^0-9A-Za-z]{0,3}"
# What may stand before and behind an e-mail that is not the end of another's: «juana@…» is not «ana@…».
_BEFORE = re.compile(r"(?:^|[^\w.+-]|%[0-9A-Fa-f]{2}|\\[nrt]|\\u[0-9a-f]{4})$")
_BEHIND = re.compile(r"$|[^\w@.-]|\.(?!\w)")
TEXTS = {"CharField", "TextField", "JSONField", "EmailField", "SlugField", "RichTextField"}


@dataclass(frozen=True)
class Traces:
    """What a person is called and reached by: `contact` is hers alone, `names` may be another's too."""

    names: tuple[str, ...]
    contact: tuple[str, ...]
    # Whole names that nobody else here bears.
    whole: tuple[str, ...] = ()

    @property
    def everything(self) -> tuple[str, ...]:
        """All of it, the longest first: a whole name goes before a part of it."""
        return tuple(sorted({*self.names, *self.contact}, key=len, reverse=True))


def traces_of(persons: Iterable[Person]) -> Traces:
    """Return what to look for; to be asked before anything is erased."""
    names: set[str] = set()
    contact: set[str] = set()
    for person in persons:
        names |= {person.certificate_name, person.display_name}
        for user in User.objects.filter(person=person):
            contact |= {user.email, user.phone, user.username, user.readable_code}
            contact |= set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    return Traces(_long(names), _long(contact), _hers_alone(_long(names), persons))


def _hers_alone(names: Iterable[str], persons: Iterable[Person]) -> tuple[str, ...]:
    """Return the names of three words or more that no other person bears, in whatever order and with what accents."""
    hers = [person.pk for person in persons]
    return tuple(
        name for name in names if len(words_of(name)) >= WHOLE_NAME and not _is_borne(name, but=hers)
    )


def _is_borne(name: str, *, but: list[int]) -> bool:
    wanted = sorted(words_of(name))
    others = Person.objects.filter(named(name)).exclude(pk__in=but)
    return any(
        sorted(words_of(text)) == wanted
        for row in others.values_list("certificate_name", "display_name")
        for text in row
    )


def _long(texts: set[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if len(text) >= SHORTEST)


def spellings(text: str) -> list[str]:
    """Return the ways in which a text may stand in a dump: as it is, folded, in capitals, in an address, in JSON."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = {text, folded, text.lower(), folded.lower(), text.upper(), folded.upper(), slugify(text)}
    plain |= {unicodedata.normalize("NFD", text)}
    coded = {quote(each) for each in plain} | {quote_plus(each) for each in plain}
    escaped = {json.dumps(each)[1:-1] for each in plain}
    return sorted((each for each in plain | coded | escaped if each), key=len, reverse=True)


def scrub(traces: Traces, persons: list[Person]) -> None:
    """Take the traces out of what records other things, and end her sessions."""
    users = list(User.objects.filter(person__in=persons))
    _forget_history(persons, users)
    for label, columns in _records():
        _rewrite(apps.get_model(label), columns, traces.everything)
    for model, columns in _texts():
        published = model._meta.app_label in _PUBLISHED
        _rewrite(model, columns, traces.contact if published else (*traces.whole, *traces.contact))
    _forget_comments_in_drafts(traces)
    for user in users:
        _forget_login(user)
    end_sessions({str(user.pk) for user in users})


def _records() -> list[tuple[str, list[str]]]:
    """Tables that record what was done, with the columns that may name somebody."""
    return [
        ("wagtailcore.ModelLogEntry", ["label", "data"]),
        ("wagtailcore.PageLogEntry", ["data"]),
        ("wagtailadmin.FormState", ["data"]),
        ("django_tasks_database.DBTaskResult", ["args_kwargs", "return_value", "traceback"]),
        *_typed(),
    ]


def _typed() -> list[tuple[str, list[str]]]:
    """Columns in which somebody says in her own words why she did something."""
    return [
        ("wagtailcore.Comment", ["text"]),
        ("wagtailcore.CommentReply", ["text"]),
        ("wagtailcore.TaskState", ["comment"]),
        ("accounts.PersonMerge", ["reason", "undo_reason"]),
        ("accounts.Disclosure", ["reason"]),
        ("accounts.Duty", ["reason", "end_reason"]),
        ("accounts.DataRequest", ["wish", "answer"]),
    ]


# Where an e-mail or a telephone stays: rows of logins, which each room forgets or which are another's; how the
# programme itself is reached; what is sealed by a fingerprint, into which nobody types how somebody is reached.
_NOT_REWRITTEN = {
    "accounts.User",
    "account.EmailAddress",
    "mfa.Authenticator",
    "programme.Identity",
    "programme.SupportLine",
    "certificates.Certificate",
    "learning.Completion",
    "courses.CourseVersion",
    "courses.VersionProposal",
    "assessments.QuizVersion",
}
# What is published, or becomes it: a name in it may be anybody's.
_PUBLISHED = {
    "wagtailcore",
    "wagtail_localize",
    "courses",
    "home",
    "assessments",
    "media_library",
    "programme",
}
WHOLE_NAME = 3
_MACHINERY = {"wagtailsearch", "sessions", "contenttypes", "auth", "sites"}
SHORTEST_COLUMN = 20
MOST_KEYS = 20


def _texts() -> Iterator[tuple[type[Model], list[str]]]:
    """Return every table into which people type, with the columns that may hold an e-mail or a telephone."""
    for model in apps.get_models():
        meta = model._meta
        if meta.proxy or not meta.managed or meta.label in _NOT_REWRITTEN or meta.app_label in _MACHINERY:
            continue
        columns = [field.name for field in meta.local_concrete_fields if _is_free(field)]
        if columns:
            yield model, columns


def _is_free(field: Field) -> bool:
    """Say whether somebody writes into a column what she likes: no choice, no key, no short sign."""
    if field.get_internal_type() not in TEXTS or field.choices or field.unique:
        return False
    return field.max_length is None or field.max_length >= SHORTEST_COLUMN


def _forget_history(persons: list[Person], users: list[User]) -> None:
    """An entry about her or her login keeps who did what and when, under her key in place of her name."""
    entries = apps.get_model("wagtailcore.ModelLogEntry").objects
    for rows in (persons, users):
        for row in rows:
            kind = ContentType.objects.get_for_model(row)
            key = row.key if isinstance(row, Person) else row.person.key
            entries.filter(content_type=kind, object_id=str(row.pk)).update(label=f"#{str(key)[:8]}", data={})


def _rewrite(model: type[Model], columns: list[str], texts: Iterable[str]) -> None:
    for column in columns:
        field = model._meta.get_field(column)
        for row in _rows_with(model, column, texts):
            old = _held(row, column)
            if (value := cleaned(old, texts)) == old:
                continue
            new = field.to_python(json.dumps(value)) if isinstance(field, StreamField) else value
            model._base_manager.filter(pk=row.pk).update(**{column: new})
            if isinstance(row, index.Indexed):
                index.insert_or_update_object(model._base_manager.get(pk=row.pk))


def _held(row: Any, column: str) -> Any:
    """Return what a column holds, as text or JSON; of a body of blocks its JSON."""
    value = getattr(row, column)
    return value.get_prep_value() if isinstance(value, StreamValue) else value


def _rows_with(model: type[Model], column: str, texts: Iterable[str]) -> Iterator[Any]:
    wanted = _perhaps_holding(column, texts)
    if wanted:
        yield from model._base_manager.filter(wanted).only("pk", column).iterator(chunk_size=200)


def _perhaps_holding(column: str, texts: Iterable[str]) -> Q | None:
    """Return the question «which rows may hold one of these», whoever typed it and however: `cleaned` then looks.

    No database compares without accents by itself. But between its accents a word is the same in every spelling,
    in JSON as in plain text: «pez» stands in «López», «lopez» and «L\\u00f3pez». A telephone is its digits, whatever
    stands between them.
    """
    asked = [
        Q(**{f"{column}__regex": _BETWEEN.join(digits)})
        if (digits := _national(text))
        else reduce(
            lambda one, other: one & other,
            [Q(**{f"{column}__icontains": part}) for part in _plain_parts(text)],
        )
        for text in texts
        if _plain_parts(text)
    ]
    return reduce(lambda one, other: one | other, asked) if asked else None


def _national(text: str) -> str:
    """Return the digits by which a telephone is dialled at home; nothing for what is no telephone."""
    if not _TELEPHONE.fullmatch(text):
        return ""
    prefixes = (plan.prefix for plan in phones.PLANS.values() if text[1:].startswith(plan.prefix))
    return text[1 + len(next(prefixes, "")) :]


def _plain_parts(text: str) -> list[str]:
    """Return of each word its longest stretch without accents."""
    parts = [max(_PLAIN.findall(word), key=len, default="") for word in _WORD.findall(text)]
    return [part for part in parts if len(part) > 1] or [text]


def cleaned(value: Any, texts: Iterable[str]) -> Any:
    """Return a text, or any JSON, without the texts, whatever their capitals."""
    if isinstance(value, str):
        return reduce(_without_words, texts, reduce(_without_number, texts, reduce(_without, texts, value)))
    if isinstance(value, dict):
        return {key: cleaned(inner, texts) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(inner, texts) for inner in value]
    return value


def _without(text: str, gone: str) -> str:
    for spelling in spellings(gone):
        start = text.lower().find(spelling.lower())
        while start >= 0 and len(text.lower()) == len(text):
            end, skip = start + len(spelling), len(spelling)
            if "@" not in gone or _stands_alone(text, start, end):
                text, skip = f"{text[:start]}{GONE}{text[end:]}", len(GONE)
            start = text.lower().find(spelling.lower(), start + skip)
    return text


def _stands_alone(text: str, start: int, end: int) -> bool:
    return bool(_BEFORE.search(text[max(0, start - 6) : start]) and _BEHIND.match(text[end : end + 2]))


def _without_number(text: str, gone: str) -> str:
    """Take away a telephone, with or without the country's prefix, whatever stands between its digits."""
    if not (digits := _national(gone)):
        return text
    prefix = gone[1 : -len(digits)]
    before = rf"(?:(?:\+|00)?{prefix}{_BETWEEN}(?:1{_BETWEEN})?)?" if prefix else ""
    return re.sub(rf"(?<!\d){before}{_BETWEEN.join(digits)}(?!\d)", GONE, text)


def _without_words(text: str, gone: str) -> str:
    """Take away all words of `gone` where they stand together, in any order, with or without accents."""
    wanted = sorted(words_of(gone))
    if not wanted or "@" in gone:
        return text
    found = list(_WORD.finditer(text))
    for at in range(len(found) - len(wanted), -1, -1):
        here = found[at : at + len(wanted)]
        if sorted(word for match in here for word in words_of(match[0])) == wanted:
            text = f"{text[: here[0].start()]}{GONE}{text[here[-1].end() :]}"
            # What was taken away is not looked at again.
            found = found[:at]
    return text


def _forget_comments_in_drafts(traces: Traces) -> None:
    """A draft carries its comments; its own text is left: a case in a lesson may bear the same name by chance."""
    revisions = apps.get_model("wagtailcore.Revision")
    for row in _rows_with(revisions, "content", traces.names):
        comments = row.content.get("wagtail_admin_comments") if isinstance(row.content, dict) else None
        if comments:
            kept = row.content | {"wagtail_admin_comments": cleaned(comments, traces.names)}
            revisions.objects.filter(pk=row.pk).update(content=kept)


def _forget_login(user: User) -> None:
    """Delete what the libraries keep of a login: picture, second factor, groups, drafts of forms."""
    profile = apps.get_model("wagtailusers.UserProfile").objects.filter(user=user).first()
    if profile is not None:
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()
    for label in ("mfa.Authenticator", "wagtailadmin.EditingSession", "wagtailadmin.FormState"):
        apps.get_model(label).objects.filter(user=user).delete()
    apps.get_model("wagtailcore.PageSubscription").objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()


def end_sessions(user_ids: set[str]) -> int:
    """End every session of these logins. A session tells whose it is only when it is opened, one by one."""
    if not user_ids:
        return 0
    ended = [
        session.pk
        for session in Session.objects.iterator(chunk_size=500)
        if session.get_decoded().get("_auth_user_id") in user_ids
    ]
    return Session.objects.filter(pk__in=ended).delete()[0]


def residue(traces: Traces) -> list[dict[str, Any]]:
    """Return where she may still be named, for somebody to look at: table, column, how many rows, some of their keys.

    A whole name or a way to reach her is looked for everywhere; two words of her name («Rosa Pérez») in what people
    typed as their reasons, where they may mean another one.
    """
    wanted = [text for text in traces.everything if " " in text or text in traces.contact]
    found = []
    for model in apps.get_models(include_auto_created=True):
        # What is searched stands in its own table; a page's title in the table of all pages.
        if model._meta.proxy or model._meta.app_label == "wagtailsearch":
            continue
        for column in (
            each for each in model._meta.local_concrete_fields if each.get_internal_type() in TEXTS
        ):
            texts = wanted + (_short_forms(traces) if _is_typed(model, column.name) else [])
            if keys := _keys_of(model, column.name, texts):
                place = {"table": model._meta.label, "column": column.name}
                found.append({**place, "rows": len(keys), "keys": keys[:MOST_KEYS]})
    return found


def _is_typed(model: type[Model], column: str) -> bool:
    return any(label == model._meta.label and column in columns for label, columns in _typed())


def _short_forms(traces: Traces) -> list[str]:
    """Return every two words of her names, in the order in which they stand there."""
    words = [[word for word in words_of(name) if len(word) > 2] for name in traces.names]
    return sorted({" ".join(pair) for name in words for pair in combinations(name, 2)})


def _keys_of(model: type[Model], column: str, texts: list[str]) -> list[Any]:
    rows = ((row.pk, _held(row, column)) for row in _rows_with(model, column, texts))
    return [pk for pk, value in rows if cleaned(value, texts) != value]
