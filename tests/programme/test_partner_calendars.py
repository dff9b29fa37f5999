"""Partners' calendars: what becomes a suggestion, and that only a person makes an event of it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks

from programme.models import EventPage, PartnerCalendar, Role, Suggestion, SuggestionState
from programme.partner_calendars import adopting, importing
from programme.partner_calendars.fetching import Fetched, FetchError
from tests.factories import make_site, make_venue
from tests.programme.partner_feeds import AT, NOW, entry, feed
from tests.programme.test_staff import make_editor, signed_in


@pytest.fixture
def calendar(clock, db):
    clock(NOW)
    return PartnerCalendar.objects.create(
        site=make_site(), name="Biblioteka", credit="Biblioteka w Rudzińcu", url="https://example.org/a.ics"
    )


@pytest.fixture
def partner(monkeypatch):
    """A function that sets what the partner's address answers: bytes, None for "not changed", or an error."""
    answer = {}

    def fetch(url, *, validator=""):
        answer["validator"] = validator
        content = answer["content"]
        if isinstance(content, Exception):
            raise content
        return None if content is None else Fetched(content, '"tag"')

    monkeypatch.setattr(importing, "fetch", fetch)

    def answers(content):
        answer["content"] = content
        return answer

    return answers


def stamped(sequence=0, changed="20260501T100000Z", *lines, title="Koncert", uid="a"):
    return entry(uid, "20260510T180000", f"SEQUENCE:{sequence}", f"LAST-MODIFIED:{changed}", *lines, title=title)


def test_an_event_comes_once_and_the_state_of_the_calendar_is_kept(calendar, partner):
    partner(feed(stamped(), stamped(uid="b")))
    assert importing.read_calendar(calendar, at=AT) == 2
    assert importing.read_calendar(calendar, at=AT + timedelta(hours=1)) == 0
    assert Suggestion.objects.filter(site=calendar.site, calendar=calendar).count() == 2
    suggestion = Suggestion.objects.first()
    assert (suggestion.source, suggestion.credit) == ("Biblioteka", "Biblioteka w Rudzińcu")
    calendar.refresh_from_db()
    assert calendar.read_at == calendar.tried_at == AT + timedelta(hours=1)
    assert (calendar.problem, calendar.entity_tag) == ("", '"tag"')


@pytest.mark.parametrize(
    ("sequence", "changed", "is_newer"),
    [
        (0, "20260501T100000Z", False),
        (1, "20260501T100000Z", True),
        (2, "20200101T100000Z", True),
        (0, "20260502T100000Z", True),
        (0, "20260430T100000Z", False),
        (-5, "20260430T100000Z", False),
    ],
)
def test_a_waiting_suggestion_changes_only_when_its_source_is_newer(calendar, partner, sequence, changed, is_newer):
    partner(feed(stamped()))
    importing.read_calendar(calendar, at=AT)
    partner(feed(stamped(sequence, changed, title="Nowy tytuł")))
    importing.read_calendar(calendar, at=AT)
    assert Suggestion.objects.get().title == ("Nowy tytuł" if is_newer else "Koncert")


@pytest.mark.parametrize("state", [SuggestionState.ADOPTED, SuggestionState.DECLINED])
def test_what_a_person_has_decided_no_reading_changes(calendar, partner, state):
    partner(feed(stamped()))
    importing.read_calendar(calendar, at=AT)
    Suggestion.objects.update(state=state)
    before = Suggestion.objects.values().get()
    for newer in [stamped(9, title="Inny"), stamped(10, "20260502T100000Z", "STATUS:CANCELLED")]:
        partner(feed(newer))
        assert importing.read_calendar(calendar, at=AT) == 0
    assert Suggestion.objects.values().get() == before


