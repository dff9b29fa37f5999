"""What every page of a centre prints: its data, its menu, its colours. Read once a request, when asked for."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from .models import CentreSettings
from .theme import theme_url


def centre(request):
    """`centre` (CentreSettings), `wagtail_site`, `navigation` (menu pages), `theme_url`, `notice_is_shown`, `now`."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    settings = SimpleLazyObject(lambda: CentreSettings.for_request(request))
    return {
        "centre": settings,
        "wagtail_site": site,
        "navigation": SimpleLazyObject(lambda: navigation(site, request.path)),
        "theme_url": SimpleLazyObject(lambda: theme_url(settings.hue)),
        "notice_is_shown": SimpleLazyObject(lambda: settings.notice_at(timezone.now())),
        "now": SimpleLazyObject(timezone.now),
    }


def navigation(site, path):
    """The pages of the main menu in tree order, each with `href` and `is_current` (bool).

    `path`: the request's path; a page is current when the path lies under it.
    """
    pages = list(Page.objects.live().public().in_menu().child_of(site.root_page).order_by("path").defer_streamfields())
    for page in pages:
        page.href = page.get_url(current_site=site)
        page.is_current = bool(page.href) and path.startswith(page.href)
    return pages
