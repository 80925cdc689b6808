"""Decides whom a line means: somebody who is here, an earlier line of the sheet, somebody new, or a question."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from imports.lines import Line, Note
from imports.matching import Directory, Known, Roster, Sight, alike, may_be_short_for, same_name
from imports.words import NEW, REASONS, REMEDIES, SAME, Why, choice


@dataclass
class Earlier:
    """The lines of this sheet that were looked at before, by the keys that tell who they mean."""

    by_key: dict[str, Known] = field(default_factory=dict)
    rosters: dict[str, Roster] = field(default_factory=dict)
    with_keys: set[str] = field(default_factory=set)
    by_identity: dict[str, Known] = field(default_factory=dict)
    # What is asked of lines of which nobody can say yet whom they mean, by their keys.
    held: dict[str, Note] = field(default_factory=dict)
    # Sheets of attendance and of former trainings name one person in several lines; a list of people names each once.
    repeats: bool = False

    def add(self, line: Line, one: Known) -> None:
        """Let later lines find it."""
        if self.repeats:
            self.by_identity.setdefault(line.identity(), one)
        for key in _keys(line):
            self.by_key.setdefault(key, one)
            self.with_keys.add(one.ref)
        self.rosters.setdefault(line.place, Roster()).add(one)

    def hold(self, line: Line) -> None:
        """Let later lines with its e-mail or telephone wait for the answer: they may mean whomever it means."""
        asked = next((note for note in line.notes if note.question.startswith("who:")), None)
        if asked is not None:
            for key in _keys(line):
                self.held.setdefault(key, asked)


@dataclass(frozen=True)
class Who:
    """Who is meant. Neither `pk` nor `ref`: somebody new; `open`: nobody can say yet."""

    pk: int | None = None
    ref: str = ""
    open: bool = False
    # People whom somebody may want to merge, when a line names several.
    merges: tuple[Known, ...] = ()


OPEN = Who(open=True)


def _keys(line: Line) -> list[str]:
    pairs = (("code", line.code), ("email", line.email), ("phone", line.phone))
    return [f"{kind}:{value}" for kind, value in pairs if value]


def decide(
    line: Line, directory: Directory, earlier: Earlier, place: int | None, answers: dict[str, str]
) -> Who:
    """Return whom a line means; what is not sure is asked, under a key that the same line has the next time too."""
    if line.code and line.code not in directory.by_code:
        line.refuse(REASONS[Why.UNKNOWN_CODE], REMEDIES[Why.UNKNOWN_CODE], "code", line.code)
        return OPEN
    strong = _strong(line, directory, earlier)
    if strong:
        return _by_keys(line, strong, directory, answers)
    waits = next((earlier.held[key] for key in _keys(line) if key in earlier.held), None)
    if waits is not None:
        line.notes.append(waits)
        return OPEN
    before = directory.by_identity.get(line.identity()) or earlier.by_identity.get(line.identity())
    if before is not None:
        return _found(before)
    return _by_name(line, directory, earlier, place, answers)


def _found(one: Known) -> Who:
    return Who(pk=one.pk) if one.pk else Who(ref=one.ref)


def _strong(line: Line, directory: Directory, earlier: Earlier) -> list[Known]:
    """Return those who have the line's code, e-mail or telephone, each once."""
    found: dict[str, Known] = {}
    asked = (
        directory.by_code.get(line.code) if line.code else None,
        directory.by_email.get(line.email) if line.email else None,
        directory.by_phone.get(line.phone) if line.phone else None,
    )
    for one in asked:
        if one is not None:
            found.setdefault(one.choice, one)
    if not found:
        for key in _keys(line):
            if one := earlier.by_key.get(key):
                found.setdefault(one.choice, one)
    return list(found.values())


