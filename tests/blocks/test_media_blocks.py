"""What Amina looks at, listens to and prints, on prepaid data."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from media_library.models import Picture, Recording
from tests.blocks.lessons import raw, read
from tests.blocks.samples import sample
from tests.blocks.test_reading_blocks import refused
from tests.factories.media_library import DrawingFactory, PictureFactory, RecordingFactory


def picture(image: Picture, **fields: Any) -> dict[str, Any]:
    return raw(
        "picture",
        {"image": image.pk, "alt": "Dos sillas", "decorative": False, "caption": "", "credit": "", **fields},
    )


def test_amina_s_phone_gets_the_small_picture_in_the_format_it_knows() -> None:
    html = read(picture(PictureFactory()))
    assert "image/avif" in html
    assert "image/webp" in html
    assert "400w" in html
    assert 'loading="lazy"' in html
    assert "width=" in html
    assert "height=" in html
    assert 'alt="Dos sillas"' in html


def test_a_drawing_stays_a_drawing() -> None:
    html = read(picture(DrawingFactory()))
    assert ".svg" in html
    assert "avif" not in html


def test_whoever_drew_it_is_named() -> None:
    assert "Ilustración original" in read(picture(DrawingFactory()))
    assert "Otra mano" in read(picture(DrawingFactory(), credit="Otra mano"))


def test_a_decoration_is_silent_for_a_screen_reader() -> None:
    assert 'alt=""' in read(picture(DrawingFactory(), decorative=True))


def test_a_picture_without_words_is_refused_unless_it_is_decoration() -> None:
    fields = {"image": DrawingFactory().pk, "caption": "", "credit": ""}
    assert "alt" in refused("picture", {**fields, "alt": "", "decorative": False})
    stream = LessonBlocks()
    assert stream.clean(stream.to_python([raw("picture", {**fields, "alt": "", "decorative": True})]))


def test_quotes_in_the_words_of_a_picture_stay_in_the_attribute() -> None:
    html = read(picture(DrawingFactory(), alt='Un "banco" [[por verificar: "azul"]]'), editing=True)
    assert "<mark" not in html
    assert "&quot;azul&quot;" in html


@pytest.mark.parametrize("count", [2, 12])
def test_twelve_pictures_cost_one_query_like_two(count: int) -> None:
    blocks = [picture(PictureFactory()) for _ in range(count)]
    read(*blocks)
    with CaptureQueriesContext(connection) as queries:
        assert read(*blocks).count("<figure") == count
    assert len(queries) == 1


def test_the_same_picture_may_stand_twice_in_a_lesson() -> None:
    image = PictureFactory()
    html = read(picture(image), picture(image, alt="Otra vez"))
    assert 'alt="Dos sillas"' in html
    assert 'alt="Otra vez"' in html


def test_amina_knows_what_a_recording_weighs_before_she_plays_it() -> None:
    html = read(raw("recording", {"recording": RecordingFactory(size=480_000, seconds=125).pk}))
    assert "2 min" in html
    assert "KB" in html
    assert 'preload="none"' in html
    assert "autoplay" not in html


def test_who_cannot_hear_it_reads_it() -> None:
    assert "Respira conmigo." in read(raw("recording", {"recording": RecordingFactory().pk}))


def test_a_video_is_shown_as_one() -> None:
    video = RecordingFactory(kind="video", content_type="video/mp4")
    assert "<video controls" in read(raw("recording", {"recording": video.pk}))


def test_a_document_says_its_kind_and_weight() -> None:
    html = read(sample("document"))
    assert "PDF" in html
    assert "/documentos/" in html


def test_what_was_deleted_leaves_no_hole() -> None:
    blocks = [sample("recording"), sample("document"), sample("picture")]
    Recording.objects.all().delete()
    Picture.objects.all().delete()
    html = read(*blocks)
    assert "<audio" not in html
    assert "<figure" not in html


def test_a_recording_in_an_english_lesson_says_that_it_speaks_spanish() -> None:
    block = raw("recording", {"recording": RecordingFactory(title="Pausa", credit="Voz").pk})
    english = Locale.objects.get_or_create(language_code="en")[0]
    html = read(block, page=LessonPage(locale=english))
    assert '<b lang="es">Pausa</b>' in html
    assert html.count('lang="es"') == 4
    assert "lang=" not in read(block, page=LessonPage(locale=Locale.objects.get(language_code="es")))
