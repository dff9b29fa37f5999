"""The plan in the editor: what may be typed, what comes back, and all dates shown before anything is saved."""

from datetime import date, time

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from programme.events.plan_form import DaysInput, WeekdaysInput
from programme.events.plan_preview import SHOWN, sent_plan
from programme.models import EventDate, EventIndexPage, EventPage, EventStatus, Occurrence, ProgrammeSettings
from tests.factories import make_event, make_site, under, warsaw
from tests.programme.test_breaks import make_calendar
from tests.programme.test_staff import make_editor, signed_in

ROWS = ["offers", "discounts", "access", "roles", "comments"]
WEEKLY = {"day": "2026-05-01", "start_time": "18:00", "end_time": "20:00", "repetition": "WEEKLY", "interval": "1"}


def sent(*rows, **fields):
    """What the editor's form sends of its plan."""
    data = {"plan-TOTAL_FORMS": len(rows), "plan-INITIAL_FORMS": 0} | fields
    for number, row in enumerate(rows):
        data |= {f"plan-{number}-{name}": value for name, value in row.items()} | {f"plan-{number}-ORDER": number + 1}
    return data


def form_of(row):
    """The editor's form for a plan of one line, as it was sent."""
    data = QueryDict(mutable=True)
    data.update(sent(row))
    (form,) = sent_plan(data).forms
    return form


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("2026-12-08", "2026-12-08", "8.12.2026"),
        ("8.12.2026", "2026-12-08", "8.12.2026"),
        (" 08.12.2026,\r\n 2027-1-5; 8.12.2026\t", "2026-12-08 2027-01-05", "8.12.2026\n5.01.2027"),
        ("", "", ""),
        (" ,\n", "", ""),
        ("8.12.2026 i 9.12", "8.12.2026 i 9.12", "8.12.2026 i 9.12"),
        ("31.02.2026", "31.02.2026", "31.02.2026"),
        ("٨.12.2026", "٨.12.2026", "٨.12.2026"),
    ],
)
def test_days_are_taken_as_people_write_them_and_shown_one_a_line(typed, stored, shown):
    box = DaysInput()
    assert box.value_from_datadict({"x": typed}, {}, "x") == stored
    assert box.format_value(stored) == shown
    assert box.value_from_datadict({"x": shown}, {}, "x") == stored


@pytest.mark.django_db
def test_five_thousand_exceptions_are_refused_in_words_and_stay_in_the_box():
    typed = "\n".join(f"{number % 28 + 1}.{number % 12 + 1}.{1971 + number // 40}" for number in range(5000))
    form = form_of(WEEKLY | {"except_days": typed + "\nkoniec"})
    assert list(form.errors) == ["except_days"]
    assert "5001" in form.errors["except_days"][0]
    assert form["except_days"].value() == typed + "\nkoniec"


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-12-08", "8.12.2026", "08.12.2026", "08.12.26"])
@pytest.mark.parametrize("hour", ["18:05", "18.05", "18:05:00"])
def test_a_day_and_its_hours_may_be_typed_as_they_stand_on_posters(day, hour):
    form = form_of({"day": day, "start_time": hour, "interval": "1"})
    assert form.errors == {}
    assert (form.cleaned_data["day"], form.cleaned_data["start_time"]) == (date(2026, 12, 8), time(18, 5))


@pytest.mark.django_db
def test_a_day_and_an_hour_that_make_no_sense_are_refused_in_words_and_stay_in_their_boxes():
    form = form_of({"day": "w sobotę", "start_time": "po obiedzie", "interval": "1"})
    assert set(form.errors) == {"day", "start_time"}
    assert 'value="w sobotę"' in str(form["day"])
    assert 'value="po obiedzie"' in str(form["start_time"])


def test_weekdays_are_boxes_in_the_readers_language():
    box = WeekdaysInput()
    data = QueryDict("x=5&x=1&x=3")
    assert box.value_from_datadict(data, {}, "x") == "135"
    html = box.render("x", "135", attrs={"id": "id_x"})
    assert html.count("checked") == 3
    assert "poniedziałek" in html.lower()


@pytest.fixture
def desk(db, clock):
    clock("2026-04-20 12:00")
    site = make_site()
    return site, signed_in(make_editor(site))


