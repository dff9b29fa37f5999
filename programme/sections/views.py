"""The timetable of all classes."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from mission.models.base import few

from ..code_lists import ProgrammeSettings
from ..reading import only_read, render_kept
from .models import SectionIndexPage, SectionPage
from .timetable import TimetableFilter, by_weekday, meetings_of, table


@only_read(max_age=60)
def timetable(request):
    """The season's week with filters by age, day and place; nothing on it depends on the clock."""
    return render_kept(request, "programme/timetable.html", lambda: _timetable(request))


def _timetable(request):
    site = Site.find_for_request(request)
    index = get_object_or_404(few(SectionIndexPage.objects.live().public()), path__startswith=site.root_page.path)
    form = TimetableFilter(request.GET, site=site)
    sections = SectionPage.objects.live().public().child_of(index)
    meetings = list(form.narrow(meetings_of(sections)))
    section_url = {section.pk: section.get_url(request) for section in {each.group.section for each in meetings}}
    for meeting in meetings:
        meeting.url = section_url[meeting.group.section_id]
    days = by_weekday(meetings)
    return {
        "title": _("Timetable"),
        "breadcrumbs": [*index.breadcrumbs, (index.title, index.get_url(request))],
        "index": index,
        "season": ProgrammeSettings.for_request(request),
        "form": form,
        "is_filtered": bool(form.asked),
        "clear_url": reverse("programme:timetable"),
        "count": len(meetings),
        "count_text": ngettext("%(count)d meeting a week", "%(count)d meetings a week", len(meetings))
        % {"count": len(meetings)},
        "table": table(days),
        "days": days,
    }