def test_what_the_partner_calls_off_is_marked_and_not_suggested_anew(calendar, partner):
    partner(feed(stamped()))
    importing.read_calendar(calendar, at=AT)
    off = [
        stamped(0, "20260501T100000Z", "STATUS:CANCELLED"),
        stamped(0, "20260501T100000Z", "STATUS:CANCELLED", uid="b"),
    ]
    partner(feed(*off))
    assert importing.read_calendar(calendar, at=AT) == 0
    assert Suggestion.objects.get().is_cancelled
    partner(feed(stamped(1)))
    importing.read_calendar(calendar, at=AT)
    assert not Suggestion.objects.get().is_cancelled


@pytest.mark.parametrize(
    "answer",
    [
        feed(),
        feed(stamped(uid="other")),
        b"<html>",
        feed(stamped(5))[:-20],
        FetchError("Nie ma."),
        None,
        RuntimeError("Kowalski"),
    ],
)
def test_a_changed_emptied_or_lost_feed_deletes_nothing(calendar, partner, answer):
    partner(feed(stamped(), stamped(uid="b")))
    importing.read_calendar(calendar, at=AT)
    before = list(Suggestion.objects.order_by("pk").values())
    partner(answer)
    importing.read_due(AT + timedelta(hours=2))
    assert list(Suggestion.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk").values()) == before


def test_a_failure_is_told_in_words_and_forgotten_when_it_is_over(calendar, partner):
    for answer in [FetchError("Adres nie odpowiada."), FetchError("Adres nie odpowiada.")]:
        partner(answer)
        with pytest.raises(FetchError):
            importing.read_calendar(calendar, at=AT)
    calendar.refresh_from_db()
    assert (calendar.problem, calendar.read_at, calendar.tried_at) == ("Adres nie odpowiada.", None, AT)
    partner(feed())
    importing.read_calendar(calendar, at=AT + timedelta(hours=1))
    calendar.refresh_from_db()
    assert calendar.problem == ""
    assert not importing.is_failing(calendar)


def test_a_reading_that_fails_half_way_leaves_nothing_of_itself(calendar, partner, monkeypatch):
    partner(feed(stamped()))
    importing.read_calendar(calendar, at=AT)
    monkeypatch.setattr(Suggestion.objects, "bulk_update", lambda *_args, **_more: 1 / 0)
    partner(feed(stamped(1, title="Zmiana"), stamped(uid="new")))
    assert importing.read_due(AT + timedelta(hours=1)) == 1
    assert [row.title for row in Suggestion.objects.all()] == ["Koncert"]
    calendar.refresh_from_db()
    assert calendar.problem
    assert "division" not in calendar.problem


def test_what_has_not_changed_is_asked_for_by_its_tag_but_read_whole_once_a_day(calendar, partner):
    answer = partner(feed(stamped()))
    importing.read_calendar(calendar, at=AT)
    calendar.refresh_from_db()
    answer["content"] = None
    importing.read_calendar(calendar, at=AT + timedelta(hours=1))
    assert answer["validator"] == '"tag"'
    answer["content"] = feed(stamped())
    importing.read_calendar(calendar, at=AT + timedelta(days=1))
    assert answer["validator"] == ""


def test_suggestions_outlive_their_calendar_and_join_it_when_it_comes_back(calendar, partner):
    partner(feed(stamped(), stamped(uid="b")))
    importing.read_calendar(calendar, at=AT)
    Suggestion.objects.filter(pk=Suggestion.objects.first().pk).update(state=SuggestionState.DECLINED)
    site = calendar.site
    calendar.delete()
    assert Suggestion.objects.filter(site=site, calendar=None).count() == 2
    again = PartnerCalendar.objects.create(site=site, name="Biblioteka", credit="B", url="https://example.org/a.ics")
    assert importing.read_calendar(again, at=AT) == 0
    assert Suggestion.objects.filter(calendar=again).count() == 2
    assert Suggestion.objects.filter(state=SuggestionState.DECLINED).count() == 1


def test_an_answer_that_comes_after_the_address_was_changed_is_not_taken_in(calendar, monkeypatch):
    def fetch(url, *, validator=""):
        PartnerCalendar.objects.update(url="https://example.org/b.ics", problem="")
        return Fetched(feed(stamped()))

    monkeypatch.setattr(importing, "fetch", fetch)
    assert importing.read_calendar(calendar, at=AT) == 0
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("tried", "read", "is_due"),
    [
        (None, None, True),
        (timedelta(minutes=59), timedelta(minutes=59), False),
        (timedelta(hours=1), timedelta(hours=1), True),
        (timedelta(hours=1), timedelta(hours=2), True),
        (timedelta(hours=3), timedelta(hours=8), False),
        (timedelta(hours=5), timedelta(hours=10), True),
        (timedelta(hours=20), timedelta(days=60), False),
        (timedelta(hours=24), timedelta(days=60), True),
        (timedelta(hours=5), None, False),
        (timedelta(hours=6), None, True),
    ],
)
def test_a_calendar_is_asked_hourly_and_one_that_fails_ever_more_rarely(calendar, tried, read, is_due):
    PartnerCalendar.objects.update(tried_at=tried and AT - tried, read_at=read and AT - read)
    assert bool(importing.due(AT)) == is_due


