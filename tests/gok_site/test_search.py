"""Residents find what the centre publishes, whatever the form of the word, and nothing that it does not."""

import time
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from gok_site.search import index, slips, views
from gok_site.search.excerpts import excerpt
from gok_site.search.results import answer, terms_of
from mission import polish
from tests.gok_site.builders import (
    make_document,
    make_event,
    make_news,
    make_page,
    make_section,
    make_site,
)

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 15, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept():
    """A rolled-back database looks as it did: only the tests' own clock runs backwards."""
    slips._kept.clear()


@pytest.fixture
def gok(db):
    return make_site("localhost", is_default=True)


@pytest.fixture
def mok(gok):
    return make_site("mok.localhost")


def titles(site, query, **options):
    """The titles that `query` finds on `site`, in order, without markup."""
    found = answer(site, query, at=AT, **options)
    return [result.title.replace("<mark>", "").replace("</mark>", "") for result in found.results(found.entries)]


# What is found

FORMS_ON_PAGES = [
    ("Świetlica wiejska", "w świetlicach", "swietlica"),
    ("Warsztaty ceramiki", "ceramika", "ceramice"),
    ("Gminny Ośrodek w Łodzi", "Łódź", "lodz"),
    ("Dzień dziecka", "dzieci", "dzieciom"),
    ("Zespół tańca ludowego", "zespoły taneczne ludowe"[:7], "tancu"),
    ("Chór seniorów", "chóry", "seniorki"[:6]),
    ("Rękodzieło", "rękodziełem", "rekodziela"),
    ("Współpraca z Mszczonowem", "Mszczonów", "mszczonowie"),
]


@pytest.mark.parametrize(("title", "accented", "plain"), FORMS_ON_PAGES)
def test_any_form_with_or_without_accents_finds_the_page(gok, title, accented, plain):
    make_page(gok, title)
    assert titles(gok, accented) == [title]
    assert titles(gok, plain) == [title]


def test_every_searched_text_counts_body_summary_search_words_and_rows_of_groups(gok):
    make_page(gok, "Pierwsza", text="<p>Mamy <b>pracownię</b> garncarską.</p>")
    make_page(gok, "Druga", summary="Koło gospodyń wiejskich.")
    make_page(gok, "Trzecia", search_words="dożynki")
    make_section(gok, "Czwarta", instructor="Bronisława Xawerska")
    assert titles(gok, "pracowni garncarskich") == ["Pierwsza"]
    assert titles(gok, "kola gospodyn") == ["Druga"]
    assert titles(gok, "dożynek") == ["Trzecia"]
    assert titles(gok, "xawerskiej") == ["Czwarta"]


def test_all_words_must_be_found(gok):
    make_page(gok, "Warsztaty ceramiki")
    make_page(gok, "Warsztaty tańca")
    assert titles(gok, "warsztat ceramiczki"[:8] + " ceramik") == ["Warsztaty ceramiki"]
    assert titles(gok, "warsztaty gotowania", literally=True) == []


def test_markers_of_stored_terms_cannot_be_searched_for(gok):
    make_page(gok, "Świetlica")
    assert titles(gok, "q0swietlica", literally=True) == []


# Whose it is


def test_one_centre_never_shows_the_others_pages(gok, mok):
    make_page(gok, "Koncert gminny")
    make_page(mok, "Koncert miejski")
    assert titles(gok, "koncert") == ["Koncert gminny"]
    assert titles(mok, "koncert") == ["Koncert miejski"]


