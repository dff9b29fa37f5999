"""The demonstration's one barrier is a finding that was accepted, and the other centre has nothing against it."""

from django.utils import timezone

from accessibility.models import DeclarationPage, Finding


def test_the_barrier_of_one_centre_is_an_accepted_finding_and_the_other_has_none(demonstration):
    today = timezone.localdate()
    finding = Finding.objects.of(demonstration["mok"]).get()
    assert (finding.state, finding.level) == ("accepted", "A")
    assert finding.page.live
    page = DeclarationPage.objects.child_of(demonstration["mok"].root_page).get()
    assert page.barriers.get().finding == finding
    assert not Finding.objects.of(demonstration["gok"]).exists()
    for declaration in DeclarationPage.objects.all():
        assert declaration.problems(today) == []
        assert declaration.contradictions(today) == []
