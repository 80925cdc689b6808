"""Whoever writes a starter course is told what does not fit before anybody loads it: the files alone are read."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from home.starter.files import CourseFiles, course_folders, read, read_course, starter_dir

FOLDERS = course_folders()
COUNTRIES = ("MX", "GT", "HN", "SV", "")
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

each_course = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def activities(files: CourseFiles) -> Iterator[dict[str, Any]]:
    for module in files.modules:
        yield from (item for _kind, item in module.activities)


def blocks(files: CourseFiles, *kinds: str) -> Iterator[dict[str, Any]]:
    for item in activities(files):
        for entry in item.get("body", []):
            yield from (entry[kind] for kind in kinds if kind in entry)


def test_there_are_the_courses_that_the_guide_names() -> None:
    guide = (starter_dir().parent / "docs" / "guides" / "starter-content.md").read_text(encoding="utf-8")
    assert {folder.name for folder in FOLDERS} >= {"PAP-01", "DSM-02"}
    assert all(f"| {folder.name} " in guide for folder in FOLDERS)


@each_course
def test_every_key_is_given_once(folder: Path) -> None:
    files = read_course(folder)
    keys = [files.course["key"], *(module.module["key"] for module in files.modules)]
    keys += [item["key"] for item in (*activities(files), *files.questions)]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@each_course
def test_every_source_and_term_that_is_named_exists(folder: Path) -> None:
    files = read_course(folder)
    known = {item["key"] for item in read(starter_dir() / "sources.yaml")}
    named = [*files.course["sources"]]
    named += [key for item in (*activities(files), *files.questions) for key in item.get("sources", [])]
    assert set(named) - known == set()
    terms = {item["key"] for item in read(starter_dir() / "glossary.yaml")}
    assert {block["term"] for block in blocks(files, "glossary")} - terms == set()


@each_course
def test_every_file_is_there_and_says_whose_it_is_and_what_it_shows(folder: Path) -> None:
    files = read_course(folder)
    used = {block["file"] for block in blocks(files, "picture", "audio", "video", "document")}
    used.add(files.course["cover"]["file"])
    for file in used:
        assert (folder / file).is_file()
        said = files.credits[Path(file).name]
        assert said["credit"]
        assert said["licence"]
        assert said.get("alt") or file.endswith(".odt")
    assert {Path(file).name for file in used} == set(files.credits)


@each_course
@pytest.mark.parametrize("country", COUNTRIES)
def test_wherever_she_works_amina_is_asked_at_least_eight_questions(folder: Path, country: str) -> None:
    questions = {item["key"]: item for item in read_course(folder).questions}
    for quiz in (item for item in activities(read_course(folder)) if "questions" in item):
        asked = [questions[key] for key in quiz["questions"]]
        hers = [item for item in asked if not item.get("countries") or country in item["countries"]]
        assert len(hers) >= 8


@each_course
def test_each_question_has_a_right_choice_and_says_something_of_every_choice(folder: Path) -> None:
    for item in read_course(folder).questions:
        right = sum(option["correct"] for option in item["options"])
        assert right >= 1 if item["kind"] == "multiple" else right == 1
        assert all(option.get("feedback") for option in item["options"])


@each_course
def test_each_document_is_a_sound_package_in_spanish_that_a_screen_reader_can_walk_through(
    folder: Path,
) -> None:
    for path in folder.glob("media/*.odt"):
        with zipfile.ZipFile(path) as package:
            first = package.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            assert package.read("mimetype") == b"application/vnd.oasis.opendocument.text"
            listed = ElementTree.fromstring(package.read("META-INF/manifest.xml"))
            names = {entry.get(f"{MANIFEST}full-path") for entry in listed} - {"/"}
            assert names == set(package.namelist()) - {"mimetype", "META-INF/manifest.xml"}
            content = ElementTree.fromstring(package.read("content.xml"))
            levels = [heading.get(f"{TEXT}outline-level") for heading in content.iter(f"{TEXT}h")]
            assert levels[0] == "1"
            assert "2" in levels
            assert b"<dc:language>es" in package.read("meta.xml")
            assert b"<dc:title>" in package.read("meta.xml")
