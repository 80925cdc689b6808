"""What the table of permissions asks for of the room: a session, its scan, a guest, an annulment, supervision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from common.clock import now
from imports.models import Import, ImportState
from learning import meeting, scans, supervising
from learning.models import AnnulmentProposal, Completion, Enrolment
from learning.supervising import Agreed, Entry
from messaging.frames import Text
from messaging.models import To
from messaging.writing import write_message
from tests.factories.room import session_of

if TYPE_CHECKING:
    from tests.permissions.world import World


def in_the_room(world: World) -> dict[str, Any]:
    """A session of Bruno's group, somebody without account, and what Elena proposes to annul of Farid's."""
    session = session_of(world.cohort, world.person("bruno"))
    walk_in = meeting.add_walk_in(cohort=world.cohort, name="Señora de la fila", by=world.person("bruno"))
    paper = ContentFile(b"%PDF-1.7 %%EOF", name="hoja.pdf")
    scan = scans.attach(session=session, file=paper, by=world.person("bruno"))
    hers = Enrolment.objects.get(person=world.users["farid"].person)
    completion = Completion.objects.create(
        enrolment=hers,
        version=hers.version,
        rule={},
        evidence={},
        minutes=0,
        achieved_on=session.local_date,
        recorded_at=now(),
    )
    proposal = AnnulmentProposal.objects.create(
        completion=completion, reason="Firmó otra", proposed_by=world.person("elena"), proposed_at=now()
    )
    sheet = Import.objects.create(
        kind="people",
        cohort=world.cohort,
        name="lista.csv",
        state=ImportState.CHECKED,
        by=world.person("bruno"),
        made_at=now(),
    )
    message = write_message(
        cohort=world.cohort,
        to=To.COHORT,
        texts=[Text("es", "Nos vemos", "El martes a las nueve.")],
        by=world.person("bruno"),
    )
    entry = Entry(
        kind="group",
        topics=("referral",),
        held_on=session.local_date,
        minutes=60,
        women=3,
        agreed=(Agreed("Repasar la ruta de referencia", session.local_date),),
    )
    supervision = supervising.log(cohort=world.cohort, entry=entry, by=world.person("bruno"))
    return {
        "session": session,
        "scan": scan,
        "walk_in": walk_in,
        "annulment": proposal,
        "import": sheet,
        "message": message,
        "supervision": supervision,
        "agreed": supervision.actions.get(),
    }
