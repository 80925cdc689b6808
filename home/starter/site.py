"""Lays the site's ground: home page, catalogue, countries, topics, sources, glossary, support lines, pages."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page, Site

from common.text import fold
from courses.blocks.from_starter import to_stream
from courses.blocks.markdown import to_html
from courses.models import CourseIndexPage, GlossaryTerm, Source, Topic
from courses.teams import ensure_shared
from home.models import HomePage, InformationPage
from home.site_address import follow_base_url
from home.starter import records
from home.starter.countries import COUNTRIES, DIVISIONS
from home.starter.files import key_of, read, starter_dir
from programme.models import Country, Division, SupportLine

HOME = {
    "title": "Formación para quienes acompañan a personas en movilidad",
    "lead": "Cursos breves de apoyo psicosocial y derecho a la salud para quienes reciben, atienden y "
    "acompañan a personas en movilidad en México, Guatemala, Honduras y El Salvador.",
}
CATALOGUE = {
    "title": "Cursos",
    "introduction": "Gratis, a tu ritmo y desde el teléfono. Puedes mirar todo antes de inscribirte.",
}


def lay_ground(report: records.Report) -> tuple[HomePage, CourseIndexPage]:
    """Make the home page and the catalogue where they are missing, and everything that lessons refer to."""
    for code, fields in COUNTRIES.items():
        records.row(Country, report, lookup={"code": code}, fields=fields)
    for code, name in DIVISIONS.items():
        records.row(Division, report, lookup={"code": code}, fields={"country_id": code[:2], "name": name})
    home = _home()
    follow_base_url()
    index = CourseIndexPage.objects.child_of(home).first() or _add(
        home,
        CourseIndexPage(slug="cursos", **CATALOGUE),
    )
    _load_sources(report)
    _load_lines(report)
    return home, index


def _home() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = _add(
            root,
            HomePage(slug="senda", **HOME),
        )
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Senda"}
        )
        for welcome in root.get_children().exclude(pk=home.pk).filter(content_type__model="page"):
            welcome.delete()
    return home


def _add(parent: Page, page: Page) -> Any:
    page.locale = Locale.get_default()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _load_sources(report: records.Report) -> None:
    shared = ensure_shared()
    for item in read(starter_dir() / "sources.yaml"):
        fields: dict[str, Any] = {name: str(value or "") for name, value in item.items() if name != "key"}
        fields["collection"] = shared
        records.row(Source, report, lookup={"key": item["key"]}, fields=fields)
    for item in read(starter_dir() / "glossary.yaml"):
        records.row(
            GlossaryTerm,
            report,
            lookup={"translation_key": key_of(f"term/{item['key']}"), "locale": Locale.get_default()},
            fields={
                "slug": item["key"],
                "term": item["term"],
                "definition": to_html(item["definition"]),
                "collection": shared,
            },
        )


def _load_lines(report: records.Report) -> None:
    for item in read(starter_dir() / "support_lines.yaml"):
        lookup = {"country_id": item["country"], "number": str(item["number"]), "name": item["name"]}
        fields = {
            name: item.get(name) or "" for name in ("display", "description", "hours", "source", "owner")
        }
        fields |= {"free": bool(item.get("free")), "unverified": bool(item.get("unverified"))}
        fields |= {"verified_on": item["verified_on"], "position": item.get("order", 0)}
        records.row(SupportLine, report, lookup=lookup, fields=fields)


def topic_of(name: str, report: records.Report) -> Topic:
    """Return the topic of this Spanish name; its other names wait for a translator and fall back to it."""
    slug = "-".join(fold(name).split())[:60]
    return records.row(
        Topic, report, lookup={"slug": slug}, fields={"name_es": name, "name_en": "", "name_fr": ""}
    )


def load_pages(home: HomePage, report: records.Report, *, resolve: Any) -> None:
    """Load the information and help pages; help pages stand below the page of the key `help`."""
    items = [read(path) for path in sorted((starter_dir() / "pages").glob("*.yaml"))]
    items.sort(key=lambda item: (item["key"] != "help", item.get("order", 50), item["key"]))
    for item in items:
        below_help = item["kind"] == "help" and item["key"] != "help"
        parent = InformationPage.objects.filter(role="help").first() if below_help else home
        _load_page(item, parent or home, report, resolve)


def _load_page(item: dict[str, Any], parent: Page, report: records.Report, resolve: Any) -> None:
    key = key_of(f"page/{item['key']}")

    def make() -> InformationPage:
        page = InformationPage(
            title=item["title"],
            slug=item["slug"],
            translation_key=key,
            locale=Locale.get_default(),
            live=False,
        )
        parent.add_child(instance=page)
        return page

    def fill(page: InformationPage) -> None:
        page.title, page.summary = item["title"], item.get("summary", "")
        page.kind, page.audience, page.role = item["kind"], item["audience"], item["key"]
        page.body = to_stream(resolve.listen(item["body"]), resolve=resolve, key=f"page/{item['key']}")

    records.revised(
        f"page:{item['key']}",
        item,
        report,
        find=lambda: InformationPage.objects.filter(translation_key=key).first(),
        make=make,
        fill=fill,
    )
