"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import privacy, tallies
from accounts.models import PositionCategory
from common.languages import content_language
from courses import versions
from learning import seats
from learning.models import (
    ActivityCompletion,
    ActivitySkip,
    AnnulmentProposal,
    Attendance,
    AttendanceChange,
    Cohort,
    CohortChange,
    CompletionAnnulment,
    Enrolment,
    EnrolmentState,
    JoinRequest,
    Nomination,
    Reflection,
    Session,
    SheetScan,
    WalkIn,
)
from learning.words_of_groups import reason_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

LABELS = {
    "enrolments": _("Enrolments"),
    "course": _("Course"),
    "state": _("State"),
    "enrolled_on": _("Enrolled on"),
    "country": _("Country where you work"),
    "country_corrections": _("Country corrected"),
    "before": _("Before"),
    "after": _("Afterwards"),
    "institution": _("Institution"),
    "position": _("What you do"),
    "done": _("What you did"),
    "activity": _("Activity"),
    "way": _("How you did it"),
    "on": _("Date"),
    "skipped": _("Skipped for now"),
    "extra_attempts": _("Attempts given besides"),
    "completed_on": _("Course completed on"),
    "minutes": _("Credited minutes"),
    "nominations": _("Courses proposed by your institution"),
    "notebook": _("Notebook"),
    "facilitates": _("Groups that you facilitate"),
    "requests": _("Groups that you asked to join"),
    "group": _("Group"),
    "reason": _("Reason"),
    "moved": _("Went on in another group"),
    "sessions": _("Sessions"),
    "session": _("Session"),
    "mark": _("Mark"),
    "noted_as": _("Noted without account as"),
    "text": _("Your note"),
    "written_at": _("Written on"),
}

WORK = "the work of whoever did it; the row is the learner's, and told to her"
COVERS = {
    "learning.Enrolment.person",
    "learning.Reflection.person",
    "learning.Cohort_facilitators.person",
    "learning.Nomination.person",
    "learning.JoinRequest.person",
    "learning.Session_facilitators.person",
    "learning.WalkIn.person",
}
SIGNED_IN = "that another record of hers was signed in when she did it; the row is told as hers"
ACTS = {
    "learning.Enrolment.enrolled_by": WORK,
    "learning.ActivityCompletion.recorded_by": WORK,
    "learning.ActivityCompletion.signed_in_as": SIGNED_IN,
    "learning.ExtraAttempt.given_by": WORK,
    "learning.CountryCorrection.corrected_by": WORK,
    "learning.CompletionAnnulment.annulled_by": WORK,
    "learning.CompletionAnnulment.agreed_by": WORK,
    "learning.Nomination.nominated_by": WORK,
    "learning.QuizClosing.closed_by": WORK,
    "learning.QuizClosing.opened_by": WORK,
    "learning.Cohort.opened_by": "the work of whoever opened a group; the row is the programme's",
    "learning.JoinRequest.answered_by": WORK,
    "learning.CohortChange.by": WORK,
    "learning.Session.made_by": "the work of whoever planned it; the row is the programme's",
    "learning.Attendance.marked_by": WORK,
    "learning.AttendanceChange.changed_by": WORK,
    "learning.ContentOpening.opened_by": WORK,
    "learning.WalkIn.noted_by": WORK,
    "learning.WalkIn.joined_by": WORK,
    "learning.SheetScan.attached_by": "the work of whoever attached it; the row is the programme's",
    "learning.SupervisionSession.logged_by": "the work of whoever wrote it down; the row tells of nobody",
    "learning.AnnulmentProposal.proposed_by": WORK,
    "learning.AnnulmentProposal.answered_by": WORK,
}


