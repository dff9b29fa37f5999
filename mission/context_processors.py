"""What every page of a centre prints: its data, its menu, its colours. Read once a request, when asked for."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from . import fragments
from .models import CentreSettings
from .theme import theme_url


def centre(request):
    """`centre` (CentreSettings), `wagtail_site`, `navigation` (menu and footer pages), `theme_url`, `notice_is_shown`,
    `now`, `site_pieces` (what is rendered once for all pages).
    """
    site = Site.find_for_request(request)
    if site is None:
        return {}
    settings = SimpleLazyObject(lambda: CentreSettings.for_request(request))
    return {
        "centre": settings,
        "wagtail_site": site,
        "navigation": SimpleLazyObject(lambda: navigation(request, site)),
        "site_pieces": SimpleLazyObject(lambda: fragments.of_site(request)),
        "theme_url": SimpleLazyObject(lambda: theme_url(settings.hue)),
        "notice_is_shown": SimpleLazyObject(lambda: settings.notice_at(timezone.now())),
        "now": SimpleLazyObject(timezone.now),
    }


def navigation(request, site):
    """The pages of the first level in tree order: `menu` and `footer`, each page with `href`, `title`, `is_current`.

    The footer has what the menu has not, so that nothing published is out of reach. A page is current when the
    request's path lies under it.
    """
    parts = {"menu": [], "footer": []}
    for href, title, is_in_menu in fragments.of_site(request).keep("navigation", lambda: _first_level(site)):
        is_current = bool(href) and request.path.startswith(href)
        parts["menu" if is_in_menu else "footer"].append({"href": href, "title": title, "is_current": is_current})
    return parts


def _first_level(site):
    """The public pages under the home page, as (address, title, whether it is for the menu). One query."""
    pages = Page.objects.live().public().child_of(site.root_page).order_by("path").defer_streamfields()
    return [(page.get_url(current_site=site), page.title, page.show_in_menus) for page in pages]
