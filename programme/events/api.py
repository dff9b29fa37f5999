"""The programme as open data: JSON with paging, a table, and the description of both."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from mission import fragments
from mission.models import CentreSettings

from ..reading import only_read
from . import facts, openapi
from .dates import Occurrence
from .filters import DataFilter
from .listing import MOST
from .open_data import LICENCE, record, table

MOST_ROWS = 2000


@only_read(max_age=300)
@fragments.kept
def events(request):
    """One page of the dates ahead as JSON, soonest first; 400 with the reasons when a known parameter makes no sense."""
    site = Site.find_for_request(request)
    form = DataFilter(request.GET, site=site)
    dates = _dates_asked_for(form, site)
    if form.errors:
        return JsonResponse({"errors": form.errors}, status=400)
    page = facts.fetch_details(form.after(dates).for_listing()[: form.size + 1])
    has_more = len(page) > form.size
    page = page[: form.size]
    count = dates[: MOST + 1].count()
    more = form.query(po=str(page[-1].uid)) if has_more else None
    answer = JsonResponse(
        {
            "notice": CentreSettings.for_request(request).demonstration_notice,
            "licence": LICENCE,
            "description": site.root_url + reverse("programme:openapi"),
            "count": min(count, MOST),
            "count_is_over": count > MOST,
            "next": site.root_url + reverse("programme:api") + more if more else None,
            "events": [record(date) for date in page],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    return _licensed(answer)


@only_read(max_age=300)
@fragments.kept
def events_csv(request):
    """The same dates as a table for spreadsheets, at most two thousand rows."""
    site = Site.find_for_request(request)
    form = DataFilter(request.GET, site=site)
    dates = _dates_asked_for(form, site)
    if form.errors:
        reasons = "\n".join(f"{name}: {' '.join(errors)}" for name, errors in form.errors.items())
        return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
    rows = [record(date) for date in facts.fetch_details(form.after(dates).for_listing()[:MOST_ROWS])]
    notice = CentreSettings.for_request(request).demonstration_notice
    answer = HttpResponse(table(rows, notice=notice), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="program.csv"'
    return _licensed(answer)


def _licensed(answer):
    """Names the licence where a table cannot (RFC 8288)."""
    answer.headers["Link"] = f'<{LICENCE["url"]}>; rel="license"'
    return answer


@only_read(max_age=3600)
@fragments.kept
def description(request):
    """What the two addresses accept and answer, by OpenAPI 3.1."""
    site = Site.find_for_request(request)
    centre = CentreSettings.for_request(request)
    document = openapi.document(
        DataFilter(None, site=site),
        server=site.root_url,
        title=_("Programme of events: %(centre)s") % {"centre": centre.name},
        notice=centre.demonstration_notice,
    )
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _dates_asked_for(form, site):
    now = timezone.now()
    dates = Occurrence.objects.in_site(site).public().upcoming(now)
    return form.narrow(form.on_asked_days(dates, timezone.localdate(now)))
