"""Getting back in: the letter leads to the configured address and tells nobody who has an account."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from tests.staff.builders import PASSWORD, make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_centre("AGAWA", "localhost", is_default=True).staff["editor"]


def test_a_forgotten_password_is_replaced_by_a_letter_to_the_configured_address(editor, client):
    response = client.post("/admin/password_reset/", {"email": editor.email}, HTTP_HOST="mok.localhost")
    assert response.status_code == 302
    (letter,) = mail.outbox
    link = re.search(r"https?://\S+", letter.body)[0]
    assert link.startswith(f"{settings.WAGTAILADMIN_BASE_URL}/admin/password_reset/confirm/")
    assert "mok.localhost" not in letter.body
    path = link.removeprefix(settings.WAGTAILADMIN_BASE_URL)
    form = client.get(path, follow=True)
    new = {"new_password1": "zupelnie-nowe-haslo", "new_password2": "zupelnie-nowe-haslo"}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    assert client.login(username=editor.username, password="zupelnie-nowe-haslo")
    assert not client.login(username=editor.username, password=PASSWORD)


def test_a_stranger_learns_nothing_from_the_form(editor, client):
    known = client.post("/admin/password_reset/", {"email": editor.email}, follow=True)
    unknown = client.post("/admin/password_reset/", {"email": "nikt@example.org"}, follow=True)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|csrfToken": "\w+"|\w{64}')
    assert token.sub(b"", known.content) == token.sub(b"", unknown.content)
    assert len(mail.outbox) == 1


def test_an_unknown_host_gets_no_letter(editor, client):
    response = client.post("/admin/password_reset/", {"email": editor.email}, HTTP_HOST="zly.example.com")
    assert response.status_code == 400
    assert mail.outbox == []


def test_after_login_one_is_led_to_no_other_host(editor, client):
    data = {"username": editor.username, "password": PASSWORD, "next": "https://zly.example.com/"}
    response = client.post("/admin/login/", data)
    assert response["Location"] == "/admin/"


@pytest.mark.parametrize("action", ["delete", "unpublish", "lock", "unlock"])
def test_looking_at_an_address_changes_nothing_and_a_form_without_its_token_is_refused(editor, action):
    page = editor.groups.get().page_permissions.first().page.get_children().live().first()
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    client.get(f"/admin/pages/{page.pk}/{action}/")
    assert client.post(f"/admin/pages/{page.pk}/{action}/").status_code == 403
    page.refresh_from_db()
    assert (page.live, page.locked) == (True, False)
