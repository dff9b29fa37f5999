"""Loads both sample centres into an empty database, or leaves everything as it is."""

from datetime import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from gok_site.centres import create_centre
from mission.models import CentreImage, CentreSettings, OpeningHours, SocialLink
from programme.models import ProgrammeSettings

from . import media, texts
from .days import Days
from .pages import PageWriter
from .programme import break_calendar, write_kind_lines
from .streams import Surroundings


class DatabaseInUseError(Exception):
    """The database holds something that is not ours."""


def is_loaded():
    """Whether both sample centres are there."""
    wanted = {texts.read(centre)["centre"]["hostname"] for centre in texts.CENTRES}
    present = CentreSettings.objects.filter(is_demonstration=True).values_list("site__hostname", flat=True)
    return wanted <= set(present)


def refuse_real_content():
    """Raise DatabaseInUseError unless there is nothing but the page that a new Wagtail welcomes with."""
    pages = Page.objects.filter(depth__gt=1).exclude(
        depth=2, slug="home", title="Welcome to your new Wagtail site!", numchild=0
    )
    kept = [
        (_("pages"), pages.count()),
        (_("pictures"), CentreImage.objects.count()),
        (_("documents"), get_document_model().objects.count()),
        (_("centres"), CentreSettings.objects.exclude(name="").count()),
    ]
    found = ", ".join(f"{name}: {count}" for name, count in kept if count)
    if found:
        raise DatabaseInUseError(
            _("The database holds content of its own (%(found)s). The demonstration is loaded into an empty one only.")
            % {"found": found}
        )


def load(at, port=8000):
    """Load both sample centres as of the moment `at` (aware); False when they are there already.

    `port`: where both sites are served, for absolute addresses. All or nothing: one transaction.
    Raises DatabaseInUseError when the database holds real content.
    """
    if is_loaded():
        return False
    refuse_real_content()
    with transaction.atomic():
        for centre in texts.CENTRES:
            load_centre(texts.read(centre), at=at, port=port)
    return True


def load_centre(content, *, at, port):
    """Make one sample centre with everything in it; returns its Site."""
    facts = content["centre"]["settings"]
    hostname = content["centre"]["hostname"]
    site = create_centre(
        name=facts["name"],
        short_name=facts["short_name"],
        hostname=hostname,
        kind=facts["kind"],
        port=port,
        is_default=not Site.objects.filter(is_default_site=True)
        .exclude(root_page__title__startswith="Welcome")
        .exists(),
        is_demonstration=True,
        at=at,
    )
    days = Days.at(at)
    centre = write_settings(site, content["centre"], days)
    images = media.add_pictures(centre.hue, centre.collection)
    around = Surroundings(
        days=days,
        names={
            "nazwa": centre.name,
            "iod": centre.data_protection_officer,
            "iod_email": centre.data_protection_email,
        },
        images=images,
        documents=media.add_documents(hostname, centre.hue, centre.collection),
    )
    with media.renditions_made_meanwhile(images, media.copies_needed(content)):
        PageWriter(site, content, around, at).write()
    return site


def write_settings(site, content, days):
    """The facts of the centre and its season; returns its CentreSettings."""
    centre = CentreSettings.for_site(site)
    facts = dict(content["settings"])
    if until := facts.pop("notice_until", None):
        centre.notice_end = timezone.make_aware(timezone.datetime.combine(days.day(until), time(20)))
    for name, value in facts.items():
        setattr(centre, name, value)
    centre.opening_hours = [
        OpeningHours(
            **row | {name: time.fromisoformat(row[name]) for name in ("opens", "closes") if name in row}, sort_order=i
        )
        for i, row in enumerate(content["opening_hours"])
    ]
    centre.social_links = [SocialLink(**row, sort_order=i) for i, row in enumerate(content["social_links"])]
    centre.full_clean()
    centre.save()
    programme = ProgrammeSettings.for_site(site)
    programme.season_name, programme.season_start, programme.season_end = days.season()
    programme.break_calendars = [break_calendar(texts, days) for texts in content.get("breaks", [])]
    programme.save()
    write_kind_lines(programme, content, days)
    return centre
