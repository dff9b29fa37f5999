"""The programme as a news feed: events that are still ahead, the latest announced first."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mission.models import CentreSettings
from mission.plain_text import plain_line

from .dates import set_next_dates
from .models import EventPage

MOST = 50


class ProgrammeFeed(Feed):
    """RSS 2.0 of one centre's programme."""

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
        events = EventPage.objects.live().public().descendant_of(centre.site.root_page)
        events = events.upcoming(at=timezone.now()).select_related("venue", "kind")
        return set_next_dates(list(events.order_by("-first_published_at", "-pk")[:MOST]))

    def item_title(self, event):
        return plain_line(event.next_date.headline)

    def item_link(self, event):
        return event.full_url

    def item_guid(self, event):
        # A cancelled or moved date is news: readers show an item again only under another name.
        return f"{event.full_url}#{event.next_date.uid}-{event.next_date.status}"

    item_guid_is_permalink = False

    def item_description(self, event):
        parts = [_day(event.next_date), event.next_date.reason, event.summary]
        if event.venue:
            parts.insert(1, event.venue.title)
        return ". ".join(plain_line(part).rstrip(".") for part in parts if part)

    def item_pubdate(self, event):
        return event.first_published_at

    def item_updateddate(self, event):
        return max(filter(None, [event.next_date.changed_at, event.last_published_at]))

    def item_categories(self, event):
        return [plain_line(event.kind.name)]


def _day(date):
    """The day, with the hour when it is known."""
    has_hour = date.is_time_confirmed and not date.is_all_day
    return date_format(timezone.localtime(date.start), "j E Y, H:i" if has_hour else "j E Y")
