"""Does a manifest say what a learner must do, and nothing else?"""

import dataclasses
import json
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.manifest import (
    BLENDED,
    IN_ROOM,
    LESSON,
    QUIZ,
    SELF_PACED,
    Activity,
    Manifest,
    Rule,
    difference,
)
from programme.scope import Reader

COUNTRIES = st.lists(st.sampled_from(["GT", "HN", "MX", "SV"]), unique=True).map(
    lambda found: tuple(sorted(found))
)
LESSONS = st.builds(
    Activity,
    key=st.uuids(),
    module=st.uuids(),
    kind=st.just(LESSON),
    required=st.booleans(),
    skippable=st.booleans(),
    minutes=st.integers(0, 600),
    countries=COUNTRIES,
)
QUIZZES = st.builds(
    Activity,
    key=st.uuids(),
    module=st.uuids(),
    kind=st.just(QUIZ),
    required=st.booleans(),
    minutes=st.integers(0, 600),
    countries=COUNTRIES,
    quiz=st.uuids(),
    pass_mark=st.integers(0, 100),
    max_attempts=st.integers(1, 20),
)
ACTIVITIES = st.lists(LESSONS | QUIZZES, max_size=8, unique_by=lambda activity: activity.key).map(tuple)
RULES = st.lists(
    st.builds(
        Rule,
        modality=st.sampled_from([SELF_PACED, IN_ROOM, BLENDED]),
        activities=st.booleans(),
        attendance_share=st.none() | st.integers(1, 100),
        room_minutes=st.integers(0, 2000),
    ),
    max_size=3,
    unique_by=lambda rule: rule.modality,
).map(tuple)
MANIFESTS = st.builds(Manifest, activities=ACTIVITIES, rules=RULES)

WHO = UUID(int=1)
LESSON_1 = Activity(key=UUID(int=11), module=WHO, kind=LESSON, minutes=10)
LESSON_2 = Activity(key=UUID(int=12), module=WHO, kind=LESSON, minutes=20, countries=("GT",))
FINAL = Activity(key=UUID(int=13), module=WHO, kind=QUIZ, quiz=UUID(int=99), pass_mark=70, max_attempts=3)
SMALL = Manifest((LESSON_1, LESSON_2, FINAL), (Rule(SELF_PACED), Rule(BLENDED, room_minutes=120)))


@given(MANIFESTS)
def test_what_is_written_is_read_again(manifest):
    stored = json.loads(json.dumps(manifest.to_json()))
    assert Manifest.from_json(stored) == manifest
    assert Manifest.from_json(stored).fingerprint() == manifest.fingerprint()


@given(MANIFESTS, st.data())
def test_minutes_describe_and_do_not_require(manifest, data):
    longer = tuple(dataclasses.replace(a, minutes=data.draw(st.integers(0, 600))) for a in manifest)
    assert Manifest(longer, manifest.rules).fingerprint() == manifest.fingerprint()
    assert not difference(manifest, Manifest(longer, manifest.rules))


@given(MANIFESTS.filter(lambda manifest: manifest.activities), st.data())
@settings(max_examples=60)
def test_every_requirement_counts(manifest, data):
    place = data.draw(st.integers(0, len(manifest.activities) - 1))
    name = data.draw(
        st.sampled_from(["required", "skippable", "module", "countries", "pass_mark", "max_attempts"])
    )
    old = manifest.activities[place]
    other = {
        "required": not old.required,
        "skippable": not old.skippable,
        "module": UUID(int=old.module.int ^ 1),
        "countries": () if old.countries else ("MX",),
        "pass_mark": (old.pass_mark or 0) + 1,
        "max_attempts": (old.max_attempts or 0) + 1,
    }[name]
    activities = list(manifest.activities)
    activities[place] = dataclasses.replace(old, **{name: other})
    changed = Manifest(tuple(activities), manifest.rules)
    assert changed.fingerprint() != manifest.fingerprint()
    assert difference(manifest, changed).changed == (old.key,)


@given(MANIFESTS, MANIFESTS)
def test_a_difference_and_the_fingerprint_agree(old, new):
    assert bool(difference(old, new)) == (old.fingerprint() != new.fingerprint())


@given(MANIFESTS)
def test_the_order_of_rules_means_nothing(manifest):
    turned = Manifest(manifest.activities, tuple(reversed(manifest.rules)))
    assert turned.fingerprint() == manifest.fingerprint()
    assert not difference(manifest, turned)


def test_the_order_of_lessons_is_a_requirement():
    turned = Manifest((LESSON_2, LESSON_1, FINAL), SMALL.rules)
    assert turned.fingerprint() != SMALL.fingerprint()
    assert difference(SMALL, turned).moved


def test_a_new_lesson_in_the_middle_moves_nobody():
    new = dataclasses.replace(LESSON_1, key=UUID(int=14))
    found = difference(SMALL, Manifest((LESSON_1, new, LESSON_2, FINAL), SMALL.rules))
    assert (found.added, found.moved, found.removes_requirement) == ((new.key,), False, False)


def test_less_is_recognised_as_less():
    found = difference(SMALL, Manifest((LESSON_1, LESSON_2), SMALL.rules))
    assert (found.removed, found.removes_requirement) == ((FINAL.key,), True)


def test_a_field_of_a_later_senda_does_not_hinder_reading():
    stored = SMALL.to_json()
    stored["activities"][0]["mood"] = "calm"
    assert Manifest.from_json(stored) == SMALL


def test_each_country_has_its_own_course():
    assert [a.key for a in SMALL.for_reader(Reader("MX"))] == [LESSON_1.key, FINAL.key]
    assert [a.key for a in SMALL.for_reader(Reader("GT"))] == [LESSON_1.key, LESSON_2.key, FINAL.key]
    assert SMALL.minutes(modality=SELF_PACED, reader=Reader("GT")) == 30
    assert SMALL.minutes(modality=BLENDED, reader=Reader("MX")) == 130


def test_a_modality_that_the_course_does_not_offer_is_taken_alone():
    assert SMALL.rule(IN_ROOM) == Rule(SELF_PACED)
    assert SMALL.find(UUID(int=404)) is None
