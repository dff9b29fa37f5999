"""From what was seen on pages to causes: whose fault a defect is, the template's or the content's, each told once."""

import hashlib
from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..findings.recording import Observation
from . import rules
from .models import AuditedPage, PageState

# Titles of a page without one of its own; the centre's name and what stands behind a dash are left out before.
VAGUE_TITLES = {"", "bez tytułu", "nowa strona", "strona", "dokument", "untitled", "document", "home", "new page"}


class Causes:
    """Observations in the making: places by cause."""

    def __init__(self):
        self.facts, self.places, self.states = {}, defaultdict(list), defaultdict(set)

    def add(self, cause, rule, place, *, is_content, page_id=None, states=()):
        """One more `place` ({"address", "selector", "excerpt"}) of `cause`; the first one gives it its page."""
        self.facts.setdefault(cause, (rule, is_content, page_id, place["address"]))
        self.places[cause].append(place)
        self.states[cause] |= {state.rpartition(" ")[2] for state in states}

    def observations(self):
        """What to record, those with most pages first."""
        found = [self._observation(cause, *facts) for cause, facts in self.facts.items()]
        return sorted(found, key=lambda observation: -observation.pages_count)

    def _observation(self, cause, rule, is_content, page_id, address):
        return Observation(
            cause=cause,
            message=f"{rule.message}{in_which_colours(self.states[cause])}",
            rule=rule.id,
            criterion=rule.criterion,
            level=rule.level,
            mend=rule.mend,
            is_content=is_content,
            page_id=page_id,
            address=address,
            places=each_address_first(self.places[cause]),
            pages_count=len({place["address"] for place in self.places[cause]}),
        )


def observations(run):
    """Everything that the finished pages of `run` have shown, each cause once, as a list of `Observation`."""
    causes = Causes()
    pages = AuditedPage.objects.filter(run=run, state=PageState.DONE).order_by("pk")
    titles = defaultdict(list)
    linked = defaultdict(list)
    for page in pages.iterator():
        for seen in page.findings:
            add_seen(causes, page, seen)
        titles[page.title].append(page)
        for link in page.documents:
            linked[link["document"]].append((page, link))
    add_titles(causes, titles)
    add_documents(causes, run, linked, own_titles={bare_title(title) for title in titles})
    return causes.observations()


def add_seen(causes, page, seen):
    """One raw result: content that staff edit is told by page, everything else by the shape of the template."""
    rule = rules.rule(seen["rule"], tags=seen.get("tags", ()), text=seen.get("help", ""))
    is_content = page.page_id is not None and (rule.owner or ("content" if seen["is_content"] else "")) == "content"
    cause = f"content:{page.page_id}:{rule.id}" if is_content else f"template:{rule.id}:{seen['shape']}"
    causes.add(
        shortened(cause),
        rule,
        {"address": page.address, "selector": seen["selector"], "excerpt": seen["excerpt"]},
        is_content=is_content,
        page_id=page.page_id if is_content else None,
        states=seen["states"],
    )


def add_titles(causes, titles):
    """Titles that say nothing, and one title on several pages (states of one view count as one)."""
    for title, pages in titles.items():
        place = {page.address: {"address": page.address, "selector": "title", "excerpt": title} for page in pages}
        if bare_title(title) in VAGUE_TITLES:
            for page in pages:
                cause = f"content:{page.page_id or page.address}:page-title-vague"
                facts = {"is_content": page.page_id is not None, "page_id": page.page_id}
                causes.add(shortened(cause), rules.rule("page-title-vague"), place[page.address], **facts)
        elif len({page.address.partition("?")[0] for page in pages}) > 1:
            cause, named = f"title:{digest(title)}", next((page for page in pages[1:] if page.page_id), None)
            for page in pages:
                facts = {"is_content": named is not None, "page_id": named.page_id if named else None}
                causes.add(cause, rules.rule("page-title-repeated"), place[page.address], **facts)


def add_documents(causes, run, linked, *, own_titles):
    """What the checked documents break, and which of them have no page that says the same."""
    for checked in run.documents.exclude(document=None):
        links = linked.get(checked.document_id, [])
        broken = list(checked.rules)
        if not has_page(checked.title, [link for _page, link in links], own_titles):
            broken.append("document-without-page")
        for rule_id in broken:
            for page, link in links:
                place = {"address": page.address, "selector": link["selector"], "excerpt": link["excerpt"]}
                rule = titled(rules.rule(rule_id), checked.title)
                causes.add(
                    f"document:{checked.document_id}:{rule_id}", rule, place, is_content=True, page_id=page.page_id
                )


def has_page(title, links, own_titles):
    """Whether a document has a twin in HTML: a page of the same title, or a link to a page beside its own link."""
    names = {bare_title(title), *(bare_title(link["text"]) for link in links)}
    return bool(names & own_titles) or any(link["has_page"] for link in links)


def titled(rule, title):
    """The rule with the document's name in its message."""
    message = _("Document “%(title)s”: %(problem)s") % {"title": title, "problem": rule.message}
    return rules.Rule(rule.id, rule.criterion, rule.level, message, rule.mend, rule.owner)


def in_which_colours(states):
    """Said only when a defect does not show in light colours."""
    if not states or "light" in states:
        return ""
    names = {"dark": pgettext("only in … colours", "dark"), "forced": pgettext("only in … colours", "forced")}
    colours = pgettext("between two colours", " and ").join(
        str(names[state]) for state in ("dark", "forced") if state in states
    )
    return " " + _("Only in %(colours)s colours.") % {"colours": colours}


def each_address_first(places):
    """The first place of each address before its others: only some are kept, and they stand for all addresses."""
    first = {place["address"]: place for place in reversed(places)}
    chosen = {id(place) for place in first.values()}
    ahead = [place for place in places if id(place) in chosen]
    return ahead + [place for place in places if id(place) not in chosen]


def bare_title(title):
    """A title without the centre's name behind the dash, in small letters."""
    return title.rpartition(" – ")[0].strip().lower() if " – " in title else title.strip().lower()


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def shortened(cause):
    """A cause that fits into its column and stays one of its own."""
    return cause if len(cause) <= 180 else f"{cause[:150]}:{digest(cause)}"
