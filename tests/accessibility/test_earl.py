"""EARL out and in: ours comes back the same, an outside auditor's comes in, anything else is refused in words."""

import json
from contextlib import suppress

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accessibility.evaluation import earl, earl_reading, finishing, norm
from accessibility.evaluation.earl_importing import import_report
from accessibility.evaluation.json_ld import LIMIT, UnreadableReport
from accessibility.models import Evaluation, Outcome, PageChoice, SampledPage

from .builders import make_centre
from .evaluations import make_complete, make_result

NOW = timezone.now()
CONTEXT = {"earl": "http://www.w3.org/ns/earl#", "WCAG21": "http://www.w3.org/TR/WCAG21/#"}


def read(facts, hostname="localhost"):
    content = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    return earl_reading.read_report(content, norm.read_norm(), hostname)


def assertion(test="WCAG21:non-text-content", outcome="earl:passed", **more):
    return {
        "@type": "earl:Assertion",
        "earl:test": test,
        "earl:subject": "https://example.org/",
        "earl:result": {"@type": "earl:TestResult", "earl:outcome": outcome, "dct:description": "Opis."},
        **more,
    }


def told(evaluation):
    """What an evaluation says, without the database's numbers."""
    return {
        result.criterion: (
            *(result.outcome, result.mode, result.method, result.evidence, result.tested_on),
            sorted(page.address for page in result.pages.all()),
            sorted((f.element, f.address, f.what, f.mend) for f in result.failures.all()),
        )
        for result in evaluation.results.all()
    }


@pytest.mark.django_db
def test_what_is_exported_comes_back_the_same():
    centre = make_centre()
    evaluation = make_complete(centre, out_of_scope="Sklep.", support_baseline="NVDA", commissioned_by="Dyrekcja")
    for number in range(2):
        kind = PageChoice.RANDOM if number else PageChoice.PROCESS
        SampledPage.objects.create(evaluation=evaluation, address=f"/p{number}/", title=f"P {number}", kind=kind)
    evaluation.results.filter(criterion="1.1.1").update(outcome="cantTell", method="Lupą.", mode="semiAuto")
    evaluation.results.filter(criterion="1.2.1").update(outcome="inapplicable")
    evaluation.results.filter(criterion="en-9.6").delete()
    make_result(evaluation, "en-9.6", "failed", [("", "Wszędzie."), ("/p0/", "Tu."), ("https://example.org/x", "Tam.")])
    finishing.finish(evaluation, at=NOW)
    evaluation.refresh_from_db()
    text = json.dumps(earl.document(evaluation))
    copy, report = import_report(centre.site, text.encode(), at=NOW)
    before, after = told(evaluation), told(copy)
    # The places of failures are pages too, so a result may name more pages than before.
    for criterion, facts in before.items():
        assert after[criterion][:5] == facts[:5], criterion
        assert after[criterion][6] == facts[6], criterion
        assert set(facts[5]) <= set(after[criterion][5]), criterion
    assert set(before) == set(after)
    assert (report.unknown, report.unclear) == ([], 0)
    for name in ("title", "scope", "out_of_scope", "support_baseline", "commissioned_by", "started_on"):
        assert getattr(copy, name) == getattr(evaluation, name), name
    assert copy.is_draft
    assert copy.sample.get(address="/p1/").kind == PageChoice.RANDOM


@pytest.mark.django_db
def test_the_export_is_earl():
    facts = earl.document(make_complete(make_centre()))
    assert facts["@context"]["earl"] == "http://www.w3.org/ns/earl#"
    assert len(facts["auditSample"]) == len(norm.read_norm().criteria)
    first = next(item for item in facts["auditSample"] if item["test"] == "WCAG21:contrast-minimum")
    assert first["mode"] == "earl:manual"
    assert first["result"]["outcome"] == "earl:failed"
    assert first["result"]["date"] == "2026-03-12"
    assert first["hasPart"][0]["result"]["description"] == "Szary tekst na białym tle."
    names = set(facts["@context"])
    waiting = [{name: value for name, value in facts.items() if name != "@context"}]
    while waiting:  # every short name has its meaning in the context
        node = waiting.pop()
        if isinstance(node, dict):
            assert set(node) - names - {"website", "creator"} == set()
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


