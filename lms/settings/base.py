"""What every environment shares. Each variable is named in docs/reference/settings.md."""

from pathlib import Path
from typing import Any, Literal

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from common import env
from lms.settings.accounts import *  # noqa: F403 -- settings build on settings
from lms.settings.caches import database_caches, redis_caches

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.folder("SENDA_VAR", BASE_DIR / "var")

INSTALLED_APPS = [
    "home",
    "search",
    "imports",
    "messaging",
    "certificates",
    "learning",
    "courses",
    "assessments",
    "institutions",
    "accounts",
    "programme",
    "media_library",
    "common",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.wagtail_users.LoginsAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    # Outermost: it sees what all the others made of a request, and how long that took.
    "common.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Around WhiteNoise, so that files are sent compressed where nobody compressed them ahead of time.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.PolicyMiddleware",
    "common.middleware.PermissionsPolicyMiddleware",
    "common.middleware.AdminPolicyMiddleware",
    "common.middleware.RetryAfterMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PersonMiddleware",
    "accounts.second_factor_gate.SecondFactorMiddleware",
    "accounts.reading.ContentLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.duty_gate.DutyMiddleware",
    "accounts.export_gate.ExportMiddleware",
    "courses.staff.doors.OwnCoursesMiddleware",
    "common.middleware.IncompleteFormMiddleware",
]

ROOT_URLCONF = "lms.urls"
# The site stands at the root of its name: a SCRIPT_NAME that a request brings is put before no address.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programme.context.site_frame",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------------------------
DATABASE_URL = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'senda.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One short writer at a time, readers never wait: see docs/adr/0002-sqlite-first.md.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Django's, with what every page asks planned once for a connection.
    DATABASES["default"]["ENGINE"] = "common.postgres"
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # A server that was started again costs nobody a page: a connection that broke is opened anew.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CACHES = redis_caches(REDIS_URL) if REDIS_URL else database_caches()
# How long a process may go on with what it remembers before it asks whether another one changed something. Asking
# Redis costs next to nothing; the database is asked less often (docs/adr/0005-pages-in-one-look-up.md).
SENDA_REMEMBERED_SECONDS = 1 if REDIS_URL else 60

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "media_library.storage.WholeFileStorage"},
    "private": {
        "BACKEND": "media_library.storage.PrivateStorage",
        "OPTIONS": {"location": VAR_DIR / "private"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
CSRF_FAILURE_VIEW = "programme.trouble.grown_old"

# Words ----------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English")), ("fr", _("French"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# The second folder holds what Wagtail's own catalogues lack in Spanish: see docs/rules/languages.md.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
LANGUAGE_COOKIE_NAME = "senda_language"
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Mexico_City"

# People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning:home"
# Django's own store in the database, read by SQL that was written before.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Mail -----------------------------------------------------------------------------------------------------------
EMAIL_URL = env.mail("EMAIL_URL", f"filemail:///{VAR_DIR / 'mail'}")
vars().update(environ.Env.email_url_config(EMAIL_URL))
# Where abuse by staff is reported until the administrators fill in «Settings → The organisation».
SENDA_ABUSE_EMAIL = env.email("SENDA_ABUSE_EMAIL")
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", "Senda <no-reply@localhost>")

# Work in the background -----------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Wagtail --------------------------------------------------------------------------------------------------------
SENDA_VERSION = "0.1.0"
WAGTAIL_SITE_NAME = "Senda"
WAGTAILADMIN_BASE_URL = env.web_address("SENDA_BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "media_library.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media_library.Handout"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media_library.staff.upload_forms.OwnPictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media_library.staff.upload_forms.OwnDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_EDIT_FORM = None
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/cuenta/entrar/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
# No drafts that save themselves: a new page that is still on its way when its author presses the button is made a
# second time, and she reads that another course has her code. Leaving a page unsaved is warned of.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "search.backend", "SEARCH_CONFIG": "simple", "AUTO_UPDATE": True}
}
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
# Where editors are. Without a list Wagtail takes the machine's, in which some name no browser knows («localtime»).
WAGTAIL_USER_TIME_ZONES = [
    "America/Mexico_City",
    "America/Cancun",
    "America/Chihuahua",
    "America/Hermosillo",
    "America/Tijuana",
    "America/Guatemala",
    "America/Tegucigalpa",
    "America/El_Salvador",
    "Europe/Paris",
    "UTC",
]
# A page just submitted for translation holds nothing but Spanish: it waits as a draft.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TAGGIT_CASE_INSENSITIVE = True
# Accents in an address become %C3%A9 in every message in which it is shared.
WAGTAIL_ALLOW_UNICODE_SLUGS = False

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# What a browser may load ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# As frame-ancestors, for browsers that do not know that; the admin's middleware says «same site» of its own pages.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
