"""Any form of a Polish word finds every other, with accents or without, on every machine."""

import pytest

from mission import polish

# (as an editor writes it, as a resident types it)
SAME_WORD = [
    ("świetlicy", "świetlica"),
    ("świetlicach", "świetlice"),
    ("warsztatów", "warsztaty"),
    ("warsztatach", "warsztat"),
    ("dzieci", "dziecko"),
    ("dziećmi", "dzieci"),
    ("koncercie", "koncert"),
    ("koncertów", "koncertu"),
    ("zajęciach", "zajęcia"),
    ("zajęć", "zajęcie"),
    ("tańca", "taniec"),
    ("tańcu", "tańce"),
    ("tanecznego", "taneczny"),
    ("seniorów", "senior"),
    ("seniorkom", "seniorka"),
    ("młodzieży", "młodzież"),
    ("ludzi", "człowiek"),
    ("ludziom", "ludzie"),
    ("Łodzi", "łódź"),
    ("Mszczonowie", "Mszczonów"),
    ("mszczonowie", "mszczonów"),
    ("Rudzińcu", "Rudziniec"),
    ("Gliwicach", "gliwice"),
    ("Toszku", "toszek"),
    ("ceramiki", "ceramika"),
    ("ceramicznych", "ceramiczne"),
    ("rękodzieła", "rękodzieło"),
    ("rękodzielnictwie", "rękodzielnictwo"),
    ("teatrze", "teatr"),
    ("teatralnego", "teatralne"),
    ("chórze", "chór"),
    ("chórem", "chóru"),
    ("orkiestrą", "orkiestra"),
    ("orkiestrze", "orkiestry"),
    ("konkursie", "konkurs"),
    ("wystawie", "wystawa"),
    ("wystaw", "wystawy"),
    ("kinie", "kino"),
    ("filmów", "film"),
    ("książek", "książka"),
    ("książce", "książki"),
    ("pieśni", "pieśń"),
    ("gminie", "gmina"),
    ("gmin", "gminy"),
    ("wsi", "wieś"),
    ("wsiach", "wieś"),
    ("mieszkańców", "mieszkaniec"),
    ("mieszkańcy", "mieszkańcom"),
    ("dostępności", "dostępność"),
    ("deklaracji", "deklaracja"),
    ("biletów", "bilet"),
    ("bezpłatnych", "bezpłatny"),
    ("zapisów", "zapisy"),
    ("opłaty", "opłata"),
    ("sobotę", "sobota"),
    ("niedziel", "niedziela"),
    ("wakacji", "wakacje"),
    ("feriach", "ferie"),
    ("przedstawień", "przedstawienie"),
    ("spotkaniu", "spotkania"),
    ("dożynek", "dożynki"),
    ("dożynkach", "dożynek"),
    ("harcerzy", "harcerz"),
    ("gospodyń", "gospodynie"),
    ("kół", "koło"),
    ("strażaków", "strażak"),
    ("gitarze", "gitara"),
    ("pianinie", "pianino"),
    ("śpiewu", "śpiew"),
    ("malarstwie", "malarstwo"),
    ("rzeźbą", "rzeźba"),
    ("zdjęć", "zdjęcie"),
    ("projektów", "projekt"),
    ("ochronie", "ochrona"),
    ("małoletnich", "małoletni"),
    ("tłumacza", "tłumacz"),
    ("migowego", "migowy"),
    ("najlepszych", "dobry"),
    ("śpiewali", "śpiewać"),
    ("zapisz", "zapisać"),
    ("byliśmy", "być"),
]


def finds(query, text):
    """Whether every word of `query` is among the terms that `text` is stored under."""
    stored = polish.searchable_text("", text).split()
    is_plain = query.isascii()
    return all(
        {polish.TERM + term for term in polish.query_terms(word, is_plain)} & set(stored)
        for word in polish.query_words(query)
    )


