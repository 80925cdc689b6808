"""Answers whom a line means: several keys are asked together, for a chunk of lines at a time, never a line.

A key that only one person has (code, e-mail, telephone), the same line of an earlier import, or the same name with
institution and year of birth, is a match. Whatever is merely alike is proposed to somebody and never taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts import phones
from accounts.identifiers import plain_code
from accounts.models import Person, User
from accounts.names import words_of
from imports.lines import Line
from imports.models import ImportState, StagedRow
from institutions.likeness import Candidate, likeness, names_alike, telling
from institutions.models import Membership, MembershipState
from learning.models import Enrolment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from imports.models import Import
    from imports.places import Places
    from learning.models import Cohort

A_QUERY = 400
# Half of the words of a name: «María López» and «M. López Caal» may be one, «Pedro Ruiz» is somebody else.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is here already, or an earlier line of the same sheet (`ref`): what lines are compared with."""

    pk: int
    key: str
    name: str
    words: tuple[str, ...]
    year: int | None = None
    ref: str = ""
    # Of who is in the group: her own addresses, that another one speaks against.
    email: str = ""
    phone: str = ""

    def has_another_address(self, line: Line) -> bool:
        """Say whether the line's e-mail, or where it has none its telephone, is not hers though she has one."""
        given, hers = (line.email, self.email) if line.email else (line.phone, self.phone)
        return bool(given and hers and given != hers)

    @property
    def choice(self) -> str:
        """Return by what an answer names her."""
        return f"line:{self.ref}" if self.ref else self.key


class Roster:
    """People of one place, found by the words of their names."""

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self.people: list[Known] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for one in people:
            self.add(one)

    def add(self, one: Known) -> None:
        """Let one more be found."""
        self.people.append(one)
        index = len(self.people) - 1
        self._by_name[tuple(sorted(one.words))].append(index)
        for word in set(one.words):
            self._by_word[word].append(index)

    def named(self, words: tuple[str, ...]) -> list[Known]:
        """Return those who bear just this name, in whatever order of its words."""
        return [self.people[index] for index in self._by_name.get(tuple(sorted(words)), ())] if words else []

    def near(self, words: tuple[str, ...], *, most: int = 40, least: int = 2) -> list[Known]:
        """Return those with whom a name shares so many words or more, or all that it has."""
        shared = Counter(index for word in set(words) for index in self._by_word.get(word, ()))
        least = min(least, len(set(words)))
        found = [index for index, count in shared.most_common(most) if count >= least]
        return [self.people[index] for index in found]


class Sight:
    """Whom the importer sees by name already. Of others a sheet must tell her nothing: she could ask for anybody."""

    def __init__(self, people: QuerySet[Person] | None = None) -> None:
        """Let `people` be named; everybody where there is nobody to hide from (the server's command line)."""
        self._people = people
        self._told: dict[int, bool] = {}

    def tell(self, people: Iterable[Known]) -> None:
        """Let people be named whom the importer works with, she herself among them."""
        self._told |= {one.pk: True for one in people}

    def of(self, pk: int) -> bool:
        """Say whether somebody may be named, and what is kept of her be told."""
        if self._people is None or not pk:
            return True
        if pk not in self._told:
            self._told[pk] = self._people.filter(pk=pk).exists()
        return self._told[pk]

    def learn(self, people: set[int]) -> None:
        """Ask for many at once."""
        if self._people is None:
            return
        missing = sorted(people - set(self._told))
        for start in range(0, len(missing), A_QUERY):
            chunk = missing[start : start + A_QUERY]
            seen = set(self._people.filter(pk__in=chunk).values_list("pk", flat=True))
            self._told |= {pk: pk in seen for pk in chunk}


@dataclass
class Directory:
    """Everybody whom a chunk of lines may mean. `rosters`, `roll`, `team` and `sight` go on from chunk to chunk."""

    by_code: dict[str, Known] = field(default_factory=dict)
    by_email: dict[str, Known] = field(default_factory=dict)
    by_phone: dict[str, Known] = field(default_factory=dict)
    by_identity: dict[str, Known] = field(default_factory=dict)
    namesakes: Roster = field(default_factory=Roster)
    rosters: dict[int, Roster] = field(default_factory=dict)
    roll: Roster | None = None
    team: Roster = field(default_factory=Roster)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    places_of: dict[int, set[int]] = field(default_factory=dict)
    sight: Sight = field(default_factory=Sight)


