"""Does a figure come out as `area.figure value unit limit data-size ok`?"""

import pytest
from django.core.files.base import ContentFile

from benchmarks import moves
from benchmarks.admin_form import sent_by_a_browser
from benchmarks.peers import content
from benchmarks.report import Report, number
from benchmarks.run import summed
from courses.models import LessonPage
from media_library.models import Picture

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="500" viewBox="0 0 800 500"></svg>'


@pytest.mark.parametrize(
    ("value", "limits", "line"),
    [
        (41.337, {"at_most": 60}, "pages.home 41.34 KB <=60 3-courses ok"),
        (61, {"at_most": 60}, "pages.home 61 KB <=60 3-courses SHORT"),
        (240.0, {"at_least": 100}, "pages.home 240 KB >=100 3-courses ok"),
        (99.5, {"at_least": 100}, "pages.home 99.5 KB >=100 3-courses SHORT"),
        (7, {}, "pages.home 7 KB - 3-courses ok"),
    ],
)
def test_a_line_has_seven_words_at_most(capsys, value, limits, line):
    report = Report(site=None)
    report.figure("pages.home", value, "KB", size="3 courses", **limits)
    assert capsys.readouterr().out == line + "\n"
    assert report.short == (["pages.home"] if line.endswith("SHORT") else [])


@pytest.mark.parametrize(
    ("value", "text"), [(0.00123, "0.00123"), (1234.56, "1235"), (12.0, "12"), (3.14159, "3.142")]
)
def test_numbers_are_read_by_people(value, text):
    assert number(value) == text


def test_the_end_says_how_long_each_part_took_and_all_of_them():
    assert summed({"preparing": 60.4, "pages": 119.6}) == "preparing 60 s, pages 120 s: 3.0 minutes in all"


# What a browser would send of the admin's form


FORM = """
<form id="other"><input name="q" value="x"></form>
<form id="page-edit-form"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<input name="title" value="Escuchar"><input type="checkbox" name="required" checked>
<input type="checkbox" name="optional"><textarea name="summary">Un &amp; dos</textarea>
<select name="level"><option value="a">A</option><option value="b" selected>B</option></select>
<button name="action-publish" value="1">Publicar</button></form><input name="after" value="x">
"""


def test_the_editors_form_is_sent_as_a_browser_would_with_what_scripts_draw():
    drawn = [("title", "of the database"), ("body-count", "0")]
    assert sent_by_a_browser(FORM, drawn=drawn) == [
        ("title", "Escuchar"),
        ("required", "on"),
        ("summary", "Un & dos"),
        ("level", "b"),
        ("body-count", "0"),
    ]


def test_an_answer_without_the_form_is_no_publication():
    with pytest.raises(ValueError, match="no form"):
        sent_by_a_browser("<form><input name='q'></form>", drawn=[])


@pytest.mark.parametrize(
    ("moved", "judged"),
    [((2, 2), (1, 0)), ((3, 2), (0, 1)), ((1, 1), (0, 1)), ((2, 1), (0, 1)), (None, (0, 1))],
)
def test_who_was_moved_twice_or_never_is_counted(moved, judged):
    rows = {7: moved} if moved else {}
    assert moves.judged(rows, followers={7}, releases=2) == judged


def test_a_drawing_is_given_to_the_other_side_too(db):
    picture = Picture.objects.create(title="Dibujo", file=ContentFile(DRAWING, "dibujo.svg"))
    value = {"image": picture, "alt": "Una banca", "caption": "Donde se espera"}
    body = LessonPage(title="L", body=[("picture", value)]).body
    pictures: dict[str, str] = {}
    part = content._part(body[0], pictures)
    assert part["picture"] == str(picture.pk)
    assert "Donde se espera" in part["html"]
    assert pictures[str(picture.pk)].endswith(".svg")
    (shown,) = content.pictures_shown(LessonPage(title="L", body=[("picture", value)]))
    assert shown in body[0].render()
