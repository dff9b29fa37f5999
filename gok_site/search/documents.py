"""Documents found by their titles: those that a public page of the centre links, and nobody keeps private."""

from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
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
    keys = pages.annotate(key=Cast("pk", CharField())).values("key")
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        object_id__in=keys,
    )
    ids = {int(key) for key in references.values_list("to_object_id", flat=True)}
    private = Q(pk__in=[])
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        private |= Q(collection__path__startswith=restriction.collection.path)
    return model.objects.filter(pk__in=ids).exclude(private | Q(file__endswith=".vtt"))


@lru_cache(maxsize=2048)
def _title_terms(title):
    return frozenset(term for word in polish.words(title) for term in polish.terms(word))
