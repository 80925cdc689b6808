"""Names in time: DINAF that SENAF followed, CONNA and ISNA that became CONAPINA, a hospital with a new name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from institutions import history
from institutions.lineage import Reason, Refused
from institutions.models import Institution
from tests.factories.learning import institution

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel("2026-11-22T18:00:00Z", tick=False):
        yield


def refusal(call: Any, **arguments: Any) -> Reason:
    with pytest.raises(Refused) as refused:
        call(by=None, **arguments)
    return refused.value.reason


def ended(one: Institution, other: Institution, on: str = "2022-12-31") -> Any:
    return history.succeed(institution=one, successor=other, ends_on=dt.date.fromisoformat(on), by=None)


def test_a_new_name_keeps_the_old_with_its_last_day(db: Any) -> None:
    hospital = institution("Hospital Viejo", began_on=dt.date(1990, 1, 1))
    history.rename(institution=hospital, name="Hospital Nuevo", on=dt.date(2020, 5, 1), by=None)
    history.rename(institution=hospital, name="Hospital Núñez", on=dt.date(2024, 1, 1), by=None)
    hospital.refresh_from_db()
    kept = [(row.name, row.starts_on, row.ends_on) for row in hospital.names.all()]
    assert kept == [
        ("Hospital Viejo", dt.date(1990, 1, 1), dt.date(2020, 4, 30)),
        ("Hospital Nuevo", dt.date(2020, 5, 1), dt.date(2023, 12, 31)),
    ]
    asked = {"2020-04-30": "Hospital Viejo", "2020-05-01": "Hospital Nuevo", "2024-01-01": "Hospital Núñez"}
    assert {on: history.name_at(hospital, dt.date.fromisoformat(on)) for on in asked} == asked


def test_the_search_finds_an_old_name_without_accents(db: Any) -> None:
    hospital = institution("Clínica Ñandú")
    history.rename(institution=hospital, name="Hospital Sol", on=TODAY, by=None)
    other = institution("Otra")
    for words in ("nandu", "CLÍNICA ñan", "sol hospital"):
        assert list(Institution.objects.named(words)) == [hospital]
    history.add_former_name(institution=other, name="Güipil", ends_on=dt.date(2000, 1, 1), by=None)
    assert list(Institution.objects.named("guipil")) == [other]
    history.forget(row=other.names.get())
    assert not Institution.objects.named("guipil").exists()


def test_overlapping_names_are_refused(db: Any) -> None:
    hospital = institution("Hospital")
    history.add_former_name(institution=hospital, name="A", ends_on=dt.date(2010, 1, 1), by=None)
    again = {"institution": hospital, "name": "B"}
    starts, ends = dt.date(2009, 1, 1), dt.date(2012, 1, 1)
    assert refusal(history.add_former_name, **again, starts_on=starts, ends_on=ends) == Reason.OVERLAP
    assert refusal(history.add_former_name, **again, ends_on=ends) == Reason.OVERLAP
    assert refusal(history.rename, **again, on=dt.date(2010, 1, 1)) == Reason.ENDS_BEFORE_IT_BEGINS
    assert hospital.names.count() == 1


def test_a_rename_tomorrow_to_the_same_or_to_anothers_name_is_refused(db: Any) -> None:
    hospital = institution("Hospital")
    institution("Otro")
    again = {"institution": hospital}
    assert refusal(history.rename, **again, name="Hospital", on=TODAY) == Reason.SAME_NAME
    assert refusal(history.rename, **again, name="Otro", on=TODAY) == Reason.NAME_TAKEN
    tomorrow = TODAY + dt.timedelta(days=1)
    assert refusal(history.rename, **again, name="Nuevo", on=tomorrow) == Reason.IN_THE_FUTURE


def test_two_institutions_may_become_one(db: Any) -> None:
    conna, isna, conapina = (institution(name, code="SV") for name in ("CONNA", "ISNA", "CONAPINA"))
    ended(conna, conapina)
    ended(isna, conapina)
    assert [row.institution for row in conapina.predecessors.order_by("pk")] == [conna, isna]
    assert history.successors_of(isna) == [conapina]
    assert history.name_at(conna, dt.date(2020, 1, 1)) == "CONNA"
    assert history.last_day(conna) == dt.date(2022, 12, 31)


def test_a_successor_before_its_predecessor_is_refused(db: Any) -> None:
    dinaf = institution("DINAF", code="HN", began_on=dt.date(2014, 1, 1))
    older = institution("IHNFA", code="HN", began_on=dt.date(1997, 1, 1))
    senaf = institution("SENAF", code="HN", began_on=dt.date(2023, 10, 1))
    again = {"institution": dinaf, "ends_on": dt.date(2023, 9, 30)}
    assert refusal(history.succeed, **again, successor=older) == Reason.OLDER_SUCCESSOR
    ended(older, dinaf, "2013-12-31")
    assert (
        refusal(history.succeed, institution=senaf, successor=older, ends_on=TODAY) == Reason.OLDER_SUCCESSOR
    )
    ended(dinaf, senaf, "2023-09-30")
    assert history.successors_of(older) == [dinaf, senaf]
    assert refusal(history.succeed, **again, successor=senaf) == Reason.SUCCEEDED
    assert refusal(history.rename, institution=dinaf, name="Otra", on=TODAY) == Reason.SUCCEEDED


def test_a_successor_that_was_gone_before_is_refused(db: Any) -> None:
    early, late, last = institution("A"), institution("B"), institution("C")
    ended(early, last, "2000-01-01")
    assert (
        refusal(history.succeed, institution=late, successor=early, ends_on=TODAY) == Reason.SUCCESSOR_ENDED
    )


def test_a_circle_of_successors_is_refused_whatever_the_dates(db: Any) -> None:
    a, b, c = institution("A"), institution("B"), institution("C")
    assert refusal(history.succeed, institution=a, successor=a, ends_on=TODAY) == Reason.ITSELF
    ended(a, b, "2000-01-01")
    ended(b, c, "2010-01-01")
    assert refusal(history.succeed, institution=c, successor=a, ends_on=TODAY) == Reason.CIRCLE
    history.forget(row=b.names.get())
    assert history.successors_of(a) == [b]


def test_one_of_another_country_takes_over_nothing(db: Any) -> None:
    one, other = institution("Hospital de aquí"), institution("Hospital de otro país", code="GT")
    with pytest.raises(Refused) as refused:
        ended(one, other)
    assert refused.value.reason == Reason.OTHER_COUNTRY


def test_it_cannot_have_existed_since_a_day_that_its_history_denies(db: Any) -> None:
    first = institution("DINAF", began_on=dt.date(2014, 6, 4))
    second = institution("SENAF", began_on=dt.date(2023, 1, 1))
    ended(first, second)

    def why(of: Institution, on: str) -> Reason | None:
        return history.why_not_since(institution=of, began_on=dt.date.fromisoformat(on))

    assert why(second, "2000-01-01") is Reason.OLDER_SUCCESSOR
    assert why(first, "2024-01-01") is Reason.ENDS_BEFORE_IT_BEGINS
    assert why(first, "2027-01-01") is Reason.IN_THE_FUTURE
    assert why(second, "2022-06-01") is None
    assert why(first, "2010-01-01") is None
    history.rename(institution=second, name="SENAF nueva", on=dt.date(2024, 1, 1), by=None)
    assert why(second, "2024-06-01") is Reason.ENDS_BEFORE_IT_BEGINS