ACCOUNT = ("user__last_login", "user__is_staff", "user__email", "user__phone")
FACTS = ("sex", "birth_year", "age_band", "position", "country_id", "certificate_name", "display_name")


def known(row: dict[str, Any]) -> Known:
    """Return a row of `Person.values` as somebody to be compared with."""
    name = row["certificate_name"] or row["display_name"]
    return Known(row["pk"], str(row["key"]), name, telling(words_of(name)), row["birth_year"])


def roll_of(cohort: Cohort) -> Roster:
    """Return who is in a group: a name alone says there who is meant."""
    rows = Enrolment.objects.filter(cohort=cohort).values_list("person__canonical_id", flat=True)
    people = Person.objects.not_erased().filter(pk__in=rows.order_by())
    found = people.values("pk", "key", "user__email", "user__phone", *FACTS)
    return Roster(
        replace(known(row), email=row["user__email"] or "", phone=row["user__phone"] or "") for row in found
    )


def team_of(batch: Import) -> Roster:
    """Return who leads the group, and who brings the sheet: her own line makes no second person of her."""
    here = Q(pk=batch.by.canonical_id) if batch.by else Q(pk__in=())
    if batch.cohort:
        here |= Q(pk__in=batch.cohort.facilitators.values("canonical"))
    people = Person.objects.not_erased().filter(here)
    return Roster(known(row) for row in people.values("pk", "key", *FACTS))


def fill(directory: Directory, lines: Sequence[Line], places: Places) -> None:
    """Ask the database for everybody whom these lines may mean: a fixed number of queries."""
    _by_logins(directory, lines)
    _by_identities(directory, lines)
    _by_names(directory, lines)
    here = {pk for pk in (places.found.get(line.where) for line in lines) if pk}
    _members(directory, here, places.parent_of)
    _facts(directory)


def _by_logins(directory: Directory, lines: Sequence[Line]) -> None:
    codes = {line.code for line in lines if line.code}
    emails = {line.email for line in lines if line.email}
    numbers = {line.phone for line in lines if line.phone}
    # One key at a time: together they are read past their indexes.
    asked = (Q(username__in=codes), Q(email__in=emails), Q(phone__in=numbers))
    rows = User.objects.filter(is_active=True, person__erased_at__isnull=True)
    found = [
        rows.filter(key).values_list("username", "email", "phone", "person__canonical_id") for key in asked
    ]
    logins = [row for each in found for row in each]
    people = _people({human for *_names, human in logins})
    for code, email, phone, human in logins:
        if human in people:
            directory.by_code[code] = people[human]
            directory.by_email[email] = people[human]
            directory.by_phone[phone] = people[human]


def _by_identities(directory: Directory, lines: Sequence[Line]) -> None:
    rows = made_by({line.identity() for line in lines}).filter(person__erased_at__isnull=True)
    found = dict(rows.order_by("-pk").values_list("identity", "person__canonical_id"))
    people = _people(set(found.values()))
    directory.by_identity |= {digest: people[pk] for digest, pk in found.items() if pk in people}


def made_by(digests: set[str]) -> QuerySet[StagedRow]:
    """Return the lines, by what says who is meant, whose person is known: applied, or undone and she stayed."""
    rows = StagedRow.objects.filter(identity__in=digests, person__isnull=False)
    applied = Q(applied_at__isnull=False) & ~Q(batch__state=ImportState.UNDONE)
    return rows.filter(applied | Q(batch__state=ImportState.UNDONE, made__has_key="person"))


def _by_names(directory: Directory, lines: Sequence[Line]) -> None:
    """Namesakes anywhere, by the name as it is searched; other orders of words are looked for where people work."""
    wanted = {f" {' '.join(dict.fromkeys(line.folded_words))}" for line in lines if line.folded_words}
    people = Person.objects.not_erased().one_each().filter(folded_name__in=wanted)
    directory.namesakes = Roster(known(row) for row in people.values("pk", "key", *FACTS))


