"""For a first look and for writing code: SQLite, mail into files, the demo allowed. Never for the internet."""

from common import env
from lms.settings.base import *  # noqa: F403 -- settings build on settings
from lms.settings.base import VAR_DIR

# A first look shows the pages that people see, those of errors too; Django's own help whoever writes code.
DEBUG = env.flag("DEBUG")
SECRET_KEY = "for-development-only-and-refused-by-the-production-settings"  # noqa: S105 -- no secret: everybody can read it
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
SENDA_DEMO_ALLOWED = True
# Static files come from where they are written: nothing to collect, and a saved one is seen at the next reload.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
VAR_DIR.mkdir(parents=True, exist_ok=True)
