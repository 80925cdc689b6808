"""A translated starter file has the structure of the Spanish one; where it has not, file and place are named."""

import pytest
import yaml
from wagtail_localize.models import StringTranslation

from courses.blocks.from_starter import StarterError
from courses.models import LessonPage
from home.starter import records
from home.starter.courses import lesson_texts
from home.starter.files import key_of
from home.starter.translations import _Loader
from home.starter.twins import both, laid_over, pair
from tests.factories.courses import make_course, publish
from tests.factories.translations import locale_of, translate

SPANISH = {
    "key": "c/m/uno",
    "title": "Uno",
    "required": True,
    "body": [
        {"text": "Primero.\n\nSegundo."},
        {"key_points": {"title": "Lo esencial", "points": ["A", "B"]}},
    ],
}
ENGLISH = {
    "title": "One",
    "body": [
        {"text": "First.\n\nSecond."},
        {"key_points": {"title": "The essentials", "points": ["a", "b"]}},
    ],
}


def written(tmp_path, content, name="01-uno.yaml"):
    path = tmp_path / "01-modulo" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def fill(page, item):
    lesson_texts(page, item, None)


def words_of(path):
    return pair(*both(LessonPage, fill, SPANISH, laid_over(SPANISH, path)), path)


def test_each_text_finds_its_translation(tmp_path):
    words = words_of(written(tmp_path, ENGLISH))
    assert words["", "Segundo."] == "Second."
    assert words["", "B"] == "b"
    assert words["title", "Uno"] == "One"


def test_what_is_no_text_is_taken_from_the_spanish_file(tmp_path):
    said = laid_over(SPANISH, written(tmp_path, ENGLISH | {"key": "c/m/otro"}))
    assert said["key"] == "c/m/uno"
    assert said["required"] is True


def test_what_is_left_out_has_no_translation(tmp_path):
    path = written(tmp_path, {"body": ENGLISH["body"]})
    assert ("", "Uno") not in words_of(path)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (ENGLISH["body"][:1], "body"),
        ([ENGLISH["body"][0], {"key_points": {"points": ["a"]}}], "body 2"),
        ([{"callout": {"text": "First."}}, ENGLISH["body"][1]], "body 1"),
        ([{"text": ["First."]}, ENGLISH["body"][1]], "body 1"),
    ],
)
def test_another_structure_is_named_by_file_and_block(tmp_path, body, place):
    path = written(tmp_path, ENGLISH | {"body": body})
    with pytest.raises(StarterError, match=rf"01-modulo/01-uno\.yaml, {place}"):
        laid_over(SPANISH, path)


def test_a_paragraph_too_many_is_named_by_file_and_text(tmp_path):
    path = written(tmp_path, ENGLISH | {"body": [{"text": "First."}, ENGLISH["body"][1]]})
    with pytest.raises(StarterError, match=r"01-uno\.yaml, near «Primero\.»: .* 2 .* 1"):
        words_of(path)


class TestLoading:
    @pytest.fixture
    def small(self, db):
        small = make_course(quiz=False)
        home = small.index.get_parent().specific
        for part in [home, small.index, small.page, small.module]:
            translate(part, "en")
        return small

    def load(self, small, path, item):
        LessonPage.objects.filter(pk=small.lessons[0].pk).update(translation_key=key_of(item["key"]))
        report = records.Report()
        pages = LessonPage.objects.filter(translation_key=key_of(item["key"]))
        _Loader(locale_of("en"), report)._one("lesson", pages, item, path, fill)
        return report

    def spanish_lesson(self, small):
        lesson = LessonPage.objects.get(pk=small.lessons[0].pk)
        fill(lesson, SPANISH)
        small.lessons[0] = publish(lesson)

    def in_english(self):
        return LessonPage.objects.get(locale__language_code="en")

    def test_it_is_loaded_once_and_live(self, small, tmp_path, django_capture_on_commit_callbacks):
        self.spanish_lesson(small)
        path = written(tmp_path, ENGLISH)
        with django_capture_on_commit_callbacks(execute=True):
            assert self.load(small, path, SPANISH).counts[records.MADE] == 1
        assert self.in_english().live
        assert "<p>Second.</p>" in str(self.in_english().body)
        assert self.load(small, path, SPANISH).counts[records.KEPT] == 1

    def test_a_new_wording_of_the_file_is_loaded_but_a_translators_is_kept(
        self, small, tmp_path, django_capture_on_commit_callbacks
    ):
        self.spanish_lesson(small)
        with django_capture_on_commit_callbacks(execute=True):
            self.load(small, written(tmp_path, ENGLISH), SPANISH)
        StringTranslation.objects.filter(data="Second.").update(data="The second.", tool_name="")
        body = [{"text": "The first.\n\nNext."}, ENGLISH["body"][1]]
        with django_capture_on_commit_callbacks(execute=True):
            self.load(small, written(tmp_path, ENGLISH | {"body": body}), SPANISH)
        assert "<p>The first.</p><p>The second.</p>" in str(self.in_english().body)

    def test_a_text_that_a_trainer_changed_waits_for_a_translator(self, small, tmp_path):
        self.spanish_lesson(small)
        publish(LessonPage.objects.get(pk=small.lessons[0].pk), title="Otro título")
        self.load(small, written(tmp_path, ENGLISH), SPANISH)
        assert not self.in_english().live

    def test_a_lesson_without_its_module_is_named(self, db, tmp_path):
        small = make_course(quiz=False)
        self.spanish_lesson(small)
        with pytest.raises(StarterError, match=r"01-uno\.yaml: «El módulo»"):
            self.load(small, written(tmp_path, ENGLISH), SPANISH)
