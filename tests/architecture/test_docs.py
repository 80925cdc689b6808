"""A newcomer reads documentation that does not lie: what it names is there, and what is there is named.

The code is read, not run, wherever that is enough: a variable that nobody sets today is found too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import load_command_class
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

from home.starter import groups

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ROOMS = [*sorted(path.parent.name for path in ROOT.glob("*/apps.py")), "common"]
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "starter" / "LICENSE.md"])
# What a shell or make sets for every program, and what the tests set around their own browser.
OF_THE_SHELL = {"PATH", "HOME", "MAKELEVEL", "DEBIAN_FRONTEND", "DJANGO_ALLOW_ASYNC_UNSAFE"}
# Wagtail's own.
OF_OTHERS = re.compile(
    r"^/(admin/(?!cursos/|versiones/|traducciones/|constancias/revocar/|convenios/(?:renovar|expediente|archivo|archivo-anterior|adenda)/|instituciones/(?:membresia|integrantes)/|asesorias/pendientes/|segundo-paso/|encargos/terminar/)|_util/)"
)

Sentence = pytest.mark.parametrize


def code(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of these folders, parsed; migrations are history."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def text_of(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """Return the part of a page below the heading `title`, to the next heading of any kind."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading «{title}»"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of each row of each table whose first cell is code, ticks taken off the first."""
    found = []
    for line in text.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            found.append([cells[0].split("`")[1], *cells[1:]])
    return found


def first_cells(text: str) -> list[str]:
    return [cells[0] for cells in rows(text)]


def named(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


# Settings


def environment_variables() -> set[str]:
    """Return every environment variable that the code reads by a name of its own."""
    found = set()
    for _path, tree in code(*ROOMS, "lms", "deploy", "scripts", "benchmarks", "tests"):
        for name, call in calls(tree):
            reader = re.fullmatch(
                r"env\.(text|secret|flag|whole|choice|words|hosts|web_address|database|redis|mail|sender|email|folder)|(os\.)?(environ\.(get|setdefault|pop)|getenv)",
                name,
            )
            if reader and call.args and text_of(call.args[0]):
                found.add(text_of(call.args[0]))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Subscript)
                and ast.unparse(node.value) == "os.environ"
                and text_of(node.slice)
            ):
                found.add(text_of(node.slice))
    return found - OF_THE_SHELL


def own_settings() -> set[str]:
    found = set()
    for _path, tree in code("lms/settings"):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Store)
                and node.id.startswith("SENDA_")
            ):
                found.add(node.id)
    return found


def test_every_environment_variable_is_told_and_none_that_is_gone() -> None:
    text = page("reference/settings.md")
    told = first_cells(section(text, "Environment variables of the site"))
    told += first_cells(section(text, "Environment variables of the tools"))
    assert sorted(told) == sorted(environment_variables())


def test_every_setting_of_our_own_is_told() -> None:
    assert sorted(first_cells(section(page("reference/settings.md"), "Own settings"))) == sorted(
        own_settings()
    )


# Events


def signals() -> set[str]:
    found = set()
    for path in ROOT.glob("*/events.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.value) == "Signal()":
                found.add(f"{path.parent.name}.events.{ast.unparse(node.targets[0])}")
    return found


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def sendings() -> dict[str, tuple[set[str], set[str]]]:
    """Return by event the arguments with which it is sent, and the modules that send it."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for path, tree in code(*ROOMS):
        for name, call in calls(tree):
            if match := re.fullmatch(r"events\.(\w+)\.send", name):
                words, senders = found.setdefault(
                    f"{path.parts[len(ROOT.parts)]}.events.{match[1]}", (set(), set())
                )
                words |= {keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "sender"}
                senders.add(module_name(path))
    return found


def hearings() -> dict[str, set[str]]:
    """Return by event the modules whose receivers listen to it."""
    found: dict[str, set[str]] = {}
    for path in ROOT.glob("*/receivers.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        origin = {
            alias.name: f"{node.module}.{alias.name}"
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".events")
            for alias in node.names
        }
        for name, call in calls(tree):
            if name == "receiver":
                for heard in re.findall(r"\w+", ast.unparse(call.args[0])):
                    if heard in origin:
                        found.setdefault(origin[heard], set()).add(module_name(path))
    return found


def test_every_event_is_told() -> None:
    assert sorted(first_cells(page("reference/events.md"))) == sorted(signals())


def test_it_is_told_what_each_event_carries_who_sends_it_and_who_listens() -> None:
    sent, heard = sendings(), hearings()
    for event, arguments, senders, listeners in rows(page("reference/events.md")):
        assert (named(arguments), named(senders)) == sent[event], event
        assert named(listeners) == heard.get(event, set()), event


# Commands, permissions, checks


def own_commands() -> dict[str, str]:
    paths = ROOT.glob("*/management/commands/[!_]*.py")
    return {path.stem: path.parts[len(ROOT.parts)] for path in paths}


