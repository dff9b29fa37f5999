"""What is done to one page: two widths, three schemes of colour, axe and our own checks. Called in the browser's thread.

A page is loaded once; its width and its colours change in place, and styles and scripts answer to that. Schemes change
colours and nothing else, so in the dark and in forced colours only the rules about colour are asked again, at the
width that shows most. That neither loses anything is proved by `tests/browser/test_audit.py`.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .rules import AXE_TAGS, COLOUR_RULES, VAGUE_LINKS

NARROW, WIDE = 320, 1280
HEIGHTS = {NARROW: 640, WIDE: 900}
# What the emulated visitor prefers.
SCHEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
# What listens to the window's size has heard of it by then.
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NODES_A_RULE = 25
FOCUS_STOPS = 150
SEEN_A_PAGE = 100


@dataclass
class Inspection:
    """What one address has shown.

    `seen`: list of {"rule", "selector", "excerpt", "shape", "is_content", "states", …}, each element once for a
    rule, with the states ("320 light") in which it was seen; `addresses`: paths that the page leads to.
    """

    is_page: bool = True
    problem: str = ""
    title: str = ""
    seen: list = field(default_factory=list)
    addresses: list = field(default_factory=list)
    documents: list = field(default_factory=list)


def inspect(page, url, bundle):
    """Look at `url` in the open Playwright `page`; `bundle`: the script with all checks."""
    from playwright.sync_api import Error  # an optional package

    result, seen = Inspection(), {}
    try:
        resize(page, NARROW)
        response = page.goto(url, wait_until="load")
        if (answer := unlike_a_page(page, response, url)) is not None:
            return answer
        page.evaluate(bundle)
        look(page, NARROW, result, seen)
        resize(page, WIDE)
        page.evaluate(NEXT_FRAME)
        look(page, WIDE, result, seen)
    except Error as error:
        return Inspection(problem=first_line(error))
    result.seen = list(seen.values())[:SEEN_A_PAGE]
    return result


def resize(page, width):
    """Give the window its `width`, in light colours."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(**SCHEMES["light"])


def unlike_a_page(page, response, url):
    """The Inspection of an address that is no page: an error, a file, a redirect; None for a page."""
    if response is None:
        return Inspection(is_page=False)
    if response.status >= 400:
        return Inspection(problem=f"HTTP {response.status}")
    if "html" not in response.headers.get("content-type", ""):
        return Inspection(is_page=False)
    if response.request.redirected_from:
        asked, answered = urlsplit(url), urlsplit(page.url)
        own = answered.netloc == asked.netloc
        return Inspection(is_page=False, addresses=[answered._replace(scheme="", netloc="").geturl()] if own else [])
    return None


def look(page, width, result, seen):
    """All checks at one width."""
    call = caller(page)
    state = f"{width} light"
    note(seen, state, call("axe", {"rules": None, "tags": AXE_TAGS, "most": NODES_A_RULE}))
    if width == NARROW:
        note(seen, state, call("lost"))
    else:
        note(seen, state, call("words", {"vague": VAGUE_LINKS}))
        links = call("links")
        result.title, result.addresses, result.documents = links["title"], links["addresses"], links["documents"]
    note(seen, state, call("spacing"))
    page.keyboard.press("Tab")
    note(seen, state, call("focus", FOCUS_STOPS))
    for scheme in ("dark", "forced") if width == WIDE else ():
        page.emulate_media(**SCHEMES[scheme])
        note(seen, f"{width} {scheme}", call("axe", {"rules": COLOUR_RULES, "tags": None, "most": NODES_A_RULE}))


def caller(page):
    """A function: run one of the bundle's checks."""
    return lambda name, argument=None: page.evaluate(f"argument => gokAudit.{name}(argument)", argument)


def note(seen, state, rows):
    """Add `rows` to `seen`, each element once for a rule, with the states in which it failed."""
    for row in rows:
        known = seen.setdefault((row["rule"], row["selector"]), {**row, "states": []})
        if state not in known["states"]:
            known["states"].append(state)


def first_line(error):
    """A browser's error without the log that Playwright hangs on it."""
    return str(error).splitlines()[0][:300]
