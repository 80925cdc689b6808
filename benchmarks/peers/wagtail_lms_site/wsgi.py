"""What gunicorn serves on the other side."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
