"""Evaluations in the words of EARL 1.0 (W3C), as JSON-LD with the terms of WCAG-EM around them."""

from urllib.parse import urljoin

from .models import PageChoice

EN_URI = "https://www.etsi.org/deliver/etsi_en/301500_301599/301549/03.02.01_60/en_301549v030201p.pdf#"
WEBSITE = "_:website"
EVALUATOR = "_:evaluator"


def _reference(name):
    return {"@id": name, "@type": "@id"}


def context(norm):
    """The `@context`: what the short names of the document mean."""
    return {
        "earl": "http://www.w3.org/ns/earl#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "sch": "http://schema.org/",
        "ptr": "http://www.w3.org/2009/pointers#",
        "wcagem": "http://www.w3.org/TR/WCAG-EM/#",
        "wai": "http://www.w3.org/WAI/",
        "WCAG21": norm.wcag_uri,
        "EN301549": EN_URI,
        "id": "@id",
        "type": "@type",
        "Assertion": "earl:Assertion",
        "Evaluation": "wcagem:Evaluation",
        "assertedBy": _reference("earl:assertedBy"),
        "subject": _reference("earl:subject"),
        "test": _reference("earl:test"),
        "mode": _reference("earl:mode"),
        "outcome": _reference("earl:outcome"),
        "result": "earl:result",
        "info": "earl:info",
        "pointer": "earl:pointer",
        "expression": "ptr:expression",
        "title": "dct:title",
        "description": "dct:description",
        "date": "dct:date",
        "source": _reference("dct:source"),
        "hasPart": "dct:hasPart",
        "conformsTo": "dct:conformsTo",
        "summary": "dct:abstract",
        "commissioner": "wcagem:commissioner",
        "evaluationScope": "wcagem:step1",
        "siteScope": "wcagem:step1a",
        "conformanceTarget": _reference("wcagem:step1b"),
        "accessibilitySupportBaseline": "wcagem:step1c",
        "additionalEvalRequirement": "wcagem:step1d",
        "pageTypeVariety": "wcagem:step2c",
        "structuredSample": "wcagem:step3a",
        "randomSample": "wcagem:step3b",
        "auditSample": "wcagem:step4",
        "name": "foaf:name",
    }


def document(evaluation):
    """The whole evaluation as a dict that JSON can carry."""
    pages = {page.pk: page for page in evaluation.sample.all()}
    results = {
        result.criterion: result for result in evaluation.results.prefetch_related("pages", "failures").order_by("pk")
    }
    tested = [(criterion, results[key]) for key, criterion in evaluation.norm.criteria.items() if key in results]
    return {
        "@context": context(evaluation.norm),
        **_evaluation(evaluation),
        "structuredSample": [_page(evaluation, p) for p in pages.values() if p.kind != PageChoice.RANDOM],
        "randomSample": [_page(evaluation, p) for p in pages.values() if p.kind == PageChoice.RANDOM],
        "auditSample": [_assertion(evaluation, criterion, result, pages) for criterion, result in tested],
    }


def _evaluation(evaluation):
    return _without_empty(
        {
            "type": "Evaluation",
            "title": evaluation.title,
            "description": str(evaluation._meta.get_field("is_sample").verbose_name) if evaluation.is_sample else "",
            "conformsTo": evaluation.norm.edition,
            "date": _day(evaluation.finished_on or evaluation.started_on),
            "commissioner": evaluation.commissioned_by,
            "summary": evaluation.statement,
            "pageTypeVariety": evaluation.exploration,
            "evaluationScope": _without_empty(
                {
                    "website": {
                        "id": WEBSITE,
                        "type": ["earl:TestSubject", "sch:WebSite"],
                        "title": evaluation.site.site_name,
                        "source": f"{evaluation.site.root_url}/",
                        "siteScope": evaluation.scope,
                    },
                    "conformanceTarget": f"wai:WCAG2{evaluation.conformance_target}-Conformance",
                    "accessibilitySupportBaseline": evaluation.support_baseline,
                    "additionalEvalRequirement": evaluation.out_of_scope,
                }
            ),
            "creator": {
                "id": EVALUATOR,
                "type": ["earl:Assertor", "foaf:Organization"],
                "name": evaluation.organisation or evaluation.evaluator,
                "title": evaluation.evaluator,
            },
        }
    )


def _page(evaluation, page):
    return _without_empty(
        {
            "id": _page_id(page),
            "type": ["earl:TestSubject", "sch:WebPage"],
            "title": page.title,
            "source": _absolute(evaluation, page.address),
            "description": page.why,
        }
    )


def _assertion(evaluation, criterion, result, pages):
    subjects = [_page_id(page) for page in result.pages.all() if page.pk in pages]
    return _without_empty(
        {
            "type": "Assertion",
            "test": _test(criterion),
            "subject": subjects or WEBSITE,
            "assertedBy": EVALUATOR,
            "mode": f"earl:{result.mode}",
            "result": _without_empty(
                {
                    "type": "earl:TestResult",
                    "outcome": f"earl:{result.outcome}",
                    "description": result.evidence,
                    "info": result.method,
                    "date": _day(result.tested_on),
                }
            ),
            "hasPart": [_failure(evaluation, criterion, failure) for failure in result.shown_failures],
        }
    )


def _failure(evaluation, criterion, failure):
    subject = {"type": ["earl:TestSubject", "sch:WebPage"], "source": _absolute(evaluation, failure.address)}
    return _without_empty(
        {
            "type": "Assertion",
            "test": _test(criterion),
            "subject": subject if failure.address else WEBSITE,
            "assertedBy": EVALUATOR,
            "mode": "earl:manual",
            "result": _without_empty(
                {
                    "type": "earl:TestResult",
                    "outcome": "earl:failed",
                    "description": failure.what,
                    "info": failure.mend,
                    "pointer": _without_empty({"type": "ptr:ExpressionPointer", "expression": failure.element})
                    if failure.element
                    else "",
                }
            ),
        }
    )


def _test(criterion):
    return f"WCAG21:{criterion.uri}" if criterion.is_wcag else f"EN301549:{criterion.number}"


def _page_id(page):
    return f"_:page-{page.pk}"


def _absolute(evaluation, address):
    return urljoin(f"{evaluation.site.root_url}/", address)


def _day(day):
    return day.isoformat() if day else ""


def _without_empty(facts):
    return {name: value for name, value in facts.items() if value not in ("", None)}
