"""How each address of the table is asked: what stands in the address, and what its form sends.

A name alone means the thing that is Amina's, or the first there is; `name#word` is the same address with another
thing in it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse

from messaging import refusals
from messaging.calendars import feed_address
from tests.factories.accounts import SECRET
from tests.permissions.world import World

Of = Callable[[World], Any]

ACTS_OF_THE_API = {
    "": "delete",
    "#copy": "copy",
    "#publish": "publish",
    "#unpublish": "unpublish",
    "#move": "move",
    "#create_alias": "create_alias",
    "#revert": "revert_to_page_revision",
    "#convert_alias": "convert_alias",
    "#translate": "copy_for_translation",
}


def _acted_on(world: World, *, name: str) -> list[Any]:
    return [world.small.lessons[0].pk, name]


# What an address carries, by its name; for the admin's screens by their namespace.
ARGUMENTS: dict[str, Of] = {
    "learning:resume": lambda w: [w.enrolment.key],
    "learning:enrol": lambda w: [w.small.course.key],
    "learning:enrol#closed": lambda w: [w.closed.course.key],
    "learning:country": lambda w: [w.enrolment.key],
    "learning:leave": lambda w: [w.enrolment.key],
    "learning:complete": lambda w: [w.small.lessons[1].translation_key],
    "learning:complete#quiz": lambda w: [w.small.quiz_page.translation_key],
    "learning:complete#draft": lambda w: [w.draft.translation_key],
    "learning:skip": lambda w: [w.case],
    "learning:skip#lesson": lambda w: [w.small.lessons[1].translation_key],
    "learning:reflect": lambda w: [w.small.lessons[0].translation_key],
    "learning:start_quiz": lambda w: [w.small.quiz_page.translation_key],
    "learning:cohort": lambda w: [w.cohort.key],
    "learning:cohort#gael": lambda w: [w.others_cohort.key],
    "learning:progress": lambda w: [w.cohort.key],
    "learning:progress#gael": lambda w: [w.others_cohort.key],
    "learning:progress_file": lambda w: [w.cohort.key],
    "learning:progress_file#gael": lambda w: [w.others_cohort.key],
    "learning:supervision": lambda w: [w.cohort.key],
    "learning:change_supervision": lambda w: [w.things["supervision"].key],
    "learning:finish_action": lambda w: [w.things["agreed"].key],
    "learning:refreshers": lambda w: [w.cohort.key],
    "learning:cascade": lambda w: [w.cohort.key],
    "learning:accept_version": lambda w: [w.cohort.key, 1],
    "learning:cohort_link": lambda w: [w.cohort.key],
    "learning:cohort_requests": lambda w: [w.cohort.key],
    "learning:cohort_list": lambda w: [w.cohort.key],
    "learning:cohort_choose": lambda w: [w.cohort.key],
    "learning:sessions": lambda w: [w.cohort.key],
    "learning:session": lambda w: [w.things["session"].key],
    "messaging:messages": lambda w: [w.cohort.key],
    "messaging:write": lambda w: [w.cohort.key],
    "messaging:paste": lambda w: [w.cohort.key],
    "messaging:group_calendar": lambda w: [w.cohort.key],
    "messaging:session_calendar": lambda w: [w.things["session"].key],
    "messaging:message": lambda w: [w.things["message"].key],
    "messaging:again": lambda w: [w.things["message"].key],
    "messaging:feed": lambda w: [feed_address(w.enrolment).split("/")[-1].removesuffix(".ics")],
    "messaging:refuse": lambda w: [refusals.address_of(w.person("amina"), "message").split("/")[-2]],
    "learning:mark": lambda w: [w.things["session"].key],
    "learning:change_session": lambda w: [w.things["session"].key],
    "learning:add_walk_in": lambda w: [w.things["session"].key],
    "learning:room_code": lambda w: [w.things["session"].key],
    "learning:session_content": lambda w: [w.things["session"].key],
    "learning:open_by_code": lambda w: [w.small.lessons[1].translation_key],
    "learning:sheet": lambda w: [w.things["session"].key],
    "learning:print_sheet": lambda w: [w.things["session"].key],
    "learning:scan": lambda w: [w.things["scan"].key],
    "learning:check_in": lambda w: [w.things["session"].key],
    "learning:scanned": lambda w: [w.things["session"].key, "falso"],
    "learning:walk_in": lambda w: [w.things["walk_in"].key],
    "learning:annulment": lambda w: [w.things["annulment"].key],
    **{
        f"imports:{name}": lambda w: [w.things["import"].key]
        for name in (
            "show",
            "columns",
            "answer",
            "leave_out",
            "ask_again",
            "apply",
            "undo",
            "report",
            "rejected",
            "slips",
        )
    },
    "learning:move": lambda w: [w.enrolment.key],
    "learning:answer_request": lambda w: [w.things["join_request"].key],
    "learning:take_back_request": lambda w: [w.things["join_request"].key],
    "invitation:join": lambda w: [w.code.code],
    "invitation:qr": lambda w: [w.code.code],
    "proyectos": lambda w: [w.things["project"].pk],
    "donantes": lambda w: [w.things["project"].donor_id],
    "learning:give_time": lambda w: [w.enrolment.key],
    "learning:read_answers": lambda w: [w.things["written"].key],
    "learning:give_attempt": lambda w: [w.enrolment.key, w.small.quiz_page.translation_key],
    "learning:give_attempt#lesson": lambda w: [w.enrolment.key, w.small.lessons[1].translation_key],
    "learning:accredit": lambda w: [w.enrolment.key, w.case],
    "learning:accredit#lesson": lambda w: [w.enrolment.key, w.small.lessons[1].translation_key],
    "learning:institution": lambda w: [w.hospital.key],
    "learning:institution#dalia": lambda w: [w.shelter.key],
    "learning:nominate": lambda w: [w.hospital.key],
    "learning:nominate#dalia": lambda w: [w.shelter.key],
    "learning:left_institution": lambda w: [w.works("amina").pk],
    "learning:confirm_membership": lambda w: [w.works("amina").pk],
    "learning:confirm_membership#farid": lambda w: [w.works("farid").pk],
    "learning:confirm_membership#chipo": lambda w: [w.works("chipo").pk],
    "learning:nomination": lambda w: [w.things["nomination"].key],
    "learning:nomination#farid": lambda w: [w.things["others_nomination"].key],
    "learning:take_back": lambda w: [w.things["nomination"].key],
    "learning:take_back#farid": lambda w: [w.things["others_nomination"].key],
    "assessments:resume": lambda w: [w.attempt.key],
    "assessments:question": lambda w: [w.attempt.key, 1],
    "assessments:question#none": lambda w: [w.attempt.key, 99],
    "assessments:question#handed_in": lambda w: [w.failed.key, 1],
    "assessments:review": lambda w: [w.attempt.key],
    "assessments:submit": lambda w: [w.attempt.key],
    "assessments:submit#handed_in": lambda w: [w.failed.key],
    "assessments:result": lambda w: [w.attempt.key],
    "assessments:result#handed_in": lambda w: [w.failed.key],
    "account_confirm_email": lambda w: ["no-such-key"],
    "account_reset_password_from_key": lambda w: ["1", "no-such-key"],
    "accounts:reset_pin": lambda w: [w.person("farid").key],
    "accounts:reset_pin#amina": lambda w: [w.person("amina").key],
    "accounts:reset_pin#admin": lambda w: [w.person("admin").key],
    "accounts:notice_version": lambda w: [settings.SENDA_NOTICE_VERSION],
    "accounts:take_back": lambda w: [w.things["data_request"].key],
    "certificates:verify_code": lambda w: [w.certificate.code],
    "certificates:download": lambda w: [w.certificate.key],
    "media_library:picture": lambda w: [w.picture.file.name],
    "media_library:picture#recording": lambda w: [w.recording.file.name],
    "media_library:recording": lambda w: [w.recording.key],
    "media_library:document": lambda w: [w.handout.pk],
    "media_library:document#draft": lambda w: [w.hidden_handout.pk],
    "wagtailcore_authenticate_with_password": lambda w: [1, w.page.pk],
    # The admin.
    "course_desk": lambda w: [w.small.course.pk],
    "course_desk:retire": lambda w: [w.small.page.pk],
    "course_learning": lambda w: [w.small.course.pk],
    "course_versions:history": lambda w: [w.small.course.pk],
    "course_versions:compare": lambda w: [w.small.course.pk],
    "course_versions:propose_again": lambda w: [w.small.course.pk],
    "course_versions": lambda w: [w.things["proposal"].pk],
    "course_translations:course": lambda w: [w.small.course.pk, "en"],
    "constancias": lambda w: [w.certificate.pk],
    "solicitudes": lambda w: [w.things["data_request"].pk],
    "cohortes": lambda w: [w.cohort.pk],
    "codigos": lambda w: [w.code.pk],
    "instituciones": lambda w: [w.hospital.pk],
    "convenios": lambda w: [w.things["agreement"].pk],
    "convenios:dossier_of": lambda w: [w.hospital.pk],
    "convenios:former_paper": lambda w: [w.things["former_paper"].pk],
    "convenios:forget_paper": lambda w: [w.things["former_paper"].pk],
    "convenios:addendum_paper": lambda w: [w.things["addendum"].pk],
    "asesorias": lambda w: [w.things["action"].record_id],
    "asesorias:finish": lambda w: [w.things["action"].pk],
    "elegir_institucion:chosen": lambda w: [w.hospital.pk],
    "elegir_convenio:chosen": lambda w: [w.things["agreement"].pk],
    "instituciones:forget_name": lambda w: [w.hospital.pk, w.things["former_name"].pk],
    "instituciones:unmerge": lambda w: [w.hospital.pk, w.things["merge"].pk],
    "instituciones:membership": lambda w: [w.hospital.pk, w.things["claim"].pk],
    "instituciones:end_membership": lambda w: [w.hospital.pk, w.things["focal"].pk],
    "instituciones:write_down": lambda w: [],
    "instituciones:units": lambda w: [w.hospital.pk, w.things["focal"].pk],
    "duplicados": lambda w: [w.things["pair"].pk],
    "duplicados:reopen": lambda w: [w.things["told_apart"].pk],
    "duplicados:choose": lambda w: [w.person("amina").pk],
    "duplicados:undo": lambda w: [w.things["people_merge"].pk],
    "catalogo-oficial": lambda w: [w.things["body"].pk],
    **{
        f"instituciones:{act}#shelter": lambda w: [w.shelter.pk]
        for act in ("edit", "inspect", "history", "usage", "rename", "merge", "successor", "place")
    },
    **{f"cohortes:{act}#gael": lambda w: [w.others_cohort.pk] for act in ("edit", "history", "usage")},
    **{f"codigos:{act}#gael": lambda w: [w.things["others_code"].pk] for act in ("edit", "history", "usage")},
    "encargos": lambda w: [w.things["duty"].pk],
    "auditoria": lambda w: [w.things["disclosure"].pk],
    "personas": lambda w: [w.person("amina").pk],
    "wagtail_bulk_action#confirm": lambda w: ["accounts", "person", "confirm"],
    "wagtail_bulk_action#units": lambda w: ["institutions", "institution", "units"],
    "wagtail_bulk_action#sort": lambda w: ["assessments", "question", "sort"],
    "second_factor_reset": lambda w: [w.users["amina"].pk],
    "wagtailusers_users": lambda w: [w.users["amina"].pk],
    "wagtailusers_users:edit#admin": lambda w: [w.users["admin"].pk],
    "wagtailusers_groups": lambda w: [w.things["group"].pk],
    "wagtailsnippets_programme_supportline": lambda w: [w.line.pk],
    "wagtailsnippets_media_library_recording": lambda w: [w.recording.pk],
    "wagtailsnippets_courses_glossaryterm": lambda w: [w.things["term"].pk],
    "wagtailsnippets_courses_source": lambda w: [w.things["source"].pk],
    "wagtailsnippets_courses_topic": lambda w: [w.things["topic"].pk],
    "wagtailsnippets_assessments_question": lambda w: [w.things["question"].pk],
    "wagtailsnippets_assessments_quiz": lambda w: [w.things["quiz"].pk],
    "wagtailimages": lambda w: [w.picture.pk],
    "wagtaildocs": lambda w: [w.handout.pk],
    "wagtailsites": lambda w: [w.identity.site_id],
    "wagtaillocales": lambda w: [w.page.locale_id],
    "wagtailsettings:edit": lambda w: ["programme", "identity", w.identity.site_id],
    "wagtailadmin_explore": lambda w: [w.small.index.pk],
    "wagtailadmin_explore#course": lambda w: [w.small.page.pk],
    "wagtailadmin_pages": lambda w: [w.small.page.pk],
    "wagtailadmin_pages:add": lambda w: ["courses", "coursepage", w.small.index.pk],
    "wagtailadmin_pages:add#lesson": lambda w: ["courses", "lessonpage", w.small.module.pk],
    "wagtailadmin_pages:add#information": lambda w: ["home", "informationpage", w.page.get_parent().pk],
    "wagtailadmin_pages:move_confirm": lambda w: [w.things["lesson"].pk, w.done.module.pk],
    "wagtailadmin_pages:move_confirm#foreign": lambda w: [w.things["lesson"].pk, w.done.module.pk],
    "wagtailadmin_api:pages:detail": lambda w: [w.small.lessons[0].pk],
    **{
        f"wagtailadmin_api:pages:action{variant}": functools.partial(_acted_on, name=name)
        for variant, name in ACTS_OF_THE_API.items()
    },
    "wagtail_localize:submit_page_translation": lambda w: [w.small.page.pk],
    "wagtail_localize:submit_snippet_translation": lambda w: ["assessments", "quiz", w.small.quiz.pk],
    "wagtailadmin_pages:revisions_view": lambda w: [w.things["lesson"].pk, w.things["revision"].pk],
    "wagtailadmin_pages:revisions_revert": lambda w: [w.things["lesson"].pk, w.things["revision"].pk],
    "wagtailadmin_pages:revisions_compare": lambda w: [w.things["lesson"].pk, "earliest", "latest"],
}
# What stands behind the question mark.
QUERIES: dict[str, Of] = {
    "wagtail_bulk_action#confirm": lambda w: {"id": w.person("amina").pk},
    "wagtail_bulk_action#units": lambda w: {"id": w.hospital.pk},
    "wagtail_bulk_action#sort": lambda w: {"id": w.things["question"].pk},
}
THINGS: dict[str, Of] = {
    "lesson": lambda w: [w.things["lesson"].pk],
    "released": lambda w: [w.small.lessons[0].pk],
    "information": lambda w: [w.page.pk],
    "home": lambda w: [w.page.get_parent().pk],
}

PAGES: dict[str, Of] = {
    "home": lambda w: "/",
    "information": lambda w: w.page.url,
    "catalogue": lambda w: w.small.index.url,
    "course": lambda w: w.small.page.url,
    "draft_course": lambda w: w.small.index.url + "ret-01/",
    "module": lambda w: w.small.module.url,
    "lesson": lambda w: w.small.lessons[0].url,
    "lesson_of_a_draft_course": lambda w: w.small.index.url + "ret-01/modulo/leccion-1/",
    "draft_lesson": lambda w: w.small.module.url + "borrador/",
    "quiz": lambda w: w.small.quiz_page.url,
}

# What a form sends; without an entry it is sent empty.
FORMS: dict[str, Of] = {
    "learning:read_answers": lambda w: {"n": "1", "act": "read"},
    "learning:give_time": lambda w: {"percent": "25"},
    "set_language": lambda w: {"language": "fr", "next": "/"},
    "learning:cohort_list": lambda w: {"people": "amina@senda.example"},
    "learning:answer_request": lambda w: {"answer": "accept"},
    "learning:add_walk_in": lambda w: {"name": "Señora del turno"},
    "learning:annulment": lambda w: {"answer": "keep"},
    "learning:code": lambda w: {"code": w.code.code},
    "learning:country": lambda w: {"country": "GT"},
    "learning:confirm_membership": lambda w: {"answer": "confirm"},
    "learning:nominate": lambda w: {"course": str(w.done.course.key), "people": [str(w.person("amina").key)]},
    "learning:nomination": lambda w: {"country": "MX"},
    "learning:nomination#farid": lambda w: {"answer": "decline"},
    "wagtail_bulk_action#units": lambda w: {"parent": w.shelter.pk},
    "wagtail_bulk_action#sort": lambda w: {"add": "escucha"},
    "learning:reflect": lambda w: {"block": str(w.small.lessons[0].body[2].id), "text": "Una nota."},
    "assessments:question": lambda w: {"choice": _a_choice(w)},
    "assessments:question#handed_in": lambda w: {"choice": _a_choice(w)},
    "account_login": lambda w: {"login": "amina@senda.example", "password": SECRET},
    "accounts:consent": lambda w: {"purpose": "follow_up", "answer": "yes"},
    "wagtailcore_login": lambda w: {"username": "amina@senda.example", "password": SECRET},
    "wagtailadmin_login": lambda w: {"username": "amina@senda.example", "password": SECRET},
    "constancias:index#export": lambda w: {"reason": "Informe anual al donante", "format": "csv"},
    "constancias:index#book": lambda w: {"reason": "Informe anual al donante", "format": "xlsx"},
    "personas:index#export": lambda w: {"reason": "Informe anual al donante", "format": "csv"},
    "personas:index#book": lambda w: {"reason": "Informe anual al donante", "format": "xlsx"},
    "instituciones:index#export": lambda w: {"reason": "Informe anual al donante", "format": "csv"},
    "instituciones:index#book": lambda w: {"reason": "Informe anual al donante", "format": "xlsx"},
    "auditoria:index#export": lambda w: {"reason": "Informe anual al donante", "format": "csv"},
    "auditoria:index#book": lambda w: {"reason": "Informe anual al donante", "format": "xlsx"},
    "encargos:end": lambda w: {"reason": "Se fue del programa en mayo"},
    "constancias:revoke": lambda w: {"category": "error", "sure": "on"},
    "wagtailadmin_pages:copy": lambda w: _copy(w.small.index),
    "wagtailadmin_pages:copy#lesson": lambda w: _copy(w.small.module),
    "wagtailadmin_pages:copy#information": lambda w: _copy(w.page.get_parent()),
}


def _copy(parent: Any) -> dict[str, Any]:
    return {"new_title": "Una copia", "new_slug": "una-copia", "new_parent_page": parent.pk}


def _a_choice(world: World) -> str:
    return str(world.attempt.version.quiz.questions[0].choices[0].key)


def address_of(world: World, key: str) -> str:
    """Return the path that a key of the table means."""
    if key.startswith("page:"):
        return urlsplit(PAGES[key.removeprefix("page:")](world)).path
    name, _hash, variant = key.partition("#")
    of = ARGUMENTS.get(key) or THINGS.get(variant) or ARGUMENTS.get(name)
    if of:
        return reverse(name, args=of(world))
    return _with_or_without(name, ARGUMENTS.get(name.partition(":")[0]), world)


def _with_or_without(name: str, of: Of | None, world: World) -> str:
    """A namespace's list takes nothing, its other screens the thing."""
    try:
        return reverse(name)
    except NoReverseMatch:
        if of is None:
            raise
        return reverse(name, args=of(world))


def answer(world: World, role: str, method: str, key: str) -> Any:
    """Let a role ask; what the request changed is rolled back, and what it counted forgotten."""
    client = world.clients[role]
    cookies, address = client.cookies.copy(), address_of(world, key)
    if asked := QUERIES.get(key):
        address += "?" + urlencode(asked(world))
    caches["shared"].clear()
    with transaction.atomic():
        try:
            if method == "POST":
                return _whole(client.post(address, FORMS.get(key, lambda w: {})(world)))
            return _whole(client.generic(method, address))
        finally:
            client.cookies = cookies
            transaction.set_rollback(True)


def _whole(response: Any) -> Any:
    """Read a file that is made while it is sent: it writes down who stands in it, and is rolled back with the rest."""
    if response.streaming:
        response.streaming_content = [b"".join(response.streaming_content)]
    return response


def status_of(response: Any) -> str:
    """Return the status as the table writes it: `in` leads to sign-in, `back` is the admin's refusal."""
    if response.status_code != 302:
        return str(response.status_code)
    path = urlsplit(response["Location"]).path
    if path in {resolve_url(settings.LOGIN_URL), reverse("wagtailadmin_login")}:
        return "in"
    return "back" if path == reverse("wagtailadmin_home") else "302"
