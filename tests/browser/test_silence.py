"""A visitor's browser talks to nobody else, keeps no cookie, and has nothing to complain about."""

import pytest

from tests.addresses import HOSTS, VIEWS, Address


@pytest.mark.parametrize("site", HOSTS)
@pytest.mark.parametrize("part", range(2))
def test_every_page_asks_only_its_own_host_and_is_silent(open_page, all_pages, site_server, site, part):
    pages = [address for address in all_pages if address.site == site]
    views = [Address(site, name, path, is_error=name == "not-found") for name, path in VIEWS.items()]
    wrong = []
    todo = [*pages, *views][part::2]
    with open_page(todo[0]) as visit:
        for address in todo:
            visit.requests.clear()
            visit.messages.clear()
            response = visit.page.goto(site_server.url(address))
            expected = 404 if address.is_error else 200
            problems = [
                *([f"status {response.status}"] if response.status != expected else []),
                *visit.foreign_requests(),
                *visit.complaints(is_error=address.is_error),
                *(f"cookie {cookie['name']}" for cookie in visit.page.context.cookies()),
            ]
            wrong += [f"{address}: {problem}" for problem in problems]
        stored = visit.page.evaluate("() => localStorage.length + sessionStorage.length")
    assert wrong == []
    assert stored == 0
