"""What every gateway promises. A gateway's tests inherit `GatewayContract` and say how it is made.

A test module of its own is not collected here, since the name does not begin with `Test`.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search import kinds
from search.gateway import LAST_PAGE, Gateway, Hit, Query, Results
from tests.search import world


def text_of(parts) -> str:
    return "".join(part.text for part in parts)


def titles(results: Results) -> list[str]:
    return [text_of(hit.title) for hit in results.hits]


@pytest.mark.django_db
class GatewayContract:
    """Inherit me; give `gateway`, and `settle` if the index follows later than a saved page."""

    @pytest.fixture
    def gateway(self) -> Gateway:
        raise NotImplementedError

    def settle(self) -> None:
        """Wait until the index holds what was saved."""

    def found(self, gateway: Gateway, text: str, **asked) -> list[str]:
        self.settle()
        return titles(gateway.search(Query(text, **asked)))

    # --- Spanish as people type it ---

    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("psicologico", "Primeros auxilios psicológicos"),
            ("psicológica", "Primeros auxilios psicológicos"),
            ("PSICOLOGICOS", "Primeros auxilios psicológicos"),
            ("nino", "Niños no acompañados"),
            ("niña", "Niñas y adolescentes"),
            ("organizacion", "Organización del albergue"),
            ("organizaciones", "Organización del albergue"),
            ("organizacion", "Red de organizaciones"),
            ("comunitario", "Redes comunitarias"),
            ("derecho", "Derechos de las personas"),
            ("derechos", "El derecho a la salud"),
            ("paises", "Un país de tránsito"),
        ],
    )
    def test_amina_types_on_her_phone_and_finds_what_she_means(self, gateway, typed, written):
        world.course(written)
        world.course("Higiene del agua")
        assert self.found(gateway, typed) == [written]

    def test_who_types_the_letter_ñ_means_it(self, gateway):
        world.course("Un año después")
        world.course("Hermano y hermana", summary="Ano.")
        assert self.found(gateway, "año") == ["Un año después"]

    def test_small_words_in_between_do_not_hinder(self, gateway):
        page = world.course("Niñez")
        world.lesson(
            page, "Llega sola", "Cuando llega una niña sola, primero se le saluda y se le pregunta su nombre."
        )
        assert self.found(gateway, "¿Qué hago si llega una niña sola?") == ["Llega sola"]

    def test_the_code_of_a_course_finds_it(self, gateway):
        world.course("Auxilios", code="PAP-01")
        world.course("Otro", code="NNA-02")
        assert self.found(gateway, "pap-01") == ["Auxilios"]

    def test_a_title_weighs_more_than_a_mention(self, gateway):
        page = world.course("Escuchar")
        filler = "Hay que cuidar el tono, la distancia y el tiempo que se da a cada persona que llega. " * 4
        world.lesson(page, "Acoger", filler, "Se menciona la deportación.", filler)
        world.lesson(page, "Deportación", filler, filler)
        assert self.found(gateway, "deportación") == ["Deportación", "Acoger"]

    def test_when_no_page_has_all_words_those_with_some_are_offered_and_it_is_said(self, gateway):
        world.course("Ley de migración")
        self.settle()
        results = gateway.search(Query("ley migración Guatemala"))
        assert (titles(results), results.loosened) == (["Ley de migración"], True)

    def test_all_words_are_asked_for_where_a_page_has_them(self, gateway):
        world.course("Ley de migración")
        world.course("Ley de salud")
        self.settle()
        results = gateway.search(Query("ley salud"))
        assert (titles(results), results.loosened) == (["Ley de salud"], False)

    # --- What is shown ---

    def test_a_lesson_is_shown_with_its_course_its_address_and_the_words_in_their_place(self, gateway):
        page = world.course("Auxilios", sensitive=True)
        lesson = world.lesson(
            page, "Escuchar", "Nada.", "Se escucha sin presionar, con respiraciones tranquilas."
        )
        self.settle()
        (hit,) = gateway.search(Query("respiracion")).hits
        assert (hit.kind, hit.course, hit.url, hit.sensitive) == ("lesson", "Auxilios", lesson.url, True)
        assert [part.text for part in hit.snippet if part.marked] == ["respiraciones"]

    def test_of_a_lesson_that_may_hurt_only_the_summary_is_quoted(self, gateway):
        page = world.course("Auxilios")
        world.lesson(
            page, "Una llamada", "Un joven dice que no quiere seguir.", skippable=True, summary="Práctica."
        )
        self.settle()
        (hit,) = gateway.search(Query("joven")).hits
        assert text_of(hit.snippet) == "Práctica."

    def test_markup_stays_text(self, gateway):
        world.course("<script>alert(1)</script> <b>Agua</b>")
        self.settle()
        (hit,) = gateway.search(Query("agua")).hits
        assert text_of(hit.title) == "<script>alert(1)</script> <b>Agua</b>"

    def test_kinds_are_counted_and_narrowed(self, gateway):
        page = world.course("Agua")
        world.lesson(page, "Agua limpia", "Agua.")
        world.lesson(page, "Agua segura", "Agua.")
        self.settle()
        results = gateway.search(Query("agua", kinds=("course",)))
        assert (titles(results), results.total) == (["Agua"], 1)
        assert results.counts == {"course": 1, "lesson": 2}

    def test_a_kind_that_does_not_exist_narrows_nothing(self, gateway):
        world.course("Agua")
        assert self.found(gateway, "agua", kinds=("dragon",)) == ["Agua"]

    def test_pages_are_turned_without_losing_or_repeating_a_hit(self, gateway):
        page = world.course("Agua")
        for number in range(7):
            world.lesson(page, f"Agua {number}", "Agua.")
        self.settle()
        seen: list[Hit] = []
        for number in (1, 2, 3):
            results = gateway.search(Query("agua", page=number, size=3))
            assert (results.total, results.pages) == (8, 3)
            seen += results.hits
        assert len({hit.url for hit in seen}) == 8

    def test_page_one_hundred_thousand_is_the_last_one(self, gateway):
        world.course("Agua")
        self.settle()
        results = gateway.search(Query("agua", page=100_000))
        assert (results.page, titles(results)) == (1, ["Agua"])
        assert Query("agua", page=100_000).page == LAST_PAGE

    # --- What nobody may find ---

    def nothing(self, gateway: Gateway, text: str) -> None:
        self.settle()
        results = gateway.search(Query(text))
        assert (results.total, results.counts, results.hits) == (0, {}, ())

    def test_a_draft_is_never_found(self, gateway):
        world.course("Borrador de agua", live=False)
        self.nothing(gateway, "agua")

    def test_words_of_an_unpublished_edit_are_not_found(self, gateway):
        page = world.course("Agua")
        page.title = "Dragones"
        page.save_revision()
        self.nothing(gateway, "dragones")

    def test_lessons_of_an_unpublished_course_are_gone_with_it(self, gateway):
        page = world.course("Agua")
        lesson = world.lesson(page, "Agua limpia", "Agua.")
        page.unpublish()
        assert Page.objects.get(pk=lesson.pk).live
        self.nothing(gateway, "agua")

    def test_lessons_of_an_unpublished_module_are_gone_with_it(self, gateway):
        lesson = world.lesson(world.course("Auxilios"), "Agua limpia", "Agua.")
        lesson.get_parent().specific.unpublish()
        self.nothing(gateway, "agua")

    def test_everything_of_an_unpublished_catalogue_is_gone(self, gateway):
        world.lesson(world.course("Agua"), "Agua limpia", "Agua.")
        world.catalogue_page().unpublish()
        self.nothing(gateway, "agua")

    def test_a_retired_course_is_gone_with_its_lessons(self, gateway):
        page = world.course("Agua")
        world.lesson(page, "Agua limpia", "Agua.")
        page.course.retired_at = timezone.now()
        page.course.save(update_fields=["retired_at"])
        self.nothing(gateway, "agua")

    def test_a_lesson_that_no_released_version_asks_is_not_found(self, gateway):
        page = world.course("Auxilios")
        world.lesson(page, "Escuchar", "Se escucha con calma.")
        world.lesson(page, "Limpiar la cubeta", "Con agua y jabón.", released=False)
        self.nothing(gateway, "cubeta")
        assert self.found(gateway, "escuchar") == ["Escuchar"]

    def test_what_the_reader_could_not_open_is_neither_found_nor_counted(self, gateway):
        page = world.course("Agua")
        lesson = world.lesson(page, "Agua limpia", "Agua.")
        self.settle()
        results = gateway.search(Query("agua", beyond=frozenset({lesson.translation_key})))
        assert (titles(results), results.total, results.counts) == (["Agua"], 1, {"course": 1})

    def test_what_asks_for_a_sign_in_is_not_found(self, gateway):
        page = world.course("Agua")
        world.lesson(page, "Agua limpia", "Agua.")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        self.nothing(gateway, "agua")

    def test_a_claim_that_nobody_verified_is_neither_found_nor_shown(self, gateway):
        page = world.course("Auxilios", summary="Abierto a todos [[por verificar: también a dragones]].")
        world.lesson(
            page, "Acoger", "Se acoge con calma. [[por verificar: Los dragones ayudan.]] Y con tiempo."
        )
        self.nothing(gateway, "dragones")
        for hit in gateway.search(Query("acoger calma")).hits:
            assert "dragones" not in text_of(hit.snippet)

    # --- What nobody should send ---

    @pytest.mark.parametrize(
        "typed",
        [
            'agua" OR title:*',
            "agua AND NOT agua",
            "NEAR(agua dragon, 2)",
            "agua*",
            "-agua",
            "agua & ! | <-> ( )",
            "agua:*",
            "'; DROP TABLE wagtailcore_page; --",
            "/agua.*/",
            "agua\x00",
            "\u202eagua\u202c",
            "ag\u200bua agua",
            "{title body} : agua",
            "100 % agua %s %(x)s",
            "agua\\",
            "𝔞𝔤𝔲𝔞 agua 🙂",
        ],
    )
    def test_signs_typed_by_hand_are_only_words(self, gateway, typed):
        world.course("Agua")
        self.settle()
        results = gateway.search(Query(typed))
        assert not results.hits or titles(results) == ["Agua"]

    def test_ten_thousand_characters_are_cut(self, gateway):
        world.course("Agua")
        self.settle()
        results = gateway.search(Query("agua " * 2_000))
        assert len(results.query.text) <= 200
        assert titles(results) == ["Agua"]

    @pytest.mark.parametrize("typed", ["", "   ", "\x00", "…", "¿?", "de la que", "\u202e"])
    def test_without_a_word_there_is_nothing_to_look_for(self, gateway, typed):
        world.course("Agua de la que hablamos")
        self.settle()
        results = gateway.search(Query(typed))
        assert (results.empty, results.hits) == (True, ())

    # --- Languages and further kinds ---

    def test_who_reads_french_finds_the_translation_and_what_is_still_in_spanish(self, gateway, french):
        translated = world.course("Primeros auxilios", code="PAP-07")
        world.course("Agua y auxilios")
        world.translate_above(translated, french)
        copy = translated.copy_for_translation(french)
        copy.title = "Premiers secours"
        copy.save_revision().publish()
        assert self.found(gateway, "secours", language="fr") == ["Premiers secours"]
        assert self.found(gateway, "auxilio", language="fr") == ["Agua y auxilios"]
        assert sorted(self.found(gateway, "auxilio")) == ["Agua y auxilios", "Primeros auxilios"]

    def test_a_later_room_adds_a_kind_of_its_own(self, gateway, glossary_kind):
        world.course("Agua")
        glossary_kind("Aguacero", "Lluvia fuerte.")
        self.settle()
        results = gateway.search(Query("aguacero"))
        assert titles(results) == ["Aguacero"]
        assert results.counts == {"glossary": 1}
        assert [kind.key for kind in kinds.all_kinds()][-1] == "glossary"
