"""The staff's first page: the common tasks by verb, what comes next, what waits, which goals stand idle."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from accessibility.models import DeclarationPage
from mission.evidence import evidence_for
from mission.models import CentreSettings, GoalPage, NewsIndexPage, NewsPage
from programme.events.attendance import without_attendance
from programme.models import EventIndexPage, EventPage, Occurrence, SectionIndexPage, SectionPage
from programme.partner_calendars import queue

from .scope import own_pages, own_sites

ROWS = 6
ADDABLE = [
    (_("Add an event"), "calendar-alt", EventIndexPage, EventPage),
    (_("Add a news item"), "doc-full", NewsIndexPage, NewsPage),
    (_("Add a class"), "group", SectionIndexPage, SectionPage),
]


class StaffPanel(Component):
    """A panel that asks its questions for the person who looks, at the moment of looking."""

    def get_context_data(self, parent_context):
        return self.facts(parent_context["request"].user, timezone.now())


class VerbsPanel(StaffPanel):
    """Large links straight to the form that is wanted, for each of the person's centres."""

    name = "verbs"
    template_name = "gok_site/staff/verbs.html"
    order = 1

    def facts(self, user, at):
        centres = [{"name": site.site_name, "verbs": list(verbs(site, user))} for site in own_sites(user)]
        return {"centres": [centre for centre in centres if centre["verbs"]]}


class AheadPanel(StaffPanel):
    """What appears on the site next: pages that wait for their hour, and the next dates of events."""

    name = "ahead"
    template_name = "gok_site/staff/ahead.html"
    order = 30

    def facts(self, user, at):
        pages = own_pages(Page.objects.all(), user)
        return {"scheduled": scheduled(pages, at), "dates": next_dates(pages, at)}


class AttendancePanel(StaffPanel):
    """Recent dates of which nobody has said how many came."""

    name = "attendance"
    template_name = "gok_site/staff/attendance.html"
    order = 20

    def facts(self, user, at):
        changeable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
        dates = Occurrence.objects.filter(event__live=True, event__in=own_pages(changeable, user).values("pk"))
        rows = list(without_attendance(dates, at=at).select_related("event")[: ROWS + 1])
        return {"dates": rows[:ROWS], "has_more": len(rows) > ROWS}


class DraftsPanel(StaffPanel):
    """Pages that nobody sees yet."""

    name = "drafts"
    template_name = "gok_site/staff/drafts.html"
    order = 240

    def facts(self, user, at):
        editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
        unpublished = own_pages(editable, user).filter(live=False).annotate_approved_schedule()
        drafts = unpublished.filter(_approved_schedule=False)
        newest = drafts.order_by("-latest_revision_created_at", "-pk").specific(defer=True)
        return {"drafts": list(newest[:ROWS]), "more": max(drafts.count() - ROWS, 0)}


class IdleGoalsPanel(StaffPanel):
    """Goals for which nothing was done this year and nothing is planned."""

    name = "idle_goals"
    template_name = "gok_site/staff/idle_goals.html"
    order = 260

    def facts(self, user, at):
        goals = [
            goal
            for goal in GoalPage.objects.filter(pk__in=own_pages(Page.objects.live(), user)).in_order()
            if goal.permissions_for_user(user).can_edit()
        ]
        evidence = evidence_for(goals, at)
        return {"goals": [goal for goal in goals if not evidence[goal.pk]]}


def verbs(site, user):
    """(label, icon, address) for each common task that `user` may do on `site`."""
    for label, icon, index_class, page_class in ADDABLE:
        index = index_class.objects.child_of(site.root_page).first()
        if index and index.permissions_for_user(user).can_add_subpage():
            options = page_class._meta
            yield label, icon, reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, index.pk])
    yield from suggestions_verb(site, user)
    programme = EventIndexPage.objects.child_of(site.root_page).first()
    if programme and programme.permissions_for_user(user).can_publish():
        yield _("Call off, postpone or move"), "calendar-alt", f"{reverse('event_listing:index')}?when=ahead"
        yield _("Close a place or a day"), "cross", f"{reverse('programme_dates:closing')}?program={programme.pk}"
    declaration = DeclarationPage.objects.child_of(site.root_page).first()
    if declaration and declaration.permissions_for_user(user).can_edit():
        yield _("Declaration of accessibility"), "check", reverse("wagtailadmin_pages:edit", args=[declaration.pk])
    if policy_registry.get_by_type(CentreSettings).user_has_permission_for_instance(user, "change", site):
        address = reverse("wagtailsettings:edit", args=["mission", "centresettings", site.pk])
        yield _("Opening hours, contact, notice"), "home", address


def suggestions_verb(site, user):
    """The way to what partners' calendars suggest to `site`, as a list of one verb; empty while nothing waits."""
    if site not in queue.sites_to_publish_on(user):
        return []
    count = queue.waiting([site], at=timezone.now()).count()
    label = ngettext("%(count)d suggestion waits", "%(count)d suggestions wait", count) % {"count": count}
    return [(label, "download", reverse("partner_calendars:suggestions"))] if count else []


def scheduled(pages, at):
    """The next publications and withdrawals among `pages` as (moment, page, is_expiry), soonest first."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__gt=at)
    appearing = {int(pk): moment for pk, moment in revisions.values_list("object_id", "approved_go_live_at")}
    moments = []
    for page in pages.filter(Q(pk__in=appearing) | Q(live=True, expire_at__gt=at)).specific(defer=True):
        if page.pk in appearing:
            moments.append((appearing[page.pk], page, False))
        if page.live and page.expire_at and page.expire_at > at:
            moments.append((page.expire_at, page, True))
    return sorted(moments, key=lambda row: row[0])[:ROWS]


def next_dates(pages, at):
    """The next dates of published events among `pages`."""
    dates = Occurrence.objects.public().upcoming(at).filter(event__in=pages.values("pk"))
    return dates.select_related("event")[:ROWS]
