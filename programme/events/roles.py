"""Who stands behind an event besides the centre, and as what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from mission.models import PartnerPage


class Role(models.TextChoices):
    """As what somebody stands behind an event."""

    CO_ORGANIZER = "co_organizer", _("co-organiser")
    PARTNER = "partner", _("partner")
    PATRON = "patron", _("patron")
    MEDIA_PATRON = "media_patron", _("media patron")
    FUNDER = "funder", _("funder")


class EventRole(Orderable):
    """An organisation or person with a role in an event: a partner that has a page, or a name."""

    event = ParentalKey("programme.EventPage", on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=14, choices=Role)
    name = models.CharField(
        _("name"), max_length=160, blank=True, help_text=_("Empty: the name of the partner's page.")
    )
    partner = models.ForeignKey(
        "mission.PartnerPage",
        verbose_name=_("page of the partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="event_roles",
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For a funder: the programme, task and sum to be named.")
    )

    panels = [FieldRowPanel(["role", "name"]), PageChooserPanel("partner"), "note"]

    class Meta(Orderable.Meta):
        verbose_name = _("role")

    def __str__(self):
        return f"{self.get_role_display()}: {self.title}"

    @property
    def title(self):
        """The name to print."""
        return self.name or (self.partner.title if self.partner else "")


def roles_in_groups(event):
    """Who stands behind `event` (EventPage), as [(role in words, [EventRole])] in the order of `Role`.

    Each row has its `page`: the partner's, when everybody may see it, otherwise None.
    """
    rows = list(event.roles.all())
    wanted = {row.partner_id for row in rows if row.partner_id}
    partners = PartnerPage.objects.in_bulk(wanted) if wanted else {}
    public = PartnerPage.objects.live().public().in_bulk(wanted) if wanted else {}
    for row in rows:
        row.partner, row.page = partners.get(row.partner_id), public.get(row.partner_id)
    groups = [(role, [row for row in rows if row.role == role and row.title]) for role in Role]
    return [(in_words(role, len(group)), group) for role, group in groups if group]


def in_words(role, count):
    """`role` (Role) as the heading of `count` names."""
    words = {
        Role.CO_ORGANIZER: npgettext("role", "Co-organiser", "Co-organisers", count),
        Role.PARTNER: npgettext("role", "Partner", "Partners", count),
        Role.PATRON: npgettext("role", "Patron", "Patrons", count),
        Role.MEDIA_PATRON: npgettext("role", "Media patron", "Media patrons", count),
        Role.FUNDER: pgettext("role", "Funded by"),
    }
    return words[role]
