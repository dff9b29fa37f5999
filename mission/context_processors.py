"""What every page of a centre prints: its data, its menu, its colours. Read once a request, when asked for."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from .models import CentreSettings
from .theme import theme_url


def centre(request):
    """`centre` (CentreSettings), `wagtail_site`, `navigation` (menu and footer pages), `theme_url`, `notice_is_shown`, `now`."""
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
    """The pages of the first level in tree order: `menu` and `footer`, each page with `href` and `is_current`.

    The footer has what the menu has not, so that nothing published is out of reach. `path`: the request's path; a
    page is current when the path lies under it. One query.
    """
    pages = Page.objects.live().public().child_of(site.root_page).order_by("path").defer_streamfields()
    parts = {"menu": [], "footer": []}
    for page in pages:
        page.href = page.get_url(current_site=site)
        page.is_current = bool(page.href) and path.startswith(page.href)
        parts["menu" if page.show_in_menus else "footer"].append(page)
    return parts
