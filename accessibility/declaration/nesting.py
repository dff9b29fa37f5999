"""Which elements are open while HTML is read, and which close one another.

The rules are those of the HTML standard's tree construction that change where a text belongs; its repairs of
tables and of crossed formatting are left out. Every question is answered from the tops of stacks, so the cost
of a tag does not grow with the depth.
"""

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
# Their content is no part of what a reader meets. `template` joins them unless it is a shadow tree.
INERT = frozenset({"script", "style", "noscript", "iframe", "noembed", "noframes"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A start tag of these ends an open paragraph.
ENDS_PARAGRAPH = HEADINGS | frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "li",
        "dd",
        "dt",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
    }
)
TABLE_PARTS = frozenset({"caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"})
# A new text line begins and ends with these.
BLOCKS = ENDS_PARAGRAPH | TABLE_PARTS | frozenset({"body", "br", "option", "textarea", "title"})
# An end tag of an inline element does not reach beyond these.
SPECIAL = BLOCKS | frozenset({"button", "html", "object", "select", "template"})
# An end tag of a block does not reach beyond these.
BOUNDARIES = frozenset({"caption", "html", "object", "table", "td", "template", "th"})
# An open item or definition is ended by the next one unless one of these stands between.
ITEM_WALLS = SPECIAL - {"address", "div", "p"}
# What a start tag ends when it is open in the same table.
ENDS_IN_TABLE = {
    **dict.fromkeys(("td", "th"), ("td", "th")),
    "tr": ("tr", "td", "th"),
    **dict.fromkeys(("tbody", "thead", "tfoot"), ("tbody", "thead", "tfoot", "tr", "td", "th")),
}
ENDS_ITEM = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt"), "option": ("option",)}
# The lists of depths that an element belongs to, beside one of its own name.
GROUPS = {
    name: (
        name,
        *(
            group
            for group, names in (
                ("#heading", HEADINGS),
                ("#special", SPECIAL),
                ("#boundary", BOUNDARIES),
                ("#wall", ITEM_WALLS),
            )
            if name in names
        ),
    )
    for name in SPECIAL
}


class Nesting:
    """The stack of open elements with the depths that closing asks about."""

    def __init__(self):
        self.stack = []  # (name, element, whether it opened an inert part)
        self.inert = 0
        self.seen = set()
        self.depths = {}  # {name, "#heading", "#special", "#boundary" or "#wall": [depths]}

    @property
    def current(self):
        return self.stack[-1][1] if self.stack else None

    def is_repeated(self, name):
        """Whether this is a second html, head or body, which stays empty: a document pasted into another."""
        if name not in ("html", "head", "body"):
            return False
        repeated = name in self.seen
        self.seen.add(name)
        return repeated

    def open(self, name, element, is_inert):
        depth = len(self.stack)
        self.stack.append((name, element, is_inert))
        self.inert += is_inert
        for group in GROUPS.get(name, (name,)):
            self.depths.setdefault(group, []).append(depth)

    def make_room_for(self, name):
        """Close what cannot hold `name`; returns the closed elements, innermost first."""
        closed = []
        if name in ENDS_PARAGRAPH and self._top("p") > self._top("#boundary"):
            closed += self._close_from(self._top("p"))
        if name in ENDS_ITEM:
            depth = max(self._top(other) for other in ENDS_ITEM[name])
            if depth >= 0 and depth == self._top("#wall"):
                closed += self._close_from(depth)
        elif name in ENDS_IN_TABLE:
            table = self._top("table")
            inside = [self.depths[other][-1] for other in ENDS_IN_TABLE[name] if self._top(other) > table]
            closed += self._close_from(min(inside)) if inside else []
        elif name in HEADINGS and self.stack and self.stack[-1][0] in HEADINGS:
            closed += self._close_from(len(self.stack) - 1)
        elif name == "a" and self._top("a") > self._top("#special"):
            closed += self._close_from(self._top("a"))
        return closed

    def close(self, name):
        """Obey an end tag if it has something to end; returns the closed elements, innermost first."""
        if name in ("html", "body"):
            return []  # browsers go on reading into the body
        depth = self._top("#heading" if name in HEADINGS else name)
        if name in TABLE_PARTS:
            limit = self._top("table")
        elif name in BOUNDARIES or name in INERT:
            limit = -1
        else:
            limit = self._top("#boundary" if name in SPECIAL else "#special")
        return self._close_from(depth) if depth > limit else []

    def close_all(self):
        return self._close_from(0)

    def _top(self, group):
        depths = self.depths.get(group)
        return depths[-1] if depths else -1

    def _close_from(self, depth):
        closed = []
        while len(self.stack) > depth:
            name, element, is_inert = self.stack.pop()
            self.inert -= is_inert
            for group in GROUPS.get(name, (name,)):
                self.depths[group].pop()
            closed.append(element)
        return closed
