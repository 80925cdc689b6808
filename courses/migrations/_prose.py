"""Moves the text blocks of the first release, plain rich text, into blocks that also carry a scope.

Pages, every revision of them (drafts and scheduled ones too) and what wagtail-localize keeps of a page are moved alike;
the ids of the blocks stay, since learners' notes and translations hang on them.
"""

import json
import uuid
from typing import Any

from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import BaseBlockOperation

# The namespace in which wagtail-localize hashes a content path.
PATHS = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")


class WrapProse(BaseBlockOperation):
    """Puts the rich text of a block into the field `text` of a struct; one already moved stays as it is."""

    def apply(self, block_value: Any) -> Any:
        """Return the new value."""
        return {"text": block_value} if isinstance(block_value, str) else block_value

    @property
    def operation_name_fragment(self) -> str:
        """Return what Wagtail calls the operation by."""
        return "wrap_prose"


def move_prose(app: str, model: str) -> MigrateStreamData:
    """Return the operation that moves the bodies of a kind of page and of all its revisions."""
    return MigrateStreamData(
        app_name=app, model_name=model, field_name="body", operations_and_block_paths=[(WrapProse(), "text")]
    )


def move_translations(app: str, model: str) -> Any:
    """Return the function that moves what wagtail-localize keeps of a kind of page: the source as it was submitted,
    and the paths of its translated texts. Without it a synchronisation would lose every translated paragraph.
    """

    def forward(apps: Any, schema_editor: Any) -> None:
        sources = apps.get_model("wagtail_localize", "TranslationSource").objects
        for source in sources.filter(
            specific_content_type__app_label=app, specific_content_type__model=model
        ).iterator(chunk_size=100):
            ids = _wrap_source(source)
            _move_paths(apps, source.object_id, ids)

    return forward


def _wrap_source(source: Any) -> set[str]:
    """Move the body in one submitted source; return the ids of its text blocks."""
    content = json.loads(source.content_json)
    body = json.loads(content.get("body") or "[]")
    ids = {block["id"] for block in body if block["type"] == "text"}
    for block in body:
        if block["type"] == "text":
            block["value"] = WrapProse().apply(block["value"])
    content["body"] = json.dumps(body)
    source.content_json = json.dumps(content)
    source.save(update_fields=["content_json"])
    return ids


def _move_paths(apps: Any, object_id: Any, ids: set[str]) -> None:
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects
    for context in contexts.filter(object_id=object_id, path__startswith="body."):
        _body, block_id, *rest = context.path.split(".")
        if block_id not in ids or rest[:1] == ["text"]:
            continue
        context.path = ".".join(["body", block_id, "text", *rest])
        context.path_id = uuid.uuid5(PATHS, context.path)
        context.save(update_fields=["path", "path_id"])
