#!/usr/bin/env python3
"""Django's command line. Without DJANGO_SETTINGS_MODULE it runs the production settings."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.base")
    try:
        if sys.argv[1:2] == ["migrate"]:  # the first thing that a start does
            django.setup()
            from gok_site.checks import refuse_unsafe_start

            refuse_unsafe_start()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The site does not start. {error}")
