"""A process of the application beside the server: runs the Python that it is sent, one JSON string a line.

What the Python puts into `answer` goes back.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gok_site.settings.dev")

import django

django.setup()
from django.db import OperationalError, connection  # noqa: E402 - Django must be set up first

PATIENCE = 12  # times ten seconds, for which SQLite itself waits until the clock's first round is over


def run(code):
    for _attempt in range(PATIENCE):
        try:
            scope = {}
            exec(code, scope)  # noqa: S102 - the tests' own words
            return {"answer": scope.get("answer")}
        except OperationalError as error:
            connection.close()  # the server may have been started anew
            outcome = {"error": repr(error)}
        except Exception as error:
            return {"error": repr(error)}
    return outcome


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))))
