"""WSGI entry point."""

from django.core.wsgi import get_wsgi_application

from common import env

with env.said_in_one_line():
    env.settings_module("lms.settings.production")
    application = get_wsgi_application()
