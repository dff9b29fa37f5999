"""Where a finding is to be seen, and where its cause is edited."""

from urllib.parse import urljoin

from django.urls import reverse

SAFE = ("/", "http://", "https://")


def links_to(finding):
    """The kept places as {"address", "url", "selector", "excerpt"}; `url` is None for what is no address of a page."""
    kept = [place for place in finding.places if isinstance(place, dict)]
    if not kept and finding.address:
        kept = [{"address": finding.address}]
    return [
        {
            "address": str(place.get("address", "")),
            "url": public_url(finding, str(place.get("address", ""))),
            "selector": str(place.get("selector", "")),
            "excerpt": str(place.get("excerpt", "")),
        }
        for place in kept
    ]


def public_url(finding, address):
    """The address that a visitor opens; None for anything but a path or a web address."""
    return urljoin(finding.site.root_url, address) if address.startswith(SAFE) else None


def editor_of(finding, user):
    """Where `user` edits the page whose content is at fault, or None."""
    page = finding.page
    if page is None or not page.specific.permissions_for_user(user).can_edit():
        return None
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
