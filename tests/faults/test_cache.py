"""The cache tells the truth: soon after a change, to everybody alike, and nothing of what is not for everybody."""

import re
import time

import pytest

from tests.faults.stack import until

PAGE = "/dane-osobowe/"
CHANGE = """
from mission.models import DataProtectionPage
page = DataProtectionPage.objects.filter(live=True).order_by("path").first()
page.title = {title!r}
page.save_revision().publish()
"""


def is_hit(answer):
    return answer.headers["X-Cache"] == "HIT"


def get_twice(server, path, **options):
    """The second answer, which should come from the cache."""
    server.get(path, **options)
    return server.get(path, **options)


@pytest.mark.fault("–", "an editor publishes", "everybody sees it through the cache within 1 s")
def test_what_is_published_is_visible_within_a_second(stack, editor, seen):
    assert is_hit(get_twice(stack.cache, PAGE))
    published = editor.do(CHANGE.format(title="Tytuł po zmianie"))
    assert until(lambda: "Tytuł po zmianie" in stack.cache.get(PAGE).text, 5) is not None
    took = time.monotonic() - published
    seen(f"{took * 1000:.0f} ms")
    assert took < 1


@pytest.mark.fault("–", "a date is cancelled", "everybody sees it through the cache within 1 s")
def test_a_cancelled_date_is_visible_within_a_second(stack, editor, seen):
    assert is_hit(get_twice(stack.cache, "/api/events/?ile=1"))
    before = stack.cache.get("/api/events/?ile=1").text
    cancelled = editor.do(
        "from programme.models import Occurrence\nfrom django.utils import timezone\nfrom wagtail.models import Site\n"
        "site = Site.objects.get(hostname='localhost')\n"
        "date = Occurrence.objects.in_site(site).public().upcoming(timezone.now()).order_by('start', 'pk').first()\n"
        "date.status = 'EventCancelled'\ndate.save()"
    )
    assert until(lambda: stack.cache.get("/api/events/?ile=1").text != before, 5) is not None
    took = time.monotonic() - cancelled
    seen(f"{took * 1000:.0f} ms")
    assert took < 1


@pytest.mark.fault("–", "an editor saves a draft", "nothing leaves the cache")
def test_a_draft_empties_nothing(stack, editor):
    assert is_hit(get_twice(stack.cache, PAGE))
    editor.do(CHANGE.format(title="Tytuł szkicu").replace(".publish()", ""))
    assert is_hit(stack.cache.get(PAGE))


@pytest.mark.fault("–", "one centre publishes", "the other centre's pages stay in the cache")
def test_only_the_host_that_changed_is_banned(stack, editor):
    get_twice(stack.cache, PAGE)
    assert is_hit(get_twice(stack.cache, PAGE, site="mok"))
    editor.do(CHANGE.format(title="Tytuł jednego ośrodka"))
    assert not is_hit(stack.cache.get(PAGE))
    assert is_hit(stack.cache.get(PAGE, site="mok"))


@pytest.mark.fault(
    "F11", "a change whose ban is lost", "gone from the cache within 60 s, though asked for all the time"
)
def test_a_lost_ban_is_made_good_within_a_minute(stack, seen):
    forgetful = stack.editor(FRONT_CACHE_URL="")
    forgetful.do("pass")  # it has started
    stack.cache.get("/", method="BAN", headers={"X-Ban-Host": "localhost"})
    get_twice(stack.cache, PAGE)
    begin = forgetful.do(CHANGE.format(title="Tytuł bez wiadomości"))
    assert "Tytuł bez wiadomości" not in stack.cache.get(PAGE).text
    assert until(lambda: "Tytuł bez wiadomości" in stack.cache.get(PAGE).text, 75, pause=1) is not None
    took = time.monotonic() - begin
    seen(f"{took:.0f} s")
    assert took < 60


@pytest.mark.fault("A4", "`?x=random`, 50 times; parameters in another order", "answered from the cache")
def test_unknown_parameters_do_not_reach_the_application(stack, seen):
    first = get_twice(stack.cache, PAGE)
    answers = [stack.cache.get(f"{PAGE}?x{number}={number}&utm_source=a&fbclid") for number in range(50)]
    hits = sum(map(is_hit, answers))
    assert {answer.body for answer in answers} == {first.body}
    get_twice(stack.cache, "/szukaj/?q=warsztaty&page=1")
    assert is_hit(stack.cache.get("/szukaj/?utm=1&page=1&x&q=warsztaty&y="))
    seen(f"{hits} of 50 from the cache")
    assert hits == 50


def test_known_parameters_change_the_answer(stack):
    assert stack.cache.get("/szukaj/?q=warsztaty").body != stack.cache.get("/szukaj/?q=koncert").body
    assert "doslownie" in stack.cache.get("/szukaj/?q=ceramkia").text


@pytest.mark.fault("A4", "an old address with parameters, such as /index.php?id=7", "still led to where it is now")
def test_redirects_of_old_addresses_with_parameters_work(stack, editor):
    editor.do(
        "from wagtail.contrib.redirects.models import Redirect\n"
        "Redirect.objects.create(old_path='/index.php?id=7', redirect_link='/kontakt/')"
    )
    answer = stack.cache.get("/index.php?id=7")
    assert (answer.status, answer.headers["Location"]) == (301, "/kontakt/")
    assert stack.cache.get("/index.php?id=8").status == 404