def address(event):
    return reverse("programme_dates:preview", args=[event.pk])


def new_address(site):
    return reverse("programme_dates:preview_new", args=[under(EventIndexPage, site).pk])


def test_all_dates_of_an_event_that_was_never_saved_are_shown(desk):
    site, client = desk
    response = client.post(new_address(site), sent(WEEKLY | {"count": "3", "except_days": "8.05.2026"}))
    page = response.content.decode()
    assert response.context["preview"].total == 2
    assert "piątek, 1 maja 2026, 18:00–20:00" in page
    assert "piątek, 8 maja 2026" in page.partition("<h3>")[2]
    assert not EventPage.objects.exists()


def test_breaks_are_left_out_by_name_and_the_neighbours_are_not_asked(desk):
    site, client = desk
    ours = make_calendar(site, "Majówka", (date(2026, 5, 1), date(2026, 5, 3)))
    theirs = make_calendar(make_site("mok.localhost"), "Cudze", (date(2026, 5, 8), None))
    response = client.post(
        new_address(site), sent(WEEKLY | {"count": "3"}, observes=[ours.pk, theirs.pk, "x", "9" * 30])
    )
    assert [day for day, _reason in response.context["preview"].skipped] == [date(2026, 5, 1)]
    assert "Majówka" in response.content.decode()
    assert "Cudze" not in response.content.decode()


def test_a_repetition_without_end_says_how_far_it_is_written_and_how_many_there_are(desk):
    site, client = desk
    response = client.post(new_address(site), sent(WEEKLY | {"weekdays": list("1234567")}))
    found = response.context["preview"]
    assert (len(found.dates), found.more) == (SHOWN, found.total - SHOWN)
    assert found.total == 537
    assert "20 października 2027" in response.content.decode()


def test_what_was_changed_by_hand_and_what_stays_without_a_plan_is_said(desk):
    _site, client = desk
    plan = {"day": date(2026, 5, 1), "start_time": time(18), "end_time": time(20), "repetition": "WEEKLY", "count": 4}
    event = make_event(plan=[plan])
    first, second, _third, fourth = event.occurrences.order_by("start")
    at = warsaw("2026-04-20 12:00")
    first.change(
        at=at, start=warsaw("2026-05-02 17:00"), end=warsaw("2026-05-02 19:00"), status=EventStatus.RESCHEDULED
    )
    second.remove()
    response = client.post(address(event), sent(WEEKLY | {"count": "3"}))
    remarks = [getattr(each, "remark", "") for each in response.context["preview"].dates]
    assert [bool(remark) for remark in remarks] == [True, True, False]
    assert "sobota, 2 maja 2026, 17:00–19:00" in response.content.decode()
    assert response.context["preview"].stay == [fourth]
    assert Occurrence.objects.count() == 3


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"day": ""}],
        [WEEKLY | {"day": "jutro"}],
        [WEEKLY | {"interval": "0"}],
        [WEEKLY | {"interval": "70000"}],
        [WEEKLY | {"count": "-1"}],
        [WEEKLY | {"count": "x"}],
        [WEEKLY | {"weekdays": ["8"]}],
        [WEEKLY | {"weekdays": ["<b>"]}],
        [WEEKLY | {"except_days": "<script>"}],
        [WEEKLY | {"except_days": "\x00"}],
        [WEEKLY | {"repetition": "DAILY"}],
        [WEEKLY | {"repeat_until": "2026-04-01"}],
        [WEEKLY | {"DELETE": "on"}],
        [WEEKLY, WEEKLY | {"nth": "7"}],
    ],
)
def test_a_plan_that_makes_no_sense_is_answered_in_words(desk, rows):
    site, client = desk
    response = client.post(new_address(site), sent(*rows))
    assert response.status_code == 200
    assert response.context["errors"]
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"plan-TOTAL_FORMS": "x"}, {"plan-TOTAL_FORMS": "99999999"}, {"plan-TOTAL_FORMS": "-1"}]
)
def test_a_form_that_is_cut_short_is_answered_in_words(desk, data):
    site, client = desk
    response = client.post(new_address(site), data)
    assert response.status_code == 200
    assert response.context["errors"]


