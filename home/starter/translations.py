"""Loads the starter's translations as wagtail-localize's own, so that its editor and later updates go on from them.

What a translator wrote or changed in the editor is never overwritten: the loader renews only texts that it brought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from assessments.models import Question, Quiz
from common.languages import source_language
from courses.blocks.from_starter import StarterError
from courses.blocks.markdown import to_html
from courses.models import CourseIndexPage, CoursePage, GlossaryTerm, LessonPage, ModulePage, QuizPage, Topic
from courses.translating import lacks
from home.models import HomePage, StarterRecord
from home.starter import records
from home.starter.bank import question_texts
from home.starter.courses import course_texts, lesson_texts, module_texts, quiz_page_texts
from home.starter.files import (
    CourseFiles,
    ModuleFiles,
    course_folders,
    key_of,
    read,
    read_course,
    starter_dir,
)
from home.starter.media import Shelf
from home.starter.site import CATALOGUE, HOME
from home.starter.twins import Words, both, laid_over, pair

# How a text brought by the loader is told from one that a translator wrote.
TOOL = "starter"
Fill = Callable[[Any, Any], None]


def load_translations(report: records.Report, courses: Iterable[Path]) -> None:
    """Load every language of which the site or these course folders have a file, pages above before those below."""
    for code in languages():
        locale, _created = Locale.objects.get_or_create(language_code=code)
        loader = _Loader(locale, report)
        loader.site(starter_dir() / "translations" / code)
        for folder in courses:
            translated = folder / "translations" / code
            if translated.is_dir():
                loader.course(read_course(folder), translated)


def languages() -> list[str]:
    """Return the languages other than the source's of which the starter has translations."""
    folders = [starter_dir() / "translations", *(folder / "translations" for folder in course_folders())]
    there = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()}
    return [code for code, _name in settings.LANGUAGES if code in there and code != source_language()]


def _text_fields(instance: Any, content: dict[str, Any]) -> None:
    """Put each field of the file on the field of the same name."""
    for name, value in content.items():
        setattr(instance, name, value)