def _members(directory: Directory, places: set[int], parent_of: Mapping[int, int]) -> None:
    """Who works in these places, and for a unit whoever is known to work in its institution, unit unsaid."""
    units = {place for place in places if place in parent_of} - set(directory.rosters)
    missing = (places | {parent_of[unit] for unit in units}) - set(directory.rosters)
    for pk in missing:
        directory.rosters[pk] = Roster()
    rows = Membership.objects.filter(
        institution__canonical__in=missing, ends_on__isnull=True, person__erased_at__isnull=True
    ).exclude(state=MembershipState.REFUSED)
    names = ("certificate_name", "display_name", "birth_year", "key")
    seen = set[tuple[int, int]]()
    fields = (
        "institution__canonical_id",
        "person__canonical_id",
        *(f"person__canonical__{n}" for n in names),
    )
    for place, human, certificate, display, year, key in rows.order_by().values_list(*fields).iterator():
        if (place, human) not in seen:
            seen.add((place, human))
            row = {"pk": human, "key": key, "birth_year": year}
            directory.rosters[place].add(
                known({**row, "certificate_name": certificate, "display_name": display})
            )
    for unit in units:
        own = {one.pk for one in directory.rosters[unit].people}
        for one in directory.rosters[parent_of[unit]].people:
            if one.pk not in own:
                directory.rosters[unit].add(one)


def _facts(directory: Directory) -> None:
    """What is kept of those who are meant for sure; of the others the name and the year are enough."""
    sure = [*directory.by_code.values(), *directory.by_email.values(), *directory.by_phone.values()]
    sure += [*directory.by_identity.values(), *directory.namesakes.people]
    learn(directory, {one.pk for one in sure})
    directory.sight.learn({one.pk for one in sure})


def learn(directory: Directory, people: set[int]) -> None:
    """Ask for what is kept of people, where they work too; what is known already is not asked again."""
    missing = sorted(people - set(directory.facts))
    for start in range(0, len(missing), A_QUERY):
        chunk = missing[start : start + A_QUERY]
        rows = Person.objects.filter(pk__in=chunk)
        for row in rows.values("pk", *ACCOUNT, *FACTS):
            directory.facts[row["pk"]] = row
        here = Membership.objects.filter(person__canonical__in=chunk, ends_on__isnull=True)
        here = here.exclude(state=MembershipState.REFUSED)
        for human, place in here.values_list("person__canonical_id", "institution__canonical_id"):
            directory.places_of.setdefault(human or 0, set()).add(place or 0)


def _people(keys: set[int | None]) -> dict[int, Known]:
    wanted = sorted(pk for pk in keys if pk)
    found: dict[int, Known] = {}
    for start in range(0, len(wanted), A_QUERY):
        rows = Person.objects.not_erased().filter(pk__in=wanted[start : start + A_QUERY])
        found |= {row["pk"]: known(row) for row in rows.values("pk", "key", *FACTS)}
    return found


def same_name(line: Line, one: Known) -> bool:
    """Say whether a name does not speak against a key that says who is meant."""
    if not line.words or not one.words:
        return True
    if len(line.words) == 1 or len(one.words) == 1:
        return bool(set(line.words) & set(one.words))
    return names_alike(line.words, one.words)[0] >= ALIKE


def alike(line: Line, one: Known, *, same_place: bool) -> bool:
    """Say whether somebody should look whether these two are one (institutions.likeness)."""
    place = frozenset({1}) if same_place else frozenset[int]()
    ours = Candidate(line.words, places=place, year=line.birth_year)
    theirs = Candidate(one.words, places=place, year=one.year)
    return likeness(ours, theirs).suggested


def may_be_short_for(line: Line, one: Known) -> bool:
    """Say whether one of two names has all the words of the other: «Casilda» in «Casilda Rosales Muñoz»."""
    ours, theirs = set(line.words), set(one.words)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def code_of(text: str) -> str:
    """Return a personal code as it is kept."""
    return plain_code(text)


def phone_of(text: str, country: str) -> str:
    """Return a telephone number as it is kept, or nothing where it is none in this country."""
    try:
        return phones.to_e164(text, country)
    except phones.NotAPhone:
        found = phones.readings(text) if text.startswith("+") else []
        return found[0] if len(found) == 1 else ""
