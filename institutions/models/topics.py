"""Keeps the closed list of what the programme works on with institutions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkTopic(models.TextChoices):
    """A subject of an agreement or of advice."""

    FIRST_AID = "first_aid", _("Psychological first aid")
    MENTAL_HEALTH = "mental_health", _("Mental health and psychosocial support")
    CARE_OF_TEAMS = "care_of_teams", _("Care of teams")
    RIGHTS = "rights", _("Rights of people on the move")
    HEALTH_ACCESS = "health_access", _("Access to health care")
    REFERRAL = "referral", _("Referral routes")
    CHILDREN = "children", _("Protection of children")
    GENDER = "gender", _("Gender-based violence")
    MISSING = "missing", _("Families of missing people")
    RETURN = "return", _("Reception of returned people")
    PROTOCOLS = "protocols", _("Protocols and guides")
    TRAINING = "training", _("Training plans and replication")
    OTHER = "other", _("Other")


def topic_names(codes: Iterable[str]) -> str:
    """Return topics in the reader's language, in the order of the list; one that is no longer in it keeps its code."""
    kept = set(codes)
    known = [str(label) for code, label in WorkTopic.choices if code in kept]
    return ", ".join([*known, *sorted(kept - set(WorkTopic.values))])
