"""Counts what a person did to other people's rows and to the site's contents, for the download of her data."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from accounts.models import Person, User

WORK = "her work on what belongs to the programme; under her key once she is erased"
ACTS = {
    "accounts.SecretReset.reset_by": WORK,
    "accounts.SecondFactorReset.reset_by": WORK,
    "accounts.PersonMerge.merged_by": WORK,
    "accounts.PersonMerge.undone_by": WORK,
    "accounts.DataRequest.asked_by": WORK,
    "accounts.DataRequest.closed_by": WORK,
    "accounts.Erasure.erased_by": WORK,
    "wagtailcore.Page.owner": WORK,
    "wagtailcore.Page.locked_by": WORK,
    "wagtailcore.Revision.user": WORK,
    "wagtailcore.PageLogEntry.user": WORK,
    "wagtailcore.ModelLogEntry.user": WORK,
    "wagtailcore.Comment.user": WORK,
    "wagtailcore.Comment.resolved_by": WORK,
    "wagtailcore.CommentReply.user": WORK,
    "wagtailcore.WorkflowState.requested_by": WORK,
    "wagtailcore.TaskState.finished_by": WORK,
    "wagtailcore.UploadedFile.uploaded_by_user": WORK,
    "wagtaildocs.Document.uploaded_by_user": WORK,
    "wagtailimages.Image.uploaded_by_user": WORK,
    "media_library.Picture.uploaded_by_user": WORK,
    "media_library.Handout.uploaded_by_user": WORK,
    "wagtail_localize.StringTranslation.last_translated_by": WORK,
    "wagtail_localize.SegmentOverride.last_translated_by": WORK,
    "wagtailcore.PageSubscription.user": "a setting of the editors' side; deleted with her",
    "wagtailusers.UserProfile.user": "settings of the editors' side; deleted with her",
    "wagtailadmin.EditingSession.user": "an open tab of the editors' side; ends within minutes",
    "wagtailadmin.FormState.user": "an unsaved form of the editors' side; deleted with her",
    "mfa.Authenticator.user": "a secret: whether there is one stands in the profile; deleted with her",
    "accounts.User_user_permissions.user": "what a login may do; deleted with her",
}


def counted(person: Person) -> list[dict[str, Any]]:
    """Return how many rows of each kind she made or changed, by every room's list; kinds without any left out."""
    from accounts import privacy

    columns = sorted(privacy.acts())
    found = ((column, _count(column, person)) for column in columns)
    return [{"what": _name(column), "rows": count} for column, count in found if count]


def _count(column: str, person: Person) -> int:
    label, _dot, name = column.rpartition(".")
    model = apps.get_model(label)
    own = model._meta.get_field(name).related_model is User
    hers = f"{name}__person__canonical_id" if own else f"{name}__canonical_id"
    return model._base_manager.filter(**{hers: person.canonical_id}).count()


def _name(column: str) -> str:
    label, _dot, name = column.rpartition(".")
    field = apps.get_model(label)._meta.get_field(name)
    return f"{field.model._meta.verbose_name} · {getattr(field, 'verbose_name', name)}"
