"""The centre's buildings as its accessibility declaration describes them, from their access cards."""

from django.db.models import Q

from accessibility.card import Provision
from accessibility.declaration.places import DeclarationPlace

from .models import VenueKind, VenuePage

#: Which line of the declaration each provision of a card is told in; a provision of an event alone has none.
FACT_OF = {
    Provision.STEP_FREE: "entrance",
    Provision.ACCESSIBLE_TOILET: "adaptations",
    Provision.WHEELCHAIR_PLACES: "adaptations",
    Provision.INDUCTION_LOOP: "adaptations",
    Provision.QUIET_ROOM: "adaptations",
    Provision.DISABLED_PARKING: "parking",
    Provision.ASSISTANCE_DOG: "assistance_dog",
    Provision.SIGN_LANGUAGE: "interpreter",
}


def venues_for_declaration(site, at):
    """Published buildings of `site` (Wagtail Site) that have an address; rooms are parts of their buildings,
    and a village is no building, while a square with an address is a place to enter."""
    buildings = (
        VenuePage.objects.live()
        .public()
        .descendant_of(site.root_page)
        .exclude(Q(kind=VenueKind.ROOM, part_of__isnull=False) | Q(kind=VenueKind.PLACE, street=""))
    )
    return [
        _place(venue, site)
        for venue in buildings.order_by("path").prefetch_related("access", "part_of__access")
        if venue.full_address
    ]


def _place(venue, site):
    facts = {}
    for row in venue.access_card:
        if name := FACT_OF.get(row.provision):
            facts.setdefault(name, []).append(_sentence(row))
    return DeclarationPlace(
        name=venue.title,
        address=venue.full_address,
        url=venue.get_url(current_site=site) or "",
        **{name: " ".join(sentences) for name, sentences in facts.items()},
    )


def _sentence(row):
    """A line of the card as a sentence: "Toaleta dostosowana: zapewniamy. Na parterze."."""
    said = f"{str(row)[:1].upper()}{str(row)[1:]}."
    return f"{said} {row.note.rstrip('.')}." if row.note else said
