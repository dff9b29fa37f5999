"""Letters about requests: a receipt to the person, short notes to staff. What somebody wrote is in none of them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mission.models import CentreSettings
from mission.outbox.posting import TO_STAFF, post

from ..declaration.models import DeclarationPage
from .explaining import EXPLANATIONS
from .models import AccessRequest, ContactWay

WORKING_DAY_STARTS = 7  # o'clock


def receipt_key(accepted):
    return f"access-request {accepted.reference} receipt"


def confirm(accepted, at):
    """Send the number and the term to the person, if they gave an e-mail address.

    Nothing that was typed into the form is repeated: the letter would carry a stranger's words to any address.
    """
    if accepted.contact_way != ContactWay.EMAIL:
        return None
    centre = CentreSettings.for_site(accepted.site)
    context = {"accepted": accepted, "centre": centre, "explanation": EXPLANATIONS[accepted.kind]}
    return post(
        site=accepted.site,
        key=receipt_key(accepted),
        to=accepted.contact,
        subject=_("Request %(number)s: we have received it") % {"number": accepted.reference},
        text=render_to_string("accessibility/letters/receipt.txt", context),
        at=at,
    )


def tell_staff(accepted, at):
    """Tell whoever answers requests that a new one came: number, kind, term and the way to it."""
    return post(
        site=accepted.site,
        key=f"access-request {accepted.reference} staff",
        to=staff_address(accepted.site),
        subject=_("New request about access: %(number)s") % {"number": accepted.reference},
        text=render_to_string(
            "accessibility/letters/new_request.txt",
            {"accepted": accepted, "url": admin_url("access_requests:edit", accepted.pk)},
        ),
        at=at,
        limit=TO_STAFF,
    )


def remind(at):
    """Once a day, from seven in the morning on, tell each centre's staff which terms end soon or have passed."""
    now = timezone.localtime(at)
    if now.hour < WORKING_DAY_STARTS:
        return
    urgent = AccessRequest.objects.overdue(at) | AccessRequest.objects.due_soon(at)
    for site in {accepted.site for accepted in urgent.select_related("site")}:
        requests = list(urgent.filter(site=site).order_by("due_at", "pk"))
        rows = [(accepted, accepted.is_overdue(at)) for accepted in requests]
        post(
            site=site,
            key=f"access-requests due {site.pk} {now.date().isoformat()}",
            to=staff_address(site),
            subject=_("Requests about access: what is due on %(day)s") % {"day": date_format(now.date(), "j E Y")},
            text=render_to_string(
                "accessibility/letters/due.txt", {"rows": rows, "url": admin_url("access_requests:index")}
            ),
            at=at,
            limit=TO_STAFF,
        )


def staff_address(site):
    """The e-mail address that the declaration names, or else the centre's own; "" when there is none."""
    page = DeclarationPage.objects.in_site(site).live().only("email").first()
    return (page.email if page else "") or CentreSettings.for_site(site).email


def admin_url(name, *arguments):
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=arguments)