def test_drafts_private_pages_and_what_lies_under_them_are_not_found(gok):
    make_page(gok, "Koncert w szkicu", live=False)
    private = make_page(gok, "Koncert zamknięty")
    make_page(gok, "Koncert pod zamkniętym", parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(gok, "koncert") == []
    assert answer(gok, "koncret", at=AT).suggested == answer(gok, "koncret", at=AT).corrected == ""


def test_an_unpublished_change_of_a_published_page_is_not_found(gok):
    page = make_page(gok, "Przegląd orkiestr")
    page.title, page.summary = "Tajny plan", "Niespodzianka"
    page.save_revision()
    assert titles(gok, "tajny") == titles(gok, "niespodzianka") == []
    page.get_latest_revision().publish()
    assert titles(gok, "niespodzianka") == ["Tajny plan"]


def test_publishing_withdrawing_moving_and_deleting_change_the_results_at_once(gok, mok):
    page = make_page(gok, "Koncert", live=False)
    assert titles(gok, "koncert") == []
    page.save_revision().publish()
    assert titles(gok, "koncert") == ["Koncert"]
    page.refresh_from_db()
    page.move(Page.objects.get(pk=mok.root_page_id), pos="last-child")
    assert titles(gok, "koncert") == []
    assert titles(mok, "koncert") == ["Koncert"]
    page = Page.objects.get(pk=page.pk).specific
    page.unpublish()
    assert titles(mok, "koncert") == []
    page.save_revision().publish()
    page.delete()
    assert titles(mok, "koncert") == []


def test_rows_changed_in_a_revision_are_found_once_published(gok):
    section = make_section(gok, "Ceramika", instructor="Anna Dawna")
    group = section.groups.get()
    group.instructor = "Zofia Nowsza"
    section.groups = [group]
    section.save_revision().publish()
    assert titles(gok, "Nowsza") == ["Ceramika"]
    assert titles(gok, "Dawna", literally=True) == []


def test_rebuilding_the_index_changes_nothing(gok):
    make_page(gok, "Świetlica", text="<p>Zajęcia plastyczne</p>")
    make_section(gok, "Plastyka", instructor="Zajęcka")
    before = titles(gok, "zajęcia"), titles(gok, "plastyczny")
    call_command("update_index", verbosity=0)
    assert (titles(gok, "zajęcia"), titles(gok, "plastyczny")) == before


# Documents


def test_documents_are_found_by_title_when_a_public_page_of_the_site_links_them(gok, mok):
    linked, loose = make_document("Regulamin świetlicy"), make_document("Regulamin zapomniany")
    others, hidden = make_document("Regulamin miejski"), make_document("Regulamin w szkicu")
    make_page(gok, "Pliki", body=[("file", {"document": linked, "title": ""})])
    make_page(mok, "Pliki", body=[("file", {"document": others, "title": ""})])
    make_page(gok, "Szkic", body=[("file", {"document": hidden, "title": ""})], live=False)
    found = answer(gok, "regulaminy", at=AT)
    (result,) = found.results(found.entries)
    assert (result.document, result.url) == (linked, linked.url)
    assert loose.pk not in found.files
    assert titles(gok, "regulamin swietlica") == ["Regulamin świetlicy"]


def test_a_document_only_in_an_unpublished_change_or_a_private_collection_is_not_found(gok):
    draft, private = make_document("Statut nowy"), make_document("Statut tajny")
    page = make_page(gok, "Prawo", body=[("file", {"document": private, "title": ""})])
    page.body = [*page.body.raw_data, {"type": "file", "value": {"document": draft.pk, "title": ""}}]
    page.save_revision()
    private.collection = Collection.get_first_root_node().add_child(name="Zamknięte")
    private.save()
    restriction = CollectionViewRestriction.LOGIN
    CollectionViewRestriction.objects.create(collection=private.collection, restriction_type=restriction)
    assert titles(gok, "statut", literally=True) == []


# In which order


def test_the_order_is_title_first_then_ahead_standing_news_and_past(gok):
    make_event(gok, "Dawny koncert", AT - 9 * DAY)
    make_event(gok, "Niedawny koncert", AT - 2 * DAY)
    make_event(gok, "Późniejszy koncert", AT + 9 * DAY)
    make_event(gok, "Bliski koncert", AT - 20 * DAY, AT + DAY)
    make_event(gok, "Wieczór", AT + DAY, summary="Koncert na żywo")
    make_news(gok, "Po koncercie", first_published_at=AT - DAY)
    make_page(gok, "Sala koncertów")
    make_page(gok, "Koncert")
    assert titles(gok, "koncert") == [
        "Koncert",
        "Bliski koncert",
        "Późniejszy koncert",
        "Sala koncertów",
        "Po koncercie",
        "Niedawny koncert",
        "Dawny koncert",
        "Wieczór",
    ]


def test_an_event_tells_its_next_date_or_that_it_is_over(gok):
    make_event(gok, "Bal", AT - 20 * DAY, AT - timedelta(hours=1), AT + DAY)
    make_event(gok, "Festyn", AT - 9 * DAY, AT - 2 * DAY)
    (bal,), (festyn,) = (
        found.results(found.entries) for found in [answer(gok, word, at=AT) for word in ("bal", "festyn")]
    )
    assert (bal.date.start, bal.is_over) == (AT - timedelta(hours=1), False)  # under way
    assert (festyn.date.start, festyn.is_over) == (AT - 2 * DAY, True)


# Slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("swietlca", "świetlica"),
        ("swietlicaa", "świetlica"),
        ("świtelica", "świetlica"),
        ("swoetlicy", "świetlicy"),
        ("wietlica", "świetlica"),
        ("wsietlica", "świetlica"),
        ("ceramkia", "ceramika"),
        ("ceramica", "ceramika"),
        ("kceramika", "ceramika"),
        ("warsztatuw", "warsztatów"),
        ("wartsztaty", "warsztaty"),
        ("ceramik na swietlica"[:7] + "aa", "ceramika"),
        ("swietl", "świetlica"),
    ],
)
def test_one_slip_gives_the_nearest_words_results_and_says_so(gok, typed, meant):
    make_page(gok, "Warsztaty ceramiki", text="<p>W świetlicy.</p>")
    found = answer(gok, typed, at=AT)
    assert found.corrected == meant
    assert titles(gok, typed) == ["Warsztaty ceramiki"]
    assert titles(gok, typed, literally=True) == []


