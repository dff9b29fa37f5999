"""A visitor's browser talks to nobody else, keeps no cookie, and has nothing to complain about.

The browser looks at the richest page of each type and at every view, on the two sites in turn, which share their
templates; that no page at all names another host or sets a cookie is read from the HTML of all of them in
tests/test_addresses.py.
"""

import pytest

from tests.addresses import HOSTS, VIEWS, Address, in_turn


@pytest.mark.parametrize("site", HOSTS)
def test_pages_of_every_type_ask_only_their_own_host_and_are_silent(open_page, address_of, site_server, site):
    wrong = []
    todo = [
        Address(site, name, VIEWS[name], is_error=name == "not-found") if name in VIEWS else address_of(site, name)
        for its, name in in_turn()
        if its == site
    ]
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
