"""The staff's screen "Duplicate with new dates"."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from .duplicate import duplicate, first_day, source
from .models import EventPage
from .staff_fields import DAY, HOUR, clean_day
from .staff_views import saved, sent


class DuplicateForm(forms.Form):
    """What is other about the copy."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    day = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DAY,
        help_text=gettext_lazy("All days of the plan move with it: weekdays, ends of repetitions, days left out."),
    )
    start_time = forms.TimeField(
        label=gettext_lazy("Starts at"), required=False, widget=HOUR, help_text=gettext_lazy("Empty: as it was.")
    )
    end_time = forms.TimeField(
        label=gettext_lazy("Ends at"), required=False, widget=HOUR, help_text=gettext_lazy("Empty: as long as it was.")
    )

    def __init__(self, *args, event, user, **kwargs):
        """`event`: what is copied, with a plan; `user`: whose draft the copy is."""
        self.event, self.user, self.first_day = event, user, first_day(event)
        initial = {"title": event.title}
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)

    def clean_day(self):
        return clean_day(self.cleaned_data["day"])

    def clean(self):
        if self.first_day is None:
            raise ValidationError(_("This event has no plan of dates that could be moved. Copy the page instead."))
        return super().clean()

    def save(self):
        """Write the copy; return it. Raises ValidationError, having written nothing."""
        asked = self.cleaned_data
        return duplicate(
            self.event,
            title=asked["title"],
            shift=asked["day"] - self.first_day,
            start_time=asked["start_time"],
            end_time=asked["end_time"],
            user=self.user,
        )


def may_duplicate(event, user):
    """Whether `user` may add events beside `event` and see what stands in it."""
    return is_offered(event, user) and event.get_parent().permissions_for_user(user).can_add_subpage()


def is_offered(event, user):
    """As `may_duplicate`, judged by the page alone: whoever may add above it has that permission here, too."""
    permissions = event.permissions_for_user(user)
    may_add = user.is_superuser or "add" in permissions.permissions
    return may_add and (event.live or permissions.can_edit())


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def duplicate_event(request, page_id):
    """Ask for the new title and days, make a draft, lead to its editor."""
    event = get_object_or_404(EventPage, pk=page_id)
    if not may_duplicate(event, request.user):
        raise PermissionDenied
    form = DuplicateForm(sent(request), event=source(event), user=request.user)
    if request.method == "POST" and form.is_valid():
        made = saved(form)
        if made is not None:
            messages.success(request, _("A draft with the new dates. Look through it, then publish it."))
            return redirect("wagtailadmin_pages:edit", made.pk)
    return render(
        request,
        "programme/admin/duplicate.html",
        {
            "event": event,
            "form": form,
            "breadcrumbs_items": [
                {"url": reverse("event_listing:index"), "label": _("Events")},
                {"url": "", "label": _("Duplicate with new dates")},
            ],
            "header_title": _("Duplicate with new dates"),
        },
        status=422 if form.is_bound else 200,
    )
