"""Makes the database template that is named, and what it is made from: `python -m tests.make_databases demonstration`."""

import shutil
import sys

import django
from django.conf import settings


def main(label):
    from tests.databases import databases

    databases().ensure_template(label)
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
