"""Addresses outlive their pages' names."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect

from tests.factories import make_event, make_goal, make_section, make_site, make_venue, warsaw

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [lambda: make_event(start=warsaw("2026-05-07 18:00")), make_section, make_venue])
def test_a_new_slug_leaves_a_redirect_at_the_old_address(make, visitor, django_capture_on_commit_callbacks):
    make_site()
    page = make()
    old = page.get_url()
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "nowy-adres"
        page.save_revision().publish()
    answer = visitor.get(old)
    assert answer.status_code in {301, 302}
    assert answer.headers["Location"].endswith("/nowy-adres/")


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (lambda: make_event(start=warsaw("2026-05-07 18:00")), "/program/{}/kalendarz.ics"),
        (make_venue, "/miejsca/{}/kalendarz.ics"),
        (make_goal, "/misja/cele/{}/kalendarz.ics"),
    ],
)
def test_a_calendar_follows_its_page_to_a_new_slug(make, address, visitor, django_capture_on_commit_callbacks):
    make_site()
    page = make()
    old = page.slug
    for slug in ["posredni", "nowy-adres"]:
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            page.save_revision().publish()
    for gone in [old, "posredni"]:
        answer = visitor.get(address.format(gone))
        assert (answer.status_code, answer.headers["Location"]) == (301, address.format("nowy-adres"))
    assert visitor.get(address.format("nowy-adres")).status_code == 200
    page.unpublish()
    assert visitor.get(address.format(old)).status_code == 404


def test_a_redirect_that_leads_elsewhere_moves_no_calendar(visitor):
    site = make_site()
    Redirect.objects.create(site=site, old_path="/program/stary", redirect_link="https://example.org/")
    Redirect.objects.create(site=site, old_path="/program/sala", redirect_page=make_venue())
    for slug in ["stary", "sala", "nie-ma"]:
        assert visitor.get(f"/program/{slug}/kalendarz.ics").status_code == 404


def test_an_event_cannot_take_an_address_of_the_programme():
    make_site()
    with pytest.raises(ValidationError):
        make_event(slug="archiwum")
