"""Polish words for searching: any form of a word finds every other, with or without accents.

Morfeusz 2 knows the dictionary; words it does not know, and machines it does not run on, get the
Snowball stemmer. What is stored and what is looked up are plain ASCII terms, so that SQLite and
PostgreSQL, whatever language they are set to, agree on every match.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product
from threading import Lock

import snowballstemmer

try:
    import morfeusz2
except ImportError:  # no wheel for this machine, such as Linux on ARM
    morfeusz2 = None

# A digit makes both databases read a term as one opaque word: never stemmed, never a stop word.
TERM, TITLE_TERM, LEMMA = "q0", "q1", "q2"

LONGEST_TEXT = 200_000
LONGEST_WORD = 40
MOST_SPELLINGS = 1024

ACCENTS = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "źż"}
VOWELS = "aąeęioóuy"
WORD = re.compile(r"[^\W_]+")
COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
HYPHEN = re.compile(r"[-‐‑]")

# Words that carry no subject: "warsztaty dla dzieci" asks for "warsztaty dzieci".
STOP_WORDS = frozenset(
    WORD.findall(
        "a aby albo ale bez bo by byc byly być był była były co czy dla do gdzie i ich ile im ja jak jaka jaki "
        "jakie jest kiedy kto która które który lub ma mam na nad nie niż o od oraz po pod przed przez przy sa "
        "sie są się ta tak tam te ten to tu u w we z za ze że"
    )
)

_lock = Lock()  # neither analyser promises to be safe between threads


@lru_cache(maxsize=1)
def _morfeusz():
    return morfeusz2 and morfeusz2.Morfeusz(case_handling=morfeusz2.IGNORE_CASE)


@lru_cache(maxsize=1)
def _snowball():
    return snowballstemmer.stemmer("polish")


def normalise(text):
    """`text` in small, composed letters, without the soft hyphens and other marks that split words."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()
    return "".join(letter for letter in text if letter.isascii() or unicodedata.category(letter) != "Cf")


def fold(text):
    """`text` in small letters without accents: "Łódź" becomes "lodz"."""
    # ł does not decompose, so no Unicode normalisation removes its stroke.
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text):
    """The words of `text` in order, in small letters; a hyphen parts words."""
    return [word[:LONGEST_WORD] for word in WORD.findall(normalise(text))]


def joined_words(text):
    """Hyphenated words of `text` written as one: "e-mail" gives "email"."""
    compounds = COMPOUND.findall(normalise(text))
    return [HYPHEN.sub("", compound)[:LONGEST_WORD] for compound in compounds if HYPHEN.search(compound)]


@lru_cache(maxsize=8192)
def lemmas(word):
    """Every dictionary form that `word` may be a form of; empty when the word is unknown."""
    if len(word) < 2 or not (analyser := _morfeusz()):
        return frozenset()
    with _lock:
        readings = analyser.analyse(word)
    # "byłem" is read as "był" and a personal ending: what begins the word names it.
    return frozenset(
        lemma.partition(":")[0].casefold()
        for start, _, (_, lemma, tag, *_) in readings
        if start == 0 and tag not in ("ign", "dig") and lemma.partition(":")[0].isalnum()
    )


@lru_cache(maxsize=2048)
def forms(lemma):
    """Every form of a dictionary word, itself first; without participles, which are many and rarely asked."""
    analyser, generated = _morfeusz(), []
    if analyser:
        with _lock:
            generated = analyser.generate(lemma)
    # A tag may begin with several classes; participles and gerunds name themselves in the first.
    kept = [form for form, _, tag, *_ in generated if not tag.startswith(("pact", "ppas", "ger", "pcon"))]
    return tuple(dict.fromkeys([lemma, *(form.casefold() for form in kept)]))


def is_known(word):
    """Whether the dictionary has `word`, as typed or once the accents left out are put back."""
    return bool(lemmas(word) or any(lemmas(spelling) for spelling in spellings(word)))


def spellings(word):
    """`word` with Polish accents put back in every way that Polish spelling allows, at most a thousand."""
    choices = [_accented(word, place) for place in range(len(word))]
    return ["".join(letters) for letters in islice(product(*choices), 1, MOST_SPELLINGS)]


def _accented(word, place):
    """The letters that may stand for the plain one at `place`, itself first."""
    letter, following = word[place], word[place + 1 : place + 2]
    accents = ACCENTS.get(letter, "")
    if following and following in VOWELS:
        # Before a vowel softness is written with i, and nasal vowels do not occur.
        accents = accents.translate(dict.fromkeys(map(ord, "ćńśźąę")))
    if following == "i":
        accents = accents.replace("ł", "").replace("ż", "")
    return letter + ("" if place == 0 and letter in "ae" else accents)


@lru_cache(maxsize=8192)
def terms(word):
    """What a `word` of a text is stored under: itself, all its lemmas, or the stem of an unknown word."""
    known = {fold(lemma) for lemma in lemmas(word)}
    return frozenset({fold(word)} | (known or _stems(word)))


def _stems(word):
    with _lock:
        stems = {fold(_snowball().stemWord(word)), _snowball().stemWord(fold(word))}
    # Marked, so that a stem is met by stems only: that of "swietlicaa" is no proof of "świetlica".
    return {f"{stem}0" for stem in stems if len(stem) > 2}


@lru_cache(maxsize=1024)
def query_terms(word, is_plain=True):
    """What `word` of a query is looked up under.

    `is_plain`: the whole query was typed without accents, so this word may be missing some, too.
    """
    found = set(terms(word))
    if word.isascii() and word.isalpha() and (is_plain or not lemmas(word)):
        found |= {fold(lemma) for spelling in spellings(word) for lemma in lemmas(spelling)}
    return frozenset(found)


def query_words(query, limit=12):
    """The distinct words of `query` that carry a subject, or all when none does; at most `limit`."""
    distinct = list(dict.fromkeys(words(query)))
    return ([word for word in distinct if word not in STOP_WORDS] or distinct)[:limit]


def searchable_text(title, body):
    """What is stored in the search index for a page with this `title` and `body` (plain text)."""
    named = dict.fromkeys(words(title) + joined_words(title))
    used = dict.fromkeys([*named, *words(body), *joined_words(body)])
    stored = [TITLE_TERM + term for word in named for term in sorted(terms(word))]
    stored += [TERM + term for word in used for term in sorted(terms(word))]
    stored += [
        LEMMA + lemma
        for word in used
        if len(word) > 2 and word not in STOP_WORDS
        for lemma in sorted(lemmas(word) or {word})
    ]
    return " ".join(dict.fromkeys(stored))
