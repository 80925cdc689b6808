"""Keeps the sizes and formats in which lessons show pictures, and fetches them for many pictures at once."""

from collections.abc import Iterable

from wagtail.images.models import Filter

from media_library.models import Picture, PictureRendition

FORMATS = ("avif", "webp", "jpeg")
WIDTHS = (400, 800)
# What templates ask for; Wagtail keeps them without «preserve-svg», and a drawing without the format.
ASKED = tuple(f"format-{kind}|width-{width}|preserve-svg" for kind in FORMATS for width in WIDTHS)
KEPT = tuple(spec.removesuffix("|preserve-svg") for spec in ASKED) + tuple(
    f"width-{width}" for width in WIDTHS
)


def with_renditions(keys: Iterable[int]) -> dict[int, Picture]:
    """Return pictures by key with the sizes that lessons show: one query, however many pictures.

    A picture whose sizes were never made is fetched by a second one, and they are made when it is shown.
    """
    wanted = set(keys)
    found: dict[int, Picture] = {}
    made = PictureRendition.objects.filter(image_id__in=wanted, filter_spec__in=KEPT).select_related("image")
    for rendition in made if wanted else ():
        picture = found.setdefault(rendition.image_id, rendition.image)
        rendition.image = picture
        picture.prefetched_renditions = [*getattr(picture, "prefetched_renditions", ()), rendition]
    for picture in Picture.objects.filter(pk__in=wanted - set(found)) if wanted - set(found) else ():
        found[picture.pk] = picture
    return found


def prepare(picture: Picture) -> int:
    """Make every size that lessons show, so that no reader waits for them; return how many there are."""
    return len(picture.get_renditions(*(Filter(spec=spec) for spec in ASKED)))
