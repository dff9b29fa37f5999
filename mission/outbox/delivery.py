"""Carrying letters away: each by itself, never within a web request, never two clocks the same one."""

import logging
import smtplib
import time
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core import mail
from django.db.models import F

from .models import PATIENCE, Failure, Letter
from .posting import can_send

logger = logging.getLogger(__name__)

# A round is short, so that a slow mail server does not keep the clock from its other work.
MOST_LETTERS = 50
MOST_SECONDS = 30
# Longer than any one attempt: until then no other clock touches the letter, and after it a dead one's is taken up.
CLAIM = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
TEXT_KEPT = timedelta(days=1)
TRACE_KEPT = timedelta(days=30)


def deliver(at):
    """Send what is due at the moment `at`; return how many letters went. Not to be called within a transaction."""
    if not can_send():
        return 0
    sent, began = 0, time.monotonic()
    for letter in Letter.objects.due(at)[:MOST_LETTERS]:
        if time.monotonic() - began > MOST_SECONDS:
            break
        if not claim(letter, at):
            continue
        failure = attempt(letter)
        settle(letter, failure, at)
        sent += not failure
        if failure in (Failure.CONNECTION, Failure.LOGIN):
            break  # the others would fail in the same way, each after the same wait
    return sent


deliver.is_errand = True  # the clock runs it outside a transaction


def claim(letter, at):
    """Whether the letter is ours to send: of two clocks only one changes the row that both have read."""
    unchanged = Letter.objects.waiting().filter(pk=letter.pk, attempts=letter.attempts)
    is_ours = unchanged.filter(next_attempt_at=letter.next_attempt_at).update(
        attempts=F("attempts") + 1, next_attempt_at=at + CLAIM
    )
    letter.attempts += 1
    return bool(is_ours)


def attempt(letter):
    """Hand the letter to the mail server; return "" or the kind of failure."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = mail.EmailMessage(
        letter.subject,
        letter.text,
        to=[letter.to],
        headers={
            # The same at every attempt: a letter that went although the server's answer was lost is known again.
            "Message-ID": f"<letter-{letter.pk}-{int(letter.created_at.timestamp())}@{host or 'localhost'}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no absence notes in reply
        },
    )
    try:
        message.send()
    except Exception as error:  # whatever a mail server does, the other letters go on
        failure = kind_of(error)
        logger.warning("Letter %s was not sent: %s (%s)", letter.pk, failure.value, type(error).__name__)
        return failure
    return ""


def kind_of(error):
    """The `Failure` that stands for an exception of the mail library."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure.LOGIN
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        is_final = all(code >= 500 for code, _words in error.recipients.values())
        return Failure.REFUSED if is_final else Failure.OTHER
    if isinstance(error, (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError)):
        return Failure.CONNECTION
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return Failure.CONNECTION
    return Failure.OTHER


def settle(letter, failure, at):
    """Write down what came of one attempt."""
    row = Letter.objects.filter(pk=letter.pk)
    if not failure:
        row.update(sent_at=at, failure="")
    elif failure == Failure.REFUSED or at - letter.created_at >= PATIENCE:
        row.update(given_up_at=at, failure=failure)
    else:
        row.update(next_attempt_at=at + wait_after(letter.attempts), failure=failure)


def wait_after(attempts):
    """How long to wait after so many attempts in vain: a minute, twice as long each time, at most six hours."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)


def tidy(at):
    """Forget the words and the address of what was sent a day ago, and everything after a month."""
    Letter.objects.filter(sent_at__lte=at - TEXT_KEPT).exclude(text="", to="").update(text="", to="")
    over = at - TRACE_KEPT
    Letter.objects.filter(sent_at__lte=over).delete()
    Letter.objects.filter(given_up_at__lte=over).delete()
