"""The door through which gunicorn calls Django; in an unsafe set-up it stays shut, and one sentence says why."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.base")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"The site does not start. {error}")

from gok_site.checks import refuse_unsafe_start

refuse_unsafe_start()
