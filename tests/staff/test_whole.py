"""What an editor sends is written whole or not at all (P2); tests/faults/test_sudden_death.py kills the process itself."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from mission.models import NewsIndexPage, NewsPage
from tests.accessibility.test_declaration_page import form_data

pytestmark = pytest.mark.django_db
NEWS = {"title": "Nowina", "slug": "nowina", "summary": "Na próbę.", "body-count": "0", "action-publish": "1"}


def break_off(*arguments, **words):
    raise RuntimeError


def test_a_page_that_cannot_be_published_is_not_added(centres, monkeypatch):
    own, _other = centres
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.force_login(own.staff["editor"])
    parent = NewsIndexPage.objects.child_of(own.home).get()
    url = reverse("wagtailadmin_pages:add", args=["mission", "newspage", parent.pk])
    data = form_data(client.get(url)) | NEWS
    with monkeypatch.context() as patch:
        patch.setattr("wagtail.models.Revision.publish", break_off)
        answer = client.post(url, data)
        assert answer.status_code == 500, answer.context["form"].errors
    assert not NewsPage.objects.filter(title="Nowina").exists()
    assert not any(Page.find_problems())
    assert client.post(url, data).status_code == 302
    assert NewsPage.objects.get(title="Nowina").live
