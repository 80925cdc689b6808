"""What Wagtail does around the content, and that our answer holds: its admin, its index, pictures, documents."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError

from courses.models import LessonPage
from search.database import DatabaseGateway
from search.gateway import Query
from search.services import rebuild
from tests.courses.cast import log_in
from tests.courses.records import records_unchanged
from tests.factories.courses import committed, publish

ROOT = Path(__file__).resolve().parent.parent.parent


class TestTheAdmin:
    def test_asks_no_other_host(self, office):
        assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
        assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
        page = office.get(reverse("wagtailadmin_home")).content.decode()
        loaded = re.findall(
            r"<(?:script|img|link|iframe)[^>]+(?:src|href)=[\"'](?:https?:)?//([^/\"']+)", page
        )
        assert set(loaded) <= {"testserver", "localhost", "127.0.0.1"}


class TestTheIndexOfWords:
    def test_misses_what_no_page_was_saved_for_until_it_is_written_anew(self, studied):
        with committed():
            LessonPage.objects.filter(pk=studied.small.lessons[0].pk).update(summary="Guanábana")
        assert self.found("guanabana") == []
        with records_unchanged():
            rebuild()
        assert self.found("guanabana") == [studied.small.lessons[0].pk]

    def found(self, word):
        urls = {hit.url for hit in DatabaseGateway().search(Query(word)).hits}
        return [page.pk for page in LessonPage.objects.all() if page.url in urls]


class TestPictures:
    def svg(self):
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"></svg>'
        picture = get_image_model()(title="Garza", file=ImageFile(BytesIO(drawing), name="garza.svg"))
        picture.save()
        return picture

    def test_an_svg_has_no_other_format(self, db):
        with pytest.raises(InvalidFilterSpecError):
            self.svg().get_rendition("width-20|format-webp")

    def test_an_svg_is_shown_when_the_filter_spares_it(self, db):
        tag = (
            "{% load wagtailimages_tags %}{% picture picture format-{avif,webp} width-{20,30} preserve-svg %}"
        )
        request = RequestFactory().get("/")
        assert ".svg" in Template(tag).render(Context({"picture": self.svg(), "request": request}))

    def test_every_template_of_ours_spares_svg(self):
        for path in (ROOT / "templates").rglob("*.html"):
            for tag in re.findall(r"{%\s*(?:picture|image)\s[^%]*%}", path.read_text()):
                assert "preserve-svg" in tag, f"{path.name}: {tag}"


class TestDocuments:
    def test_are_gated_like_the_lesson_in_which_they_stand(self, studied):
        handout = get_document_model()(title="Hoja")
        handout.file.save("hoja.txt", ContentFile(b"una hoja"))
        lesson = LessonPage.objects.get(pk=studied.small.lessons[0].pk)
        with records_unchanged():
            publish(lesson, body=[("document", {"document": handout})])
        address = handout.url
        part = log_in(studied.amina).get(address, headers={"Range": "bytes=0-2"})
        assert (part.status_code, b"".join(part)) == (206, b"una")
        assert Client().get(address).status_code == 404
