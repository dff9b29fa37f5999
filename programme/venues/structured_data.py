"""Places in the words of schema.org."""

from mission.plain_text import plain_line

from ..schema_org import filled


def place(venue):
    """A venue (VenuePage) as a dict, to stand alone or inside an event."""
    building = venue.building
    data = {
        "@type": "Place",
        "@id": f"{venue.full_url}#miejsce",
        "name": plain_line(venue.title),
        "url": venue.full_url,
        "address": _address(venue if venue.street else building),
        "geo": _coordinates(venue) or _coordinates(building),
        "telephone": plain_line(venue.telephone or building.telephone),
        "amenityFeature": [
            {
                "@type": "LocationFeatureSpecification",
                "name": plain_line(row.get_provision_display()),
                "value": row.state == "provided",
                **({"description": plain_line(row.note)} if row.note else {}),
            }
            for row in venue.access_card
            # "On request" is neither yes nor no; it is told in words on the page.
            if row.state != "on_request"
        ],
        "containedInPlace": {"@type": "Place", "name": plain_line(building.title), "url": building.full_url}
        if building != venue
        else None,
    }
    return filled(data)


def venue_page(venue, *, centre):
    """A venue's page as a dict for JSON-LD. `centre`: CentreSettings."""
    data = {"@context": "https://schema.org", **place(venue)}
    if centre.demonstration_notice:
        data["disambiguatingDescription"] = centre.demonstration_notice
    return data


def _address(at):
    data = {
        "@type": "PostalAddress",
        "streetAddress": plain_line(at.street),
        "postalCode": plain_line(at.postal_code),
        "addressLocality": plain_line(at.town),
        "addressCountry": "PL",
    }
    return filled(data)


def _coordinates(at):
    if at.latitude is None or at.longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": float(at.latitude), "longitude": float(at.longitude)}