def options_of(app: str, name: str) -> set[str]:
    """Return what a command takes beyond what every command takes."""
    every = {action.dest for action in BaseCommand().create_parser("manage.py", "any")._actions}
    parser = load_command_class(app, name).create_parser("manage.py", name)
    own = (action for action in parser._actions if action.dest not in every)
    return {action.option_strings[-1] if action.option_strings else action.dest for action in own}


def test_every_command_of_our_own_is_told() -> None:
    told = re.findall(r"^## `(\w+)`$", page("reference/commands.md"), re.MULTILINE)
    assert sorted(told) == sorted(own_commands())


@Sentence("name", sorted(own_commands()))
def test_a_command_is_told_with_all_its_options(name: str) -> None:
    text = section(page("reference/commands.md"), f"`{name}`")
    told = set(re.findall(r"^- `([\w-]+)`", text, re.MULTILINE))
    assert told == options_of(own_commands()[name], name)


def test_every_step_of_the_night_is_told() -> None:
    steps = {
        text_of(call.args[0])
        for _path, tree in code(*ROOMS)
        for name, call in calls(tree)
        if name == "nightly.register"
    }
    assert set(first_cells(section(page("reference/commands.md"), "`nightly`"))) == steps


def own_permissions() -> set[str]:
    """Return what models declare as `permissions` in their Meta."""
    found = set()
    for path, tree in code(*ROOMS):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                for line in node.body:
                    if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "permissions":
                        codes = ast.literal_eval(line.value)
                        found |= {f"{path.parts[len(ROOT.parts)]}.{name}" for name, _words in codes}
    return found


def test_every_permission_of_our_own_is_told() -> None:
    told = first_cells(section(page("reference/permissions.md"), "Own permissions"))
    assert sorted(told) == sorted(own_permissions())


@Sentence(("column", "group"), [(1, groups.TRAINERS), (2, groups.STAFF)])
def test_it_is_told_what_a_group_may_do(column: int, group: str) -> None:
    told = {
        f"{model.split('.')[0]}.{action}_{model.split('.')[1]}"
        for model, *cells in rows(section(page("reference/permissions.md"), "Groups"))
        for action in cells[column - 1].split(", ")
        if action
    }
    assert told == set(groups.MODELS[group]) - set(groups.ADMIN)


def test_every_group_is_told() -> None:
    head = section(page("reference/permissions.md"), "Groups")
    assert all(f"| {name} |" in head for name in groups.MODELS)


def test_every_system_check_is_told() -> None:
    found = {
        text_of(keyword.value)
        for _path, tree in code(*ROOMS)
        for name, call in calls(tree)
        if re.fullmatch(r"(checks\.)?(Error|Warning|Info|Critical)", name)
        for keyword in call.keywords
        if keyword.arg == "id"
    }
    assert sorted(first_cells(page("reference/checks.md"))) == sorted(found)


# Limits and addresses


def test_the_page_of_limits_has_the_figures_of_the_code() -> None:
    found = set()
    for _path, tree in code(*ROOMS):
        for name, call in calls(tree):
            if name in {"Limit", "limits.Limit"} and text_of(call.args[0]):
                amount, seconds = (eval(ast.unparse(node)) for node in call.args[1:3])
                found.add((text_of(call.args[0]), amount, seconds))
    units = {"minutes": 60, "hours": 3600}
    told = set()
    for name, amount, within, _by in rows(page("rules/limits.md")):
        number, unit = within.split()
        told.add((name, int(amount), int(number) * units[unit]))
    assert told == found


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        here = before + re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(pattern.pattern)).strip("^$")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def test_every_address_is_told() -> None:
    found = {address for address in addresses(get_resolver().url_patterns) if not OF_OTHERS.match(address)}
    # The last two patterns are the page tree's: whatever is left.
    found = {address for address in found if "(?:" not in address}
    assert sorted(first_cells(page("reference/addresses.md"))) == sorted(found)


# Links, the map, and what is no business of a reader


def slug_of(heading: str) -> str:
    words = re.sub(r"[^\w\s-]", "", re.sub(r"[`*]", "", heading).lower())
    return re.sub(r"\s", "-", words.strip())


def links(path: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", link)]


@Sentence("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        place, _sign, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {slug_of(heading) for heading in headings}, link


def test_every_page_is_on_the_map() -> None:
    mapped = {(DOCS / link).resolve() for link in links(DOCS / "README.md")}
    assert set(DOCS.rglob("*.md")) - mapped == {DOCS / "README.md"}


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@Sentence("path", sorted((DOCS / "adr").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_we_give_up_and_when_to_reconsider(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in ("Context", "Decision", "What we give up", "When to reconsider"):
        assert f"**{part}.**" in text, part


def test_the_tests_that_a_page_names_exist() -> None:
    there = {
        node.name
        for _path, tree in code("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    for path in PAGES:
        told = set(re.findall(r"`(test_\w+)`", path.read_text(encoding="utf-8")))
        assert told <= there, f"{path.name}: {sorted(told - there)}"


@Sentence("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_folder_of_somebodys_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(tmp|work|home|root)/", path.read_text(encoding="utf-8"))
