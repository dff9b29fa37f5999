"""The declaration as a document: one object that a template prints from top to bottom."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from urllib.parse import urljoin

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from . import spec, wording
from .places import DeclarationPlace, registered_places


@dataclass
class DeclarationDocument:
    """The data of one version of a declaration, in one language, on one day.

    `page`: DeclarationPage (also one rebuilt from a revision); `centre`: CentreSettings or None;
    `site_url`: absolute address of the site; `at`: the day; `language`: a key of `wording.LANGUAGES`;
    `venues`: DeclarationPlaces of rooms above as they were printed; None asks for them as they are now.
    """

    page: object
    centre: object
    site_url: str
    at: date
    language: str = "pl"
    venues: list | None = None

    @cached_property
    def words(self):
        return wording.LANGUAGES[self.language]

    @property
    def is_translation(self):
        return self.language != "pl"

    @property
    def is_demonstration(self):
        return bool(self.centre and self.centre.is_demonstration)

    @property
    def subject(self):
        """The official name; a demonstration never speaks in the name of a real institution."""
        if self.is_demonstration:
            return spec.SAMPLE_SUBJECTS.get(self.centre.kind, spec.SAMPLE_SUBJECT)
        return self.page.subject or (self.centre.name if self.centre else "")

    @property
    def site_name(self):
        return (self.centre.name or self.centre.short_name if self.centre else "") or self.site_url

    @property
    def notice(self):
        return self.words.demonstration if self.is_demonstration else ""

    @property
    def status(self):
        return self.words.status.get(self.page.status)

    @property
    def missing(self):
        return self.words.missing

    @property
    def data_lang(self):
        """What staff wrote is Polish, whatever the language around it."""
        return format_html(' lang="{}"', "pl") if self.is_translation else ""

    @property
    def request_url(self):
        return urljoin(self.site_url, "/dostepnosc/zgloszenie/")

    @cached_property
    def dates(self):
        """The four dates as {name: (ISO, worded)}, missing ones left out."""
        names = ("site_published_on", "site_updated_on", "drawn_up_on", "last_review_on")
        days = {name: getattr(self.page, name) for name in names}
        return {name: (day.isoformat(), self.words.day(day)) for name, day in days.items() if day}

    @cached_property
    def barriers(self):
        return [self._linked(row) for row in self.page.barriers.all()]

    @cached_property
    def exemptions(self):
        return [self._linked(row) for row in self.page.exemptions.all()]

    @cached_property
    def excessive_costs(self):
        return [self._linked(row) for row in self.page.excessive_costs.all()]

    @property
    def has_inaccessible_content(self):
        return bool(self.barriers or self.exemptions or self.excessive_costs)

    @cached_property
    def assessment_id_row(self):
        """The excessive cost that carries `a11y-ocena`: an id stands once."""
        return next((row for row in self.excessive_costs if row.assessment_url or row.assessment.strip()), None)

    @property
    def basis(self):
        return self.words.basis.get(self.page.basis)

    @cached_property
    def places(self):
        """The buildings, each with `labelled_facts`: (label, text) pairs in the order a visitor meets them."""
        return [self._labelled(place) for place in described_places(self.page, self.page_site, self.at, self.venues)]

    def _labelled(self, place):
        facts = [(self.words.labels[name], text) for name, text in place.facts]
        return {"name": place.name, "address": place.address, "url": place.url, "labelled_facts": facts}

    @cached_property
    def page_site(self):
        return self.centre.site if self.centre else None

    @property
    def interpreter(self):
        return self.words.interpreter.get(self.page.online_interpreter, "")

    @property
    def communication(self):
        return lines(self.page.communication)

    @property
    def improvements(self):
        return lines(self.page.improvements)

    @property
    def plans(self):
        return lines(self.page.plans)

    @property
    def telephone_link(self):
        return "".join(character for character in self.page.telephone if character.isdigit() or character == "+")

    @cached_property
    def shortcuts(self):
        return list(self.page.shortcuts.all())

    @cached_property
    def apps(self):
        return list(self.page.apps.all())

    def _linked(self, row):
        row.url = urljoin(self.site_url, row.address) if row.address else ""
        if assessment := getattr(row, "assessment_url", ""):
            row.assessment_address = urljoin(self.site_url, assessment)
        if ground := getattr(row, "ground", ""):
            row.ground_words = self.words.grounds[ground]
        for name in ("repair_on", "published_on"):
            if day := getattr(row, name, None):
                setattr(row, f"{name}_iso", day.isoformat())
                setattr(row, f"{name}_worded", self.words.day(day))
        return row

    def html(self):
        """The document alone, without the page around it, as the validator wants it."""
        article = render_to_string("accessibility/declaration/document.html", {"document": self})
        return f'<!doctype html><html lang="{self.language}"><body>{article}</body></html>'


def described_places(page, site, at, venues=None):
    """The buildings as DeclarationPlace: those written in the declaration, then venues of rooms above.

    `site`: Wagtail Site or None; `at`: a date; `venues`: the latter, when they are known. A venue whose name or address the declaration already describes is left out.
    """
    fields = list(DeclarationPlace.__dataclass_fields__)
    own = [DeclarationPlace(**{name: getattr(row, name, "") for name in fields}) for row in page.places.all()]
    known = {text.casefold() for place in own for text in (place.name, place.address) if text}
    moment = timezone.make_aware(datetime.combine(at, time.min))
    venues = registered_places(site, moment) if venues is None else venues
    return own + [p for p in venues if known.isdisjoint({p.name.casefold(), p.address.casefold()})]


def lines(text):
    """The non-empty lines of a text that staff typed one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