def test_the_clock_asks_all_that_are_due_after_its_own_transaction(
    calendar, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    site = calendar.site
    for name, fields in [("Szkoła", {}), ("Wyłączony", {"is_active": False}), ("Pliki", {"url": ""})]:
        PartnerCalendar.objects.create(
            **{"site": site, "name": name, "credit": name, "url": f"https://example.org/{name}"} | fields
        )
    asked = []

    def fetch(url, *, validator=""):
        asked.append(url)
        raise FetchError("Nie.") if "Szk" in url else RuntimeError("Jan Kowalski")

    monkeypatch.setattr(importing, "fetch", fetch)
    with django_capture_on_commit_callbacks(execute=True):
        for job in hooks.get_hooks("clock_tick"):
            job(AT)
        assert asked == []
    assert sorted(asked) == ["https://example.org/Szkoła", "https://example.org/a.ics"]
    assert "RuntimeError" in caplog.text
    assert "Kowalski" not in caplog.text


def test_the_command_reads_all_that_are_switched_on(calendar, partner, capsys):
    partner(feed(stamped()))
    call_command("read_partner_calendars")
    assert f"{calendar.pk}: +1" in capsys.readouterr().out
    partner(FetchError("Nie ma."))
    call_command("read_partner_calendars")
    assert "Nie ma." in capsys.readouterr().err


# What a person makes of it.


def suggest(calendar, *entries):
    importing.take_in_file(calendar, feed(*entries), at=AT)
    return Suggestion.objects.order_by("-pk").first()


def test_an_adopted_draft_has_the_partners_dates_credit_and_source(calendar):
    make_venue("Sala Lustrzana")
    text = "DESCRIPTION:" + "Zdanie o <b>koncercie</b>. " * 20
    lines = [text, "URL:https://example.org/koncert?a=1&b=2", "LOCATION:sala lustrzana", "RRULE:FREQ=WEEKLY;COUNT=3"]
    suggestion = suggest(calendar, entry("a", "20260510T180000", *lines, title="Święto łąk"))
    editor = make_editor(calendar.site)
    event = adopting.adopt(suggestion, user=editor, at=AT)
    page = EventPage.objects.get(pk=event.pk)
    assert (page.live, page.owner, page.title, page.slug) == (False, editor, "Święto łąk", "swieto-lak")
    assert page.get_parent().slug == "program"
    assert page.get_site() == calendar.site
    assert page.summary.endswith("koncercie.")
    assert len(page.summary) <= 300
    assert page.venue.title == "Sala Lustrzana"
    assert [(role.role, role.name) for role in page.roles.all()] == [(Role.CO_ORGANIZER, "Biblioteka w Rudzińcu")]
    assert 'href="https://example.org/koncert?a=1&amp;b=2"' in str(page.body)
    assert not page.occurrences.exists()
    draft = page.get_latest_revision_as_object()
    draft.full_clean()
    draft.save_revision().publish()
    assert page.occurrences.count() == 3
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.event_id) == (SuggestionState.ADOPTED, page.pk)


