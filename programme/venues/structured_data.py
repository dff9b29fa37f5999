"""Places in the words of schema.org."""

from mission.plain_text import plain_line

from ..schema_org import WEEKDAYS, filled

#: "On request" is neither yes nor no; it is told in words on the page.
ANSWERS = {"provided": True, "not_available": False}


def place(venue):
    """A venue (VenuePage) as a dict, to stand alone or inside an event. Nobody is sent to a page that is a draft."""
    coordinates = venue.coordinates
    data = {
        "@type": "Place",
        **_named(venue),
        "address": _address(venue.addressed),
        "geo": _coordinates(*coordinates) if coordinates else None,
        "telephone": plain_line(venue.telephone or venue.building.telephone),
        "amenityFeature": [_feature(row) for row in venue.access_card if row.state in ANSWERS],
        "containedInPlace": _outer(venue.above),
    }
    return filled(data)


def venue_page(venue, *, centre):
    """A venue's page as a dict for JSON-LD. `centre`: CentreSettings."""
    data = {
        "@context": "https://schema.org",
        **place(venue),
        "openingHoursSpecification": [_hours(row) for row in venue.opening_hours.all() if row.opens and row.closes],
        "disambiguatingDescription": centre.demonstration_notice,
    }
    return filled(data)


def _named(venue):
    """What a place is called, with its address on the site once it is published."""
    address = venue.full_url if venue.live else None
    return filled({"@id": address and f"{address}#miejsce", "name": plain_line(venue.title), "url": address})


def _outer(places):
    """What a place is a part of, each inside the next. `places`: the outermost first."""
    if not places:
        return None
    *further, nearest = places
    return filled({"@type": "Place", **_named(nearest), "containedInPlace": _outer(further)})


def _feature(row):
    return filled(
        {
            "@type": "LocationFeatureSpecification",
            "name": plain_line(row.get_provision_display()),
            "value": ANSWERS[row.state],
            "description": plain_line(row.note),
        }
    )


def _hours(row):
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{WEEKDAYS[row.weekday - 1]}",
        "opens": row.opens.isoformat(timespec="minutes"),
        "closes": row.closes.isoformat(timespec="minutes"),
    }


def _address(at):
    data = {
        "@type": "PostalAddress",
        "streetAddress": plain_line(at.street),
        "postalCode": plain_line(at.postal_code),
        "addressLocality": plain_line(at.town),
        "addressCountry": "PL",
    }
    return filled(data)


def _coordinates(latitude, longitude):
    return {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)}
