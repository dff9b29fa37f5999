"""Break calendars: kept in the centre's settings, chosen in the event, and no reason to lose a date."""

from datetime import date, time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from programme.events import schedule
from programme.events.breaks import BreakCalendar, BreakPeriod, breaks_by_event
from programme.models import EventPage, ProgrammeSettings
from tests.factories import make_event, make_site
from tests.staff.builders import make_centre

pytestmark = pytest.mark.django_db

WEEKLY = {"day": date(2026, 5, 1), "start_time": time(18), "repetition": "WEEKLY", "count": 4}


def make_calendar(site, name="Ferie", *periods):
    calendar = BreakCalendar(settings=ProgrammeSettings.for_site(site), name=name)
    calendar.periods = [BreakPeriod(first_day=first, last_day=last) for first, last in periods]
    calendar.save()
    return calendar


def days(event):
    return [f"{row.first_day:%d.%m}" for row in event.occurrences.order_by("start")]


def test_an_event_leaves_out_the_breaks_that_it_observes_and_no_others(clock):
    clock("2026-04-01 12:00")
    site = make_site()
    ferie = make_calendar(site, "Ferie", (date(2026, 5, 7), date(2026, 5, 9)))
    make_calendar(site, "Inne", (date(2026, 5, 15), None))
    observing, other = make_event(plan=[WEEKLY], observes=[ferie]), make_event("Inny", plan=[WEEKLY])
    assert days(observing) == ["01.05", "15.05", "22.05"]
    assert days(other) == ["01.05", "08.05", "15.05", "22.05"]
    assert breaks_by_event([observing.pk, other.pk]) == {observing.pk: list(ferie.periods.all())}


def test_a_break_that_comes_later_removes_no_date_and_points_it_out(clock):
    now = clock("2026-04-01 12:00")
    ferie = make_calendar(make_site())
    event = make_event(plan=[WEEKLY], observes=[ferie])
    BreakPeriod.objects.create(calendar=ferie, first_day=date(2026, 5, 8))
    event = EventPage.objects.get(pk=event.pk)
    event.save_revision().publish()
    schedule.fill_ahead(EventPage.objects.all(), at=now)
    assert days(event) == ["01.05", "08.05", "15.05", "22.05"]
    assert [f"{row.first_day:%d.%m}" for row in schedule.not_in_plan(event, at=now)] == ["08.05"]


@pytest.fixture
def desk():
    """A centre and the browser of its editor, who may change the settings of the programme."""
    centre = make_centre("AGAWA", "agawa.localhost")
    client = Client()
    client.force_login(centre.staff["editor"])
    address = reverse("wagtailsettings:edit", args=["programme", "programmesettings", centre.site.pk])
    return centre.site, client, address


def sent_by(response):
    """What a browser would send back from the settings' form as it stands."""
    form, sent = response.context["form"], {}
    for part in parts(form):
        for bound in part:
            value = bound.value()
            if value not in (None, False):
                sent[bound.html_name] = value
    for formset in formsets(form):
        sent |= {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
    return sent


def formsets(form):
    for formset in getattr(form, "formsets", {}).values():
        yield formset
        for row in formset.forms:
            yield from formsets(row)


def parts(form):
    yield form
    for formset in formsets(form):
        yield from formset.forms


def new_calendar(number=0, periods=1):
    name = f"break_calendars-{number}"
    return {
        "break_calendars-TOTAL_FORMS": number + 1,
        f"{name}-name": "Święta",
        f"{name}-ORDER": 1,
        f"{name}-periods-TOTAL_FORMS": periods,
        f"{name}-periods-INITIAL_FORMS": 0,
        f"{name}-periods-0-name": "Boże Ciało",
        f"{name}-periods-0-first_day": "2026-06-04",
        f"{name}-periods-0-ORDER": 1,
    }


def test_an_editor_keeps_break_calendars_in_the_settings(desk):
    site, client, address = desk
    page = client.get(address)
    assert page.status_code == 200
    assert "break_calendars-__prefix__-periods-__prefix__-first_day" in page.content.decode()
    assert client.post(address, sent_by(page) | new_calendar()).status_code == 302
    calendar = ProgrammeSettings.objects.get(site=site).break_calendars.get()
    assert [(each.name, each.first_day) for each in calendar.periods.all()] == [("Boże Ciało", date(2026, 6, 4))]
    assert client.get(address).status_code == 200


def test_a_break_that_ends_before_it_begins_is_refused_in_words(desk):
    _site, client, address = desk
    wrong = new_calendar() | {"break_calendars-0-periods-0-last_day": "2026-06-03"}
    page = client.post(address, sent_by(client.get(address)) | wrong)
    assert page.status_code == 200
    form = page.context["form"].formsets["break_calendars"].forms[0].formsets["periods"].forms[0]
    assert list(form.errors) == ["last_day"]
    assert not BreakCalendar.objects.exists()


def test_a_calendar_that_events_observe_cannot_be_deleted_and_another_can(desk):
    site, client, address = desk
    used, unused = make_calendar(site, "Ferie"), make_calendar(site, "Wolne")
    make_event(site=site, observes=[used])
    page = client.get(address)
    rows = page.context["form"].formsets["break_calendars"].forms
    marks = {row.instance.pk: f"{row.prefix}-DELETE" for row in rows}
    refused = client.post(address, sent_by(page) | {marks[used.pk]: "on"})
    assert refused.status_code == 200
    assert "Ferie" in " ".join(refused.context["form"].non_field_errors())
    assert client.post(address, sent_by(page) | {marks[unused.pk]: "on"}).status_code == 302
    assert list(BreakCalendar.objects.all()) == [used]


def test_the_form_of_an_event_offers_the_calendars_of_its_own_centre(desk):
    site, client, _address = desk
    ours, theirs = make_calendar(site), make_calendar(make_site("mok.localhost"), "Cudze")
    event = make_event(site=site)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).context["form"]
    assert list(form.fields["observes"].queryset) == [ours]
    assert theirs not in form.fields["observes"].queryset


@pytest.mark.parametrize(("last", "is_taken"), [(date(2026, 5, 21), True), (date(2026, 5, 22), False)])
def test_breaks_that_leave_no_date_at_all_are_refused_where_they_are_chosen(desk, last, is_taken):
    site, _client, _address = desk
    ferie = make_calendar(site, "Ferie", (date(2026, 5, 1), last))
    event = make_event(site=site, plan=[WEEKLY])
    blank = {"body-count": "0", "afterwards-count": "0", "sign_up": rich_text("")}
    form = event_form(event, blank | {"observes": [ferie.pk]})
    assert form.is_valid() is is_taken
    assert ("observes" in form.errors) is not is_taken


def event_form(event, changes):
    """The bound form of `event` as it stands, with `changes`."""
    form_class = EventPage.get_edit_handler().get_form_class()
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    options = {"instance": event, "parent_page": event.get_parent(), "for_user": user}
    page = SimpleNamespace(context={"form": form_class(**options)})
    data = QueryDict(mutable=True)
    for name, value in (sent_by(page) | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return form_class(data, **options)
