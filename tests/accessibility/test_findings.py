"""Findings: what is decided about them is one step, one line of history, and agrees with the declaration."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accessibility.findings import agreement, deciding, listing
from accessibility.findings.deciding import TooLateError
from accessibility.models import DeclarationPage, Finding, FindingState

from .builders import make_barrier, make_centre, make_coordinator, make_declaration, make_finding

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
FACTS = {
    "element": "nagranie przeglądu",
    "what": "Film nie ma napisów.",
    "effect": "Osoba głucha nie pozna słów.",
    "way_around": "Wyślemy zapis rozmów.",
    "owner": "redakcja",
    "repair_on": TODAY + timedelta(days=60),
}


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def user(centre):
    return make_coordinator(centre)


def draft(page):
    return DeclarationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def messages(finding):
    return [(entry.message, entry.user_display_name) for entry in finding.history]


def test_accepting_lists_the_barrier_in_a_draft_and_publishes_nothing(centre, user):
    page, finding = make_declaration(centre), make_finding(centre)
    deciding.accept(finding, FACTS, user=user, at=NOW)

    finding.refresh_from_db()
    assert (finding.state, finding.state_changed_by) == (FindingState.ACCEPTED, user)
    [barrier] = draft(page).barriers.all()
    assert (barrier.finding, barrier.element, barrier.owner) == (finding, FACTS["element"], "redakcja")
    assert barrier.repair_on == FACTS["repair_on"]
    assert not DeclarationPage.objects.get().barriers.exists()
    assert finding.history.get().user == user


def test_accepting_keeps_what_an_open_draft_holds(centre, user):
    page = make_declaration(centre, barriers=[make_barrier()])
    page.contact_unit = "zmieniony szkic"
    page.barriers.add(make_barrier(element="drugi, jeszcze niezapisany"))
    page.save_revision()
    for cause in ("film", "plan"):
        deciding.accept(make_finding(centre, cause), FACTS, user=user, at=NOW)
    newest = draft(page)
    assert newest.contact_unit == "zmieniony szkic"
    assert [bool(barrier.finding) for barrier in newest.barriers.all()] == [False, False, True, True]


def test_accepting_is_all_or_nothing(centre, user, monkeypatch):
    make_declaration(centre)
    finding = make_finding(centre)
    monkeypatch.setattr(DeclarationPage, "save_revision", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        deciding.accept(finding, FACTS, user=user, at=NOW)
    assert Finding.objects.get().state == FindingState.OPEN
    assert not finding.history.exists()


def test_a_finding_can_be_accepted_before_there_is_a_declaration_and_listed_later(centre, user):
    finding = make_finding(centre)
    assert deciding.accept(finding, FACTS, user=user, at=NOW) is None
    page = make_declaration(centre, is_published=False)
    assert agreement.unlisted(page) == [finding]
    listing.take_over(page, user=user)
    newest = draft(page)
    assert [(barrier.finding, barrier.what) for barrier in newest.barriers.all()] == [(finding, FACTS["what"])]
    assert newest.status == "partial"
    assert newest.problems(TODAY) == []


def test_disputing_and_opening_again_keep_their_reasons(centre, user):
    finding = make_finding(centre)
    deciding.dispute(finding, "Obraz jest ozdobą.", user=user, at=NOW)
    deciding.reopen(finding, "Jednak nie.", user=user, at=NOW + timedelta(hours=1))
    finding.refresh_from_db()
    assert (finding.state, finding.reason) == (FindingState.OPEN, "Jednak nie.")
    history = [message for message, _user in messages(finding)]
    assert ["Jednak nie." in history[0], "Obraz jest ozdobą." in history[1]] == [True, True]


def test_a_repair_names_the_check_and_its_day(centre, user):
    finding = make_finding(centre, last_seen_at=NOW - timedelta(days=3))
    deciding.repair(finding, repaired_on=TODAY, proof="czytnik ekranu", user=user, at=NOW)
    finding.refresh_from_db()
    assert (finding.state, finding.repaired_on, finding.proof) == (FindingState.REPAIRED, TODAY, "czytnik ekranu")
    assert "czytnik ekranu" in messages(finding)[0][0]


@pytest.mark.parametrize("days", [1, -4], ids=["in the future", "before it was last seen"])
def test_a_check_of_a_day_that_proves_nothing_is_refused(centre, user, days):
    finding = make_finding(centre, last_seen_at=NOW - timedelta(days=3))
    with pytest.raises(ValidationError):
        deciding.repair(finding, repaired_on=TODAY + timedelta(days=days), proof="audyt", user=user, at=NOW)
    assert Finding.objects.get().state == FindingState.OPEN


@pytest.mark.parametrize(
    ("state", "decision"),
    [
        ("accepted", lambda f, u: deciding.accept(f, FACTS, user=u, at=NOW)),
        ("repaired", lambda f, u: deciding.accept(f, FACTS, user=u, at=NOW)),
        ("disputed", lambda f, u: deciding.dispute(f, "Bo tak.", user=u, at=NOW)),
        ("repaired", lambda f, u: deciding.repair(f, repaired_on=TODAY, proof="x", user=u, at=NOW)),
        ("open", lambda f, u: deciding.reopen(f, "Bo tak.", user=u, at=NOW)),
    ],
)
def test_what_somebody_has_decided_meanwhile_is_not_decided_again(centre, user, state, decision):
    shown = make_finding(centre)
    facts = {"reason": "x", "repaired_on": TODAY, "proof": "x"}
    Finding.objects.update(state=state, **facts)
    with pytest.raises(TooLateError):
        decision(shown, user)
    assert Finding.objects.get().state == state


def test_the_proposal_follows_the_findings_and_a_persons_choice_of_the_worst(centre, user):
    page = make_declaration(centre, is_published=False, status="partial")
    assert agreement.proposed_status(page) == "full"
    finding = make_finding(centre)
    assert agreement.proposed_status(page) == "partial"
    page.status = "none"
    assert agreement.proposed_status(page) == "none"
    page.status = "full"
    Finding.objects.update(level="")  # advice beyond the norm
    assert agreement.proposed_status(page) == "full"
    Finding.objects.update(level="AA", state="disputed", reason="Ozdoba.")
    assert agreement.proposed_status(page) == "full"
    finding.refresh_from_db()
    deciding.reopen(finding, "Jednak bariera.", user=user, at=NOW)
    assert agreement.proposed_status(page) == "partial"


def test_a_barrier_whose_finding_is_repaired_can_be_taken_out_and_never_is_by_itself(centre, user):
    page, finding = make_declaration(centre, is_published=False), make_finding(centre)
    deciding.accept(finding, FACTS, user=user, at=NOW)
    deciding.repair(finding, repaired_on=timezone.localdate(), proof="audyt", user=user, at=NOW)
    newest = draft(page)
    assert [found for _barrier, found in agreement.repaired_barriers(newest)] == [finding]
    newest.status = "partial"
    assert newest.problems(TODAY) == []
    listing.take_over(page, user=user)
    assert not draft(page).barriers.all()
    assert draft(page).status == "full"


def test_findings_of_another_centre_change_nothing(centre):
    page = make_declaration(centre)
    make_finding(make_centre("mok.localhost"), state="accepted")
    assert page.problems(TODAY) == []
    assert page.contradictions(TODAY) == []
    assert agreement.unlisted(page) == []


def test_a_published_claim_that_new_findings_deny_is_served_and_said_to_be_denied(centre, client):
    page = make_declaration(centre)
    assert page.contradictions(TODAY) == []
    make_finding(centre, message="Obraz bez tekstu")
    [sentence] = page.contradictions(TODAY)
    assert "Obraz bez tekstu (/aktualnosci/przeglad/)" in sentence
    assert client.get("/deklaracja-dostepnosci/").status_code == 200
    Finding.objects.update(state="accepted")
    assert len(page.contradictions(TODAY)) == 2  # claimed away, and not listed


def test_a_promise_of_repair_that_was_not_kept_is_said(centre):
    finding = make_finding(centre, state="accepted")
    barrier = make_barrier(finding=finding, repair_on=TODAY - timedelta(days=1))
    page = make_declaration(centre, barriers=[barrier])
    [sentence] = page.contradictions(TODAY)
    assert barrier.element in sentence
    assert page.contradictions(TODAY - timedelta(days=1)) == []


def test_long_lists_of_findings_are_said_in_short(centre):
    page = make_declaration(centre)
    for number in range(8):
        make_finding(centre, f"rysunek {number}")
    [sentence] = page.contradictions(TODAY)
    assert sentence.count("rysunek") == 5
    assert "3" in sentence


def test_the_most_serious_come_first(centre):
    rows = [
        ("open", "", 9),
        ("repaired", "A", 5),
        ("open", "AA", 1),
        ("open", "A", 1),
        ("accepted", "A", 1),
        ("open", "A", 3),
    ]
    facts = {"repaired_on": TODAY, "proof": "x"}
    for number, (state, level, pages) in enumerate(rows):
        make_finding(centre, str(number), state=state, level=level, pages_count=pages, **facts)
    found = Finding.objects.most_serious_first()
    assert [finding.cause.removeprefix("manual:") for finding in found] == ["5", "3", "2", "0", "4", "1"]
