"""Nothing in the admin or on the site writes an inline script that we have not dealt with (docs/adr/0012)."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib import import_module
from inspect import getsource
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from django.apps import apps
from wagtail.admin.widgets import BaseChooser

from programme import desk_scripts

ROOT = Path(__file__).resolve().parents[2]
INLINE = re.compile(
    r"<script(?![^>]*\bsrc\s*=)(?![^>]*application/json)(?![^>]*nonce=)"
    r"|\son[a-z]+\s*=\s*[\"']|=\s*[\"']javascript:",
    re.IGNORECASE,
)
STYLES = re.compile(r"<style|\sstyle\s*=", re.I)

# What each of these writes is replaced by a template of ours under the same name.
REPLACED = {
    "wagtailadmin/panels/inline_panel.html",
    "wagtailadmin/panels/multiple_chooser_panel.html",
    "wagtailadmin/widgets/date_input.html",
    "wagtailadmin/widgets/datetime_input.html",
    "wagtailadmin/widgets/time_input.html",
    "wagtail_localize/admin/edit_translation.html",
    "wagtail_localize/admin/submit_translation.html",
}


def templates_of(folder: Path) -> dict[str, str]:
    return {
        path.as_posix().split("/templates/")[-1]: path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("templates/**/*.html"))
        if "test" not in path.parts
    }


def installed() -> dict[str, str]:
    """Every template of Wagtail and wagtail-localize whose app is installed."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith(("wagtail.", "wagtail_localize")) or app.name == "wagtail":
            folder = Path(app.path) / "templates"
            if folder.is_dir():
                for path in sorted(folder.rglob("*.html")):
                    found[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
    return found


def scripts(text: str) -> list[str]:
    """The inline scripts of a template, without white space and nonces."""
    found = re.findall(r"<script(?![^>]*\bsrc)[^>]*>(.*?)</script>", text, re.DOTALL)
    return [re.sub(r"\s+", "", script) for script in found]


def test_the_packages_write_the_inline_scripts_that_we_know_and_no_others() -> None:
    writing = {name for name, text in installed().items() if INLINE.search(text)}
    assert writing == REPLACED
    for name in REPLACED:
        assert list(ROOT.glob(f"templates/{name}")) or list(ROOT.glob(f"*/templates/{name}")), name


def test_python_writes_one_inline_script_and_that_is_the_choosers() -> None:
    found = []
    for package in (wagtail, wagtail_localize):
        folder = Path(str(package.__file__)).parent
        for path in folder.rglob("*.py"):
            inside = path.relative_to(folder)
            if not {"test", "tests"} & set(inside.parts) and "<script>" in path.read_text(encoding="utf-8"):
                found.append(inside.as_posix())
    assert found == ["admin/widgets/chooser.py"]


def test_our_rendering_of_choosers_follows_the_one_that_it_replaces() -> None:
    """When this fails after an upgrade: read `BaseChooser.render` again, mend ours, and write the new sum here."""
    source = getsource(import_module("wagtail.admin.widgets.chooser"))
    method = re.search(r"    def render\(self.*?(?=\n    @|\n    def )", source, re.DOTALL)
    assert method
    assert sha256(method[0].encode()).hexdigest()[:16] == "810cfc10654a354c"
    assert BaseChooser.render is desk_scripts.render_chooser


@pytest.mark.parametrize("name", ["edit_translation.html", "submit_translation.html"])
def test_our_scripts_of_the_translations_are_the_packages_with_a_nonce(name: str) -> None:
    theirs = installed()[f"wagtail_localize/admin/{name}"]
    ours = (ROOT / "templates" / "wagtail_localize" / "admin" / name).read_text(encoding="utf-8")
    assert scripts(theirs) == scripts(ours)
    files = re.compile(r"<script[^>]*src=\"({%[^%]*%})\"")
    assert files.findall(theirs) == files.findall(ours)


def test_everything_that_a_chooser_says_is_on_the_list_of_what_is_started() -> None:
    listed = set(
        re.findall(r'"(\w+)"', (ROOT / "static" / "js" / "desk-start.js").read_text(encoding="utf-8"))
    )
    kinds, todo = set(), [BaseChooser]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        kinds.add(kind.js_constructor)
    assert kinds <= listed
    assert {"InlinePanel", "MultipleChooserPanel", "initDateChooser", "createTaskChooser"} <= listed


def test_what_a_chooser_says_is_carried_over_word_for_word() -> None:
    element = desk_scripts.start_element('new ImageChooser("id_a", {"modalUrl": "/x/?a=1&b=\\"<"});')
    assert 'data-desk-start="ImageChooser"' in element
    assert "<script" not in element
    assert "&quot;/x/?a=1&amp;b=\\&quot;&lt;&quot;" in element
    with pytest.raises(ValueError, match="Not the call"):
        desk_scripts.start_element("alert(1); new ImageChooser();//")


def test_no_template_of_ours_writes_scripts_styles_or_handlers_into_a_page() -> None:
    wrong = {}
    for folder in (ROOT, *(ROOT / app for app in ("programme",))):
        for path in sorted((folder / "templates").rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            # Mail programs know no style sheets.
            if "emails" not in path.parts and (INLINE.search(text) or STYLES.search(text)):
                wrong[str(path)] = True
    assert not wrong