def _by_keys(line: Line, strong: list[Known], directory: Directory, answers: dict[str, str]) -> Who:
    if len(strong) == 1 and same_name(line, strong[0]):
        return _found(strong[0])
    why = Why.SEVERAL_KEYS if len(strong) > 1 else Why.OTHER_NAME
    question = f"who:{line.identity()[:16]}"
    answer = answers.get(question, "")
    for one in strong:
        if answer in {one.choice, SAME if len(strong) == 1 else one.choice}:
            return _found(one)
    if answer == NEW and len(strong) == 1:
        # Shared addresses stay with whoever has them.
        line.email = line.phone = ""
        return Who()
    choices = [_choice(one, directory.sight) for one in strong]
    if len(strong) == 1 and not line.code:
        choices.append(choice(NEW))
    of = next((name for name in ("email", "phone", "code") if getattr(line, name)), "")
    line.ask(question, REASONS[why], REMEDIES[why], choices, of=of, value=getattr(line, of) if of else "")
    return Who(open=True, merges=tuple(strong) if len(strong) > 1 else ())


def _by_name(
    line: Line, directory: Directory, earlier: Earlier, place: int | None, answers: dict[str, str]
) -> Who:
    question = f"who:{line.identity()[:16]}"
    answer = answers.get(question, "")
    sure = _sure(line, directory, place)
    if len(sure) == 1 and not answer:
        return Who(pk=sure[0].pk)
    maybe = sure or _maybe(line, directory, earlier, place)
    if not maybe or answer == NEW:
        return Who()
    for one in maybe:
        if answer == one.choice:
            return _found(one)
    why = Why.TWICE if all(one.ref for one in maybe) else Why.MAYBE_ONE
    choices = [*(_choice(one, directory.sight) for one in maybe), choice(NEW)]
    line.ask(question, REASONS[why], REMEDIES[why], choices, of="name", value=line.name)
    return Who(open=True, merges=tuple(one for one in maybe if not one.ref))


def _sure(line: Line, directory: Directory, place: int | None) -> list[Known]:
    """Return who bears the name in the group whose sheet it is; or in the institution, with the year of birth."""
    if directory.roll is not None and (on_roll := directory.roll.named(line.words)):
        fitting = [
            one
            for one in on_roll
            if not (one.year and line.birth_year and one.year != line.birth_year)
            and not one.has_another_address(line)
        ]
        if fitting:
            return fitting
    if place is None or not line.birth_year:
        return []
    return [one for one in directory.rosters[place].named(line.words) if one.year == line.birth_year]


def _maybe(line: Line, directory: Directory, earlier: Earlier, place: int | None) -> list[Known]:
    found: dict[str, Known] = {}
    here = directory.rosters[place].near(line.words) if place is not None else []
    for of_group in (directory.roll, directory.team):
        # A group is small, and who is in it is meant sooner than somebody new: one word in common is looked at.
        close = of_group.near(line.words, least=1) if of_group else []
        here = [*here, *close]
        found |= {one.choice: one for one in close if may_be_short_for(line, one)}
    for one in here:
        if alike(line, one, same_place=True):
            found.setdefault(one.choice, one)
    for one in directory.namesakes.near(line.words):
        # Three words in common are hardly chance; of a stranger to the importer a sheet tells nothing.
        whole = len(line.words) > 2 and sorted(line.words) == sorted(one.words) and directory.sight.of(one.pk)
        if whole or alike(line, one, same_place=False):
            found.setdefault(one.choice, one)
    if not found:
        roster = earlier.rosters.get(line.place)
        for one in roster.near(line.words) if roster else ():
            if alike(line, one, same_place=True) and not _told_apart(line, one, earlier):
                found.setdefault(one.choice, one)
    return list(found.values())[:5]


def _told_apart(line: Line, one: Known, earlier: Earlier) -> bool:
    """Say whether each of two lines of a sheet has an e-mail or telephone of its own: then they are two people, unless
    the whole name is the same.
    """
    theirs = one.ref in earlier.with_keys
    return line.strong and theirs and sorted(line.words) != sorted(one.words)


def _choice(one: Known, sight: Sight) -> tuple[str, str]:
    if one.ref:
        return one.choice, _("The person of line %(line)s") % {"line": one.ref.rsplit(":", 1)[-1]}
    if not sight.of(one.pk):
        return one.choice, _("Somebody who is here already")
    return one.choice, _("%(name)s, who is here already") % {"name": one.name}