def test_in_a_question_of_several_words_only_the_slip_is_put_right(gok):
    make_page(gok, "Warsztaty ceramiki")
    assert answer(gok, "warsztaty ceramkii", at=AT).corrected == "warsztaty ceramiki"


def test_a_good_word_that_no_page_uses_is_only_asked_about(gok):
    make_page(gok, "Noga stołowa")
    found = answer(gok, "joga", at=AT)
    assert (found.entries, found.corrected, found.suggested) == ([], "", "noga")


def test_nonsense_is_not_put_right(gok):
    make_page(gok, "Warsztaty ceramiki")
    for typed in ("xqzxqz", "qwertyuiop", "kkkkk"):
        found = answer(gok, typed, at=AT)
        assert (found.entries, found.corrected, found.suggested) == ([], "", "")


def test_the_vocabulary_is_each_sites_own_and_follows_what_is_published(gok, mok):
    page = make_page(gok, "Ceramika")
    make_page(mok, "Fotografia")
    assert answer(gok, "ceramkia", at=AT).corrected == "ceramika"
    assert answer(mok, "ceramkia", at=AT).corrected == ""
    page.unpublish()
    assert answer(gok, "ceramkia", at=AT).corrected == ""


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [
        ("kot", "kot", True),
        ("kt", "kot", True),
        ("koot", "kot", True),
        ("kat", "kot", True),
        ("okt", "kot", True),
        ("kto", "kot", True),
        ("tok", "kot", False),
        ("k", "kot", False),
        ("kotka", "kot", False),
        ("", "k", True),
    ],
)
def test_one_slip_is_a_letter_missing_added_mistaken_or_swapped(typed, meant, is_one):
    assert slips.is_one_slip(typed, meant) is is_one


def test_without_morfeusz_the_site_still_finds_and_corrects(gok, monkeypatch):
    caches = (polish._morfeusz, polish.lemmas, polish.forms, polish.terms, polish.query_terms)
    monkeypatch.setattr(polish, "morfeusz2", None)
    try:
        for cache in caches:
            cache.cache_clear()
        make_page(gok, "Świetlica wiejska")
        assert titles(gok, "świetlicy") == titles(gok, "swietlice") == ["Świetlica wiejska"]
        assert answer(gok, "swietlca", at=AT).corrected == "świetlica"
    finally:
        for cache in caches:
            cache.cache_clear()


# Excerpts


def test_the_excerpt_marks_what_was_found_and_escapes_all_else(gok):
    terms = frozenset().union(*terms_of(["ceramika"]))
    assert excerpt(terms, "<script>Ceramiki</script> & ceramice", "") == (
        "&lt;script&gt;<mark>Ceramiki</mark>&lt;/script&gt; &amp; <mark>ceramice</mark>"
    )
    far = excerpt(terms, "Bez niej.", "słowo " * 200 + "ceramika" + " słowo" * 200)
    assert "<mark>ceramika</mark>" in far
    assert far.startswith("… ")
    assert len(far) < 300


def test_the_excerpt_comes_from_the_text_of_the_page_without_stored_terms(gok):
    make_page(gok, "Pracownia", summary="O nas.", search_words="garnki", text="<p>Lepimy z <b>gliny</b>.</p>")
    found = answer(gok, "glina", at=AT)
    assert found.results(found.entries)[0].excerpt == "Lepimy z <mark>gliny</mark>."
    found = answer(gok, "garnek", at=AT)
    assert found.results(found.entries)[0].excerpt == "O nas."


# The page


