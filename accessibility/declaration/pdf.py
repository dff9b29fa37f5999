"""The declaration as a tagged PDF (PDF/UA-1): a convenience for keeping and printing. The page stays the original.

Needs the extra `pdf` (WeasyPrint) and Debian's pango; without them there is no link and no address.
"""

import ctypes
import importlib.util
import mimetypes
import threading
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import cache as store
from django.http import HttpResponse
from django.template.loader import render_to_string

FILE_NAME = "deklaracja.pdf"
OWN = "own:"  # the only addresses that are read while a file is made
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
DAY = 24 * 60 * 60
LONGEST_WAIT = 20  # seconds
_one_at_a_time = threading.Lock()


class BusyError(Exception):
    """Another file has been in the making for too long."""


@cache
def is_available():
    """Whether this installation can make PDF files; tells it without loading the library."""
    return importlib.util.find_spec("weasyprint") is not None and any(map(_loads, PANGO))


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def pdf_response(page, document, address):
    """The answer with the PDF of `document` (DeclarationDocument) of the published `page`, original at `address`."""
    html = render_to_string(
        "accessibility/declaration_pdf.html", {"document": document, "page": page, "address": address}
    )
    try:
        content = file_of(html, document.site_url)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": str(LONGEST_WAIT)})
    headers = {
        "Content-Disposition": f'inline; filename="{FILE_NAME}"',
        "Link": f'<{address}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def file_of(html, base_url):
    """The bytes of the PDF, made once for each text: a change of the declaration is a new text."""
    key = f"declaration-pdf:{sha256(html.encode()).hexdigest()}"
    if (content := store.get(key)) is None:
        if not _one_at_a_time.acquire(timeout=LONGEST_WAIT):
            raise BusyError
        try:
            content = store.get(key) or made(html, base_url)
        finally:
            _one_at_a_time.release()
        store.set(key, content, DAY)
    return content


def made(html, base_url):
    # The library takes a second and 30 MB to load: only in the process that is asked for a file.
    weasyprint = importlib.import_module("weasyprint")

    class StaticFiles(weasyprint.urls.URLFetcher):
        """Reads our own fonts and styles; every other address, of this machine or another, is refused."""

        def fetch(self, url, headers=None):
            path = finders.find(url.removeprefix(OWN)) if url.startswith(OWN) else None
            if path is None:
                raise ValueError("not a static file")
            kind = {"Content-Type": mimetypes.guess_type(path)[0] or "application/octet-stream"}
            return weasyprint.urls.URLFetcherResponse(url, Path(path).read_bytes(), kind)

    source = weasyprint.HTML(string=html, base_url=base_url, url_fetcher=StaticFiles())
    return source.write_pdf(pdf_variant="pdf/ua-1")
