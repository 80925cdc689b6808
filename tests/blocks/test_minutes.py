"""The hours on Amina's certificate follow the published rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.blocks import LessonBlocks
from courses.blocks.measure import measure, nominal_minutes, shares, words_in
from courses.minutes import Measure, minutes
from programme.scope import Reader
from tests.blocks.lessons import raw
from tests.blocks.samples import items, sample
from tests.factories.media_library import RecordingFactory


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        (Measure(), 0),
        (Measure(words=1), 5),
        (Measure(words=750), 5),
        (Measure(words=751), 10),
        (Measure(words=600, checks=1), 10),
        (Measure(words=450, checks=1), 5),
        (Measure(decisions=5), 20),
        (Measure(self_checks=1), 5),
        (Measure(reflections=2), 10),
        (Measure(quiz_items=14), 30),
        (Measure(seconds=300), 5),
        (Measure(seconds=301), 10),
    ],
)
def test_each_part_counts_what_the_rule_says(asked: Measure, counted: int) -> None:
    assert minutes(asked) == counted


@given(st.builds(Measure, *[st.integers(0, 5000)] * 7), st.builds(Measure, *[st.integers(0, 5000)] * 7))
def test_more_to_do_is_never_fewer_minutes(one: Measure, other: Measure) -> None:
    assert max(minutes(one), minutes(other)) <= minutes(one + other) <= minutes(one) + minutes(other)
    assert minutes(one) % 5 == 0


def body(*blocks: dict[str, object]) -> object:
    return LessonBlocks().to_python(list(blocks))


def test_words_are_counted_as_people_count_them() -> None:
    assert words_in("El 9.5 % — «no», dijo: ¿quién?") == 5


def test_an_unverified_claim_adds_no_minutes() -> None:
    assert (
        measure(body(raw("text", "<p>uno dos [[por verificar: tres cuatro]]</p>")), reader=Reader()).words
        == 2
    )


def test_in_a_case_a_check_is_a_decision() -> None:
    assert measure(body(sample("knowledge_check")), reader=Reader()) == Measure(checks=1)
    assert measure(body(sample("knowledge_check")), reader=Reader(), is_case=True) == Measure(decisions=1)


def test_a_reader_reads_the_text_of_her_own_country() -> None:
    variants = items({"country": "MX", "text": "<p>a b c</p>"}, {"country": "GT", "text": "<p>a</p>"})
    told = body(raw("country", {"title": "x", "mode": "others", "variants": variants}))
    words = {code: measure(told, reader=Reader(code)).words for code in ("MX", "GT", "HN", "")}
    assert words == {"MX": 4, "GT": 2, "HN": 1, "": 1}


def test_a_recording_counts_its_length_and_not_its_transcript() -> None:
    recording = RecordingFactory(seconds=120, transcript="<p>" + "palabra " * 900 + "</p>")
    assert measure(body(raw("recording", {"recording": recording.pk})), reader=Reader()) == Measure(
        seconds=120
    )


def test_a_whole_lesson_adds_up() -> None:
    blocks = body(
        sample("key_points"),
        sample("reflection"),
        sample("self_check"),
        sample("knowledge_check"),
        sample("steps"),
    )
    assert nominal_minutes(shares(blocks)) == 15
