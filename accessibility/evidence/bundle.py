"""Everything about a declaration in one file for auditors: the same bytes as long as nothing has changed."""

import hashlib
import zipfile
from io import BytesIO

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from accessibility.declaration.versions import published_versions
from accessibility.evaluation import earl
from accessibility.evaluation.as_evidence import MOST_SHOWN, finished
from accessibility.evaluation.json_files import json_text
from mission.spreadsheets import csv_text

from .overview import evidence_of
from .published import check_record, criterion_record, finding_record

MOST_VERSIONS = 500
MAX_AGE = 60  # seconds
# Zip counts years from 1980; a fixed moment keeps the bytes the same.
STAMP = (1980, 1, 1, 0, 0, 0)
FINDING_COLUMNS = (
    *(
        "id",
        "state_label",
        "covered_by",
        "source_label",
        "criterion",
        "rule",
        "level",
        "address",
        "pages",
        "message",
        "mend",
        "reason",
    ),
    *("first_seen", "last_seen", "repaired_on", "proof"),
)
CRITERION_COLUMNS = (
    *("number", "name", "level", "clause", "outcome", "outcome_label", "mode", "method", "evidence"),
    *("tested_by", "tested_on"),
)
README = "accessibility/evidence/readme.txt"
DECLARATION = "accessibility/evidence/declaration_file.html"


def files(page, at):
    """{name: bytes} of what the bundle of the published declaration `page` holds at `at` (aware datetime)."""
    evidence = evidence_of(page, at)
    findings = [finding_record(finding) for finding in evidence.all_findings]
    criteria = [criterion_record(*row) for row in evidence.rows]
    texts = {
        "deklaracja.html": render_to_string(DECLARATION, {"document": page.document(evidence.day)}),
        "dowody.json": json_text(_facts(evidence, findings, criteria)),
        "historia.json": json_text(_history(page)),
        "kryteria.csv": _table(CRITERION_COLUMNS, criteria),
        "ustalenia.csv": _table(FINDING_COLUMNS, findings),
        **_evaluations(page.site),
    }
    texts["README.txt"] = render_to_string(README, {"site": page.site, "declaration_url": page.full_url})
    content = {name: text.encode() for name, text in sorted(texts.items())}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in content.items())
    return content | {"SHA256SUMS": sums.encode()}


def zipped(content):
    """The bytes of a zip archive of `content` ({name: bytes}), the same for the same content."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def bundle_response(request, page, at):
    """The bundle as an answer that may be kept for a minute; 304 when the reader has it already."""
    data = zipped(files(page, at))
    etag = quote_etag(hashlib.sha256(data).hexdigest())
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="dowody-dostepnosci.zip"'
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return get_conditional_response(request, etag=etag, response=response) or response


def _facts(evidence, findings, criteria):
    page, site = evidence.page, evidence.site
    document = page.document(evidence.day)
    facts = {
        "site": f"{site.root_url}/",
        "declaration": page.full_url,
        "subject": document.subject,
        "status": page.status,
        "dates": {name: iso for name, (iso, _worded) in document.dates.items()},
        "contradictions": evidence.contradictions,
        "checks": [check_record(check) for check in evidence.checks],
        "findings": findings,
    }
    if evidence.evaluation:
        facts["evaluation"] = {
            "title": evidence.evaluation.title,
            "norm": evidence.evaluation.norm.edition,
            "finished_on": evidence.evaluation.finished_on.isoformat(),
            "is_sample": evidence.evaluation.is_sample,
            "criteria": criteria,
        }
    if document.is_demonstration:
        facts["notice"] = _("Sample entries: they show the layout and prove nothing.")
    return facts


def _history(page):
    base = f"{page.full_url}wersje/"
    return [
        {
            "day": version.day.isoformat(),
            "published_at": version.published_at.isoformat(),
            "url": f"{base}{version.day}/",
        }
        for version in published_versions(page)[:MOST_VERSIONS]
    ]


def _evaluations(site):
    return {
        f"badanie-{evaluation.finished_on.isoformat()}-{evaluation.pk}.jsonld": json_text(earl.document(evaluation))
        for evaluation in finished(site)[:MOST_SHOWN]
    }


def _table(columns, records):
    return csv_text(columns, ([record[name] for name in columns] for record in records))