@dataclass(frozen=True)
class _Loader:
    """Loads one language."""

    locale: Locale
    report: records.Report

    def site(self, folder: Path) -> None:
        """Load the front page, the catalogue, the names of topics and the glossary."""
        self._one("home", HomePage.objects.all(), HOME, folder / "home.yaml", _text_fields)
        self._one(
            "catalogue", CourseIndexPage.objects.all(), CATALOGUE, folder / "catalogue.yaml", _text_fields
        )
        if (folder / "topics.yaml").exists():
            self._topics(read(folder / "topics.yaml"))
        if (folder / "glossary.yaml").exists():
            self._glossary(folder / "glossary.yaml")

    def course(self, files: CourseFiles, folder: Path) -> None:
        """Load one course: its page, what its quizzes ask, then module by module."""
        course = laid_over(files.course, folder / "course.yaml")
        self._page("course", CoursePage, files.course, folder / "course.yaml", course_texts)
        self._questions(files, course, folder / "questions.yaml")
        for part in files.modules:
            self._module(part, folder / part.folder.name, Shelf(files, self.report))

    def _module(self, part: ModuleFiles, folder: Path, shelf: Shelf) -> None:
        if not folder.is_dir():
            return

        def fill_lesson(page: LessonPage, item: dict[str, Any]) -> None:
            lesson_texts(page, item, shelf)

        self._page("module", ModulePage, part.module, folder / "module.yaml", module_texts)
        for name, (kind, item) in zip(part.names, part.activities, strict=True):
            if kind == "lesson":
                self._page("lesson", LessonPage, item, folder / name, fill_lesson)
                continue
            self._snippet("quiz", Quiz, f"quiz/{item['key']}", {"title": item["title"]}, folder / name)
            self._page("quiz_page", QuizPage, item, folder / name, quiz_page_texts)

    def _questions(self, files: CourseFiles, course: dict[str, Any], path: Path) -> None:
        if not path.exists():
            return
        goals, said_goals = files.course["objectives"], course["objectives"]
        given = {item["key"]: item for item in read(path)}
        unknown = set(given) - {item["key"] for item in files.questions}
        if unknown:
            raise StarterError(f"{path.name}: no such question in Spanish: {', '.join(sorted(unknown))}")
        for item in files.questions:
            if item["key"] in given:
                said = laid_over(item, path, given[item["key"]])
                bank = Question.objects.filter(translation_key=key_of(item["key"]))
                two = [Question(), Question()]
                question_texts(two[0], item, goals)
                question_texts(two[1], said, said_goals)
                self._translate(f"question:{item['key']}", bank, two, path, (item, said, goals, said_goals))

    def _glossary(self, path: Path) -> None:
        def fill(term: GlossaryTerm, item: dict[str, Any]) -> None:
            term.slug, term.term = item["key"], item["word"]
            term.definition = to_html(item["definition"])

        given = {item["key"]: item for item in read(path)}
        for item in read(starter_dir() / "glossary.yaml"):
            if item["key"] in given:
                # In a lesson's body `term` is a key, and kept; here it is the word that a translator writes.
                written, mine = (
                    {
                        "word" if name == "term" else name: one.get(name, "")
                        for name in ("key", "term", "definition")
                    }
                    for one in (item, given[item["key"]])
                )
                terms = GlossaryTerm.objects.filter(translation_key=key_of(f"term/{item['key']}"))
                said = laid_over(written, path, mine)
                two = list(both(GlossaryTerm, fill, written, said))
                self._translate(f"term:{item['key']}", terms, two, path, (written, said))

    def _topics(self, names: dict[str, str]) -> None:
        """Name the topics that have no name in this language yet."""
        column = f"name_{self.locale.language_code}"
        for written, said in names.items():
            Topic.objects.filter(name_es=written, **{column: ""}).update(**{column: said})

    def _page(self, kind: str, model: type[Page], item: dict[str, Any], path: Path, fill: Fill) -> None:
        pages = model.objects.filter(translation_key=key_of(item["key"]))
        self._one(f"{kind}:{item['key']}", pages, item, path, fill)

    def _snippet(self, kind: str, model: type[Any], key: str, written: dict[str, Any], path: Path) -> None:
        if path.exists():
            said = {"title": (read(path) or {}).get("title", "")}
            two = list(both(model, _text_fields, written, said))
            found = model.objects.filter(translation_key=key_of(key))
            self._translate(f"{kind}:{key}", found, two, path, (written, said))

    def _one(self, name: str, found: Any, written: dict[str, Any], path: Path, fill: Fill) -> None:
        if path.exists():
            said = laid_over(written, path)
            two = list(both(found.model, fill, written, said))
            self._translate(name, found, two, path, (written, said))

    def _translate(self, name: str, found: Any, two: list[Any], path: Path, content: Any) -> None:
        """Translate the Spanish instance among `found`, unless just this was loaded before."""
        name, digest = f"{self.locale.language_code}:{name}", records.digest_of(content)
        record = StarterRecord.objects.filter(name=name).first()
        if record is not None and record.digest == digest:
            self.report.note(records.KEPT, name)
            return
        source = found.filter(locale__language_code=source_language()).first()
        if source is None:
            raise StarterError(f"{path.parent.name}/{path.name}: there is no Spanish original on this site")
        self._refuse_without_parent(source, path)
        written, said = two
        words = pair(written, said, path)
        with transaction.atomic():
            target = bring(source, self.locale, words)
            StarterRecord.objects.update_or_create(
                name=name, defaults={"digest": digest, "object_id": target.pk}
            )
        self.report.note(records.RENEWED if record else records.MADE, name)

    def _refuse_without_parent(self, source: Any, path: Path) -> None:
        parent = source.get_parent() if isinstance(source, Page) else None
        if parent is None or parent.is_root():
            return
        if not parent.get_translations().filter(locale=self.locale, alias_of__isnull=True).exists():
            raise StarterError(
                f"{path.parent.name}/{path.name}: «{parent.title}», the page above, has no translation"
            )


def bring(source: Any, locale: Locale, words: Words) -> Any:
    """Translate `source` into `locale` by `words`, publish what is complete, and return the translated instance.

    Texts that a trainer has changed meanwhile, or that `words` lacks, wait for a translator, and so does the whole:
    it stays a draft.
    """
    frozen, _created = TranslationSource.update_or_create_from_instance(source)
    translation, _created = Translation.objects.get_or_create(source=frozen, target_locale=locale)
    _say(frozen, locale, words)
    complete = not lacks(source, locale) or not isinstance(source, DraftStateMixin)
    translation.save_target(publish=complete)
    return translation.get_target_instance()


def _say(frozen: TranslationSource, locale: Locale, words: Words) -> None:
    segments = StringSegment.objects.filter(source=frozen).select_related("string", "context")
    there = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(context__object_id=frozen.object_id, locale=locale)
    }
    for segment in segments:
        text = segment.string.data
        said = words.get((segment.context.path, text)) or words.get(("", text))
        row = there.get((segment.string_id, segment.context_id))
        if not said or (row is not None and (row.tool_name != TOOL or row.data == said)):
            continue
        if row is None:
            row = StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                tool_name=TOOL,
            )
            there[segment.string_id, segment.context_id] = row
        row.data, row.updated_at, row.has_error = said, timezone.now(), False
        row.save()
