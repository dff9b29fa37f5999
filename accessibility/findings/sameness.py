"""Which finding already tells what another check has seen: the same document or element, by the same criterion.

Only what is certain is joined without a person: a finding that hides another defect would be worse than two rows.
"""

import re

from wagtail.documents import get_document_model

from .models import STANDING, Finding

#: The cause of what is wrong with a stored file, as the audit names it.
DOCUMENT_CAUSE = re.compile(r"document:(\d+):")
#: The address of a stored file.
DOCUMENT_ADDRESS = re.compile(r"/documents/(\d+)/")
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
SHORTEST_NAME = 6


class Known:
    """The standing findings of one site that other checks than `source` have made."""

    def __init__(self, site, source):
        standing = Finding.objects.of(site).against_the_norm().filter(state__in=STANDING)
        self.findings = list(standing.exclude(source=source).exclude(criterion="").order_by("first_seen_at", "pk"))

    def telling(self, seen):
        """The finding that tells already what `seen` (an Observation or a Finding) says, or None."""
        candidates = (finding for finding in self.findings if finding.criterion == seen.criterion and finding != seen)
        return next((finding for finding in candidates if is_same(finding, seen)), None)


def is_same(one, other):
    """Whether two findings of one criterion are about the same document, or the same element of the same page."""
    documents = documents_of(one), documents_of(other)
    if all(documents):
        return bool(documents[0] & documents[1])
    if any(documents):
        named, telling = (one, other) if documents[0] else (other, one)
        return bool(addresses(named) & addresses(telling)) and names_document(telling, documents[0] or documents[1])
    return bool(elements(one) & elements(other))


def documents_of(seen):
    """Ids of the stored files that a finding is about: by its cause, or because their addresses are its places."""
    found = {int(match[1]) for address in addresses(seen) if (match := DOCUMENT_ADDRESS.match(address))}
    return found | {int(match[1]) for match in [DOCUMENT_CAUSE.match(seen.cause)] if match}


def names_document(seen, ids):
    """Whether the words of a finding name one of the stored files by its title or by its file's name."""
    words = "\n".join([getattr(seen, "element", ""), seen.message, *excerpts(seen)]).casefold()
    names = []
    for title, file in get_document_model().objects.filter(pk__in=ids).values_list("title", "file"):
        names += [IN_BRACKETS.sub("", title), file.rpartition("/")[2]]
    return any(
        len(name) >= SHORTEST_NAME and re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", words) for name in names
    )


def elements(seen):
    """{(address, selector)} of the places that name their element exactly."""
    return {(place["address"], place["selector"]) for place in places(seen) if place.get("selector")}


def addresses(seen):
    """The addresses at which a finding was seen."""
    return {seen.address, *(place.get("address", "") for place in places(seen))} - {""}


def excerpts(seen):
    return [str(place.get("excerpt", "")) for place in places(seen)]


def places(seen):
    return [place for place in seen.places if isinstance(place, dict)]
