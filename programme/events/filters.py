"""What one can ask of the programme: plain GET parameters, the same for the page, the feed and the open data."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from accessibility.card import Provision
from mission import polish
from mission.models import GoalPage

from ..ages import admits
from ..code_lists import EventKind
from ..venues.models import VenuePage
from .calendar_words import DayField, MonthField, WeekField, of_month, of_period
from .dates import OFF, Occurrence, Seats
from .provisions import offering
from .querysets import local_day

ANY = ("", _("any"))
PERIODS = [
    ("dzis", _("today")),
    ("weekend", _("this weekend")),
    ("7dni", _("next 7 days")),
    ("miesiac", _("this month")),
]
VIEWS = [("", _("list")), ("miesiac", _("month")), ("tydzien", _("week"))]
NO_ROOM = (Seats.FULL, Seats.SOLD_OUT)


class GetForm(forms.Form):
    """A form in the address: what makes no sense is pointed out and otherwise ignored, unknown names change nothing."""

    use_required_attribute = False

    def __init__(self, data, **choices):
        """`choices`: by name of the field, the options that depend on the site."""
        super().__init__(data, auto_id="filtr-%s", label_suffix="")
        for name, options in choices.items():
            self.fields[name].choices = options
        self.is_valid()

    @property
    def asked(self):
        """The parameters that are given and make sense, by name, as the address spells them."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False, [])}
        return {name: _as_in_an_address(value) for name, value in given.items()}

    @property
    def kept(self):
        """What the form carries on without showing it, as (name, value)."""
        return [(field.name, self.asked[field.name]) for field in self.hidden_fields() if field.name in self.asked]

    def query(self, **changes):
        """The query string, with its "?", of what is asked with `changes`; an empty value leaves a name out."""
        asked = {name: value for name, value in {**self.asked, **changes}.items() if value}
        return f"?{urlencode(asked, doseq=True)}" if asked else ""


def _as_in_an_address(value):
    if isinstance(value, list):
        return value
    return "1" if value is True else str(value)


