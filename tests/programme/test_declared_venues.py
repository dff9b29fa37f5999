"""The declaration describes the centre's buildings by their access cards, each once."""

import pytest
from django.utils import timezone

from accessibility.card import Provision, ProvisionState
from accessibility.declaration.models import DeclarationPage
from accessibility.declaration.places import registered_places
from programme.models import VenueAccess
from tests.factories import make_site, make_venue

pytestmark = pytest.mark.django_db


def test_a_building_is_described_by_its_card_and_a_room_is_not_a_building():
    site = make_site()
    house = make_venue(site=site, title="Dom kultury", street="ul. Wzorcowa 2", postal_code="00-000", town="Wzorcowo")
    make_venue(site=site, title="Sala", part_of=house)
    house.access = [
        VenueAccess(provision=Provision.STEP_FREE, note="Od podwórza."),
        VenueAccess(provision=Provision.INDUCTION_LOOP, state=ProvisionState.NOT_AVAILABLE),
    ]
    house.save()
    (place,) = registered_places(site, timezone.now())
    assert place.address == "ul. Wzorcowa 2, 00-000 Wzorcowo"
    assert place.entrance.endswith("Od podwórza.")
    assert place.adaptations
    assert place.parking == ""


def test_a_village_is_no_building_while_a_square_with_an_address_is_a_place_to_enter():
    site = make_site()
    village = make_venue(site=site, title="Wieś", kind="place", town="Wzorcowo")
    village.access = [VenueAccess(provision=Provision.DISABLED_PARKING, note="Przy remizie.")]
    village.save()
    make_venue(site=site, title="Świetlica", part_of=village, street="Wzorcowo 1", town="Wzorcowo")
    make_venue(site=site, title="Rynek", kind="place", street="Rynek 2", town="Wzorcowo")
    places = {place.name: place for place in registered_places(site, timezone.now())}
    assert list(places) == ["Świetlica", "Rynek"]
    assert places["Świetlica"].parking.endswith("Przy remizie.")


def test_a_draft_is_not_declared():
    site = make_site()
    make_venue(site=site, title="Dom kultury", street="ul. Wzorcowa 2", live=False)
    assert registered_places(site, timezone.now()) == []


def test_each_sample_declaration_describes_its_buildings_once(demonstration, client):
    for site in demonstration.values():
        page = DeclarationPage.objects.in_site(site).get()
        shown = client.get(page.get_url(current_site=site), headers={"host": site.hostname}).content.decode()
        buildings = registered_places(site, timezone.now())
        assert len(buildings) > 1
        seat = page.places.first()
        for building in buildings:
            assert (building.name in shown) != (building.address.casefold() == seat.address.casefold()), building.name
