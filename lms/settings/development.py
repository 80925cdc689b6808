"""For a first look and for writing code: SQLite, mail into files, the demo allowed. Never for the internet."""

from lms.settings.base import *  # noqa: F403 -- settings build on settings
from lms.settings.base import VAR_DIR

DEBUG = True
SECRET_KEY = "for-development-only-and-refused-by-the-production-settings"  # noqa: S105 -- no secret: everybody can read it
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
SENDA_DEMO_ALLOWED = True
VAR_DIR.mkdir(parents=True, exist_ok=True)
