"""The programme as a news feed: what is newly announced and what has changed, of all that is still ahead."""

from django.contrib.syndication.views import Feed
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mission.models import CentreSettings
from mission.plain_text import plain_line

from . import facts
from .dates import EventStatus, Occurrence, set_next_dates
from .models import EventPage

MOST = 50


class ProgrammeFeed(Feed):
    """RSS 2.0 of one centre's programme. Each item is a date (Occurrence)."""

    feed_type = Rss201rev2Feed
    language = "pl"

    # The feed is one object for all requests, so what belongs to a request travels as its "object".
    def get_object(self, request):
        return CentreSettings.for_request(request)

    def title(self, centre):
        return plain_line(_("Programme of events: %(centre)s") % {"centre": centre.name})

    def link(self, centre):
        return f"{centre.site.root_url}/program/"

    def feed_url(self, centre):
        return centre.site.root_url + reverse("programme:rss")

    def description(self, centre):
        return plain_line(centre.demonstration_notice or _("What is on and what is coming."))

    def items(self, centre):
        now = timezone.now()
        news = {_name(date): date for date in [*_announced(centre.site, now), *_changed(centre.site, now)]}
        return facts.fetch_details(sorted(news.values(), key=_news_at, reverse=True)[:MOST])

    def item_title(self, date):
        return plain_line(date.headline)

    def item_link(self, date):
        return date.event.full_url

    def item_guid(self, date):
        return f"{date.event.full_url}#{_name(date)}"

    item_guid_is_permalink = False

    def item_description(self, date):
        parts = [_day(date), facts.where(date), facts.status_line(date), date.reason, facts.seats_line(date)]
        parts += [date.note, date.event.summary]
        return ". ".join(plain_line(part).rstrip(".") for part in parts if part)

    def item_pubdate(self, date):
        return _news_at(date)

    def item_updateddate(self, date):
        return facts.stamp(date)

    def item_categories(self, date):
        return [plain_line(date.event.kind.name)]


def _announced(site, at):
    """The next date of each of the latest announced events."""
    ahead = Occurrence.objects.in_site(site).public().upcoming(at)
    events = EventPage.objects.filter(pk__in=ahead.order_by().values("event")).for_listing()
    latest = list(events.order_by("-first_published_at", "-pk")[:MOST])
    # Asked of these few alone: to find every event's next date, SQLite would sort a full archive.
    starts = ahead.filter(event__in=[event.pk for event in latest]).order_by()
    starts = dict(starts.values_list("event").annotate(Min("start")))
    for event in latest:
        event.next_start = starts.get(event.pk)
    return [event.next_date for event in set_next_dates(latest) if event.next_date]


def _changed(site, at):
    """The dates ahead that are not as planned; of dates changed by one act only the first, for it is one piece of news."""
    dates = Occurrence.objects.in_site(site).public().upcoming(at).exclude(status=EventStatus.SCHEDULED)
    acts = {}
    for date in dates.for_listing().order_by("-changed_at", "start", "pk")[: MOST * 4]:
        acts.setdefault((date.event_id, date.status, date.changed_at), date)
    return list(acts.values())


def _name(date):
    """Names an item for ever. A cancelled or moved date is news: readers show an item again only under another name."""
    moved = f"-{timezone.localtime(date.start):%Y%m%dT%H%M}" if date.is_moved else ""
    return f"{date.uid}-{date.status}{moved}"


def _news_at(date):
    """When the item became news: the event was announced, or the date was changed."""
    announced = date.event.first_published_at
    return date.changed_at if date.status != EventStatus.SCHEDULED or announced is None else announced


def _day(date):
    """The day, with the hour when it is known."""
    return date_format(timezone.localtime(date.start), "j E Y, H:i" if date.has_hours else "j E Y")