def register() -> None:
    """Add this room's part to the registry."""
    privacy.note_acts(ACTS)
    privacy.register(
        "learning",
        export=export,
        erase=erase,
        title=_("Courses and notebook"),
        labels=LABELS,
        covers=COVERS,
        kept=[
            _(
                "That somebody enrolled in a course and completed it, with the type of institution: "
                "neither which institution nor what you did there."
            )
        ],
        papers=_signed_sheets,
    )
    tallies.register("learning", _("Enrolments"), _how_many)
    tallies.register_since("learning", _since)


def _signed_sheets(people: list[Person]) -> list[dict[str, Any]]:
    """Return, a group each, how many scans of its sheets may bear a name: of those sessions that were hers."""
    marked = Attendance.objects.filter(enrolment__person__in=people).order_by().values("session")
    scans = SheetScan.objects.filter(session__in=marked).order_by()
    rows = scans.values("session__cohort__name").annotate(many=Count("pk")).order_by("session__cohort__name")
    return [
        {"table": SheetScan._meta.label, "column": row["session__cohort__name"], "rows": row["many"]}
        for row in rows
    ]


def _since(people: list[int], moment: dt.datetime) -> list[tallies.Since]:
    done = ActivityCompletion.objects.filter(enrolment__person__in=people, completed_at__gte=moment)
    lessons = done.order_by().values_list("enrolment__person")
    begun = Enrolment.objects.filter(person__in=people, enrolled_at__gte=moment)
    taken = Nomination.objects.filter(person__in=people, answered_at__gte=moment, state="accepted")
    return [
        *(
            tallies.Since(_("Lessons and quizzes done"), person, count, other)
            for person, count, other in lessons.annotate(Count("pk"), Count("signed_in_as"))
        ),
        *_each(_("Enrolments"), begun),
        *_each(_("Proposals accepted"), taken),
    ]


def _each(label: Any, rows: QuerySet) -> list[tallies.Since]:
    found = rows.order_by().values_list("person").annotate(Count("pk"))
    return [tallies.Since(label, person, count) for person, count in found]


def _how_many(people: list[int]) -> dict[int, int]:
    rows = Enrolment.objects.filter(person__in=people).order_by().values_list("person")
    return dict(rows.annotate(Count("pk")))


def export(person: Person) -> dict[str, Any]:
    """Return a person's enrolments with what was done in each, her completions and her own notes."""
    rows = list(
        Enrolment.objects.of(person)
        .select_related("course", "completion", "at_country", "at_institution")
        .prefetch_related(
            "done",
            "skips",
            "extra_attempts",
            "country_corrections__before",
            "country_corrections__after",
            "cohort_changes__from_cohort",
            "cohort_changes__to_cohort",
        )
    )
    # The notes of this login alone: a merge of two strangers by mistake opens no notebook.
    notes = list(Reflection.objects.filter(person=person))
    proposed = list(
        Nomination.objects.filter(person__canonical_id=person.canonical_id).select_related(
            "course", "institution"
        )
    )
    names = _names(rows, notes, [row.course.key for row in proposed])
    groups = Cohort.objects.filter(facilitators__canonical_id=person.canonical_id).distinct()
    return {
        "facilitates": [str(group) for group in groups.order_by("code")],
        "enrolments": [_enrolment(row, names) for row in rows],
        "nominations": [
            {
                "course": names[row.course.key],
                "institution": str(row.institution),
                "state": row.get_state_display(),
                "on": row.nominated_at,
            }
            for row in proposed
        ],
        "requests": [
            {
                "group": str(row.cohort),
                "state": row.get_state_display(),
                "reason": reason_of(row),
                "on": row.asked_at,
            }
            for row in _requests(person)
        ],
        "notebook": [
            {"activity": names[note.activity], "text": note.text, "written_at": note.written_at}
            for note in notes
        ],
    }


def _requests(person: Person) -> QuerySet[JoinRequest]:
    rows = JoinRequest.objects.filter(person__canonical_id=person.canonical_id)
    return rows.select_related("cohort")


