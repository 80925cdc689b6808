"""Keeps when the timer's two jobs are due: publishing and a round of all rooms every five minutes, the night's work at
three.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from django.core.management import call_command
from django.utils import timezone

from programme import nightly, rounds
from programme.models import Pulse

logger = logging.getLogger(__name__)

PUBLISH_EVERY = dt.timedelta(minutes=5)
NIGHT_HOUR = 3
PUBLISH = "publish_scheduled"


@dataclass(frozen=True)
class Tick:
    """What one tick of the timer did."""

    published: bool
    night: bool


def last_night(now: dt.datetime) -> dt.datetime:
    """Return the latest three o'clock of the site's time zone that is not after `now`."""
    local = timezone.localtime(now)
    three = local.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return three if three <= local else three - dt.timedelta(days=1)


def publish_due(beat: dt.datetime | None, *, now: dt.datetime) -> bool:
    """Say whether five minutes went by since pages were last published by date."""
    return beat is None or now - beat >= PUBLISH_EVERY


def night_due(beat: dt.datetime | None, *, now: dt.datetime) -> bool:
    """Say whether a night went by without its work; a machine that was off at three does it when it wakes."""
    return beat is None or beat < last_night(now)


def tick(*, now: dt.datetime) -> Tick:
    """Do what is due and write down that the timer is alive."""
    beats = dict(Pulse.objects.values_list("name", "beat_at"))
    done = Tick(
        published=publish_due(beats.get(PUBLISH), now=now) and _publish(now),
        night=night_due(beats.get(Pulse.NIGHTLY), now=now) and _night(now),
    )
    Pulse.objects.update_or_create(name=Pulse.TIMER, defaults={"beat_at": timezone.now()})
    return done


def _publish(now: dt.datetime) -> bool:
    call_command("publish_scheduled")
    rounds.run(at=now)
    Pulse.objects.update_or_create(name=PUBLISH, defaults={"beat_at": now})
    return True


def _night(now: dt.datetime) -> bool:
    for report in nightly.run(at=now):
        logger.info("nightly %s: %s %s", report.name, "done" if report.done else "FAILED", report.words)
    return True
