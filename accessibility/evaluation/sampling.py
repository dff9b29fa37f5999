"""The random part of the sample (WCAG-EM step 3c): drawn so that anyone can repeat the draw."""

import hashlib
import secrets

from wagtail.models import Page

from .models import PageChoice, SampledPage

MOST_DRAWN = 50


def new_seed():
    """The mark of a new draw."""
    return secrets.token_hex(6)


def public_pages(site):
    """The pages that visitors of `site` can open."""
    return Page.objects.descendant_of(site.root_page, inclusive=True).live().public()


def drawn(pages, seed, count):
    """`count` of `pages`, the same ones for the same `seed`, whatever else has been published since.

    Each page has a lot: the SHA-256 of the seed and its number. The lowest lots win.
    """
    return sorted(pages, key=lambda page: hashlib.sha256(f"{seed}:{page.pk}".encode()).digest())[:count]


def draw_into(evaluation, count):
    """Add `count` drawn pages that are not yet in the sample; returns how many were added."""
    pages = public_pages(evaluation.site)
    taken = set(evaluation.sample.values_list("address", flat=True))
    root = evaluation.site.root_page.url_path
    left = [page for page in pages if address_of(page, root) not in taken]
    chosen = drawn(left, evaluation.seed, min(count, MOST_DRAWN))
    SampledPage.objects.bulk_create(
        SampledPage(
            evaluation=evaluation,
            kind=PageChoice.RANDOM,
            address=address_of(page, root),
            title=page.title[:255],
            page_id=page.pk,
        )
        for page in chosen
    )
    evaluation.population = len(pages)
    evaluation.save(update_fields=["population"])
    return len(chosen)


def address_of(page, root):
    """The path of a page on its site. `root`: `url_path` of the site's root page."""
    return f"/{page.url_path.removeprefix(root)}"


def page_at(site, address):
    """The id of the live page at `address` (a path or an absolute address) of `site`, or None."""
    path = address.removeprefix(site.root_url).partition("?")[0].partition("#")[0].strip("/")
    url_path = f"{site.root_page.url_path}{path}/" if path else site.root_page.url_path
    return public_pages(site).filter(url_path=url_path).values_list("pk", flat=True).first()
