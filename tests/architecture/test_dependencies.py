"""Does every direct dependency have a reason in the documentation, and a hash in the lock?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LISTS = ("requirements", "requirements-dev", "requirements-installer")
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


def direct_dependencies() -> set[str]:
    return {name for stem in LISTS for name in NAME.findall((ROOT / f"{stem}.in").read_text())}


def documented_dependencies() -> set[str]:
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text().split("## In the repository")[0]
    return set(re.findall(r"^\| ([A-Za-z0-9][A-Za-z0-9._-]*) \|", page, re.MULTILINE)) - {"package"}


def test_a_newcomer_reads_why_each_dependency_is_there():
    assert documented_dependencies() == direct_dependencies()


@pytest.mark.parametrize("stem", LISTS)
def test_every_pinned_package_carries_a_hash(stem):
    lock = (ROOT / f"{stem}.txt").read_text()
    pinned = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert pinned
    assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("stem", LISTS)
def test_the_lock_names_no_index_or_machine(stem):
    assert re.search(r"https?:|--index|--find-links|file:", (ROOT / f"{stem}.txt").read_text()) is None
