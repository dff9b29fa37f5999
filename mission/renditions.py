"""Copies of pictures are made after publication, so that no visitor waits for them."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import Page, ReferenceIndex

from .models import CentreImage

PICTURE_TAG = re.compile(r"{%\s*(?:picture|image)\s+\S+\s+([^%]*?)%}")
OPERATION = re.compile(r"^(?:fill|width|height|max|min|scale|format|avifquality|jpegquality|webpquality)-\S+$")
# A clock that stood still over a weekend makes up for it.
LOOKING_BACK = timedelta(days=3)
# A picture in all its sizes takes two or three seconds of processor; pages want it meanwhile.
AT_ONCE = 5


def filter_specs(template):
    """The filter specs of the picture tags in a template's source; without a format it is a logo's."""
    found = set()
    for arguments in PICTURE_TAG.findall(template):
        operations = [word for word in arguments.split() if OPERATION.match(word)]
        if any(operation.startswith("format-") for operation in operations):
            found.update(Filter.expand_spec("|".join(operations)))
    return found


@cache
def printed_specs():
    """Every filter spec that any of the site's templates prints."""
    templates = (path for folder in settings.TEMPLATES[0]["DIRS"] for path in Path(folder).rglob("*.html"))
    return frozenset().union(*(filter_specs(path.read_text(encoding="utf-8")) for path in templates))


@cache
def behind():
    """Primary keys of pictures that were shown before and lack copies that are printed now, oldest first.

    Only another version of the site prints other copies, so a process looks once, and takes from the list.
    """
    made = Count("renditions", filter=Q(renditions__filter_spec__in=printed_specs()))
    found = CentreImage.objects.annotate(made=made).filter(made__gt=0, made__lt=len(printed_specs()))
    return list(found.order_by("pk").values_list("pk", flat=True))


def make_missing(at):
    """Make the copies that pictures of recently published pages lack. `at`: aware datetime; a job of the clock.

    After an update a few pictures more each time, the newest first, so that other copies than before are ready soon. A
    picture that cannot be read keeps no other from its copies; its error is raised at the end.
    """
    pages = Page.objects.live().filter(last_published_at__gt=at - LOOKING_BACK).values_list("pk", flat=True)
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in pages],
        to_content_type=ContentType.objects.get_for_model(CentreImage),
    )
    shown = {int(pk) for pk in references.values_list("to_object_id", flat=True)}
    shown.update(behind().pop() for _picture in range(min(AT_ONCE, len(behind()))))
    unreadable = []
    for image in CentreImage.objects.filter(pk__in=shown).prefetch_related("renditions"):
        made = {rendition.filter_spec for rendition in image.renditions.all()}
        try:
            _make(image, printed_specs() - made)
        except SourceImageIOError as error:
            unreadable.append(error)
    if unreadable:
        raise unreadable[0]


make_missing.is_errand = True  # drawing takes long, and nobody's saving waits for it: each copy commits by itself


def _make(image, missing):
    if missing:
        for rendition in image.get_renditions(*missing).values():
            rendition.file.close()
        image.file.close()
