"""The nearest word that a site really uses, for a word typed with one slip."""

import re
from collections import Counter

from mission import polish

from . import index

SHORTEST = 4  # a slip in a shorter word leaves too little to guess from
SHORTEST_KNOWN = 6  # below it, a word that the dictionary has is taken for meant
MOST_CANDIDATES = 200
MOST_CORRECTED = 3
MOST_KEPT = 8


class Vocabulary:
    """The dictionary words of one site's public pages, with the number of pages that use each."""

    def __init__(self, bodies):
        self.pages = Counter()
        for body in bodies:
            self.pages.update(set(index.STORED_LEMMA.findall(body or "")))
        self.by_folded = {}
        for lemma in self.pages:
            self.by_folded.setdefault(polish.fold(lemma), []).append(lemma)
        self.folded = "\n".join(self.by_folded)

    def nearest(self, word):
        """The form nearest to `word` among all forms of the site's words, or None.

        One slip away: a letter missing, added, mistaken, or swapped with its neighbour; else the
        beginning of a word.
        """
        typed = polish.fold(word)
        best = min(self._one_slip_away(typed), default=None) or min(self._begun(typed), default=None)
        return best[-1] if best else None

    def _one_slip_away(self, typed):
        for lemma in self._candidates(typed):
            for form in polish.forms(lemma):
                folded = polish.fold(form)
                if is_one_slip(typed, folded):
                    length = abs(len(folded) - len(typed))
                    yield folded[0] != typed[0], -self.pages[lemma], length, form != lemma, form

    def _begun(self, typed):
        for match in re.finditer(rf"^{re.escape(typed)}.*$", self.folded, re.MULTILINE):
            for lemma in self.by_folded[match.group()]:
                yield -self.pages[lemma], len(lemma), lemma

    def _candidates(self, typed):
        """Words that may have a form one slip away from `typed`, the most used first."""
        begun_alike = (match.group() for match in beginnings(typed).finditer(self.folded))
        alike = [
            lemma
            for folded in begun_alike
            if -4 <= len(typed) - len(folded) <= 7 and _stems_alike(folded, typed)
            for lemma in self.by_folded[folded]
        ]
        return sorted(alike, key=lambda lemma: (-self.pages[lemma], lemma))[:MOST_CANDIDATES]


_kept = {}  # by site: the state of its pages and their vocabulary


def vocabulary(site, pages):
    """The vocabulary of `pages`, the public ones of `site`; read anew when they have changed.

    A word that has gone since can only fail to be offered: a correction is shown with its results alone.
    """
    state = index.state(pages)
    kept_state, kept = _kept.get(site.pk, (None, None))
    if kept_state == state:
        return kept
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    fresh = Vocabulary(index.stored_bodies(pages))
    _kept[site.pk] = state, fresh
    return fresh


def corrected(words, strange, used):
    """`words` with each `strange` one replaced by the nearest, and whether we are sure; else (None, False).

    `strange`: the words that no page uses. `used`: the site's Vocabulary. Sure means that no replaced word
    is itself good Polish.
    """
    nearest = {word: used.nearest(word) for word in strange[:MOST_CORRECTED] if len(word) >= SHORTEST}
    if not strange or not all(nearest.get(word) for word in strange):
        return None, False
    is_sure = all(len(word) >= SHORTEST_KNOWN or not polish.is_known(word) for word in strange)
    return [nearest.get(word, word) for word in words], is_sure


def is_one_slip(typed, meant):
    """Whether at most one letter is missing, added, mistaken or swapped with its neighbour."""
    if typed == meant:
        return True
    if abs(len(typed) - len(meant)) > 1:
        return False
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    rest, wanted = typed[same:], meant[same:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[1::-1] == wanted[:2] and rest[2:] == wanted[2:])
    )


def beginnings(typed):
    """A pattern for whole lines that begin as `typed` does, one slip forgiven."""
    a, b, c, d = map(re.escape, typed[:4])
    alike = [f"{a}{b}.", f"{a}.{c}", f".{b}{c}", f".{a}{b}", f"{a}.{b}", f"{b}{c}{d}", f"{a}{c}{d}"]
    alike += [f"{a}{b}{d}", f"{b}{a}{c}", f"{a}{c}{b}"]
    return re.compile(rf"^(?:{'|'.join(alike)}).*$", re.MULTILINE)


def _stems_alike(lemma, typed):
    """Whether what the forms of `lemma` share, roughly all but its ending, begins `typed`, one slip forgiven."""
    stem = lemma[: max(2, min(len(lemma), len(typed)) - 4)]
    return any(is_one_slip(typed[: len(stem) + more], stem) for more in (-1, 0, 1))