@pytest.mark.parametrize("title", ["Archiwum", "Koncert", "🎉", "<b>", "a" * 255, "kalendarz.ics", "łłł"])
def test_any_title_becomes_an_address_of_its_own(calendar, title):
    for number in range(2):
        suggestion = suggest(calendar, entry(f"{title}{number}", title=title))
        adopting.adopt(suggestion, user=None, at=AT).full_clean()
    assert EventPage.objects.filter(live=False).values("slug").distinct().count() == 2


def test_adopting_twice_makes_one_event(calendar):
    suggestion = suggest(calendar, entry())
    editor = make_editor(calendar.site)
    first = adopting.adopt(suggestion, user=editor, at=AT)
    assert adopting.adopt(suggestion, user=editor, at=AT) == first
    assert EventPage.objects.count() == 1


@pytest.mark.parametrize("fields", [{"is_cancelled": True}, {"dates": []}])
def test_what_cannot_take_place_is_not_adopted(calendar, fields):
    suggestion = suggest(calendar, entry())
    Suggestion.objects.update(**fields)
    with pytest.raises(adopting.NothingToAdopt):
        adopting.adopt(suggestion, user=None, at=AT)
    assert not EventPage.objects.exists()


# The screens.

QUEUE = "partner_calendars:suggestions"


@pytest.fixture
def desk(calendar):
    return signed_in(make_editor(calendar.site))


def test_the_list_says_how_each_calendar_fares(calendar, desk):
    suggest(calendar, entry())
    PartnerCalendar.objects.update(tried_at=AT, read_at=AT - timedelta(hours=5), problem="Adres nie odpowiada.")
    html = desk.get(reverse("partner_calendars:index")).content.decode()
    for words in ["Biblioteka w Rudzińcu", "Adres nie odpowiada.", "6 maja 2026, 12:00", "6 maja 2026, 07:00"]:
        assert words in html


def test_a_new_calendar_is_read_at_once_and_its_problem_told(calendar, desk, partner):
    url = reverse("partner_calendars:add", args=[calendar.site_id])
    sent = {"name": "Parafia", "credit": "Parafia", "url": "webcal://example.org/p.ics", "is_active": "on"}
    partner(FetchError("Nie ma takiego adresu."))
    response = desk.post(url, sent, follow=True)
    assert "Nie ma takiego adresu." in response.content.decode()
    added = PartnerCalendar.objects.get(name="Parafia")
    assert (added.url, added.site) == ("https://example.org/p.ics", calendar.site)
    partner(feed(stamped()))
    desk.post(reverse("partner_calendars:edit", args=[added.pk]), sent | {"url": "https://example.org/q.ics"})
    assert Suggestion.objects.get().source == "Parafia"
    added.refresh_from_db()
    assert added.problem == ""
    partner(feed(stamped(), stamped(uid="b")))
    assert desk.post(reverse("partner_calendars:read", args=[added.pk])).status_code == 302
    assert Suggestion.objects.count() == 2


