"""The blocks that a lesson may hold, in the order in which an editor is offered them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LessonBlocks(blocks.StreamBlock):
    """A lesson's body."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow")
