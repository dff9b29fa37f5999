"""What one can ask of the programme: plain GET parameters, the same for the page, the feed and the open data."""

from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mission import polish

from ..ages import admits
from ..code_lists import EventKind
from ..venues.models import VenuePage
from .dates import Occurrence

ANY = ("", _("any"))
PERIODS = [
    ("dzis", _("today")),
    ("weekend", _("this weekend")),
    ("7dni", _("next 7 days")),
    ("miesiac", _("this month")),
]


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
        return {
            name: "1" if value is True else str(value)
            for name, value in self.cleaned_data.items()
            if value not in (None, "", False)
        }

    def query(self, **changes):
        """The query string, with its "?", of what is asked with `changes`; an empty value leaves a name out."""
        asked = {name: value for name, value in {**self.asked, **changes}.items() if value}
        return f"?{urlencode(asked)}" if asked else ""


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
    venues = VenuePage.objects.live().public().descendant_of(site.root_page).order_by("path")
    return [ANY, *venues.values_list("slug", "title")]


class EventFilter(GetForm):
    """What is on, narrowed down."""

    q = forms.CharField(label=_("words"), required=False, max_length=100)
    kiedy = forms.ChoiceField(
        label=_("when"),
        required=False,
        choices=[("", _("any day")), *PERIODS],
        error_messages={"invalid_choice": _("There is no such period.")},
    )
    rodzaj = forms.ChoiceField(
        label=_("kind"), required=False, error_messages={"invalid_choice": _("There is no such kind.")}
    )
    miejsce = place_field()
    wiek = age_field()
    bezplatne = forms.BooleanField(
        label=_("admission free"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )

    def __init__(self, data, *, site):
        kinds = EventKind.objects.filter(settings__site=site).values_list("pk", "name")
        kinds = [ANY, *((str(pk), name) for pk, name in kinds)]
        super().__init__(data, rodzaj=kinds, miejsce=place_choices(site))

    def narrow(self, dates):
        """The `dates` (OccurrenceQuerySet) that are asked for; the period is left to `days`."""
        asked = self.cleaned_data
        if asked.get("rodzaj"):
            dates = dates.filter(event__kind=asked["rodzaj"])
        if asked.get("miejsce"):
            slug = asked["miejsce"]
            dates = dates.filter(Q(event__venue__slug=slug) | Q(event__venue__part_of__slug=slug))
        if asked.get("wiek") is not None:
            dates = dates.filter(admits(asked["wiek"], "event__"))
        if asked.get("bezplatne"):
            dates = dates.filter(event__is_accessible_for_free=True)
        if asked.get("q"):
            dates = dates.filter(event__in=_events_about(asked["q"], dates))
        return dates

    def days(self, today):
        """The first and the last day asked for (dates); the last is None when there is no end to it."""
        period = self.cleaned_data.get("kiedy")
        if period == "dzis":
            return today, today
        if period == "weekend":
            saturday = today + timedelta(days=5 - today.weekday())
            return max(today, saturday), saturday + timedelta(days=1)
        if period == "7dni":
            return today, today + timedelta(days=6)
        if period == "miesiac":
            next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
            return today, next_month - timedelta(days=1)
        return today, None


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