def age_field():
    # A text box with a numeric keyboard: a number box loses what was mistyped and complains to the console.
    return forms.IntegerField(
        label=_("age"),
        required=False,
        min_value=0,
        max_value=120,
        help_text=_("In whole years."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )


def place_field():
    return forms.ChoiceField(
        label=_("place"), required=False, error_messages={"invalid_choice": _("There is no such place.")}
    )


def place_choices(site):
    """The places of `site`, by the last part of their address."""
    return [ANY, *((slug, title) for _path, slug, title in _shown(VenuePage, site, "path", "slug", "title"))]


def goal_choices(site):
    """The goals of `site` that are shown, by the last part of their address."""
    rows = _shown(GoalPage, site, "number", "path", "slug", "title")
    return [ANY, *((slug, title) for _number, _path, slug, title in rows)]


def _shown(model, site, *fields):
    """The `fields` of the pages of type `model` that everyone may see on `site`, in their order.

    There are few, so all are read and sifted here: asked for by path, SQLite reads every page of a full archive.
    """
    hidden = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows = model.objects.order_by().values_list("path", "live", *fields)
    root = site.root_page.path
    return sorted(
        row for path, is_live, *row in rows if is_live and path.startswith(root) and not path.startswith(hidden)
    )


class EventFilter(GetForm):
    """What is on, narrowed down."""

    q = forms.CharField(label=_("words"), required=False, max_length=100)
    kiedy = forms.ChoiceField(
        label=_("when"),
        required=False,
        choices=[("", _("any day")), *PERIODS],
        error_messages={"invalid_choice": _("There is no such period.")},
    )
    dataod = DayField(label=_("from the day"))
    datado = DayField(label=_("to the day"))
    miesiac = MonthField(label=_("month"))
    rodzaj = forms.ChoiceField(
        label=_("kind"), required=False, error_messages={"invalid_choice": _("There is no such kind.")}
    )
    miejsce = place_field()
    wiek = age_field()
    cel = forms.ChoiceField(
        label=_("goal"), required=False, error_messages={"invalid_choice": _("There is no such goal.")}
    )
    bezplatne = forms.BooleanField(
        label=_("admission free"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )
    wolne = forms.BooleanField(
        label=_("leave out what is full or cancelled"),
        required=False,
        widget=forms.CheckboxInput(attrs={"value": "1"}),
    )
    dostepnosc = forms.MultipleChoiceField(
        label=_("with access: provided or on request"),
        required=False,
        choices=Provision.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such provision.")},
    )

    def __init__(self, data, *, site):
        self.site = site
        kinds = EventKind.objects.filter(settings__site=site).values_list("pk", "name")
        kinds = [ANY, *((str(pk), name) for pk, name in kinds)]
        super().__init__(data, rodzaj=kinds, miejsce=place_choices(site), cel=goal_choices(site))

    def clean_dostepnosc(self):
        """Each provision once: an address may repeat them."""
        return sorted(set(self.cleaned_data["dostepnosc"]))

    def clean(self):
        first, last = self.cleaned_data.get("dataod"), self.cleaned_data.get("datado")
        if first and last and last < first:
            self.add_error("datado", _("The last day is earlier than the first: both were left out."))
            del self.cleaned_data["dataod"]

    def narrow(self, dates):
        """The `dates` (OccurrenceQuerySet) that are asked for; the days are left to `on_asked_days`."""
        asked = self.cleaned_data
        if asked.get("rodzaj"):
            dates = dates.filter(event__kind=asked["rodzaj"])
        if asked.get("miejsce"):
            # In no order: asked for in the order of paths, SQLite reads every page of the site.
            venues = VenuePage.objects.live().descendant_of(self.site.root_page).order_by()
            dates = dates.at_venue(venues.filter(slug=asked["miejsce"])[:1][0])
        if asked.get("wiek") is not None:
            dates = dates.filter(admits(asked["wiek"], "event__"))
        if asked.get("cel"):
            dates = serving(dates, GoalPage.objects.descendant_of(self.site.root_page).filter(slug=asked["cel"]))
        if asked.get("bezplatne"):
            dates = dates.filter(event__is_accessible_for_free=True)
        if asked.get("wolne"):
            dates = dates.exclude(Q(status__in=OFF) | Q(seats__in=NO_ROOM))
        for provision in asked.get("dostepnosc", []):
            dates = offering(dates, provision)
        if asked.get("q"):
            dates = dates.filter(event__in=_events_about(asked["q"], dates))
        return dates

    def asked_days(self, today):
        """The first and the last day (dates) on which all that is asked agrees, each None when there is no such end.

        When the last is before the first, it agrees on no day.
        """
        asked = [(self.cleaned_data.get("dataod"), self.cleaned_data.get("datado"))]
        if self.cleaned_data.get("kiedy"):
            asked.append(of_period(self.cleaned_data["kiedy"], today))
        if self.cleaned_data.get("miesiac"):
            asked.append(of_month(self.cleaned_data["miesiac"]))
        firsts = [first for first, _last in asked if first]
        lasts = [last for _first, last in asked if last]
        return max(firsts, default=None), min(lasts, default=None)

    def on_asked_days(self, dates, today):
        """The `dates` that touch the days asked for; all of them when no day is asked for."""
        first, last = self.asked_days(today)
        if first and last and last < first:
            return dates.none()
        if first:
            dates = dates.filter(end__gt=local_day(first)[0])
        return dates.filter(start__lt=local_day(last)[1]) if last else dates


def serving(dates, goals):
    """The `dates` of events that serve one of `goals` (GoalPage queryset)."""
    return dates.filter(Exists(goals.filter(events=OuterRef("event"))))


def _events_about(query, dates):
    """The pks of the events of `dates` that have every word of `query`, in any Polish form, with or without accents."""
    is_plain = query.isascii()
    asked = [polish.query_terms(word, is_plain) for word in polish.query_words(query)]
    rows = (
        dates.order_by()
        .values_list(
            "event_id",
            "event__title",
            "event__summary",
            "event__search_words",
            "event__audience",
            "event__kind__name",
            "event__venue__title",
            "event__series__title",
            "event__organizer",
        )
        .distinct()
    )
    return [pk for pk, *texts in rows if _has_all(asked, " ".join(filter(None, texts)))]


def _has_all(asked, text):
    found = set().union(*(polish.terms(word) for word in polish.words(text)))
    return all(terms & found for terms in asked)


class DataFilter(EventFilter):
    """The same questions for machines, with paging by the last date that was read."""

    po = forms.UUIDField(
        label=_("after"),
        required=False,
        help_text=_("The id of the last date that was read: the page begins after it."),
    )
    ile = forms.IntegerField(
        label=_("how many"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("Dates on a page; 100 when left out."),
    )

    @property
    def size(self):
        """How many dates make a page."""
        return self.cleaned_data.get("ile") or 100

    def after(self, dates):
        """The `dates` that follow the one named by `po`, in order of start."""
        uid = self.cleaned_data.get("po")
        last = Occurrence.objects.filter(uid=uid).first() if uid else None
        if last:
            dates = dates.filter(Q(start__gt=last.start) | Q(start=last.start, pk__gt=last.pk))
        return dates.order_by("start", "pk")


class PageFilter(EventFilter):
    """The same questions on the programme's page, with the view one wants."""

    widok = forms.ChoiceField(
        label=_("view"),
        required=False,
        choices=VIEWS,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("There is no such view.")},
    )
    tydzien = WeekField(label=_("week"))

    @property
    def view(self):
        """Which of `VIEWS` is asked for; the list when none is."""
        return self.asked.get("widok", "")

    @property
    def is_narrowed(self):
        """Whether something is left out: the view and the part of the calendar it shows leave nothing out."""
        shown = {"widok", "tydzien", "miesiac"} if self.view else {"widok", "tydzien"}
        return bool(self.asked.keys() - shown)
