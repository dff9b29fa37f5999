"""Copies of pictures are made after publication, so that no visitor waits for them."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.images.models import Filter
from wagtail.models import Page, ReferenceIndex

from .models import CentreImage

PICTURE_TAG = re.compile(r"{%\s*(?:picture|image)\s+\S+\s+([^%]*?)%}")
OPERATION = re.compile(r"^(?:fill|width|height|max|min|scale|format|jpegquality|webpquality)-\S+$")
# A clock that stood still over a weekend makes up for it.
LOOKING_BACK = timedelta(days=3)


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


def make_missing(at):
    """Make the copies that the pictures of recently published pages lack. `at`: aware datetime; a job of the clock."""
    pages = Page.objects.live().filter(last_published_at__gt=at - LOOKING_BACK).values_list("pk", flat=True)
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in pages],
        to_content_type=ContentType.objects.get_for_model(CentreImage),
    )
    shown = {int(pk) for pk in references.values_list("to_object_id", flat=True)}
    for image in CentreImage.objects.filter(pk__in=shown).prefetch_related("renditions"):
        made = {rendition.filter_spec for rendition in image.renditions.all()}
        if missing := printed_specs() - made:
            for rendition in image.get_renditions(*missing).values():
                rendition.file.close()
            image.file.close()


make_missing.is_errand = True  # drawing takes long, and nobody's saving waits for it: each copy commits by itself
