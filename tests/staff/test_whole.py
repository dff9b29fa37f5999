"""What an editor sends is written whole or not at all (P2)."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from mission.models import NewsPage
from tests.accessibility.test_declaration_page import form_data

pytestmark = pytest.mark.django_db
PUBLISHED = {"title": "Zmieniony", "body-count": "0", "afterwards-count": "0", "action-publish": "1"}


def break_off(*arguments, **words):
    raise RuntimeError


def editor(centre):
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.force_login(centre.staff["editor"])
    return client


def test_an_event_that_gets_no_dates_is_not_published_and_leaves_no_revision(centres, monkeypatch):
    own, _other = centres
    event = Page.objects.get(title=f"Koncert {own.mark}")
    before = (
        event.title,
        event.draft_title,
        event.latest_revision_id,
        event.live_revision_id,
        Revision.objects.count(),
    )
    url = reverse("wagtailadmin_pages:edit", args=[event.pk])
    client = editor(own)
    data = form_data(client.get(url)) | PUBLISHED
    with monkeypatch.context() as patch:
        patch.setattr("programme.events.schedule.write_occurrences", break_off)
        assert client.post(url, data).status_code == 500
    event = Page.objects.get(pk=event.pk)
    after = (event.title, event.draft_title, event.latest_revision_id, event.live_revision_id, Revision.objects.count())
    assert after == before
    assert client.post(url, data).status_code == 302
    assert Page.objects.get(pk=event.pk).title == "Zmieniony"


def test_a_page_that_cannot_be_published_is_not_added(centres, monkeypatch):
    own, _other = centres
    url = reverse("wagtailadmin_pages:add", args=["mission", "newspage", own.things["news"].pk])
    client = editor(own)
    data = form_data(client.get(url)) | PUBLISHED | {"slug": "zmieniony", "summary": "Na próbę."}
    with monkeypatch.context() as patch:
        patch.setattr("wagtail.models.Revision.publish", break_off)
        assert client.post(url, data).status_code == 500
    assert not NewsPage.objects.filter(title="Zmieniony").exists()
    assert not any(Page.find_problems())
    assert client.post(url, data).status_code == 302
    assert NewsPage.objects.get(title="Zmieniony").live
