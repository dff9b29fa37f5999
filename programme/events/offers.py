"""What an event costs: price categories and what holders of cards pay."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Orderable


class Offer(Orderable):
    """A price category. Money is Decimal, in złoty."""

    event = ParentalKey("programme.EventPage", on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(_("for whom"), max_length=80, help_text=_("For example: full, reduced, family."))
    price = models.DecimalField(_("price (PLN)"), max_digits=8, decimal_places=2)

    panels = [FieldRowPanel(["name", "price"])]

    class Meta(Orderable.Meta):
        verbose_name = _("price")

    def __str__(self):
        return f"{self.name}: {self.price}"


class CardDiscount(Orderable):
    """What holders of a card get: the Large Family Card, a town's card, a senior's card."""

    event = ParentalKey("programme.EventPage", on_delete=models.CASCADE, related_name="discounts")
    card = models.CharField(_("card"), max_length=80, help_text=_("For example: Karta Dużej Rodziny."))
    terms = models.CharField(
        _("what it gives"), max_length=120, help_text=_("For example: half price, ticket for 5 zł.")
    )

    panels = [FieldRowPanel(["card", "terms"])]

    class Meta(Orderable.Meta):
        verbose_name = _("discount for a card")

    def __str__(self):
        return f"{self.card}: {self.terms}"
