"""Answers which activities the newest released versions ask: a lesson that none of them does is offered to nobody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, Subquery

from courses.manifest import Manifest
from courses.models import CourseVersion
from programme.remembered import remember


def asked_now() -> frozenset[UUID]:
    """Return the keys of everything that somebody who enrols today may be asked; remembered until a release."""
    return remember("courses.asked", _read)


def _read() -> frozenset[UUID]:
    newest = CourseVersion.objects.filter(course=OuterRef("course")).order_by("-number").values("pk")[:1]
    manifests = CourseVersion.objects.filter(pk=Subquery(newest)).values_list("manifest", flat=True)
    return frozenset(
        activity.key for manifest in manifests.iterator() for activity in Manifest.from_json(manifest)
    )