@pytest.fixture
def no_morfeusz(monkeypatch):
    """A machine that Morfeusz has no wheel for."""
    caches = (polish._morfeusz, polish.lemmas, polish.forms, polish.terms, polish.query_terms)
    monkeypatch.setattr(polish, "morfeusz2", None)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(("written", "typed"), SAME_WORD)
def test_any_form_finds_any_other(written, typed):
    assert finds(typed, written)
    assert finds(written, typed)


@pytest.mark.parametrize(("written", "typed"), SAME_WORD)
def test_accents_may_be_left_out_of_any_form(written, typed):
    assert finds(polish.fold(typed), written)
    assert finds(polish.fold(written), typed)


def test_without_morfeusz_stems_find_most_forms(no_morfeusz):
    assert not polish.lemmas("świetlicy")
    found = sum(finds(polish.fold(typed), written) for written, typed in SAME_WORD)
    assert found >= 0.5 * len(SAME_WORD)
    assert finds("swietlica", "w świetlicy wiejskiej")
    assert finds("warsztaty", "warsztatów")
    assert polish.forms("świetlica") == ("świetlica",)


@pytest.mark.parametrize(
    ("written", "typed"),
    [("w Xyrzynkowicach", "xyrzynkowice"), ("Żądłowickiego Śmigula", "zadlowicki smigula")],
)
def test_words_no_dictionary_has_are_found_by_their_stem(written, typed):
    assert finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("koncert", "konkurs"),
        ("kot", "kotlety"),
        ("taniec", "teatr"),
        ("warsztaty ceramiki", "warsztaty tańca"),
    ],
)
def test_other_words_do_not_match(typed, written):
    assert not finds(typed, written)


def test_ambiguous_forms_are_stored_under_every_lemma():
    assert {"mama", "miec"} <= polish.terms("mam")
    assert finds("łódź", "łodzi")
    assert finds("łodzie", "łodzi")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Łódź", "lodz"), ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"), ("Łączą", "lacza")],
)
def test_folding_minds_the_stroke_of_l(text, folded):
    assert polish.fold(text) == folded


def test_decomposed_letters_and_soft_hyphens_do_not_hide_a_word():
    assert finds("świetlica", "s\u0301wie\u00adtlica")
    assert finds("s\u0301wietlica", "świetlicy")


def test_a_hyphenated_word_is_found_in_parts_and_as_one():
    for typed, written in [("email", "e-mail"), ("e-mail", "e-mail"), ("czerwony", "biało-czerwonej")]:
        assert finds(typed, written)


def test_words_without_a_subject_are_not_asked_for_unless_they_are_all_there_is():
    assert polish.query_words("Kiedy są warsztaty dla dzieci?") == ["warsztaty", "dzieci"]
    assert polish.query_words("dla") == ["dla"]


def test_stored_terms_are_single_plain_words_marked_apart_from_the_text():
    stored = polish.searchable_text("Bal", 'Ćwiczenia 3D, C++ i "cudzysłów" (AND/OR) 🎭 שלום').split()
    assert stored
    for term in stored:
        assert term[:2] in (polish.TERM, polish.TITLE_TERM, polish.LEMMA)
        assert term.isalnum()
        assert len(term) <= polish.LONGEST_WORD + 10


@pytest.mark.parametrize(
    "hostile",
    ["", " ", "\x00", "'\"();--", "🎭🎭", "\u202eabc", "a" * 100_000, "ąćęłńóśźż" * 50, "zzzzcccnnnsss" * 9],
)
def test_hostile_text_is_only_words(hostile):
    for word in polish.query_words(hostile):
        assert len(word) <= polish.LONGEST_WORD
        assert all(term.isalnum() for term in polish.query_terms(word))
        assert len(polish.spellings(word)) < polish.MOST_SPELLINGS
    polish.searchable_text(hostile, hostile)


def test_spellings_obey_polish_spelling():
    assert polish.spellings("sad") == ["sąd"]
    assert "świetlica" in polish.spellings("swietlica")
    assert "międzynarodowych" in polish.spellings("miedzynarodowych")
    assert not any("śi" in spelling for spelling in polish.spellings("siano"))
