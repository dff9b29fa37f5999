"""An editor who never rests: adds pages with pictures and removes some, and writes down what was confirmed.

usage: backup_load.py JOURNAL (ends when its standard input is closed)
"""

import os
import sys
import threading
from io import BytesIO

import django

sys.path.insert(0, os.getcwd())
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402
from PIL import Image  # noqa: E402

from mission.models import CentreImage, NewsIndexPage, NewsPage  # noqa: E402


def picture(name):
    data = BytesIO()
    Image.frombytes("RGB", (300, 200), os.urandom(300 * 200 * 3)).save(data, "PNG")
    file = ContentFile(data.getvalue(), name=f"{name}.png")
    return CentreImage.objects.create(title=name, file=file, width=300, height=200)


def add(index, name):
    image = picture(name)
    with transaction.atomic():
        index.refresh_from_db()
        page = index.add_child(instance=NewsPage(title=name, slug=name, summary="Na próbę.", image=image))
        page.save_revision().publish()


def main(journal):
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    index = NewsIndexPage.objects.first()
    number = 0
    with open(journal, "w", buffering=1) as lines:
        while not ended.is_set():
            number += 1
            name = f"wpis-{os.getpid()}-{number}"
            add(index, name)
            lines.write(f"added {name}\n")
            if number % 4 == 0:
                gone = f"wpis-{os.getpid()}-{number - 2}"
                lines.write(f"removing {gone}\n")
                with transaction.atomic():  # as Wagtail's admin deletes
                    NewsPage.objects.get(slug=gone).delete()
                CentreImage.objects.get(title=gone).delete()


if __name__ == "__main__":
    main(sys.argv[1])
