"""The door through which gunicorn calls Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.base")
application = get_wsgi_application()
