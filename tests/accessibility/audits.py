"""Builders for tests of the audit: a browser that sees what it is told, and PDFs."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from accessibility.audit.inspection import Inspection
from accessibility.audit.running import begin, carry_on
from tests.factories import warsaw

AT = warsaw("2026-05-03 12:00")


def seen(rule, *, shape="main > p", is_content=False, states=("1280 light",), **more):
    """One raw result, as the browser's checks give it."""
    place = {"selector": "main > p", "excerpt": "<p>…</p>", "shape": shape, "is_content": is_content}
    return {"rule": rule, **place, "states": list(states), **more}


class ToldBrowser:
    """Stands in for Chromium: `shows` {address: Inspection or list of raw results}; every other page is faultless."""

    versions = {"axe": "4.12.1"}

    def __init__(self, shows=()):
        self.shows, self.visited = dict(shows), []

    def inspect(self, address):
        self.visited.append(address)
        shown = self.shows.get(address, [])
        if isinstance(shown, Exception):
            raise shown
        return shown if isinstance(shown, Inspection) else Inspection(title=f"Tytuł {address}", seen=shown)


def audit(site, shows=(), *, at=AT, page_limit=100, **options):
    """A whole run with a told browser; returns (AuditRun, Recorded)."""
    run = begin(site, root_url=site.root_url, at=at, page_limit=page_limit, minute_limit=5)
    recorded = carry_on(run, ToldBrowser(shows), now=lambda: at, **options)
    return run, recorded


def make_pdf(*, has_text=True, is_tagged=True, title="Regulamin", language="pl-PL", password=""):
    """A PDF of one page, as bytes."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    if has_text:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject("/F1"): names(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 12 Tf 20 250 Td (Regulamin konkursu) Tj ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
    root = writer.root_object
    if is_tagged:
        root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        document = names({"/Type": "/StructElem", "/S": "/Document"})
        tree = DictionaryObject({NameObject("/K"): ArrayObject([document])})
        root[NameObject("/StructTreeRoot")] = writer._add_object(tree)
    if language:
        root[NameObject("/Lang")] = TextStringObject(language)
    writer.metadata = {"/Title": title} if title else {}
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def names(values):
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in values.items()})
