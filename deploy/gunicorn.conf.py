"""How the site is served: `gunicorn --config deploy/gunicorn.conf.py`, which every flag of the command line overrides.

Two workers fit a machine of 1 GB with its database; the loading of libraries is shared between them.
"""

from typing import Any

from common import env, logs

with env.said_in_one_line():
    # Not gunicorn's own WEB_CONCURRENCY: it is read before this file, and answered with a traceback when it is absurd.
    workers = env.whole("SENDA_WORKERS", 2, low=1, high=64)
    _style = env.choice("SENDA_LOG_FORMAT", "json", logs.STYLES)
    _level = env.choice("LOG_LEVEL", "INFO", logs.LEVELS)

wsgi_app = "lms.wsgi:application"
bind = ["127.0.0.1:8000"]
# A few threads each: a telephone on a slow line that fetches a recording keeps nobody else waiting.
worker_class = "gthread"
threads = 4
# Loaded once and shared: a variable that makes no sense is refused before anything listens.
preload_app = True
timeout = 60
graceful_timeout = 30
keepalive = 5
# A leak, should there be one, is ended before it matters; not by all workers at the same moment.
max_requests = 5_000
max_requests_jitter = 500
# Heartbeats belong into memory: on a full disk they would stop every worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108 -- the system's own folder in memory
# Nobody steers the server by a socket in its home, which it could not write there.
control_socket_disable = True
# No header moves the site below another address: gunicorn would take SCRIPT_NAME and PATH_INFO from whoever it trusts.
forwarder_headers = ""
# The site writes a line a request itself, without addresses; gunicorn's own would hold both.
accesslog = None
logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "common.logs.JsonLines" if _style == "json" else "common.logs.TextLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": _level, "handlers": ["console"]},
    "loggers": {
        # At DEBUG it writes the path of each request, with what somebody typed into it.
        "gunicorn.error": {
            "level": "INFO" if _level == "DEBUG" else _level,
            "handlers": ["console"],
            "propagate": False,
        },
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}


def post_fork(server: Any, worker: Any) -> None:
    """Open no connection twice: what the loading opened belongs to the first process."""
    from django.db import connections

    connections.close_all()