def _names(rows: list[Enrolment], notes: list[Reflection], also: list[UUID]) -> dict[UUID, str]:
    """Return what courses and activities are called: a key alone tells its owner nothing."""
    courses = [row.course.key for row in rows]
    activities = [
        *(done.activity for row in rows for done in row.done.all()),
        *(skip.activity for row in rows for skip in row.skips.all()),
        *(extra.activity for row in rows for extra in row.extra_attempts.all()),
    ]
    keys = list(dict.fromkeys([*courses, *also, *activities, *(note.activity for note in notes)]))
    words = versions.outline(versions.Manifest((), ()), language=content_language(), also=keys)
    return {key: words.of(key).title or str(key) for key in keys}


def _enrolment(row: Enrolment, names: dict[UUID, str]) -> dict[str, Any]:
    completion = getattr(row, "completion", None)
    return {
        "course": names[row.course.key],
        "state": row.get_state_display(),
        "enrolled_on": row.enrolled_on,
        "country": str(row.at_country),
        "country_corrections": [
            {"before": str(each.before), "after": str(each.after), "on": each.corrected_at}
            for each in row.country_corrections.all()
        ],
        "moved": [
            {
                "before": str(each.from_cohort or ""),
                "after": str(each.to_cohort),
                "on": each.at,
                "reason": each.reason,
            }
            for each in row.cohort_changes.all()
        ],
        "institution": str(row.at_institution or ""),
        "position": str(PositionCategory(row.at_position).label) if row.at_position else "",
        "done": [
            {"activity": names[done.activity], "way": done.get_way_display(), "on": done.completed_on}
            for done in row.done.all()
        ],
        "sessions": _sessions(row),
        "skipped": [names[skip.activity] for skip in row.skips.all()],
        "extra_attempts": [
            {"activity": names[extra.activity], "on": extra.given_at} for extra in row.extra_attempts.all()
        ],
        "completed_on": completion.achieved_on if completion else None,
        "minutes": completion.minutes if completion else None,
    }


def _sessions(row: Enrolment) -> list[dict[str, Any]]:
    """Return the sessions in which she was marked, under her record or under the name that she gave."""
    rows = Attendance.objects.filter(Q(enrolment=row) | Q(walk_in__enrolment=row))
    return [
        {
            "session": each.session.title,
            "on": each.session.local_date,
            "mark": each.get_mark_display(),
            "minutes": each.worth,
            "noted_as": each.walk_in.name if each.walk_in else "",
        }
        for each in rows.select_related("session", "walk_in").order_by("session__starts_at", "pk")
    ]


def erase(person: Person) -> None:
    """Delete what nobody else may ever read. Enrolments and completions stay, without a name: figures must hold.

    Of where she worked the type stays and the place goes: the one midwife of a village's clinic is found by it.
    """
    Reflection.objects.filter(person=person).delete()
    rows = Enrolment.objects.filter(person=person)
    ActivitySkip.objects.filter(enrolment__in=rows).delete()
    CompletionAnnulment.objects.filter(completion__enrolment__in=rows).update(reason="—")
    AnnulmentProposal.objects.filter(completion__enrolment__in=rows).update(reason="—")
    hers = Q(attendance__enrolment__in=rows) | Q(attendance__walk_in__person=person)
    AttendanceChange.objects.filter(hers).update(reason="")
    WalkIn.objects.filter(person=person).update(name="—", institution="", sex="")
    Session.facilitators.through.objects.filter(person=person).delete()
    rows.update(at_institution=None, at_parent=None, at_division=None, at_position="")
    left = list(rows.active().filter(cohort__isnull=False).values_list("cohort_id", flat=True))
    rows.active().update(state=EnrolmentState.WITHDRAWN)
    seats.announce_freed(left)
    # Whom her institution proposed for what tells where she worked.
    Nomination.objects.filter(person=person).delete()
    JoinRequest.objects.filter(person=person).delete()
    CohortChange.objects.filter(enrolment__in=rows).update(reason="—")
    Cohort.facilitators.through.objects.filter(person=person).delete()
