"""Marks everything that is PAP-01's with a word, and says what each address of the admin would name of it.

Gael writes CUI-01. Whatever he asks of Bruno's PAP-01, no answer may carry the word.
"""

from __future__ import annotations

import re
from typing import Any

from django.urls import NoReverseMatch, reverse
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from tests.permissions.walking import Address
from tests.permissions.world import World

MARK = "Zarapito-7742"
ARGUMENT = re.compile(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>")


def mark(world: World) -> None:
    """Write the word into every title of Bruno's things, their drafts and what was noted of them."""
    pages = Page.objects.filter(pk__in=[world.draft.pk, world.things["lesson"].pk, world.closed.page.pk])
    pages.update(title=MARK, draft_title=MARK)
    for name, thing in _titled(world):
        type(thing).objects.filter(pk=thing.pk).update(**{name: MARK})
    for thing in (*(thing for _name, thing in _titled(world)), world.cohort, world.code):
        log(thing, "wagtail.edit", user=world.users["bruno"], title=MARK)
    log(Page.objects.get(pk=world.draft.pk), "wagtail.edit", user=world.users["bruno"], title=MARK)
    _translate(world)


def _titled(world: World) -> list[tuple[str, Any]]:
    return [
        ("stem", world.things["question"]),
        ("title", world.things["quiz"]),
        ("title", world.recording),
        ("term", world.things["term"]),
        ("title", world.things["source"]),
        ("title", world.picture),
        ("title", world.handout),
    ]


def _translate(world: World) -> None:
    english, _made = Locale.objects.get_or_create(language_code="en")
    source, _made = TranslationSource.get_or_create_from_instance(world.things["quiz"])
    TranslationSource.objects.filter(pk=source.pk).update(object_repr=MARK)
    translation = Translation.objects.create(source=source, target_locale=english)
    world.things |= {"translation_source": source, "translation": translation}


def keys_by_namespace(world: World) -> dict[str, Any]:
    """Return, by a part of a namespace, the thing of Bruno's that `pk` means there."""
    things = world.things
    return {
        "assessments_question": things["question"],
        "assessments_quiz": things["quiz"],
        "media_library_recording": world.recording,
        "courses_glossaryterm": things["term"],
        "courses_source": things["source"],
        "courses_topic": things["topic"],
        "programme_supportline": world.line,
        "images": world.picture,
        "documents": world.handout,
        "wagtaildocs": world.handout,
        "duplicados:undo": things["people_merge"],
        "duplicados:reopen": things["told_apart"],
        "duplicados:choose": world.person("amina"),
        "duplicados": things["pair"],
        "personas": world.person("amina"),
        "convenios:dossier_of": world.hospital,
        "convenios:addendum_paper": things["addendum"],
        "convenios": things["agreement"],
        "elegir_convenio": things["agreement"],
        "elegir_institucion": world.hospital,
        "instituciones": world.hospital,
        "constancias": world.certificate,
        "wagtailusers_users": world.users["amina"],
        "asesorias:finish": things["action"],
        "asesorias": things["action"].record,
        "solicitudes": things["data_request"],
        "encargos": things["duty"],
        "catalogo-oficial": things["body"],
        "auditoria": things["disclosure"],
        "cohortes": world.cohort,
        "proyectos": things["project"],
        "donantes": things["project"].donor,
        "codigos": world.code,
        "wagtailadmin_pages": world.draft,
        "wagtailadmin_api:pages": world.draft,
        "wagtail_localize": things["quiz"],
    }


def arguments(world: World) -> dict[str, Any]:
    """Return what the arguments of addresses mean, by their names."""
    things = world.things
    quiz = {"app_label": "assessments", "model_name": "quiz", "object_id": things["quiz"].pk}
    return quiz | {
        "page_id": world.draft.pk,
        "parent_page_id": world.small.module.pk,
        "parent_id": world.small.page.pk,
        "page_to_move_id": world.draft.pk,
        "destination_id": world.done.module.pk,
        "revision_id": things["revision"].pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "image_id": world.picture.pk,
        "document_id": world.handout.pk,
        "doc_id": world.handout.pk,
        "course": world.small.course.pk,
        "content_type_app_name": "courses",
        "content_type_model_name": "lessonpage",
        "translation_source_id": things["translation_source"].pk,
        "translation_id": things["translation"].pk,
        "string_segment_id": 1,
        "overridable_segment_id": 1,
        "filter_spec": "width-100",
        "language": "en",
        "action": "delete",
        "action_name": "publish",
        "mode": "plain",
        # There are none of these: such a screen asks for the page before it, or finds nothing.
        "task_id": 1,
        "task_state_id": 1,
        "workflow_state_id": 1,
        "session_id": 1,
        "uploaded_file_id": 1,
    }


def path_of(world: World, address: Address) -> str | None:
    """Return the path of an address that names something of Bruno's; None for one that names nothing of a course.

    Raises LookupError for an address that names what this module does not know: say there what it is.
    """
    names = [first or second for first, second in ARGUMENT.findall(address.route)]
    unnamed = len(re.findall(r"\(\\d\+\)", address.route))
    if not names and not unnamed:
        return None
    known, thing = arguments(world), _thing(world, address)
    if thing is not None:
        known["pk"] = thing.pk
    if address.name == "course_desk:retire":
        known["pk"] = world.draft.pk
    if address.name.startswith("course_versions:"):
        known["pk"] = world.things["proposal"].pk
    try:
        if unnamed:
            choices = ["earliest", "latest"] if "earliest" in address.route else []
            return reverse(address.name, args=[known.get("pk", world.draft.pk), *choices])
        return reverse(address.name, kwargs={name: known[name] for name in names})
    except (KeyError, NoReverseMatch) as error:
        raise LookupError(f"{address.name} {address.route}") from error


def _thing(world: World, address: Address) -> Any:
    return next((thing for part, thing in keys_by_namespace(world).items() if part in address.name), None)
