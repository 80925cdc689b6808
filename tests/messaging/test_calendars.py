"""Calendar files keep to RFC 5545, grow with each change, and tell nobody what a sensitive course is about."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from learning import meeting, services
from learning.models import Modality, Session
from messaging.calendars import feed_address
from messaging.icalendar import Event, calendar, escaped, folded
from tests.factories.courses import make_course, publish
from tests.factories.learning import enrol, group_of
from tests.factories.room import session_of

AT = dt.datetime(2026, 3, 4, 15, 0, tzinfo=dt.UTC)


def parsed(data: bytes) -> list[dict[str, str]]:
    """Read a calendar as the RFC says, and assert what it asks of every file."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    head = dict(line.split(":", 1) for line in lines[1 : _first(lines)])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    events: list[dict[str, str]] = []
    for line in lines[_first(lines) : -1]:
        name, value = line.split(":", 1)
        assert re.fullmatch(r"[A-Z-]+", name)
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT":
            assert name not in events[-1], "each property once"
            events[-1][name] = _plain(value)
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
        assert all(re.fullmatch(r"\d{8}T\d{6}Z", event[name]) for name in ("DTSTAMP", "DTSTART", "DTEND"))
        assert event["STATUS"] in {"CONFIRMED", "CANCELLED"}
    return events


def _first(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line == "BEGIN:VEVENT"), len(lines) - 1)


def _plain(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value), "only these may be marked"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(**more: Any) -> Event:
    told = {
        "uid": "1@senda.example",
        "sequence": 0,
        "changed_at": AT,
        "starts": AT,
        "ends": AT,
        "title": "Taller",
    }
    return Event(**(told | more))


@given(st.text(max_size=300), st.text(max_size=200))
def test_whatever_people_write_the_file_is_whole(title, place):
    (read,) = parsed(calendar([event(title=title, place=place)]))
    kept = title.replace("\r\n", "\n").replace("\r", "\n")
    assert read["SUMMARY"] == re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", kept)


def test_a_long_line_goes_on_in_the_next_and_cuts_no_letter():
    line = "SUMMARY:" + "ñandú, " * 30
    assert folded(line).replace("\r\n ", "") == line + "\r\n"


def test_what_has_a_meaning_is_marked():
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


@pytest.mark.django_db
class TestSessions:
    """The files of a group."""

    @pytest.fixture
    def session(self, cohort, bruno) -> Session:
        return session_of(cohort, bruno.person, title="Escuchar")

    @pytest.fixture
    def read(self, session, learns, amina):
        learns(amina.person)
        url = reverse("messaging:session_calendar", kwargs={"session": session.key})
        return lambda: parsed(amina.client.get(url).content)[0]

    def test_amina_puts_it_into_her_calendar(self, read, session):
        event = read()
        assert event["SUMMARY"] == "Escuchar"
        assert event["DTSTART"] == "20260304T150000Z", "nine o'clock in Mexico"
        assert event["UID"] == f"{session.key}@127.0.0.1"
        assert event["SEQUENCE"] == "0"

    def test_a_change_is_counted_and_its_name_stays(self, read, session):
        before = read()
        hours = meeting.Hours(dt.date(2026, 3, 5), dt.time(10), dt.time(12))
        meeting.change(session=session, title="Escuchar", hours=hours, place="Aula 3")
        after = read()
        assert (after["UID"], after["SEQUENCE"], after["LOCATION"]) == (before["UID"], "1", "Aula 3")
        assert read() == after, "nothing changed since"

    def test_one_that_is_cancelled_says_so(self, read, session):
        read()
        meeting.cancel(session=session)
        assert (read()["STATUS"], read()["SEQUENCE"]) == ("CANCELLED", "1")
        meeting.restore(session=session)
        assert (read()["STATUS"], read()["SEQUENCE"]) == ("CONFIRMED", "2")

    def test_a_calendar_program_asks_without_signing_in_until_she_leaves(self, session, learns, amina):
        row = learns(amina.person)
        address = feed_address(row)
        assert len(parsed(Client().get(address).content)) == 1
        assert Client().get(address.replace("agenda/", "agenda/x")).status_code == 404
        services.leave(enrolment=row)
        assert Client().get(address).status_code == 404

    def test_others_find_no_file(self, session, dalia, cohort):
        for name, args in (("session_calendar", [session.key]), ("group_calendar", [cohort.key])):
            assert dalia.client.get(reverse(f"messaging:{name}", args=args)).status_code == 404

    def test_it_is_linked_from_the_page_of_the_course(self, amina, bruno):
        small = make_course(code="TAL-01", title="Taller", lessons=1, quiz=False, live=False)
        page = publish(small.page, workshop_minutes=240)
        group = group_of(small, facilitator=bruno.person, code="T-1", modality=Modality.IN_ROOM)
        row = enrol(amina.person, small, cohort=group)
        session_of(group, bruno.person, title="Escuchar")
        text = amina.client.get(page.url).content.decode()
        assert "Escuchar" in text
        assert feed_address(row) in text