def test_only_who_may_edit_the_event_sees_its_dates(desk):
    site, client = desk
    event = make_event(site=site)
    other = make_site("mok.localhost")
    stranger = signed_in(make_editor(other))
    for url in (address(event), new_address(site)):
        assert client.post(url, sent(WEEKLY)).status_code == 200
        assert client.get(url).status_code == 405
        assert stranger.post(url, sent(WEEKLY)).status_code in {302, 403}
        assert Client().post(url, sent(WEEKLY)).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_editor(site, "druga"))
    assert strict.post(address(event), sent(WEEKLY)).status_code == 403


def test_the_editor_has_the_button_its_script_and_boxes_for_weekdays(desk):
    site, client = desk
    event = make_event(site=site, plan=[{"day": date(2026, 5, 1), "repetition": "DATES", "listed_days": "2026-05-08"}])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    assert f'data-plan-preview="{address(event)}"' in page
    assert "js/plan_preview.js" in page
    assert 'name="plan-__prefix__-weekdays"' in page
    assert "8.05.2026" in page
    parent = under(EventIndexPage, site)
    page = client.get(reverse("wagtailadmin_pages:add", args=["programme", "eventpage", parent.pk])).content.decode()
    assert f'data-plan-preview="{new_address(site)}"' in page


def test_an_hour_that_the_clocks_skip_is_said_at_its_date(desk):
    site, client = desk
    night = {"day": "2027-03-21", "start_time": "02:30", "end_time": "04:00", "repetition": "WEEKLY", "count": "3"}
    response = client.post(new_address(site), sent(night | {"interval": "1"}))
    remarks = [getattr(each, "remark", "") for each in response.context["preview"].dates]
    assert [bool(remark) for remark in remarks] == [False, True, False]
    assert "niedziela, 28 marca 2027, 03:30–04:00" in response.content.decode()


def test_a_plan_has_at_most_a_hundred_lines(desk):
    site, client = desk
    busy = WEEKLY | {"weekdays": list("1234567")}
    rows = [busy | {"start_time": f"{10 + number // 60}:{number % 60:02}", "end_time": ""} for number in range(101)]
    assert client.post(new_address(site), sent(*rows[:3])).context["preview"].total == 3 * 538
    refused = client.post(new_address(site), sent(*rows))
    assert refused.status_code == 200
    assert "100" in str(refused.context["errors"])


def test_two_plans_can_be_compared_in_the_history(desk):
    site, client = desk
    event = make_event(site=site, plan=[{"day": date(2026, 5, 1), "repetition": "WEEKLY", "weekdays": "135"}])
    event.plan.set([EventDate(day=date(2026, 5, 1), repetition="DATES", listed_days="2026-05-09")])
    event.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[event.pk, "earliest", "latest"])
    assert client.get(address).status_code == 200


def test_a_draft_with_a_plan_that_makes_no_sense_is_not_saved_and_keeps_every_word(desk):
    site, client = desk
    blank = {"body-count": "0", "afterwards-count": "0", "sign_up": rich_text(""), "title": "Próby", "slug": "proby"}
    empty = {f"{name}-{end}_FORMS": 0 for name in ROWS for end in ("TOTAL", "INITIAL")}
    parent = under(EventIndexPage, site)
    kind = ProgrammeSettings.for_site(site).event_kinds.first()
    plan = sent(WEEKLY | {"except_days": "24.12.2026, wigilia", "weekdays": ["1", "3"]})
    add = reverse("wagtailadmin_pages:add", args=["programme", "eventpage", parent.pk])
    fields = {"kind": kind.pk, "attendance_mode": "OfflineEventAttendanceMode"}
    page = client.post(add, blank | empty | plan | fields)
    assert page.status_code == 200
    assert not EventPage.objects.exists()
    line = page.context["form"].formsets["plan"].forms[0]
    assert list(line.errors) == ["except_days"]
    html = page.content.decode()
    assert "24.12.2026, wigilia</textarea>" in html
    corrected = plan | {"plan-0-except_days": "24.12.2026"}
    assert client.post(add, blank | empty | corrected | fields).status_code == 302
    saved = EventPage.objects.get().get_latest_revision_as_object().plan.get()
    assert (saved.weekdays, saved.except_days) == ("13", "2026-12-24")
