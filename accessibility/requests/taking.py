"""Writing a request down, once, with its term, its receipt and the word to staff: all of it or nothing."""

from hashlib import sha256

from django.db import transaction

from mission.limits import is_within, network_address

from . import letters
from .models import AccessRequest, due_at

# Requests an hour from one network address: a family, a library or a school shares one.
FROM_ONE_ADDRESS = 10


class FloodError(Exception):
    """So many requests came from one network address within an hour that no further one is taken now."""


@transaction.atomic
def accept(form, request, site, at):
    """Write down the request of a valid `form` for `site` at the moment `at`; the same form twice is one request.

    Raises FloodError; a form that has been accepted already is never too many.
    """
    form_mark = sha256(form.nonce.encode()).hexdigest()
    if before := AccessRequest.objects.filter(form_mark=form_mark).first():
        return before
    if not is_within("access-request", network_address(request), FROM_ONE_ADDRESS, at):
        raise FloodError
    facts = {"site": site, "kind": form.kind, "received_at": at, "due_at": due_at(form.kind, at)}
    accepted, is_new = AccessRequest.objects.get_or_create(
        form_mark=form_mark, defaults={**form.data_to_keep(), **facts}
    )
    if is_new:
        letters.confirm(accepted, at)
        letters.tell_staff(accepted, at)
    return accepted
