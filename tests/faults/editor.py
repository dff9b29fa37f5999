"""A process of the application beside the server: runs the Python that it is sent, one JSON string a line."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.dev")

import django

django.setup()

for line in sys.stdin:
    try:
        exec(json.loads(line), {})  # noqa: S102 - the tests' own words
        print(json.dumps("done"))
    except Exception as error:
        print(json.dumps(repr(error)))
