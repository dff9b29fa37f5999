"""A run visits every page once, survives whatever interrupts it, and proves what is repaired."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from accessibility.audit import running
from accessibility.audit.as_evidence import audits_as_evidence
from accessibility.audit.inspection import Inspection
from accessibility.audit.models import AuditedPage, AuditRun, AuditState, PageState
from accessibility.audit.on_declaration import declaration_axe
from accessibility.models import Finding, FindingState
from mission.models import StandardPage
from tests.accessibility.audits import AT, ToldBrowser, audit, make_pdf, seen
from tests.accessibility.builders import make_centre, make_declaration
from tests.factories import make_goal, make_site

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
IMAGE = {"tags": ["wcag2a", "wcag111"], "help": "Images must have alternative text"}
TEXT = {"shape": "main > div.w-block-text > p > img", "is_content": True}


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def news(site):
    """Pages of one type: `/strona-1/` and so on."""
    add = site.root_page.add_child
    return [add(instance=StandardPage(title=f"Strona {number}", slug=f"strona-{number}")) for number in range(1, 5)]


def causes(site):
    return {finding.cause: finding for finding in Finding.objects.of(site)}


def forbidding(site):
    return list(Finding.objects.of(site).forbidding_full_conformity())


def test_every_published_page_is_visited_once_the_first_of_each_type_before_the_others(site, news):
    news[3].unpublish()
    browser = ToldBrowser()
    run = running.begin(site, root_url="http://localhost", at=AT, page_limit=100, minute_limit=5)
    running.carry_on(run, browser, now=lambda: AT)
    assert browser.visited[0] == "/"
    assert sorted(browser.visited) == sorted(set(browser.visited))
    assert "/strona-4/" not in browser.visited
    assert browser.visited[-2:] == ["/strona-2/", "/strona-3/"]
    assert run.state == AuditState.FINISHED


def test_a_defect_of_content_names_its_page_and_forbids_full_conformity(site, news):
    audit(site, {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE)]})
    finding = causes(site)[f"content:{news[0].pk}:image-alt"]
    assert (finding.page_id, finding.is_content, finding.criterion, finding.level) == (news[0].pk, True, "1.1.1", "A")
    assert finding.message == "Obraz nie ma tekstu alternatywnego."
    assert forbidding(site) == [finding]


def test_a_defect_of_the_template_is_told_once_for_all_pages(site, news):
    shows = {page.url: [seen("button-name", shape="header > button.menu", tags=["wcag2a", "wcag412"])] for page in news}
    audit(site, shows)
    [finding] = Finding.objects.of(site)
    assert (finding.is_content, finding.page, finding.pages_count) == (False, None, 4)
    assert len(finding.places) == 4


def test_one_page_tells_one_cause_however_often_it_shows_it(site, news):
    audit(site, {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE), seen("image-alt", **TEXT, **IMAGE)]})
    [finding] = Finding.objects.of(site)
    assert (len(finding.places), finding.pages_count) == (2, 1)


def test_what_only_dark_colours_show_says_so(site, news):
    facts = {"tags": ["wcag2aa", "wcag143"], "shape": "main > p"}
    audit(site, {"/strona-1/": [seen("color-contrast", states=["1280 dark"], **facts)]})
    assert Finding.objects.get().message.endswith("Tylko w kolorach ciemnych.")


def test_mending_and_another_audit_prove_the_repair(site, news):
    audit(site, {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE)]})
    run, recorded = audit(site, at=LATER)
    finding = Finding.objects.get()
    assert (finding.state, finding.repaired_on) == (FindingState.REPAIRED, LATER.date())
    assert finding.proof == run.proof
    assert "audyt automatyczny z 4 maja 2026 r. (axe-core 4.12.1, " in finding.proof
    assert forbidding(site) == []
    assert [len(getattr(recorded, name)) for name in ("new", "returned", "remaining", "repaired")] == [0, 0, 0, 1]
    assert run.changes["repaired"] == [finding.pk]


def test_a_defect_that_comes_back_is_open_again(site, news):
    shows = {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE)]}
    audit(site, shows)
    audit(site, at=LATER)
    run, _recorded = audit(site, shows, at=LATER + timedelta(days=1))
    finding = Finding.objects.get()
    assert (finding.state, run.changes["returned"]) == (FindingState.OPEN, [finding.pk])


def test_a_bounded_audit_proves_nothing_about_pages_that_it_did_not_visit(site, news):
    audit(site, {"/strona-4/": [seen("image-alt", **TEXT, **IMAGE)]})
    run, _recorded = audit(site, at=LATER, page_limit=2)
    assert (run.state, run.pages.filter(state=PageState.DONE).count()) == (AuditState.STOPPED, 2)
    assert Finding.objects.get().state == FindingState.OPEN


def test_a_template_is_repaired_only_when_all_its_places_were_seen_again(site, news):
    shows = {page.url: [seen("button-name", tags=["wcag2a", "wcag412"])] for page in news}
    audit(site, shows)
    broken = Inspection(problem="HTTP 500")
    run, _recorded = audit(site, {"/strona-2/": broken}, at=LATER)
    assert run.pages.get(address="/strona-2/").state == PageState.FAILED
    assert Finding.objects.get().state == FindingState.OPEN
    audit(site, at=LATER + timedelta(days=1))
    assert Finding.objects.get().state == FindingState.REPAIRED


def test_what_stood_on_a_withdrawn_page_is_gone_with_it(site, news):
    audit(site, {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE)]})
    news[0].unpublish()
    audit(site, at=LATER)
    assert Finding.objects.get().state == FindingState.REPAIRED


def test_an_interrupted_run_goes_on_and_counts_nothing_twice(site, news):
    class KilledError(Exception):
        pass

    run = running.begin(site, root_url="http://localhost", at=AT, page_limit=100, minute_limit=5)
    shows = {"/": [seen("image-alt", **TEXT, **IMAGE)], "/strona-1/": KilledError()}
    first = ToldBrowser(shows)
    with pytest.raises(KilledError):
        running.carry_on(run, first, now=lambda: AT)
    again = running.resumable(site, at=AT + timedelta(hours=1))
    second = ToldBrowser()
    running.carry_on(again, second, now=lambda: AT + timedelta(hours=1))
    assert again == run
    assert set(first.visited[:-1]) & set(second.visited) == set()
    assert [finding.pages_count for finding in Finding.objects.of(site)] == [1]
    assert AuditedPage.objects.filter(run=run).exclude(state=PageState.DONE).count() == 0


def test_a_stopped_run_goes_on_only_when_asked_and_keeps_its_comparison(site, news):
    _run, _recorded = audit(site, {"/": [seen("image-alt", **TEXT, **IMAGE)]}, page_limit=1)
    assert running.resumable(site, at=LATER) is None
    again = running.resumable(site, at=LATER, states=[AuditState.RUNNING, AuditState.STOPPED])
    again.page_limit = 100
    running.carry_on(again, ToldBrowser(), now=lambda: LATER)
    assert again.state == AuditState.FINISHED
    assert again.changes == {"new": [Finding.objects.get().pk], "returned": [], "remaining": [], "repaired": []}


def test_a_run_of_long_ago_is_begun_anew(site):
    running.begin(site, root_url="http://localhost", at=AT, page_limit=1, minute_limit=1)
    assert running.resumable(site, at=AT + timedelta(days=8)) is None


def test_only_one_audit_of_a_site_runs_at_a_time(site):
    with running.only_audit(site), pytest.raises(running.AlreadyRunningError), running.only_audit(site):
        pass


def test_pages_lead_to_views_but_not_to_files_other_parts_or_endless_months(site):
    months = [f"/program/archiwum/2026/{month:02}/" for month in range(1, 13)]
    found = [*months, "/admin/", "/documents/1/plan.pdf", "/program/kalendarz.ics", "/api/events/", "/szukaj/", "/"]
    run, _recorded = audit(site, {"/": Inspection(title="Start", addresses=found)})
    views = set(run.pages.filter(page=None).values_list("address", flat=True))
    assert views == {*months[:3], "/szukaj/"}


def test_a_filtered_list_is_its_page_and_its_content_is_told_once(site, news):
    filtered = "/strona-1/?p=2"
    shows = {"/": Inspection(title="Start", addresses=[filtered])}
    shows |= {address: [seen("image-alt", **TEXT, **IMAGE)] for address in ("/strona-1/", filtered)}
    audit(site, shows)
    finding = Finding.objects.of(site).get()
    assert (finding.page_id, finding.pages_count) == (news[0].pk, 2)


def test_a_time_limit_stops_a_run_and_what_it_saw_is_kept(site, news, monkeypatch):
    run = running.begin(site, root_url="http://localhost", at=AT, page_limit=100, minute_limit=1)
    moments = iter([0, 1, 2, 3, 1000, 1001])
    monkeypatch.setattr(running.time, "monotonic", lambda: next(moments))
    running.carry_on(run, ToldBrowser({"/": [seen("image-alt", **TEXT, **IMAGE)]}), now=lambda: AT)
    assert (run.state, run.pages.filter(state=PageState.DONE).count()) == (AuditState.STOPPED, 1)
    assert Finding.objects.count() == 1


def test_a_pdf_without_tags_is_found_and_a_tagged_one_in_its_place_proves_the_repair(site, news):
    stored = get_document_model().objects.create(
        title="Regulamin", file=ContentFile(make_pdf(is_tagged=False), name="regulamin.pdf")
    )
    link = {"document": stored.pk, "text": "Regulamin", "has_page": True, "selector": "a", "excerpt": "<a>"}
    shows = {"/strona-1/": Inspection(title="Konkurs", documents=[link])}
    audit(site, shows)
    [finding] = forbidding(site)
    assert (finding.rule, finding.page_id, finding.criterion) == ("pdf-untagged", news[0].pk, "1.3.1")
    assert finding.message.startswith("Dokument „Regulamin”: PDF nie ma znaczników")
    stored.file.save("regulamin-2.pdf", ContentFile(make_pdf()))
    audit(site, shows, at=LATER)
    assert Finding.objects.get().state == FindingState.REPAIRED


def test_a_document_without_a_page_of_the_same_content_is_advice(site, news):
    stored = get_document_model().objects.create(title="Karta", file=ContentFile(b"-", name="karta.odt"))
    link = {"document": stored.pk, "text": "Karta", "has_page": False, "selector": "a", "excerpt": "<a>"}
    run, _recorded = audit(site, {"/strona-1/": Inspection(title="Konkurs", documents=[link])})
    assert Finding.objects.get().rule == "document-without-page"
    assert forbidding(site) == []
    assert [document.is_checked for document in run.documents.all()] == [False]
    audit(site, {"/strona-1/": Inspection(title="Karta – Ośrodek", documents=[link])}, at=LATER)
    assert Finding.objects.get().state == FindingState.REPAIRED


def test_titles_that_say_nothing_or_repeat_are_told(site, news):
    shows = {
        "/strona-1/": Inspection(title="Bez tytułu – Ośrodek"),
        "/strona-2/": Inspection(title="Koncert – Ośrodek"),
        "/strona-3/": Inspection(title="Koncert – Ośrodek"),
    }
    audit(site, shows)
    found = {finding.rule: finding for finding in Finding.objects.of(site)}
    assert set(found) == {"page-title-vague", "page-title-repeated"}
    assert (found["page-title-vague"].level, found["page-title-vague"].page_id) == ("A", news[0].pk)
    assert (found["page-title-repeated"].level, found["page-title-repeated"].pages_count) == ("", 2)


def test_the_neighbours_audit_touches_nothing_here(site, news):
    other = make_site("mok.localhost", name="Drugi")
    audit(site, {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE)]})
    run, recorded = audit(other, at=LATER)
    assert Finding.objects.of(site).get().state == FindingState.OPEN
    assert recorded.repaired == []
    assert set(run.pages.values_list("page", flat=True)) & {page.pk for page in news} == set()


def test_the_declarations_page_is_asked_about_by_the_validator():
    centre = make_centre()
    site, declaration = centre.site, make_declaration(centre)
    assert declaration_axe(declaration) is None
    audit(site)
    assert declaration_axe(declaration) == []
    shows = [seen("image-alt", **IMAGE), seen("region", tags=["best-practice"], help=""), seen("reflow")]
    audit(site, {declaration.url: shows}, at=LATER)
    assert declaration_axe(declaration) == ["Obraz nie ma tekstu alternatywnego."]
    assert [error.rule for error in declaration.report(LATER.date()).errors if error.rule == "R19"] == ["R19"]


def test_the_evidence_tells_of_finished_audits(site, news):
    audit(site, {"/strona-1/": [seen("image-alt", **TEXT, **IMAGE)]})
    (check,) = audits_as_evidence(site, LATER)
    assert check.checked_on == AT.date()
    assert "1 przyczyna" in check.result
    assert check.coverage.startswith(f"{AuditRun.objects.get().pages.count()} z ")
    assert audits_as_evidence(site, AT.replace(year=AT.year - 1)) == []


def test_many_pages_cost_as_many_queries_each_as_few(site, django_assert_max_num_queries):
    for number in range(1, 9):
        make_goal(number, site=site)
    with django_assert_max_num_queries(20):
        running.begin(site, root_url="http://localhost", at=AT, page_limit=1, minute_limit=1)
    assert AuditRun.objects.count() == 1
