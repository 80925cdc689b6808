"""Run beside the site: publishes by date every five minutes and puts things in order every night."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from programme import timer

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """The timer."""

    help = "Publishes scheduled pages every five minutes and runs `nightly` at 03:00 of the site's time zone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once`, for cron, and the pause between two looks at the clock."""
        parser.add_argument("--once", action="store_true", help="do what is due and end, for cron or systemd")
        parser.add_argument(
            "--every", type=int, default=30, metavar="SECONDS", help="pause between two looks"
        )

    def handle(self, *args: Any, once: bool, every: int, **options: Any) -> None:
        """Tick once, or until the process is asked to end."""
        if once:
            self.stdout.write(str(timer.tick(now=timezone.now())))
            return
        ended = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ended.set())
        while not ended.is_set():
            self.tick()
            ended.wait(max(1, every))

    def tick(self) -> None:
        """Tick; a database that is away for a moment must not end the timer for good."""
        close_old_connections()
        try:
            timer.tick(now=timezone.now())
        except Exception:
            logger.exception("The timer's tick failed; it tries again.")
        finally:
            close_old_connections()
