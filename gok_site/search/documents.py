"""Documents found by their titles: those that a public page of the centre links, and nobody keeps private."""

from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from mission import polish

MOST_DOCUMENTS = 1000


def documents(pages, terms_by_word):
    """Documents linked by `pages` whose title holds a term of every word, by title."""
    linked = public_documents(pages).order_by("-pk").values_list("pk", "title")[:MOST_DOCUMENTS]
    found = [pk for pk, title in linked if not any(map(_title_terms(title).isdisjoint, terms_by_word))]
    if not found:
        return []
    return sorted(get_document_model().objects.filter(pk__in=found), key=lambda item: (item.title, item.pk))


def public_documents(pages):
    """Documents that the published text of `pages` refers to, in no private collection; captions are no reading."""
    model = get_document_model()
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
    )
    # From the links to the pages: there are few links to documents, and a full archive of pages.
    linking = set(references.values_list("object_id", "to_object_id"))
    shown = set(pages.filter(pk__in={page for page, _document in linking}).values_list("pk", flat=True))
    ids = {int(document) for page, document in linking if int(page) in shown}
    private = Q(pk__in=[])
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        private |= Q(collection__path__startswith=restriction.collection.path)
    return model.objects.filter(pk__in=ids).exclude(private | Q(file__endswith=".vtt"))


@lru_cache(maxsize=2048)
def _title_terms(title):
    return frozenset(term for word in polish.words(title) for term in polish.terms(word))
