"""One course, one address, one result in all languages; what is not translated is read in Spanish."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from assessments.models import Attempt
from certificates.models import Certificate
from certificates.services import content_in
from courses import versions
from courses.models import CoursePage, LessonPage
from learning.models import Completion, Enrolment
from learning.services import enrol
from tests.courses.cast import log_in, person
from tests.factories.courses import SourceFactory, add_lesson, committed, make_course
from tests.factories.translations import translate_course


def path_of(page):
    return page.get_url().partition("?")[0]


def read(client, page, language=""):
    """Return the answer to a page of the source tree, asked for in a language."""
    return client.get(path_of(page) + (f"?contenido={language}" if language else ""))


def heading(response):
    return re.search(r"<h1([^>]*)>\s*(.*?)\s*</h1>", response.content.decode(), re.S).groups()


@pytest.fixture
def english(small):
    """The whole course in English."""
    translate_course(small, "en")
    return small


@pytest.fixture
def amina(small):
    user = person("Amina")
    with committed():
        enrol(person=user.person, course=small.course)
    return user


class TestOneAddress:
    def test_a_lesson_is_read_in_english_at_the_address_of_the_spanish_one(self, english, amina):
        client, lesson = log_in(amina), english.lessons[0]
        assert heading(read(client, lesson))[1] == "Lección 1"
        assert heading(read(client, lesson, "en"))[1] == "[en] Lección 1"

    def test_the_choice_is_remembered_and_spanish_can_be_chosen_again(self, english, amina):
        client = log_in(amina)
        read(client, english.lessons[0], "en")
        assert heading(read(client, english.lessons[1]))[1] == "[en] Lección 2"
        read(client, english.lessons[0], "es")
        assert heading(read(client, english.lessons[1]))[1] == "Lección 2"

    def test_a_translated_page_names_its_language_in_its_own_address(self, english):
        page = CoursePage.objects.get(locale__language_code="en")
        assert page.get_url() == f"{path_of(english.page)}?contenido=en"

    def test_the_interface_stays_in_the_language_that_was_chosen_for_it(self, english):
        page = read(Client(), english.page, "en").content.decode()
        assert '<html lang="es"' in page
        assert '<h1 lang="en">' in page

    def test_the_language_of_the_interface_is_that_of_the_text_while_nobody_chose_another(self, english):
        client = Client(headers={"accept-language": "en"})
        assert heading(read(client, english.page)) == ("", f"[en] {english.page.title}")

    def test_the_profile_says_in_which_language_amina_reads(self, english, amina):
        Person.objects.filter(pk=amina.person_id).update(content_language="en")
        assert heading(read(log_in(amina), english.lessons[0]))[1] == "[en] Lección 1"

    def test_a_forged_language_is_nobodys_choice(self, english):
        client = Client()
        client.cookies["senda_content"] = "../../etc"
        assert heading(read(client, english.page, "xx"))[1] == english.page.title
        assert "senda_content" not in read(client, english.page, "xx").cookies

    def test_a_language_taken_out_of_the_settings_is_no_language(self, english, settings):
        settings.LANGUAGES = [("es", "Español"), ("fr", "Français")]
        settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
        client = Client()
        client.cookies["senda_content"] = "en"
        response = read(client, english.page, "en")
        assert heading(response)[1] == english.page.title
        assert b'hreflang="en"' not in response.content

    def test_who_signs_out_leaves_no_language_behind_on_a_shared_phone(self, english, amina):
        client = log_in(amina)
        read(client, english.page, "en")
        client.post("/cuenta/salir/")
        assert heading(read(client, english.page))[1] == english.page.title

    def test_a_look_up_in_another_language_asks_no_more_often(self, english, amina):
        counts = {}
        for language in ("es", "en"):
            client = log_in(amina)
            read(client, english.lessons[0], language)
            with CaptureQueriesContext(connection) as asked:
                read(client, english.lessons[0])
            counts[language] = len(asked)
        assert counts["en"] <= counts["es"]


class TestWhatIsNotTranslated:
    def test_it_is_shown_in_spanish_and_says_so_to_eyes_and_screen_readers(self, small):
        client = Client(headers={"accept-language": "fr"})
        response = read(client, small.page)
        assert response.status_code == 200
        assert heading(response)[0] == ' lang="es"'
        assert 'role="note"' in response.content.decode()

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_no_page_is_missing_in_any_language(self, english, amina, language):
        client = log_in(amina)
        for page in [english.page.get_parent(), english.page, *english.lessons, english.quiz_page]:
            assert read(client, page, language).status_code == 200
        module = client.get(path_of(english.module), {"contenido": language})
        assert module.url == path_of(english.page)

    def test_a_lesson_added_later_stands_in_spanish_among_english_ones(self, english):
        add_lesson(english, "Lección nueva")
        for proposal in english.course.proposals.filter(state="open"):
            with committed():
                versions.release(proposal=proposal, by=person("Bruno").person)
        page = read(Client(), english.page, "en").content.decode()
        assert re.search(r'lang="es"[^>]*>Lección nueva<', page) or re.search(r"Lección nueva", page)
        assert '<span lang="en">[en] Lección 1</span>' in page

    def test_a_withdrawn_source_withdraws_its_translations(self, english, amina):
        client = log_in(amina)
        with committed():
            LessonPage.objects.get(pk=english.lessons[0].pk).unpublish()
        assert read(client, english.lessons[0], "en").status_code == 302

    def test_the_catalogue_names_a_course_once_in_the_readers_language(self, english):
        make_course(code="DSM-02", title="Derecho a la salud", quiz=False)
        page = read(Client(), english.index, "en").content.decode()
        assert page.count("Primeros auxilios psicológicos</a>") == 1
        assert re.search(r'lang="es"[^>]*><a [^>]*>Derecho a la salud', page) or "Derecho a la salud" in page


class TestOneResult:
    def test_amina_begins_in_spanish_goes_on_in_english_and_finishes_in_french(self, english, amina):
        translate_course(english, "fr")
        client = log_in(amina)
        with committed():
            read(client, english.lessons[0], "es")
            self._complete(client, english.lessons[0])
            read(client, english.lessons[1], "en")
            self._complete(client, english.lessons[1])
        read(client, english.quiz_page, "en")
        question = self._begin(client, english)
        assert "[en] " in question.content.decode()
        read(client, english.quiz_page, "fr")
        again = client.get(question.request["PATH_INFO"]).content.decode()
        assert "[fr] " in again
        assert 'href="?contenido=en"' in again
        self._answer_all(client)
        assert Enrolment.objects.filter(person=amina.person).count() == 1
        assert Attempt.objects.filter(person=amina.person).count() == 1
        assert Completion.objects.filter(enrolment__person=amina.person).count() == 1
        certificate = Certificate.objects.get(person=amina.person)
        assert "[fr] " in str(content_in(certificate, "fr"))
        assert "[en] " in str(content_in(certificate, "en"))
        assert "[" not in content_in(certificate, "es").course_title

    def _complete(self, client, lesson):
        client.post(f"/aprender/actividad/{lesson.translation_key}/terminar/")

    def _begin(self, client, small):
        from django.urls import reverse

        address = reverse("learning:start_quiz", kwargs={"activity": small.quiz_page.translation_key})
        return client.post(address, follow=True)

    def _answer_all(self, client):
        from assessments.services import save_answer, submit_attempt

        attempt = Attempt.objects.get()
        for question in attempt.version.quiz.questions:
            right = [choice.key for choice in question.choices if choice.correct][:1]
            save_answer(attempt=attempt, question_key=question.key, chosen=right)
        with committed():
            submit_attempt(attempt=attempt)


class TestWhatStaysSpanish:
    """Amina reads in English with a voice that reads aloud: what is Spanish is said to be Spanish."""

    SPANISH = re.compile(r'<(\w+)[^>]* lang="es"')

    @pytest.fixture
    def browser(self, small, amina):
        client = log_in(amina)
        client.cookies["senda_language"] = "en"
        return client

    def marked(self, client, address, words):
        """Return the tags marked as Spanish that hold `words` and nothing else of a kind."""
        html = client.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        return re.findall(rf'<(\w+)[^>]* lang="es"[^>]*>(?:<[^>]+>)*\s*{re.escape(words)}', html)

    def test_the_title_of_a_lesson_and_of_a_course(self, browser, small):
        for page in (small.page, small.lessons[0], small.quiz_page):
            assert "title" in self.marked(browser, path_of(page), page.title)

    def test_who_reviews_a_course_and_where_it_comes_from(self, browser, small):
        CoursePage.objects.filter(pk=small.page.pk).update(review_owner="El equipo de salud")
        source = SourceFactory(title="Primera ayuda psicológica", author="")
        small.page.refresh_from_db()
        small.page.sources.add(source)
        small.page.save()
        assert self.marked(browser, path_of(small.page), "El equipo de salud") == ["span"]
        assert self.marked(browser, path_of(small.page), "Primera ayuda psicológica") == ["p"]

    def test_the_name_of_a_course_in_a_sentence(self, browser, small):
        address = reverse("learning:enrol", args=[small.course.key])
        assert self.marked(browser, address, small.page.title) == ["a", "span"]

    def test_nothing_is_marked_for_who_reads_in_spanish(self, small, amina):
        html = log_in(amina).get(path_of(small.page)).content.decode()
        assert self.SPANISH.findall(html.replace('<html lang="es"', "").partition("<main")[2]) == []
