"""Writing a letter: a row beside what it tells about, in the same transaction; the clock carries it away."""

from django.conf import settings

from ..limits import is_within
from .models import Letter

# Nobody's mailbox is flooded through our forms: letters an hour to one address that a visitor typed, and to staff.
TO_VISITOR = 3
TO_STAFF = 20
SILENT = "django.core.mail.backends.dummy.EmailBackend"


def can_send():
    """Whether this installation sends mail at all (`EMAIL_URL`)."""
    return settings.EMAIL_BACKEND != SILENT


def post(*, site, key, to, subject, text, at, limit=TO_VISITOR):
    """Put a letter into the outbox and return it, or None when it may not or need not go.

    `key`: what the letter is for, at most 120 characters; a second letter with the same key is not written. `to`: one
    address; `subject`: one line; `text`: plain text; `at`: aware datetime; `limit`: letters an hour to this address.
    Asks the mail server nothing: when the caller's transaction fails, there is no letter.
    """
    if not to or not can_send() or Letter.objects.filter(key=key).exists():
        return None
    if not is_within("letter", to.casefold(), limit, at):
        return None
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "site": site,
            "to": to,
            "subject": " ".join(subject.split())[:200],  # no line break gets into a header
            "text": text,
            "created_at": at,
            "next_attempt_at": at,
        },
    )
    return letter if is_new else None
