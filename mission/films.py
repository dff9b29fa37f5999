"""Films and recordings from our own files, which players may fetch in parts (RFC 9110, section 14)."""

import re

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve

PLAYED = {"audio/mpeg", "video/mp4", "video/webm"}
# No file has a size of more than 18 digits. One closed or open range; several at once are allowed by the norm to be answered with the whole file.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


@require_safe
def document(request, document_id, document_filename):
    """Wagtail's own document view, and for films a part of the file when a player asks for one."""
    wanted = RANGE.match(request.headers.get("Range", ""))
    film = get_object_or_404(get_document_model(), pk=document_id)
    if film.content_type not in PLAYED:
        return serve(request, document_id, document_filename)
    if wanted is None or wanted[0] == "bytes=-" or film.filename != document_filename:
        response = serve(request, document_id, document_filename)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    # The same gates as in Wagtail's view: who may read this collection.
    for check in hooks.get_hooks("before_serve_document"):
        refusal = check(film, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    return part(film, wanted)


def part(film, wanted):
    """206 with the `wanted` bytes (a match of RANGE) of a document, or 416 when it has none of them."""
    size = film.file.size
    first, last = wanted.groups()
    if first:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    else:
        start, end = max(size - int(last), 0), size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(Window(film.file.open("rb"), start, end), status=206, content_type=film.content_type)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Content-Length"] = str(end - start + 1)
    return response


class Window:
    """The bytes `start` to `end` (both included) of an open binary file, to be read once."""

    def __init__(self, file, start, end):
        self.file, self.left = file, end - start + 1
        file.seek(start)

    def read(self, size=-1):
        wanted = self.left if size < 0 else min(size, self.left)
        chunk = self.file.read(wanted)
        self.left -= len(chunk)
        return chunk

    def close(self):
        self.file.close()
