"""`manage.py read_partner_calendars`: ask the partners' calendars now, as the clock does by itself every hour."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from programme.models import PartnerCalendar
from programme.partner_calendars.importing import read_calendar
from programme.partner_calendars.problems import CalendarError


class Command(BaseCommand):
    help = "Read every partner's calendar that has an address and is switched on, whenever it was read last."

    def handle(self, **options):
        now = timezone.now()
        for calendar in PartnerCalendar.objects.filter(is_active=True).exclude(url=""):
            try:
                new = read_calendar(calendar, at=now)
            except CalendarError as error:
                self.stderr.write(f"{calendar.pk}: {error.sentence}")
            else:
                self.stdout.write(f"{calendar.pk}: +{new}")