def test_an_address_of_this_machine_is_never_asked_and_the_reason_stands_beside_it(calendar, desk, monkeypatch):
    monkeypatch.setattr("socket.create_connection", lambda *_: pytest.fail("connected"))
    PartnerCalendar.objects.update(url="http://127.0.0.1/a.ics")
    desk.post(reverse("partner_calendars:read", args=[calendar.pk]))
    calendar.refresh_from_db()
    assert calendar.problem.endswith(".")
    assert calendar.problem in desk.get(reverse("partner_calendars:index")).content.decode()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "Biblioteka"}, "name"),
        ({"url": "ftp://example.org/a.ics"}, "url"),
        ({"url": "https://u:p@example.org/a.ics"}, "url"),
        ({"url": "http://example.org:8080/a.ics"}, "url"),
        ({"url": "x" * 600}, "url"),
        ({"credit": "\x00"}, "credit"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_at_its_field(calendar, desk, sent, wrong):
    complete = {"name": "Parafia", "credit": "Parafia", "url": "", "is_active": "on"}
    response = desk.post(reverse("partner_calendars:add", args=[calendar.site_id]), complete | sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert PartnerCalendar.objects.count() == 1


def test_a_file_is_read_once(calendar, desk):
    url = reverse("partner_calendars:upload", args=[calendar.pk])
    for _again in range(2):
        file = SimpleUploadedFile("partner.ics", feed(entry(), entry("b")), "text/calendar")
        assert desk.post(url, {"file": file}).status_code == 302
    assert Suggestion.objects.count() == 2
    calendar.refresh_from_db()
    assert calendar.read_at is None  # a file says nothing about the address


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4", feed(entry())[:-9], b"BEGIN:VCALENDAR" + b"x" * 2_100_000])
def test_a_bad_file_is_refused_in_words(calendar, desk, content):
    sent = {} if content is None else {"file": SimpleUploadedFile("a.ics", content)}
    response = desk.post(reverse("partner_calendars:upload", args=[calendar.pk]), sent)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Suggestion.objects.exists()


def test_the_queue_adopts_declines_and_thinks_again(calendar, desk):
    suggest(calendar, *(entry(str(number), title=f"Wydarzenie {number}") for number in range(4)))
    first, second, third, fourth = Suggestion.objects.order_by("pk")
    response = desk.post(reverse(QUEUE), {"adopt": first.pk})
    event = EventPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert desk.get(response["Location"]).status_code == 200
    assert desk.post(reverse(QUEUE), {"adopt": first.pk})["Location"] == response["Location"]
    desk.post(reverse(QUEUE), {"decline": "chosen", "chosen": [first.pk, second.pk, third.pk]})
    states = dict(Suggestion.objects.values_list("pk", "state"))
    assert states == {first.pk: "adopted", second.pk: "declined", third.pk: "declined", fourth.pk: "waiting"}
    declined = desk.get(reverse(QUEUE) + "?state=declined").content.decode()
    assert second.title in declined
    desk.post(reverse(QUEUE), {"restore": second.pk})
    waiting = desk.get(reverse(QUEUE)).content.decode()
    assert second.title in waiting
    assert third.title not in waiting
    assert event.title in desk.get(reverse(QUEUE) + "?state=adopted").content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"adopt": "x"}, {"adopt": "9" * 30}, {"chosen": ["\x00", "1e3"]}, {"restore": "٣"}]
)
def test_a_step_that_makes_no_sense_changes_nothing(calendar, desk, sent):
    suggest(calendar, entry())
    assert desk.post(reverse(QUEUE), sent).status_code in {302, 404}
    assert Suggestion.objects.get().state == SuggestionState.WAITING
    for query in ["?state=x", "?p=1e9", "?p=-1", "?state=declined&p=7"]:
        assert desk.get(reverse(QUEUE) + query).status_code == 200


def test_deciding_needs_a_post_and_the_forms_own_token(calendar):
    suggestion = suggest(calendar, entry())
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor(calendar.site))
    assert client.get(reverse(QUEUE), {"adopt": suggestion.pk}).status_code == 200
    assert client.post(reverse(QUEUE), {"adopt": suggestion.pk}).status_code == 403
    assert client.get(reverse("partner_calendars:read", args=[calendar.pk])).status_code == 405
    assert not EventPage.objects.exists()


