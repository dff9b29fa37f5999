"""A process of the application beside the server: runs the Python that it is sent, one JSON string a line."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.dev")

import django

django.setup()
from django.db import OperationalError  # noqa: E402 - Django must be set up first

PATIENCE = 12  # times ten seconds, for which SQLite itself waits until the clock's first round is over


def run(code):
    for _attempt in range(PATIENCE):
        try:
            exec(code, {})  # noqa: S102 - the tests' own words
            return "done"
        except OperationalError as error:
            answer = repr(error)
        except Exception as error:
            return repr(error)
    return answer


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))))
