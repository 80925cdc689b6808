"""The forms by which pictures and documents are added: whose they are is asked, not taken for the first of a list."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from media_library.staff.forms import ask_whose


class OwnPictureForm(BaseImageForm):
    """The form of a picture: who writes several courses says of which it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "collection" in self.fields:
            ask_whose(self, self.collections)


class OwnDocumentForm(BaseDocumentForm):
    """The form of a document: who writes several courses says of which it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "collection" in self.fields:
            ask_whose(self, self.collections)
