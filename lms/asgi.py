"""ASGI entry point."""

from django.core.asgi import get_asgi_application

from common import env

with env.said_in_one_line():
    env.settings_module("lms.settings.production")
    application = get_asgi_application()