@pytest.mark.parametrize(
    "test",
    [
        "WCAG21:contrast-minimum",
        "wcag2:visual-audio-contrast-contrast",
        "WCAG2:contrast-minimum",
        "http://www.w3.org/TR/WCAG20/#visual-audio-contrast-contrast",
        "https://www.w3.org/TR/WCAG21/#contrast-minimum",
        "https://www.w3.org/WAI/WCAG21/Understanding/contrast-minimum.html",
        "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum",
        {"@id": "WCAG21:contrast-minimum"},
        {"id": "_:t", "title": "1.4.3 Contrast (Minimum)"},
        {"@id": "EN301549:9.1.4.3"},
        ["WCAG21:contrast-minimum"],
    ],
)
def test_a_criterion_is_known_by_any_of_its_names(test):
    assert set(read([assertion(test)]).results) == {"1.4.3"}


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("earl:passed", Outcome.PASSED),
        ("http://www.w3.org/ns/earl#failed", Outcome.FAILED),
        ({"@id": "earl:cantTell"}, Outcome.CANNOT_TELL),
        ({"id": "earl:inapplicable", "type": ["OutcomeValue", "NotApplicable"]}, Outcome.INAPPLICABLE),
        ({"@type": "earl:NotTested"}, Outcome.UNTESTED),
        ("earl:Failed", Outcome.FAILED),
    ],
)
def test_an_outcome_is_known_by_any_of_its_names(outcome, expected):
    assert read([assertion(outcome=outcome)]).results["1.1.1"].outcome == expected


@pytest.mark.parametrize(
    "wrap", [lambda a: a, lambda a: {"@context": CONTEXT, "@graph": a}, lambda a: {"auditResult": a}]
)
def test_assertions_are_found_in_an_array_in_a_graph_and_in_an_evaluation(wrap):
    found = read(wrap([assertion(), assertion("WCAG21:keyboard", "earl:failed")]))
    assert {key: result.outcome for key, result in found.results.items()} == {"1.1.1": "passed", "2.1.1": "failed"}


def test_the_report_tools_second_version_comes_in_with_its_pages():
    page = {"type": ["TestSubject", "WebPage"], "id": "_:struct_0", "title": "Start", "source": "http://localhost/"}
    parts = [
        {
            "type": "Assertion",
            "subject": ["_:struct_0"],
            "testcase": "WCAG2:non-text-content",
            "mode": "earl:manual",
            "result": {"type": "TestResult", "description": "Logo bez opisu.", "outcome": "earl:failed"},
        }
    ]
    result = {
        "type": "TestResult",
        "outcome": "earl:failed",
        "description": "Źle.",
        "date": "2020-12-22 11:47:11 +0100",
    }
    site = {"type": ["TestSubject", "WebSite"], "id": "_:website", "siteName": "Przykład", "siteScope": "Wszystko."}
    facts = {
        "type": "Evaluation",
        "title": "Audyt",
        "commissioner": "Gmina",
        "evaluationScope": {"type": "EvaluationScope", "website": site, "accessibilitySupportBaseline": "NVDA"},
        "structuredSample": {"type": "Sample", "webpage": [page]},
        "auditResult": [
            {"type": "Assertion", "test": "WCAG2:non-text-content", "subject": "_:website", "mode": "earl:manual"}
            | {"result": result, "hasPart": parts}
        ],
    }
    report = read({"@graph": [facts]})
    found = report.results["1.1.1"]
    assert report.facts == {
        "title": "Audyt",
        "commissioned_by": "Gmina",
        "scope": "Wszystko.",
        "support_baseline": "NVDA",
    }
    assert list(report.sample) == ["/"]
    assert (found.evidence, found.tested_on.isoformat()) == (["Źle."], "2020-12-22")
    assert [(failure.address, failure.what) for failure in found.failures] == [("/", "Logo bez opisu.")]


def test_the_report_tools_third_version_comes_in():
    facts = {
        "type": "Evaluation",
        "defineScope": {"scope": {"title": "Strona", "description": "Wszystko."}, "conformanceTarget": "AA"},
        "selectSample": {
            "structuredSample": [
                {"id": "_:s1", "type": ["TestSubject", "WebPage"], "description": "https://example.org/a"}
            ]
        },
        "auditSample": [
            {
                "type": "Assertion",
                "mode": {"type": "TestMode", "@value": "earl:semiAuto"},
                "result": {"description": "Brak.", "outcome": {"id": "earl:failed", "type": ["OutcomeValue", "Fail"]}},
                "subject": {"id": "_:s1", "type": ["TestSubject", "WebPage"]},
                "test": {"id": "WCAG21:non-text-content", "type": ["TestCriterion", "TestRequirement"]},
            }
        ],
    }
    report = read(facts)
    found = report.results["1.1.1"]
    assert (found.outcome, found.mode) == ("failed", "semiAuto")
    assert "https://example.org/a" in report.sample