def test_what_a_partner_writes_is_text_on_the_screen(calendar, desk):
    suggest(calendar, entry(title='5 <7 & "9" \'<svg/onload=x'))
    Suggestion.objects.update(title="<script>x</script>", summary="<img src=x>", place="<b>", source="<i>")
    html = desk.get(reverse(QUEUE)).content.decode()
    for markup in ["<script>x", "<img src=x>", "<b>", "<i>"]:
        assert markup not in html


def test_what_is_over_leaves_the_queue_by_itself(calendar, desk, clock):
    suggest(
        calendar,
        entry("a", title="Koncert wiosenny"),
        entry("b", "20260510T180000", "RRULE:FREQ=WEEKLY;COUNT=9", title="Kurs"),
    )
    clock("2026-05-12 12:00")
    html = desk.get(reverse(QUEUE)).content.decode()
    assert "Kurs" in html
    assert "Koncert wiosenny" not in html


def test_removing_a_calendar_asks_first_and_keeps_its_suggestions(calendar, desk):
    suggest(calendar, entry())
    url = reverse("partner_calendars:remove", args=[calendar.pk])
    assert desk.get(url).status_code == 200
    assert PartnerCalendar.objects.exists()
    desk.post(url)
    assert not PartnerCalendar.objects.exists()
    assert Suggestion.objects.get().calendar is None
    assert "Biblioteka" in desk.get(reverse(QUEUE)).content.decode()


def test_nobody_reaches_the_neighbours_calendars_and_suggestions(calendar):
    suggestion = suggest(calendar, entry(title="Nasz koncert"))
    neighbour = signed_in(make_editor(make_site("mok.localhost"), "sasiad"))
    for name in ["edit", "upload", "remove"]:
        url = reverse(f"partner_calendars:{name}", args=[calendar.pk])
        assert neighbour.get(url).status_code in {302, 403, 404}
        assert neighbour.post(url, {"name": "x", "credit": "x"}).status_code in {302, 403, 404}
    assert neighbour.post(reverse("partner_calendars:read", args=[calendar.pk])).status_code in {302, 403, 404}
    assert neighbour.post(
        reverse("partner_calendars:add", args=[calendar.site_id]), {"name": "x", "credit": "x"}
    ).status_code in {302, 403}
    assert neighbour.post(reverse(QUEUE), {"adopt": suggestion.pk}).status_code == 404
    neighbour.post(reverse(QUEUE), {"chosen": [suggestion.pk]})
    for url in [reverse(QUEUE), reverse("partner_calendars:index")]:
        html = neighbour.get(url).content.decode()
        assert "Nasz koncert" not in html
        assert "Biblioteka" not in html
    suggestion.refresh_from_db()
    assert suggestion.state == SuggestionState.WAITING
    assert PartnerCalendar.objects.get().name == "Biblioteka"


def test_who_may_not_publish_does_not_get_in_and_is_not_shown_the_way(calendar):
    writer = signed_in(make_editor(calendar.site, "autorka", permissions=("add", "change")))
    for url in [reverse(QUEUE), reverse("partner_calendars:index")]:
        assert writer.get(url).status_code in {302, 403}
    assert "partnerzy-kalendarze" not in writer.get("/admin/").content.decode()
    assert Client().get(reverse(QUEUE)).status_code == 302


def test_the_first_page_of_the_admin_leads_to_what_waits(calendar, desk):
    assert reverse(QUEUE) not in desk.get("/admin/").content.decode()
    suggest(calendar, entry())
    assert f'href="{reverse(QUEUE)}"' in desk.get("/admin/").content.decode()


def test_a_long_queue_costs_as_many_questions_as_a_short_one(calendar, desk):
    suggest(calendar, entry("first"))
    desk.get(reverse(QUEUE))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(QUEUE))
            desk.get(reverse("partner_calendars:index"))
        counts.append(len(queries))
        suggest(calendar, *(entry(str(number)) for number in range(30)))
    assert counts[0] == counts[1]
