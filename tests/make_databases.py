"""Makes the database templates that are named, and what they are made from: `python -m tests.make_databases centre`."""

import shutil
import sys

import django
from django.conf import settings


def main(labels):
    from tests.databases import databases

    for label in labels:
        databases().ensure_template(label)
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
