"""The entry of the admin's menu that leads to partners' calendars."""

from wagtail.admin.menu import MenuItem

from .queue import sites_to_publish_on


class PartnersMenuItem(MenuItem):
    """Shown to those who may publish events of some centre."""

    def is_shown(self, request):
        return bool(sites_to_publish_on(request.user))
