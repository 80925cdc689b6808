"""Keeps the page for reports of abuse out of our logs: a line of it, with its hour and network address, is a trace."""

import logging

ABUSE = "/avisar"
# Each of them writes a line for a request, or for a refused one.
LOGGERS = ("django.server", "django.request", "gunicorn.access", "uvicorn.access")


class Unlogged(logging.Filter):
    """Drops what tells that somebody opened the page. That the page broke is told: nobody else would mend it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line may be written."""
        return record.levelno >= logging.ERROR or ABUSE not in record.getMessage().lower()


_UNLOGGED = Unlogged()


def install() -> None:
    """Hang the filter on the loggers themselves: it holds whatever handlers a server or an operator gives them."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_UNLOGGED)