def test_the_worst_result_of_a_criterion_counts():
    outcomes = ["earl:passed", "earl:cantTell", "earl:failed", "earl:untested"]
    assert read([assertion(outcome=outcome) for outcome in outcomes]).results["1.1.1"].outcome == "failed"


def test_unknown_criteria_and_unclear_outcomes_are_named_and_left_out():
    tests = ["WCAG22:target-size-minimum", "WCAG21:sign-language-prerecorded", "<script>"]
    report = read([assertion(), assertion("WCAG21:keyboard", "earl:perhaps"), *map(assertion, tests)])
    assert report.unknown == ["target-size-minimum", "sign-language-prerecorded", "<script>"]
    assert report.unclear == 1
    assert report.results["2.1.1"].outcome == Outcome.UNTESTED


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//example.com/x", "data:text/html,x", "http://[", "ftp://a/b", "/a\x00b", "/a\ud800"],
)
def test_an_address_that_a_browser_should_not_follow_is_not_taken(address):
    subject = {"@type": "sch:WebPage", "dct:source": address}
    report = read([assertion(outcome="earl:failed", **{"earl:subject": subject})])
    assert report.sample == {}
    assert [failure.address for failure in report.results["1.1.1"].failures] == [""]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"to nie jest JSON",
        b"7",
        b"{}",
        b"[" * 5000,
        json.dumps({"@graph": [{"a": "b"}]}).encode(),
        json.dumps([assertion("WCAG22:target-size-minimum")]).encode(),
        b" " * (LIMIT + 1),
        ("[" + "{}," * 60_000 + "{}]").encode(),
    ],
    ids=["empty", "broken", "text", "number", "object", "deep", "no results", "unknown alone", "large", "many"],
)
def test_what_is_no_report_is_refused_in_words(content):
    with pytest.raises(UnreadableReport) as refused:
        read(content)
    assert len(str(refused.value)) > 20


@pytest.mark.django_db
def test_a_refused_report_leaves_nothing_behind(monkeypatch):
    site = make_centre().site
    with pytest.raises(UnreadableReport):
        import_report(site, b"{}", at=NOW)
    monkeypatch.setattr("accessibility.evaluation.earl_importing._write_result", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_report(site, json.dumps([assertion()]).encode(), at=NOW)
    assert not Evaluation.objects.exists()


@pytest.mark.django_db
def test_a_persons_name_does_not_come_in_an_organisations_does():
    people = [{"@type": "foaf:Person", "name": "Jan Wzorcowy"}, {"@type": "foaf:Organization", "name": "Fundacja Wzór"}]
    evaluation, _report = import_report(make_centre().site, json.dumps([assertion(), *people]).encode(), at=NOW)
    assert evaluation.organisation == "Fundacja Wzór"
    assert "Jan" not in json.dumps(earl.document(evaluation))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@id", "id", "@type", "type", "test", "result", "outcome", "subject", "hasPart", "date", "x"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_any_json_is_read_or_refused(facts):
    mixed = [assertion(), facts, assertion(**({"earl:subject": facts, "hasPart": facts, "earl:mode": facts}))]
    assert "1.1.1" in read(mixed).results
    with suppress(UnreadableReport):
        read(facts)


@pytest.mark.django_db
def test_letters_that_no_database_keeps_are_left_out():
    bad = "a\x00b\ud800c"
    subject = {"@type": "sch:WebPage", "dct:source": "/x/", "dct:title": bad}
    pointer = {"earl:pointer": {"ptr:expression": bad}}
    failed = assertion(outcome="earl:failed", **{"earl:subject": subject})
    failed["earl:result"] |= {"dct:description": bad, "earl:info": bad} | pointer
    facts = [failed, {"@type": "Evaluation", "title": bad, "commissioner": bad, "summary": bad}]
    evaluation, _report = import_report(make_centre().site, json.dumps(facts).encode(), at=NOW)
    failure = evaluation.results.get().failures.get()
    texts = (
        evaluation.title,
        evaluation.commissioned_by,
        evaluation.statement,
        failure.what,
        failure.mend,
        failure.element,
    )
    for text in (*texts, evaluation.sample.get().title):
        assert "a" in text
        assert not {"\x00", "\ud800"} & set(text)
