"""The blocks that one looks at, listens to or prints: picture, recording, document."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError, StructValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.blocks.base import ChosenBlock, Context
from courses.blocks.examples import example_document, example_picture, example_recording
from media_library.pictures import with_renditions


class PictureChooserBlock(ImageChooserBlock):
    """Chooses a picture; a page's pictures come with their sizes in one query, however many they are."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the pictures of the given keys, in order, None where there is none."""
        found = with_renditions([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class PictureBlock(ChosenBlock):
    """A picture with words for who cannot see it."""

    image = PictureChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        required=False,
        max_length=250,
        help_text=_("For who cannot see it. Say what matters here, not «picture of»."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Only decoration"), required=False, help_text=_("Nothing is lost without it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=160,
        help_text=_("Empty: the credit kept with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with what it shows in words, a caption and whom to credit.")
        template = "blocks/picture.html"
        chosen = "image"
        preview_value = staticmethod(example_picture)

    def clean(self, value: StructValue) -> StructValue:
        """Refuse a picture that says nothing to who cannot see it, unless it is only decoration."""
        value = super().clean(value)
        if not self.is_deferred_validation and not value["alt"] and not value["decorative"]:
            message = _("Say what the picture shows, or mark it as decoration.")
            raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return value

    def get_context(self, value: StructValue, parent_context: Context = None) -> dict[str, Any]:
        """Add the words for who cannot see it, as a plain string fit for an attribute, and whom to credit."""
        context = super().get_context(value, parent_context=parent_context)
        alt = "" if value["decorative"] else str(value["alt"] or "")
        return {**context, "alt": alt, "credit": value["credit"] or value["image"].credit}


class RecordingBlock(ChosenBlock):
    """Something to listen to or to watch, with its transcript."""

    recording = SnippetChooserBlock("media_library.Recording", label=_("Audio or video"))

    class Meta:
        icon = "media"
        label = _("Audio or video")
        description = _("A recording with its transcript. Its length and weight are shown before it plays.")
        template = "blocks/recording.html"
        chosen = "recording"
        preview_value = staticmethod(example_recording)


class DocumentBlock(ChosenBlock):
    """Something to download or print."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160, help_text=_("Empty: the document's own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to read or print. Its kind and weight are shown before it is fetched.")
        template = "blocks/document.html"
        chosen = "document"
        preview_value = staticmethod(example_document)
