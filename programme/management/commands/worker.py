"""Run beside the site: does the work in the background, and outlives a database that is away for a while."""

import logging
import time
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 3


class Command(db_worker.Command):
    """The worker: `db_worker` for all queues, which ends for good when it cannot ask for work."""

    help = "Does the work in the background, of all queues, and waits for a database that is away."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until the process is asked to end."""
        options["queue_name"] = "*"
        while True:
            try:
                super().handle(*args, **options)
            except (OperationalError, InterfaceError):
                logger.exception("The database does not answer the worker; it tries again.")
                connections.close_all()
                time.sleep(PAUSE_SECONDS)
            else:
                return
