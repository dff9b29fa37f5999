"""A PDF is judged by what somebody who does not see it meets."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from accessibility.audit import documents
from tests.accessibility.audits import make_pdf


@pytest.mark.parametrize(
    ("made", "broken"),
    [
        ({}, []),
        ({"is_tagged": False}, ["pdf-untagged"]),
        ({"title": ""}, ["pdf-no-title"]),
        ({"title": "   "}, ["pdf-no-title"]),
        ({"language": ""}, ["pdf-no-language"]),
        ({"is_tagged": False, "title": "", "language": ""}, ["pdf-untagged", "pdf-no-title", "pdf-no-language"]),
        ({"has_text": False, "is_tagged": False, "title": ""}, ["pdf-no-text"]),  # one cause, told once
        ({"password": "tajne"}, ["document-unreadable"]),
    ],
)
def test_each_lack_of_a_pdf_is_told(made, broken):
    assert documents.pdf_rules(BytesIO(make_pdf(**made))) == broken


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x00" * 2000, make_pdf()[:300], b"<html>"])
def test_a_broken_file_is_told_and_stops_nothing(content):
    assert documents.pdf_rules(BytesIO(content)) == ["document-unreadable"]


@pytest.mark.django_db
def test_a_missing_or_huge_file_is_told(monkeypatch):
    stored = get_document_model().objects.create(title="Plan", file=ContentFile(make_pdf(), name="plan.pdf"))
    assert documents.broken_rules(stored) == []
    monkeypatch.setattr(documents, "BYTES", 10)
    assert documents.broken_rules(stored) == ["document-unreadable"]
    monkeypatch.undo()
    stored.file.storage.delete(stored.file.name)
    assert documents.broken_rules(get_document_model().objects.get(pk=stored.pk)) == ["document-unreadable"]


@pytest.mark.parametrize(("name", "expected"), [("plan.pdf", True), ("PLAN.PDF", True), ("karta.odt", False)])
def test_only_formats_that_can_be_judged_are_judged(name, expected):
    assert documents.is_checkable(name) == expected
