"""What two checks have found is one finding, as long as it is certain that they mean the same."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from accessibility.audit.inspection import Inspection
from accessibility.findings import deciding
from accessibility.findings.deciding import TooLateError
from accessibility.models import Finding, FindingSource, FindingState
from mission.models import StandardPage

from .audits import AT, audit, make_pdf, seen
from .builders import make_centre, make_coordinator, make_finding

pytestmark = pytest.mark.django_db
LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)
ADDRESS = "/plan/"


@pytest.fixture
def centre():
    centre = make_centre()
    centre.site.root_page.add_child(instance=StandardPage(title="Plan", slug="plan"))
    return centre


@pytest.fixture
def scan():
    """A stored PDF without text: 1.1.1."""
    content = ContentFile(make_pdf(has_text=False), name="plan-sali.pdf")
    return get_document_model().objects.create(title="Plan widowni (rysunek)", file=content)


def linking(document):
    """What an audit sees of the page that links to `document`."""
    link = {"document": document.pk, "text": "Plan", "has_page": True, "selector": "a", "excerpt": "<a>"}
    return {ADDRESS: Inspection(title="Plan", documents=[link])}


def by_hand(centre, **fields):
    """What a person has found on the page, accepted as a barrier."""
    facts = {"criterion": "1.1.1", "address": ADDRESS, "state": FindingState.ACCEPTED, "last_seen_at": AT}
    return make_finding(centre, **facts | fields)


def of_audit(centre):
    return Finding.objects.of(centre.site).get(source=FindingSource.AUDIT)


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"element": "Plan widowni w pliku PDF"}, True),
        ({"message": "Plik plan-sali.pdf jest skanem."}, True),
        ({"places": [{"address": "/documents/{pk}/plan-sali.pdf", "selector": "", "excerpt": ""}]}, True),
        ({"element": "Plan widowni w pliku PDF", "state": FindingState.OPEN}, True),
        ({"element": "zdjęcie sali"}, False),
        ({"element": "Plan widowni", "criterion": "1.4.3"}, False),
        ({"element": "Plan widowni", "address": "/inna/"}, False),
        ({"element": "Plan widowni", "level": ""}, False),
        ({"element": "Plan widowni", "state": FindingState.DISPUTED, "reason": "Nie."}, False),
        ({"places": [{"address": "/documents/1{pk}/inny.pdf", "selector": "", "excerpt": ""}]}, False),
    ],
)
def test_an_audit_joins_what_a_person_has_found_when_both_name_the_document(centre, scan, fields, is_told):
    for place in fields.get("places", []):
        place["address"] = place["address"].format(pk=scan.pk)
    known = by_hand(centre, **fields)
    _run, recorded = audit(centre.site, linking(scan))
    found = of_audit(centre)
    assert (found.state, found.covered_by) == (("covered", known) if is_told else ("open", None))
    assert ([found] == recorded.remaining, [found] == recorded.new) == (is_told, not is_told)
    assert (found in Finding.objects.of(centre.site).forbidding_full_conformity()) is not is_told
    assert known.found_by == ("badanie przez człowieka, audyt automatyczny" if is_told else "badanie przez człowieka")


def test_an_element_is_the_same_on_the_same_page_alone(centre):
    shows = {ADDRESS: [seen("image-alt", tags=["wcag2a", "wcag111"])]}
    place = {"selector": "main > p", "excerpt": ""}
    by_hand(centre, cause="inna", places=[{"address": "/inna/", **place}])
    known = by_hand(centre, places=[{"address": ADDRESS, **place}])
    audit(centre.site, shows)
    assert of_audit(centre).covered_by == known


def test_what_the_audit_no_longer_sees_ends_and_the_persons_finding_waits_for_a_person(centre, scan):
    known = by_hand(centre, element="Plan widowni w pliku PDF")
    audit(centre.site, linking(scan))
    scan.file.save("plan-2.pdf", ContentFile(make_pdf()))
    run, _recorded = audit(centre.site, linking(scan), at=LATER)
    found = of_audit(centre)
    assert (found.state, found.proof, found.covered_by) == (FindingState.REPAIRED, run.proof, known)
    assert Finding.objects.get(pk=known.pk).state == FindingState.ACCEPTED


def test_what_was_said_to_be_repaired_and_is_seen_all_the_same_stands_for_itself(centre, scan):
    known = by_hand(centre, element="Plan widowni w pliku PDF")
    audit(centre.site, linking(scan))
    deciding.repair(known, repaired_on=LATER.date(), proof="obejrzano", user=None, at=LATER)
    _run, recorded = audit(centre.site, linking(scan), at=LAST)
    found = of_audit(centre)
    assert (found.state, recorded.returned) == (FindingState.OPEN, [found])


def test_a_finding_of_an_earlier_audit_is_joined_later_unless_a_person_has_parted_them(centre, scan):
    user = make_coordinator(centre)
    audit(centre.site, linking(scan))
    known = by_hand(centre, element="Plan widowni w pliku PDF")
    audit(centre.site, linking(scan), at=LATER)
    assert of_audit(centre).covered_by == known
    deciding.reopen(of_audit(centre), "To inny plik.", user=user, at=LATER)
    audit(centre.site, linking(scan), at=LAST)
    assert (of_audit(centre).state, of_audit(centre).covered_by) == (FindingState.OPEN, None)


def test_a_person_joins_what_no_rule_can_and_nothing_that_would_hide_a_barrier(centre):
    user = make_coordinator(centre)
    one, other, advice = (make_finding(centre, name) for name in "abc")
    Finding.objects.filter(pk=advice.pk).update(level="")
    neighbours = make_finding(make_centre("mok.localhost"), "d")
    for wrong in (one, advice, neighbours):
        with pytest.raises(TooLateError):
            deciding.cover(one, wrong, user=user, at=AT)
    deciding.cover(one, other, user=user, at=AT)
    third = make_finding(centre, "e")
    deciding.cover(other, third, user=user, at=AT)
    assert set(third.also_seen.all()) == {one, other}
    assert str(third) in Finding.objects.get(pk=other.pk).history.get().message
