"""What the wiring adds to Wagtail's admin: the staff's first page, their menu, their scope."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from gok_site.backup.daily import daily_backup
from gok_site.health import neighbours_away
from gok_site.staff import home, invitations, overdue  # noqa: F401 - the last two register themselves
from gok_site.staff.listing import StaffPageViewSet
from gok_site.staff.scope import own_pages

STAFF_REPORTS = {"aging-pages"}


hooks.register("clock_tick", daily_backup)
hooks.register("register_health_warnings", neighbours_away)


@hooks.register("register_admin_viewset")
def list_pages():
    return StaffPageViewSet()


@hooks.register("construct_homepage_panels")
def add_staff_panels(request, panels):
    panels += [home.VerbsPanel(), home.AttendancePanel(), home.AheadPanel(), home.DraftsPanel()]
    panels.append(home.IdleGoalsPanel())


@hooks.register("construct_main_menu")
def shorten_menu(request, items):
    """No help menu: it leads to other hosts, and in another language."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("construct_reports_menu")
def shorten_reports(request, items):
    """Staff keep the report on pages that nobody has touched for long; the others show all centres."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name in STAFF_REPORTS]


@hooks.register("construct_page_chooser_queryset")
def offer_own_pages(pages, request):
    return own_pages(pages, request.user)


@hooks.register("insert_global_admin_css")
def staff_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/staff.css"))


@hooks.register("insert_global_admin_js")
def day_inputs():
    return format_html('<script src="{}"></script>', static("js/day_inputs.js"))
