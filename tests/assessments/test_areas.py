"""A place in a picture: pointed at, or chosen from the list below; and what a trainer writes wrongly is told."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import Locale

from assessments import services
from assessments.answerable import Fault, Option, faults
from assessments.areas import Area, are_apart, area_of, is_inside, shapes
from assessments.content import ChoiceContent, Kind, PictureContent, QuestionContent
from assessments.marking import AttemptRefused, MarkReason, mark
from assessments.models import Attempt, Question, QuizVersion
from assessments.preview import question_preview
from media_library.models import Picture
from programme.scope import Reader
from tests.factories.assessments import QuestionFactory, QuizFactory

PLACES = (
    ("La silla", True, "10 10 20 20"),
    ("La puerta", False, "60 10 20 20"),
    ("La fila", False, "50 80 12"),
)
SHOWS = "Plano de una sala con una silla, una puerta y una fila."


@pytest.fixture
def picture(db: None) -> Picture:
    buffer = BytesIO()
    Image.new("RGB", (300, 200), "#f3ecdd").save(buffer, "PNG")
    buffer.seek(0)
    return Picture.objects.create(title="Plano", file=ImageFile(buffer, name="plano.png"))


@pytest.fixture
def question(picture: Picture) -> Question:
    choices = [
        ("choice", {"text": text, "correct": right, "feedback": f"Sobre {text}", "area": area})
        for text, right, area in PLACES
    ]
    made: Question = QuestionFactory(
        kind="area", stem="¿Dónde?", picture=picture, picture_alt=SHOWS, choices=choices
    )
    made.full_clean()
    return made


@pytest.fixture
def version(question: Question) -> QuizVersion:
    made = services.freeze_quiz(quiz=QuizFactory(questions=[question]))
    assert made is not None
    return made


@pytest.fixture
def attempt(version: QuizVersion, amina) -> Attempt:
    return services.start_attempt(
        person=amina.person,
        context=uuid.uuid4(),
        quiz_key=version.quiz_key,
        pass_mark=70,
        max_attempts=3,
        reader=Reader("MX"),
    )


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("10 20 30 25", Area(10, 20, 30, 25)),
        ("50; 40; 12,5", Area(50, 40, radius=12.5)),
        ("  10  20 30 25 ", Area(10, 20, 30, 25)),
        ("10 20", None),
        ("10 20 30 40 50", None),
        ("-1 2 3", None),
        ("a b c", None),
        ("", None),
    ],
)
def test_an_area_is_read_as_it_was_written(said: str, area: Area | None) -> None:
    assert area_of(said) == area


@pytest.mark.parametrize(
    ("areas", "ratio", "fault"),
    [
        (("10 10 20 20", "60 60 20 20"), 0, Fault.NO_PICTURE),
        (("10 10 20 20", ""), 0.6, Fault.NO_AREA),
        (("10 10 20 20", "90 60 20 20"), 0.6, Fault.AREA_OUTSIDE),
        (("10 10 20 20", "50 5 20"), 0.6, Fault.AREA_OUTSIDE),
        (("10 10 20 20", "60 60 3 20"), 0.6, Fault.AREA_SMALL),
        (("10 10 40 40", "20 20 20 20"), 0.6, Fault.AREAS_MEET),
    ],
)
def test_what_nobody_could_point_at_is_told(areas: tuple[str, str], ratio: float, fault: Fault) -> None:
    options = [Option(f"Lugar {n}", n == 0, area=area) for n, area in enumerate(areas)]
    assert fault in faults(Kind.AREA, options, "¿Dónde?", ratio)


AREAS = st.builds(Area, *[st.floats(0, 100) for _ in range(4)])


@given(st.lists(AREAS, max_size=5), st.floats(0.2, 4))
def test_areas_that_are_apart_stay_so_in_any_order(areas: list[Area], ratio: float) -> None:
    assert are_apart(areas, ratio) == are_apart(areas[::-1], ratio)


@given(AREAS, st.floats(0.2, 4))
def test_what_lies_inside_is_drawn_inside(area: Area, ratio: float) -> None:
    said = f"{area.left:.2f} {area.top:.2f} {area.width:.2f} {area.height:.2f}"
    (shape,) = shapes([said], ratio)
    if is_inside(area_of(said) or area, ratio):
        assert 0 <= shape.left <= shape.left + shape.width <= 1001
        assert 0 <= shape.top <= shape.top + shape.height <= 1000 * ratio + 2


@given(st.permutations(["a", "b", "c"]), st.lists(st.sampled_from(["a", "b", "c", "z"]), max_size=4))
def test_a_place_is_the_point_or_nothing_in_whatever_order(order: list[str], chosen: list[str]) -> None:
    choices = tuple(ChoiceContent(key, {"es": key}, key == "a", area="1 1 9 9") for key in order)
    content = QuestionContent(uuid.uuid4(), Kind.AREA, {"es": "¿?"}, choices)
    found = mark(content, chosen)
    assert found.points == (1 if {"a"} == set(chosen) & {"a", "b", "c"} else 0)
    assert mark(content, [*chosen, *chosen]) == found


def test_frozen_with_its_picture_it_comes_back_the_same(version: QuizVersion, picture: Picture) -> None:
    (content,) = version.quiz.questions
    assert content.picture == PictureContent(
        picture.pk, picture.get_file_hash(), 300, 200, {Locale.get_default().language_code: SHOWS}
    )
    assert [choice.area for choice in content.choices] == [area for _text, _right, area in PLACES]
    assert QuestionContent.from_json(content.to_json()) == content


def test_without_a_picture_or_its_words_it_is_refused(question: Question) -> None:
    question.picture_alt = " "
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert "picture_alt" in refused.value.message_dict
    question.picture = None
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert "Elige la imagen" in str(refused.value)


def test_amina_chooses_a_place_and_reads_why(amina_browser, attempt: Attempt, version: QuizVersion) -> None:
    (content,) = version.quiz.questions
    page = amina_browser.get(reverse("assessments:question", args=[attempt.key, 1])).content.decode()
    assert f'alt="{SHOWS}"' in page
    assert page.count("<foreignObject") == page.count('type="radio"') == 3
    for text, _right, _area in PLACES:
        assert text in page
    right = next(choice.key for choice in content.choices if choice.correct)
    amina_browser.post(reverse("assessments:question", args=[attempt.key, 1]), {"choice": right})
    amina_browser.post(reverse("assessments:submit", args=[attempt.key]))
    attempt.refresh_from_db()
    assert attempt.passed
    result = amina_browser.get(reverse("assessments:result", args=[attempt.key])).content.decode()
    assert "Sobre La silla" in result


def test_the_page_tells_nothing_of_the_right_place(amina_browser, attempt: Attempt) -> None:
    page = amina_browser.get(reverse("assessments:question", args=[attempt.key, 1])).content.decode()
    drawn = [part.split("</g>")[0] for part in page.split('<g class="place ')[1:]]
    assert len({part.count("<") for part in drawn}) == 1
    assert "Sobre La" not in page
    assert "correct" not in page


def test_a_place_that_was_not_shown_is_refused(attempt: Attempt, version: QuizVersion) -> None:
    (content,) = version.quiz.questions
    with pytest.raises(AttemptRefused):
        services.save_answer(attempt=attempt, question_key=content.key, chosen=["10 10 20 20"])


def test_a_picture_that_was_replaced_leads_nobody_astray(
    amina_browser, attempt: Attempt, picture: Picture
) -> None:
    buffer = BytesIO()
    Image.new("RGB", (300, 200), "#000000").save(buffer, "PNG")
    buffer.seek(0)
    picture.file.save("otro.png", ImageFile(buffer, name="otro.png"), save=False)
    picture._set_file_hash()
    picture.save()
    page = amina_browser.get(reverse("assessments:question", args=[attempt.key, 1])).content.decode()
    assert "<foreignObject" not in page
    assert SHOWS in page
    assert page.count('type="radio"') == 3


def test_an_editor_sees_a_grid_to_write_the_places_by(question: Question) -> None:
    (shown,) = question_preview(question=question).questions
    assert shown.picture is not None
    assert len(shown.picture.grid) == 9
    assert [shape.letter for shape in shown.picture.shapes] == ["A", "B", "C"]


def test_who_left_it_open_is_told_so(version: QuizVersion) -> None:
    (content,) = version.quiz.questions
    assert mark(content, []).reason is MarkReason.UNANSWERED
