"""Keeps pictures, documents, audio and video with credit, licence, words for who cannot see or hear them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import RevisionMixin

from media_library import validation
from media_library.belonging import Belonging


def private_storage() -> Storage:
    """Return the storage whose files have no public address; a callable keeps it out of migrations."""
    return storages["private"]


def check_upload(file: Any, check: Callable[[Any], Any]) -> Any:
    """Ask `check` about a file that is being uploaded now; what it refuses is said beside the field."""
    return said_of_file(file.file, check) if validation.is_new(file) else None


def said_of_file(file: Any, check: Callable[[Any], Any]) -> Any:
    """Return what `check` finds; its refusal is said of the field «file»."""
    try:
        return check(file)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


class Licence(models.TextChoices):
    """Licences under which a picture or recording may stand here."""

    OWN = "own", _("Own work, all rights reserved")
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0", "CC0"
    PERMISSION = "permission", _("With written permission")


class Picture(AbstractImage):
    """A picture. `description` (Wagtail's) is its alternative text by default."""

    credit = models.CharField(_("credit"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_SA)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self) -> None:
        """Refuse what is no picture, or a drawing that does more than draw."""
        super().clean()
        check_upload(self.file, validation.check_picture)


class PictureRendition(AbstractRendition):
    """A picture at one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class Handout(AbstractDocument):
    """A document to read or print; served by our gate, never from a public folder."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)
    credit = models.CharField(_("credit"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_SA)
    public = models.BooleanField(
        _("open to everybody"),
        default=False,
        help_text=_("Otherwise it opens only to those who may open a lesson in which it stands."),
    )

    admin_form_fields = (*WagtailDocument.admin_form_fields, "credit", "licence", "public")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Refuse what is not what its name says."""
        super().clean()
        check_upload(self.file, validation.check_document)

    @property
    def url(self) -> str:
        """Return the address at our own door; Wagtail's would be another way in."""
        return reverse("media_library:document", args=[self.pk])


class RecordingKind(models.TextChoices):
    """What a recording is for the person who plays it."""

    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")


class Recording(Belonging, RevisionMixin, models.Model):
    """An audio or video file, always with its transcript; gated like the lesson in which it stands."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=RecordingKind)
    file = models.FileField(_("file"), upload_to="recordings", storage=private_storage)
    content_type = models.CharField(max_length=40, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False, default=0)
    seconds = models.PositiveIntegerField(_("length in seconds"), validators=[MinValueValidator(1)])
    transcript = RichTextField(_("transcript"), features=["bold", "italic", "ul", "ol"])
    credit = models.CharField(_("credit"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY_SA)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("audio or video")
        verbose_name_plural = _("audio and video")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse what browsers do not play; note what the file is and how much it weighs."""
        super().clean()
        video = self.kind == RecordingKind.VIDEO
        found = check_upload(self.file, lambda file: validation.check_recording(file, video=video))
        if found:
            self.content_type, self.size = found, self.file.size
