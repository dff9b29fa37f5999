"""A declaration that the findings deny is published by no way whatever, and its draft is kept."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowPage, WorkflowTask

from accessibility.declaration.refusing import DeclarationRefused
from accessibility.models import DeclarationPage
from gok_site import clock

from .builders import make_barrier, make_centre, make_coordinator, make_declaration, make_finding
from .test_declaration_page import form_data

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def logged_in(centre):
    client = Client(SERVER_NAME="localhost")
    client.user = make_coordinator(centre)
    client.force_login(client.user)
    return client


def by_button(page, client):
    url = f"/admin/pages/{page.pk}/edit/"
    answer = client.post(url, {**form_data(client.get(url)), "action-publish": "1"})
    return " ".join(str(error) for errors in answer.context["form"].errors.values() for error in errors)


def by_bulk_action(page, client):
    url = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/"
    return said(client.post(url, follow=True))


def by_bulk_action_on_the_parent(page, client):
    url = f"/admin/bulk/wagtailcore/page/publish/?id={page.get_parent().pk}&next=/admin/"
    return said(client.post(url, {"include_descendants": "on"}, follow=True))


def by_workflow(page, client):
    group = client.user.groups.get()
    workflow = Workflow.objects.create(name="Zatwierdzanie")
    task = GroupApprovalTask.objects.create(name="Zatwierdzanie")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page.get_parent())
    state = workflow.start(page, client.user).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    by_dialogue = client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert by_dialogue.json() == {"step": "success", "redirect": editor}
    answer = client.post(url, {"comment": ""}, follow=True)
    assert answer.redirect_chain == [(editor, 302)]
    words = " ".join(str(message) for message in answer.context["messages"])
    state.refresh_from_db()
    assert state.status == "in_progress"
    return words


def by_schedule(page, client):
    at = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=at)
    clock.tick(timezone.now())
    return client.get("/admin/").content.decode()


def by_shell(publish):
    def run(page, client):
        with pytest.raises(ValidationError) as refused:
            publish(page)
        return " ".join(refused.value.messages)

    return run


def save_live(page, **options):
    page.live = True
    page.save(**options)


WAYS = {
    "button": by_button,
    "bulk action": by_bulk_action,
    "bulk action on the page above": by_bulk_action_on_the_parent,
    "workflow": by_workflow,
    "schedule": by_schedule,
    "shell, revision": by_shell(lambda page: page.save_revision().publish()),
    "shell, save": by_shell(save_live),
    "shell, save without cleaning": by_shell(lambda page: save_live(page, clean=False)),
    "shell, save of one field": by_shell(lambda page: save_live(page, update_fields=["live"])),
}
LIES = {
    "fully conforming in spite of an open finding": ({}, {"state": "open"}),
    "fully conforming in spite of an accepted one": ({}, {"state": "accepted"}),
    "an accepted finding left out": ({"barriers": "one"}, {"state": "accepted", "message": "Druga bariera"}),
}


def said(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ")


# Every way is tried with the first lie, and the shortest way with every lie.
FIRST_LIE = next(iter(LIES))
TRIED = [*((way, FIRST_LIE) for way in WAYS), *(("shell, revision", lie) for lie in LIES if lie != FIRST_LIE)]


@pytest.mark.parametrize(("way", "lie"), TRIED)
def test_no_way_leads_to_publishing_what_the_findings_deny(way, lie):
    centre = make_centre()
    listed, fields = LIES[lie]
    page = make_declaration(centre, is_published=False, barriers=[make_barrier()] if listed else [])
    finding = make_finding(centre, **fields)

    words = WAYS[way](page, logged_in(centre))

    assert finding.message in words
    page = DeclarationPage.objects.get()
    assert not page.live
    assert page.get_latest_revision_as_object().status == ("partial" if listed else "full")


def test_publishing_is_free_again_once_the_finding_is_dealt_with():
    centre = make_centre()
    page = make_declaration(centre, is_published=False)
    finding = make_finding(centre)
    finding.state, finding.reason = "disputed", "Ozdoba."
    finding.save()
    page.get_latest_revision().publish()
    assert DeclarationPage.objects.get().live


def test_a_partial_declaration_may_be_published_while_open_findings_wait():
    centre = make_centre()
    make_finding(centre)
    make_declaration(centre, barriers=[make_barrier()])
    assert DeclarationPage.objects.get().live


def test_a_published_declaration_that_turned_wrong_can_still_be_locked_drafted_and_withdrawn():
    centre = make_centre()
    page = make_declaration(centre)
    make_finding(centre)
    page = DeclarationPage.objects.get()
    page.locked = True
    page.save(update_fields=["locked"])
    page.contact_unit = "nowy szkic"
    page.save_revision()
    assert DeclarationPage.objects.get().contact_unit != "nowy szkic"
    with pytest.raises(DeclarationRefused):
        page.save()
    DeclarationPage.objects.get().unpublish()
    assert not DeclarationPage.objects.get().live


def test_the_editor_proposes_what_the_findings_say_and_a_person_takes_it_over():
    centre = make_centre()
    page = make_declaration(centre)
    finding = make_finding(centre, state="accepted", effect="Kto nie widzi.", way_around="Opowiemy.")
    client = logged_in(centre)
    words = said(client.get(f"/admin/pages/{page.pk}/edit/"))
    assert finding.message in words
    url = f"/admin/ustalenia/deklaracja/{page.pk}/"
    assert finding.message in said(client.get(url))
    assert not page.get_latest_revision_as_object().barriers.all()  # asking changes nothing
    client.post(url)
    draft = DeclarationPage.objects.get().get_latest_revision_as_object()
    assert draft.status == "partial"
    assert draft.barriers.get().finding == finding
    draft.get_latest_revision().publish()
    assert DeclarationPage.objects.get().contradictions(TODAY) == []


def test_saving_the_editors_form_keeps_the_link_to_the_finding_and_takes_no_foreign_one():
    centre = make_centre()
    finding = make_finding(centre, state="accepted")
    foreign = make_finding(make_centre("mok.localhost"), state="accepted")
    page = make_declaration(centre, is_published=False)
    page.barriers, page.status = [make_barrier(finding=finding)], "partial"
    page.save_revision()
    client = logged_in(centre)
    url = f"/admin/pages/{page.pk}/edit/"
    data = form_data(client.get(url))
    assert client.post(url, data).status_code == 302
    draft = DeclarationPage.objects.get().get_latest_revision_as_object()
    assert [barrier.finding for barrier in draft.barriers.all()] == [finding]
    answer = client.post(url, data | {"barriers-0-finding": str(foreign.pk)})
    assert answer.context["form"].formsets["barriers"].forms[0].errors


def test_staff_see_in_red_that_the_published_declaration_is_denied():
    centre = make_centre()
    make_declaration(centre)
    finding = make_finding(centre)
    client = logged_in(centre)
    for url in ("/admin/", "/admin/ustalenia/"):
        html = client.get(url).content.decode()
        red = BeautifulSoup(html, "html.parser").find(class_="help-critical")
        assert finding.message in red.get_text()
