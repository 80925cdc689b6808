"""What can be done with an institution's names in time: rename, write down a former one, say who took over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Person
from common.clock import local_date, now
from common.text import fold
from institutions.lineage import Period, Reason, Refused, leads_to, name_on, why_not_add, why_not_succeed
from institutions.locking import lock_lineage
from institutions.models import Institution, InstitutionName

DAY = dt.timedelta(days=1)


def rename(
    *, institution: Institution, name: str, on: dt.date, by: Person | None, short_name: str = ""
) -> InstitutionName:
    """Give an institution a new name from a day on; the old one stays with its last day."""
    with transaction.atomic():
        institution = _locked(institution)
        former = list(institution.names.all())
        _refuse_new_name(institution, former, name, short_name, on)
        ended = Period(_beginning(institution, former), on - DAY)
        row = _keep(institution, ended, institution.name, institution.short_name, by)
        institution.name, institution.short_name = name, short_name
        institution.save(update_fields=["name", "short_name"])
    return row


def namesake(*, name: str, country: str, besides: int | None = None) -> Institution | None:
    """Return another institution of a country that is called so, accents and capitals aside."""
    rows = Institution.objects.filter(country=country, folded_name__contains=fold(name))
    if besides is not None:
        rows = rows.exclude(pk=besides)
    return next((row for row in rows.order_by("pk") if fold(row.name) == fold(name)), None)


def _refuse_new_name(
    institution: Institution, former: list[InstitutionName], name: str, short_name: str, on: dt.date
) -> None:
    if (name, short_name) == (institution.name, institution.short_name):
        raise Refused(Reason.SAME_NAME)
    if any(row.successor_id for row in former):
        raise Refused(Reason.SUCCEEDED)
    today = _today(institution)
    if on > today:
        raise Refused(Reason.IN_THE_FUTURE)
    if namesake(name=name, country=institution.country_id, besides=institution.pk):
        raise Refused(Reason.NAME_TAKEN)
    ended = Period(_beginning(institution, former), on - DAY)
    _refuse(why_not_add(ended, _periods(former), today=today))


def add_former_name(
    *,
    institution: Institution,
    name: str,
    ends_on: dt.date,
    by: Person | None,
    short_name: str = "",
    starts_on: dt.date | None = None,
) -> InstitutionName:
    """Write down a name that an institution had before it came here."""
    with transaction.atomic():
        institution = _locked(institution)
        period = Period(starts_on, ends_on)
        _refuse(why_not_add(period, _periods(institution.names.all()), today=_today(institution)))
        row = _keep(institution, period, name, short_name, by)
        _fold(institution)
    return row


def succeed(
    *, institution: Institution, successor: Institution, ends_on: dt.date, by: Person | None
) -> InstitutionName:
    """Say that an institution ended on a day and that another one took over from it."""
    with transaction.atomic():
        lock_lineage()
        institution, successor = _locked(institution), Institution.objects.get(pk=successor.pk)
        former = list(institution.names.all())
        _refuse_successor(institution, former, successor, ends_on)
        period = Period(_beginning(institution, former), ends_on)
        return _keep(institution, period, institution.name, institution.short_name, by, successor=successor)


def _refuse_successor(
    institution: Institution, former: list[InstitutionName], successor: Institution, ends_on: dt.date
) -> None:
    if successor.pk == institution.pk:
        raise Refused(Reason.ITSELF)
    if successor.country_id != institution.country_id:
        raise Refused(Reason.OTHER_COUNTRY)
    if institution.pk != institution.canonical_id:
        raise Refused(Reason.MERGED_AWAY)
    if any(row.successor_id for row in former):
        raise Refused(Reason.SUCCEEDED)
    if leads_to(successor.pk, institution.pk, _successors()):
        raise Refused(Reason.CIRCLE)
    after = _periods(successor.names.all())
    _refuse(
        why_not_succeed(
            began=first_day(institution, _periods(former)),
            ends_on=ends_on,
            successor_began=first_day(successor, after),
            successor_ended=last_day(successor),
            today=_today(institution),
        )
    )
    # The last name may have ended on a later day than is said now.
    if any(row.ends_on >= ends_on for row in former):
        raise Refused(Reason.OVERLAP)


def forget(*, row: InstitutionName) -> None:
    """Take back a former name or a successor that was written down by mistake."""
    with transaction.atomic():
        lock_lineage()
        institution = _locked(row.institution)
        InstitutionName.objects.filter(pk=row.pk).delete()
        _fold(institution)


def name_at(institution: Institution, day: dt.date, *, short: bool = False) -> str:
    """Return how an institution was called on a day."""
    former = [
        Period(row.starts_on, row.ends_on, (short and row.short_name) or row.name)
        for row in institution.names.all()
    ]
    return name_on(day, former, (short and institution.short_name) or institution.name)


def first_day(institution: Institution, former: list[Period]) -> dt.date | None:
    """Return since when an institution has existed, as far as is known."""
    said = [period.starts_on for period in former if period.starts_on]
    return min([*said, *([institution.began_on] if institution.began_on else [])], default=None)


def last_day(institution: Institution) -> dt.date | None:
    """Return the day on which an institution ended, if another one took over from it."""
    row = institution.names.filter(successor__isnull=False).first()
    return row.ends_on if row else None


def successors_of(institution: Institution) -> list[Institution]:
    """Return who took over, and who took over from that one, to the present."""
    found: list[Institution] = []
    links = _successors()
    at = links.get(institution.pk)
    while at is not None and at not in {institution.pk, *(one.pk for one in found)}:
        found.append(Institution.objects.get(pk=at))
        at = links.get(at)
    return found


def why_not_since(*, institution: Institution, began_on: dt.date) -> Reason | None:
    """Return why an institution cannot have existed since that day, by its names and by who took over from whom."""
    today, names = _today(institution), list(institution.names.select_related("successor"))
    if began_on > today:
        return Reason.IN_THE_FUTURE
    if any((row.starts_on or row.ends_on) < began_on for row in names):
        return Reason.ENDS_BEFORE_IT_BEGINS
    for row in InstitutionName.objects.filter(successor=institution).select_related("institution__country"):
        former = row.institution
        said = why_not_succeed(
            began=first_day(former, _periods(former.names.all())),
            ends_on=row.ends_on,
            successor_began=began_on,
            successor_ended=last_day(institution),
            today=today,
        )
        if said:
            return said
    after = next((row for row in names if row.successor), None)
    if after is None or after.successor is None:
        return None
    return why_not_succeed(
        began=began_on,
        ends_on=after.ends_on,
        successor_began=first_day(after.successor, _periods(after.successor.names.all())),
        successor_ended=last_day(after.successor),
        today=today,
    )


def _successors() -> dict[int, int | None]:
    rows = InstitutionName.objects.filter(successor__isnull=False)
    return dict(rows.values_list("institution_id", "successor_id"))


def _locked(institution: Institution) -> Institution:
    return (
        Institution.objects.select_for_update(of=("self",)).select_related("country").get(pk=institution.pk)
    )


def _today(institution: Institution) -> dt.date:
    return local_date(now(), institution.country.time_zone)


def _periods(rows: list[InstitutionName] | QuerySet[InstitutionName]) -> list[Period]:
    return [Period(row.starts_on, row.ends_on, row.name) for row in rows]


def _beginning(institution: Institution, former: list[InstitutionName]) -> dt.date | None:
    """Return since when the present name has held."""
    if former:
        return max(row.ends_on for row in former) + DAY
    return institution.began_on


def _refuse(reason: Reason | None) -> None:
    if reason:
        raise Refused(reason)


def _keep(
    institution: Institution,
    period: Period,
    name: str,
    short_name: str,
    by: Person | None,
    *,
    successor: Institution | None = None,
) -> InstitutionName:
    return InstitutionName.objects.create(
        institution=institution,
        name=name,
        short_name=short_name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        successor=successor,
        recorded_by=by,
    )


def _fold(institution: Institution) -> None:
    Institution.objects.filter(pk=institution.pk).update(folded_name=institution.fold_names())
