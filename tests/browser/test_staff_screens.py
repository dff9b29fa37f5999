"""The screens that we add to Wagtail's admin are as accessible as the site, in every state they can be in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accessibility.models import DeclarationPage
from programme.events.changes import NEEDS_REASON, Action
from programme.models import EventStatus, Occurrence, PartnerCalendar
from tests.addresses import Address
from tests.browser.axe import violations, violations_but_of_colour, violations_of_colour
from tests.browser.parts import log_in

USERNAME = "administracja"
# Our parts are the same at every width; what may differ is how large they are and whether they scroll.
RULES_OF_WIDTH = ["scrollable-region-focusable", "target-size"]
# Their forms need at least one text: sent without any they come back and change nothing.
REFUSED_EMPTY = {"date", "duplicate", "new calendar", *(f"status {action}" for action in NEEDS_REASON)}


@pytest.fixture(scope="module")
def password(site_server):
    """The word of an administrator of the running demonstration, who sees every screen."""
    return site_server.add_administrator(USERNAME)


def screens(site):
    """{name: address} of the screens, with things of the demonstration's `site` in their addresses."""
    date = Occurrence.objects.in_site(site).upcoming(timezone.now()).filter(status=EventStatus.SCHEDULED).last()
    event = date.event
    calendar = PartnerCalendar.objects.filter(site=site).first()
    found = {
        "home": reverse("wagtailadmin_home"),
        "events": reverse("event_listing:index"),
        "classes": reverse("section_listing:index"),
        "dates": reverse("programme_dates:index", args=[event.pk]),
        "date": reverse("programme_dates:edit", args=[event.pk, date.pk]),
        "duplicate": reverse("programme_dates:duplicate", args=[event.pk]),
        "closing": reverse("programme_dates:closing"),
        "calendars": reverse("partner_calendars:index"),
        "suggestions": reverse("partner_calendars:suggestions"),
        "new calendar": reverse("partner_calendars:add", args=[site.pk]),
        "requests": reverse("access_requests:index"),
        "findings": reverse("findings:index"),
        "audits": reverse("audits:index"),
        "evaluations": reverse("evaluations:index"),
        "review": reverse("declaration_review", args=[DeclarationPage.objects.in_site(site).get().pk]),
        "second factor": reverse("mfa_index"),
        "passkeys": reverse("mfa_list_webauthn"),
        "password once more": reverse("mfa_activate_totp"),
    }
    if calendar:
        found["calendar"] = reverse("partner_calendars:edit", args=[calendar.pk])
    for action in Action:
        found[f"status {action}"] = reverse("programme_dates:status", args=[event.pk, action])
    return found


def send_empty(page):
    """Send the screen's own form with every text in it taken away."""
    with page.expect_navigation():
        page.evaluate(
            """() => {
                const form = document.querySelector("main form[method=post]");
                form.noValidate = true;
                for (const field of form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea"))
                    field.value = "";
                form.submit();
            }"""
        )


def test_staff_screens_and_their_mistakes_have_no_violation(open_page, demonstration, password, site_server):
    wrong = []
    with open_page(Address("gok", "login", "/admin/login/"), is_first_visit=True) as visit:
        page = visit.page
        assert violations(page) == []
        log_in(page, USERNAME, password)
        for name, address in screens(demonstration["gok"]).items():
            assert page.goto(site_server.url(address)).status == 200, name
            page.set_viewport_size({"width": 1280, "height": 900})
            wrong += [f"{name}, wide: {line}" for line in violations(page, rules=RULES_OF_WIDTH, within="main")]
            page.set_viewport_size({"width": 320, "height": 900})
            wrong += [f"{name}: {line}" for line in violations_of_colour(page, within="main")]
            wrong += [f"{name}: {line}" for line in violations_but_of_colour(page, within="main")]
            if name in REFUSED_EMPTY:
                send_empty(page)
                assert page.locator("[aria-invalid=true], .error-message, .errorlist").count(), name
                wrong += [f"{name}, sent empty: {line}" for line in violations_but_of_colour(page, within="main")]
        assert visit.foreign_requests() == []
    assert wrong == [], "\n".join(wrong)
