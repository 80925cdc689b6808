"""Reads the starter files: YAML, UTF-8, one folder a course. Their form stands in docs/reference/starter-format.md."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

# Every key of the starter becomes the same UUID on every site, so that translations and imports can name it.
NAMESPACE = uuid.UUID("6c1d3b1e-6f0a-5b1c-9a53-0d6f3a5e7c11")


def starter_dir() -> Path:
    """Return the folder of the starter content."""
    return Path(settings.BASE_DIR) / "starter"


def key_of(name: str) -> uuid.UUID:
    """Return the UUID of a readable key such as `pap-01/que-son`."""
    return uuid.uuid5(NAMESPACE, name)


def read(path: Path) -> Any:
    """Return the content of one file; an error names the file."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: {error}") from error


@dataclass(frozen=True)
class ModuleFiles:
    """A module's own file and its activities, in the order of their file names."""

    folder: Path
    module: dict[str, Any]
    activities: tuple[tuple[str, dict[str, Any]], ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class CourseFiles:
    """Everything that the folder of a course holds."""

    folder: Path
    course: dict[str, Any]
    questions: tuple[dict[str, Any], ...]
    modules: tuple[ModuleFiles, ...]
    credits: dict[str, dict[str, Any]]


def course_folders() -> list[Path]:
    """Return the folders that hold a course."""
    return sorted(path.parent for path in starter_dir().glob("*/course.yaml"))


def read_course(folder: Path) -> CourseFiles:
    """Return a course's files, read."""
    course = read(folder / "course.yaml")
    credits_file = folder / "media" / "CREDITS.yaml"
    return CourseFiles(
        folder=folder,
        course=course,
        questions=tuple(read(folder / "questions.yaml") or ()),
        modules=tuple(_read_module(folder / name) for name in course["modules"]),
        credits=read(credits_file) if credits_file.exists() else {},
    )


def _read_module(folder: Path) -> ModuleFiles:
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.name != "module.yaml"]
    found = [("quiz" if path.name.endswith(".quiz.yaml") else "lesson", read(path)) for path in paths]
    return ModuleFiles(
        folder, read(folder / "module.yaml"), tuple(found), names=tuple(path.name for path in paths)
    )
