"""Addresses outlive their pages' names."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_event, make_section, make_site, make_venue, warsaw

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


def test_an_event_cannot_take_an_address_of_the_programme():
    make_site()
    with pytest.raises(ValidationError):
        make_event(slug="archiwum")