EVIL = {
    "X-Forwarded-Host": "evil.example.net",
    "X-Forwarded-Server": "evil.example.net",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil.example.net",
    "Forwarded": "host=evil.example.net",
    "X-Original-URL": "/evil.example.net",
    "X-Rewrite-URL": "/evil.example.net",
    "X-Host": "evil.example.net",
    "X-HTTP-Method-Override": "POST",
    "Accept-Language": "en",
    "Cookie": "evil=evil.example.net; csrftoken=x",
    "X-Any-Age": "yes",
    "X-Old-Address": "yes",
    "X-Full-Url": "/evil.example.net",
    "X-Kept-Host": "evil.example.net",
}


@pytest.mark.fault(
    "A5", "the first visitor sends headers made to be reflected", "the same body for all, nothing reflected"
)
def test_headers_of_one_visitor_change_nothing_for_the_next(stack):
    poisoned = stack.cache.get("/", headers=EVIL)
    assert poisoned.headers["X-Cache"] == "MISS"
    clean = stack.cache.get("/")
    assert is_hit(clean)
    assert clean.body == poisoned.body
    assert b"evil" not in clean.body
    assert b"666" not in str(clean.headers).encode()


@pytest.mark.fault("A5", "Host in capitals, with a port, with a dot", "the same kept page, which one ban ends")
def test_all_spellings_of_a_host_are_one(stack):
    get_twice(stack.cache, PAGE)
    for host in ("LOCALHOST", "localhost:1234", "localhost.", "LocalHost.:99"):
        answer = stack.cache.get(PAGE, headers={"Host": host})
        assert is_hit(answer), host
        assert b":1234" not in answer.body
    stack.cache.get("/", method="BAN", headers={"X-Ban-Host": "LOCALHOST:8000"})
    assert not is_hit(stack.cache.get(PAGE, headers={"Host": "LOCALHOST"}))


@pytest.mark.fault("A5", "an unknown Host", "refused, and not kept")
def test_an_unknown_host_is_refused(stack):
    for _ in range(2):
        answer = stack.cache.get("/", headers={"Host": "evil.example.net"})
        assert (answer.status, answer.headers["X-Cache"]) == (400, "MISS")
        assert b"evil" not in answer.body


@pytest.mark.fault("A8", "`page=1e9`, 20 kB of query, odd filters", "400 or 404 or ignored, fast, never 500")
def test_odd_addresses_are_answered_fast_and_clearly(stack, seen):
    slowest = 0
    for path in (
        "/szukaj/?page=1000000000&q=a",
        "/aktualnosci/?page=1e9",
        "/program/?dataod=9999-99-99&wiek=-1&dostepnosc=x&dostepnosc=y",
        "/program/?q=" + "a" * 3000,
        "/program/?" + "&".join(f"x{number}=1" for number in range(2000)),
        "/program/?q=" + "a" * 20_000,
        "/api/events/?po=x&ile=1e9",
        "/program/?q=%00",
        "/%00",
        "/?title__regex=(a%2B)%2B",
    ):
        begin = time.monotonic()
        answer = stack.cache.get(path)
        slowest = max(slowest, time.monotonic() - begin)
        assert answer.status in (200, 400, 404, 414), path[:60]
    seen(f"slowest {slowest:.1f} s")
    assert slowest < 3


@pytest.mark.fault("–", "a session cookie, a form, the administration", "never kept, never given to others")
def test_what_is_personal_is_never_kept(stack):
    get_twice(stack.cache, PAGE)
    for cookie in ("sessionid=abc", "a=b; sessionid=abc", "__Host-sessionid=abc"):
        for _ in range(2):
            answer = stack.cache.get(PAGE, headers={"Cookie": cookie})
            assert not is_hit(answer), cookie
    assert answer.headers["Cache-Control"].startswith(("private", "public"))
    for path in ("/admin/login/", "/healthz", "/dostepnosc/zgloszenie/"):
        assert not is_hit(get_twice(stack.cache, path)), path
    assert "Set-Cookie" not in stack.cache.get(PAGE).headers


@pytest.mark.fault("–", "a page is asked for again", "kept compressed; 304 to whoever has it")
def test_pages_are_kept_compressed_and_revalidated(stack):
    kept = get_twice(stack.cache, "/", headers={"Accept-Encoding": "gzip, br"})
    assert kept.headers["Content-Encoding"] == "gzip"
    assert kept.body[:2] == b"\x1f\x8b"
    again = stack.cache.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": kept.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert "Vary" not in kept.headers or "Cookie" not in kept.headers["Vary"]
    # An answer for many has the name of no request; one for a single visitor has.
    assert "X-Request-ID" not in kept.headers
    assert "X-Request-ID" in stack.cache.get("/admin/login/").headers


def test_static_files_and_pictures_are_kept_for_long(stack):
    path = re.search(r'href="(/static/[^"]+\.css)"', stack.cache.get("/").text)[1]
    answer = get_twice(stack.cache, path)
    assert is_hit(answer)
    assert "immutable" in answer.headers["Cache-Control"]


def test_only_neighbours_may_ban_and_only_plain_names(stack):
    get_twice(stack.cache, PAGE)
    outside = {"X-Ban-Host": "localhost", "X-Forwarded-Proto": "https"}
    assert stack.cache.get("/", method="BAN", headers=outside).status == 405
    for name in ("", "a b", "localhost && obj.status != 0", "x\ty"):
        assert stack.cache.get("/", method="BAN", headers={"X-Ban-Host": name}).status == 400
    assert is_hit(stack.cache.get(PAGE))