def test_the_page_lists_results_with_their_kind_and_has_no_list_without(gok, client):
    make_event(gok, "Koncert <b>kolęd</b>", AT + 3650 * DAY)
    page = client.get("/szukaj/", {"q": "koncertu"}).content.decode()
    assert page.count('id="wyniki"') == 1
    assert "Wydarzenie" in page or "Event" in page
    assert "<mark>Koncert</mark> &lt;b&gt;kolęd&lt;/b&gt;" in page
    for query in ("", "xqzxqz"):
        response = client.get("/szukaj/", {"q": query})
        assert response.status_code == 200
        assert 'id="wyniki"' not in response.content.decode()
        assert "Koncert" in response.content.decode()  # what is on next


HOSTILE = [
    "\x00",
    "a\x00b",
    "AND OR NOT NEAR",
    "NEAR(a b, 5) * ^ : - +",
    '"',
    "''; DROP TABLE wagtailcore_page; --",
    '{title body} : ("koncert" OR',
    "koncert & | ! <-> :*",
    "%s %d %(x)s {0} {{ 7*7 }}",
    "\\",
    "(a+)+$" * 30,
    "🎭🎶",
    "\u202etrecnok",
    "<script>alert(1)</script>",
    "שלום عليكم",
    "ı İ ß ﬁ ²",
    "a" * 500,
    "koncert " * 60,
    "ą" * 500,
    "zczcnsnosazl" * 40,
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_questions_answer_sensibly(gok, client, query):
    make_page(gok, "Koncert")
    started = time.perf_counter()
    response = client.get("/szukaj/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert "\x00" not in response.content.decode()
    assert time.perf_counter() - started < 2


def test_a_hundred_kilobytes_are_answered_fast(gok, client):
    make_page(gok, "Koncert")
    for query in ("a" * 100_000, "koncert " * 12_500, "ż" * 50_000):
        started = time.perf_counter()
        assert client.get("/szukaj/", {"q": query}).status_code in (200, 400, 414)
        assert time.perf_counter() - started < 2


@pytest.mark.parametrize("number", ["2", "0", "-1", "1e9", "99999999999", "x", "", "\x00", "²"])
def test_a_page_that_does_not_exist_is_not_found(gok, client, number):
    make_page(gok, "Koncert")
    assert client.get("/szukaj/", {"q": "koncert", "page": number}).status_code == 404


def test_unknown_parameters_are_ignored_and_nothing_is_posted(gok, client):
    make_page(gok, "Koncert")
    response = client.get("/szukaj/?q=koncert&title__regex=(.*)&live=0&site=2")
    assert [result.url for result in response.context["results"]] == ["/koncert/"]
    assert client.post("/szukaj/", {"q": "koncert"}).status_code == 405


def test_pages_of_results_are_ten_long_and_keep_the_question(gok, client):
    for number in range(12):
        make_page(gok, f"Koncert {number:02}")
    second = client.get("/szukaj/", {"q": "koncerty", "page": 2})
    assert [result.url for result in second.context["results"]] == ["/koncert-10/", "/koncert-11/"]
    assert second.context["page_query"] == "&q=koncerty"


def test_the_view_shows_only_its_own_host(gok, mok, client):
    make_page(gok, "Koncert gminny")
    make_page(mok, "Koncert miejski")
    for host, own in [("localhost", "/koncert-gminny/"), ("mok.localhost", "/koncert-miejski/")]:
        results = client.get("/szukaj/", {"q": "koncert"}, headers={"host": host}).context["results"]
        assert [result.url for result in results] == [own]


# What it costs


def cost(site, query):
    slips._kept.clear()
    with CaptureQueriesContext(connection) as queries:
        found = answer(site, query, at=AT)
        found.results(found.entries[: views.PER_PAGE])
    return len(queries)


def test_many_results_cost_as_many_queries_as_one(gok):
    def add(numbers):
        for number in numbers:
            make_event(gok, f"Koncert {number}", AT + DAY, AT - DAY, summary="Orkiestra")
            make_page(gok, f"Koncert strony {number}")

    add([0])
    Site.clear_site_root_paths_cache()
    cost(gok, "koncerty"), cost(gok, "koncret")  # once, so that what Django remembers is remembered
    one = cost(gok, "koncerty"), cost(gok, "koncret"), cost(gok, "xqzxqz")
    add(range(1, 30))
    many = cost(gok, "koncerty"), cost(gok, "koncret"), cost(gok, "xqzxqz")
    assert all(after <= before for after, before in zip(many, one, strict=True))
    assert max(one) <= 30


def test_never_more_than_a_thousand_pages_are_ranked(gok):
    make_page(gok, "Koncert A")
    make_page(gok, "Koncert B")
    with mock.patch.object(index, "MOST_PAGES", 1):
        assert len(answer(gok, "koncert", at=AT).entries) == 1
