"""What Amina reads in a lesson, block by block."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.blocks import StructBlockValidationError

from accounts.models import Person, User
from courses.blocks import LessonBlocks
from courses.models import GlossaryTerm
from tests.blocks.lessons import Study, lesson_with, raw, read
from tests.blocks.samples import KINDS, items, sample, source

ICONS = {
    path.split("/")[-1].removesuffix(".svg")
    for hook in hooks.get_hooks("register_icons")
    for path in hook([])
}
VARIANTS = items(
    {"country": "MX", "text": "<p>Llama al 911</p>"},
    {"country": "GT", "text": "<p>Llama al 110</p>"},
)


def country(mode: str) -> dict[str, object]:
    return raw("country", {"title": "A quién llamar", "mode": mode, "variants": VARIANTS})


def refused(kind: str, value: object) -> str:
    """Return why an editor's block is refused."""
    stream = LessonBlocks()
    with pytest.raises(ValidationError) as told:
        stream.clean(stream.to_python([raw(kind, value)]))
    return str(told.value.as_json_data())


@pytest.mark.parametrize("kind", [*KINDS, "sources", "support_lines"])
def test_bruno_is_told_what_each_block_is_for_and_shown_an_example(kind: str) -> None:
    block = LessonBlocks().child_blocks[kind]
    assert str(block.get_description())
    assert block.meta.icon in ICONS
    assert block.is_previewable


@pytest.mark.parametrize("kind", [*KINDS, "sources", "support_lines"])
def test_bruno_looks_at_a_block_before_he_chooses_it(client: Client, kind: str) -> None:
    user = User.objects.create(
        person=Person.objects.create(display_name="Bruno"), email="bruno@example.org", is_superuser=True
    )
    client.force_login(user)
    block = LessonBlocks().child_blocks[kind]
    shown = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert shown.status_code == 200
    page = shown.content.decode()
    assert "senda.css" in page
    if kind == "sources":
        assert "guía para trabajadores de campo" in page


def test_bruno_chooses_among_blocks_in_four_groups() -> None:
    assert len({str(name) for name, _ in LessonBlocks().grouped_child_blocks()}) == 4


def test_amina_reads_headings_lists_and_links() -> None:
    html = read(raw("text", '<h2>En la banca</h2><p>Llama al <a href="tel:911">911</a></p>'))
    assert "<h2>En la banca</h2>" in html
    assert 'href="tel:911"' in html


def test_a_callout_of_care_says_so_to_the_stylesheet() -> None:
    html = read(raw("callout", {"title": "Cuídate", "text": "<p>Respira</p>", "tone": "care"}))
    assert 'data-tone="care"' in html
    assert "Cuídate" in html


def test_key_points_have_a_heading_even_when_bruno_gave_none() -> None:
    html = read(raw("key_points", {"title": "", "points": items("Escucha")}))
    assert "<h2></h2>" not in html
    assert "<li>Escucha</li>" in html


def test_steps_are_an_ordered_list() -> None:
    html = read(
        raw("steps", {"title": "Pasos", "steps": items({"title": "Di quién eres.", "text": "Tu nombre."})})
    )
    assert "<li><b>Di quién eres.</b> Tu nombre.</li>" in html


def test_a_table_tells_a_screen_reader_which_heading_a_cell_has() -> None:
    rows = items(items("Diagnóstico", "Decidir", "No"))
    html = read(raw("comparison", {"title": "Lugar", "columns": items("Si", "Para", "¿PAP?"), "rows": rows}))
    assert html.count('scope="col"') == 3
    assert '<th scope="row" role="rowheader">Diagnóstico</th>' in html
    assert "<caption>Lugar</caption>" in html


def test_a_row_with_too_few_cells_is_refused() -> None:
    value = {"title": "x", "columns": items("a", "b"), "rows": items(items("solo"))}
    assert "2" in refused("comparison", value)


def test_a_quotation_names_whose_words_they_are() -> None:
    html = read(raw("quotation", {"text": "Me quedé.", "attribution": "Una voluntaria"}))
    assert "<blockquote><p>Me quedé.</p></blockquote>" in html
    assert "Una voluntaria" in html


def test_a_term_that_was_deleted_leaves_no_hole() -> None:
    block = sample("glossary")
    assert "<dfn>PAP" in read(block)
    GlossaryTerm.objects.all().delete()
    assert "<dl" not in read(block)


def test_a_foldable_part_opens_without_javascript() -> None:
    assert "<details" in read(sample("fold"))


def test_amina_in_mexico_reads_her_own_country_first_and_may_open_the_others() -> None:
    html = read(country("others"), study=Study(country="MX"))
    assert html.index("Llama al 911") < html.index("<details") < html.index("Llama al 110")


def test_amina_in_mexico_reads_only_her_own_country_where_bruno_says_so() -> None:
    html = read(country("own_only"), study=Study(country="MX"))
    assert "Llama al 911" in html
    assert "110" not in html


def test_who_has_not_said_her_country_chooses_among_all() -> None:
    html = read(country("others"), study=Study())
    assert html.count("<details") == 2


@pytest.mark.parametrize("code", ["", "SV"])
def test_of_texts_for_one_country_only_nobody_else_reads_any(code: str) -> None:
    html = read(country("own_only"), study=Study(country=code))
    assert "Llama" not in html
    assert "A quién llamar" not in html


def test_bruno_sees_every_country_in_his_preview() -> None:
    html = read(country("own_only"), editing=True)
    assert "911" in html
    assert "110" in html


def test_a_country_told_of_twice_is_refused() -> None:
    twice = items({"country": "MX", "text": "<p>a</p>"}, {"country": "MX", "text": "<p>b</p>"})
    assert "variants" in refused("country", {"title": "x", "mode": "others", "variants": twice})


def test_amina_may_jump_over_exactly_what_a_content_note_covers() -> None:
    note = raw("content_note", {"text": "<p>Un asalto.</p>", "covers": 2})
    html = read(note, raw("text", "<p>uno</p>"), raw("text", "<p>dos</p>"), raw("text", "<p>tres</p>"))
    go_on, skip = [part.split('"')[0] for part in html.split('href="#')[1:3]]
    assert html.index(f'id="{go_on}"') < html.index("<p>uno</p>")
    assert html.index("<p>dos</p>") < html.index(f'id="{skip}"') < html.index("<p>tres</p>")


def test_a_note_that_covers_the_rest_leads_to_the_end() -> None:
    html = read(raw("content_note", {"text": "<p>x</p>", "covers": 9}), raw("text", "<p>uno</p>"))
    assert 'href="#fin-de-la-leccion"' in html
    assert html.index("<p>uno</p>") < html.index('id="fin-de-la-leccion"')


def test_sources_stand_where_bruno_put_them_and_not_again_at_the_end() -> None:
    page = lesson_with(raw("sources", {"title": ""}))
    page.sources.add(source())
    page.save()
    assert "<cite>" in read(raw("sources", {"title": ""}), page=page)
    assert page.tells_sources
    assert not lesson_with().tells_sources


def test_support_lines_show_the_reader_s_country_first_with_the_date_of_the_last_check() -> None:
    from programme.models import SupportLine

    for code, number in [("MX", "911"), ("GT", "110")]:
        SupportLine.objects.create(country_id=code, name="Policía", number=number, verified_on="2026-11-02")
    html = read(raw("support_lines", {"title": ""}), study=Study(country="GT"))
    assert html.index("tel:110") < html.index("tel:911")
    assert "2026" in html


def test_an_error_of_a_struct_names_its_field() -> None:
    block = LessonBlocks().child_blocks["comparison"]
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"title": "", "columns": [], "rows": []}))
