"""Two small centres and the pages that the tests of the site search for."""

from datetime import timedelta

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from gok_site.models import HomePage
from mission.models import NewsIndexPage, NewsPage, StandardPage
from programme.models import (
    EventIndexPage,
    EventKind,
    EventPage,
    Group,
    Occurrence,
    ProgrammeSettings,
    SectionForm,
    SectionIndexPage,
    SectionPage,
)


def make_site(hostname, *, is_default=False):
    """A centre's site with nothing but its home page."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title=f"Ośrodek {hostname}", slug=hostname.partition(".")[0]))
    if is_default:
        Site.objects.filter(is_default_site=True).delete()
    return Site.objects.create(hostname=hostname, root_page=home, is_default_site=is_default)


def section_of(site, model, **fields):
    """The one page of `model` under the home page of `site`, made on first use."""
    # The site's own copy of its root page does not learn of children added since.
    home = Page.objects.get(pk=site.root_page_id).specific
    return model.objects.child_of(home).first() or home.add_child(
        instance=model(title=str(model._meta.verbose_name), **fields)
    )


def make_page(site, title, text="", parent=None, **fields):
    """A published plain page whose body says `text`."""
    parent = parent or Page.objects.get(pk=site.root_page_id).specific
    body = [("text", text)] if text else []
    return parent.add_child(instance=StandardPage(title=title, body=fields.pop("body", body), **fields))


def make_news(site, title, **fields):
    return section_of(site, NewsIndexPage).add_child(instance=NewsPage(title=title, **fields))


def settings_of(site):
    return ProgrammeSettings.objects.get_or_create(site=site)[0]


def make_event(site, title, *starts, hours=2, **fields):
    """A published event with a sitting at each of `starts` (aware datetimes), each `hours` long."""
    kind, _ = EventKind.objects.get_or_create(settings=settings_of(site), name="inne")
    event = section_of(site, EventIndexPage).add_child(instance=EventPage(title=title, kind=kind, **fields))
    for start in starts:
        end = start + timedelta(hours=hours)
        Occurrence.objects.create(event=event, start=start, end=end, original_start=start, changed_at=start)
    return event


def make_section(site, title, *, instructor="", **fields):
    """A published class with one group."""
    form, _ = SectionForm.objects.get_or_create(settings=settings_of(site), name="inne", family="circle")
    fields = {"how_to_join": "<p>Telefonicznie.</p>", "whom_to_ask": "Biuro", **fields}
    section = SectionPage(title=title, form=form, **fields)
    section.groups = [Group(name="Grupa I", instructor=instructor)]
    return section_of(site, SectionIndexPage).add_child(instance=section)


def make_document(title, name="plik.pdf", **fields):
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-", name=name), **fields)
