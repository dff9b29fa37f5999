"""The staff's list of events: what comes next, what is cancelled, what has no date."""

import django_filters
from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from ..staff_menu import PageMenuItem
from .changes import Action
from .dates import set_next_dates
from .models import EventPage
from .staff_status import steps


class EventFilterSet(WagtailFilterSet):
    """Only questions whose choices name nothing of another centre."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("ahead", _("still ahead")), ("over", _("over")), ("undated", _("without a date"))],
        method="filter_when",
    )

    class Meta:
        model = EventPage
        fields = ["live", "is_accessible_for_free"]

    def filter_when(self, events, _name, value):
        now = timezone.now()
        if value == "ahead":
            return events.filter(occurrences__end__gt=now).distinct()
        if value == "over":
            return events.filter(occurrences__isnull=False).exclude(occurrences__end__gt=now).distinct()
        return events.filter(occurrences__isnull=True)


class EventIndexView(IndexView):
    """The list, each event with its next date."""

    default_ordering = "next_start"

    def annotate_queryset(self, pages):
        return super().annotate_queryset(pages.with_next_start(timezone.now()))

    def order_queryset(self, queryset):
        if self.is_searching and str(self.ordering).endswith("next_start"):
            # A search cannot order by what is not in its index.
            return queryset.order_by("title")
        if self.ordering == "next_start":
            return queryset.order_by(F("next_start").asc(nulls_last=True), "pk")
        return super().order_queryset(queryset)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        events = list(context["object_list"])
        # Wagtail fetches each page anew, so what was joined to it is lost.
        prefetch_related_objects(events, "kind")
        set_next_dates([event for event in events if event.next_start])
        return context


def next_date_in_words(event):
    """The day, the hour when it is known, and what has changed."""
    date = getattr(event, "next_date", None)
    if date is None:
        return gettext("none ahead")
    day = date_format(timezone.localtime(date.start), "D, j E Y, H:i" if date.has_hours else "D, j E Y")
    return f"{day} ({', '.join(date.words_of_change)})" if date.words_of_change else day


class StepsColumn(Column):
    """What can happen to a published event with dates ahead, each one click away for those who may publish it."""

    cell_template_name = "programme/admin/steps_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        is_offered = instance.live and getattr(instance, "next_date", None)
        may = is_offered and instance.permissions_for_user(user).can_publish()
        wanted = [Action.HOLD, Action.MOVE] if may and instance.next_date.is_off else list(Action)[:3]
        context["steps"] = [step[1:] for step in steps(instance) if step[0] in wanted] if may else []
        return context


class EventListing(PageListingViewSet):
    """Events in the admin's menu."""

    model = EventPage
    name = "event_listing"
    url_prefix = "wydarzenia"
    icon = "calendar-alt"
    menu_label = _("Events")
    menu_order = 110
    menu_item_class = PageMenuItem
    add_to_admin_menu = True
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("next_date", label=_("Next date"), accessor=next_date_in_words, sort_key="next_start"),
        StepsColumn("steps", label=_("Change the dates"), accessor="pk"),
        Column("kind", label=_("Kind"), accessor="kind.name"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]
