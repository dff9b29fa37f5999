"""The door through which gunicorn calls Django; in an unsafe set-up it stays shut, and one sentence says why."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.base")
try:
    django.setup(set_prefix=False)
    from gok_site.checks import refuse_unsafe_start

    # Before the middleware is made, which has words of its own for what is missing.
    refuse_unsafe_start()
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"The site does not start. {error}")
