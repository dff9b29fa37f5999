#!/usr/bin/env python3
"""Django's command line. Without DJANGO_SETTINGS_MODULE it runs the production settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.base")
    execute_from_command_line(sys.argv)
