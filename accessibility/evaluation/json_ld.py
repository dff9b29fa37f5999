"""Just enough of JSON-LD to read reports: names with and without prefixes, references, arrays and graphs."""

import json
import re
from functools import lru_cache

from django.utils.translation import gettext as _

LIMIT = 2 * 1024 * 1024  # bytes
MOST_NODES = 50_000
LAST_PART = re.compile(r"[#/:]")


class UnreadableReport(ValueError):  # noqa: N818 -- says what the report is
    """A file that is no report; `str()` is a sentence for staff."""


def read_json(content):
    """The document in `content` (bytes). Raises UnreadableReport."""
    if len(content) > LIMIT:
        raise UnreadableReport(_("The file is larger than 2 MB."))
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableReport(_("The file is not JSON. Export the report as JSON-LD (EARL).")) from None
    if not isinstance(found, dict | list):
        raise UnreadableReport(_("The file holds no report."))
    return found


@lru_cache(maxsize=4096)
def local(name):
    """The last part of a name: "earl:test", "http://www.w3.org/ns/earl#test" and "test" are the same."""
    return LAST_PART.split(str(name))[-1].removeprefix("@")


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


class Graph:
    """All nodes of a document, in the order in which they stand, found by their ids."""

    def __init__(self, document):
        self.nodes, self.by_id = [], {}
        waiting = [document]
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value)
            elif isinstance(value, dict):
                self._keep(value)
                waiting += reversed([inner for name, inner in value.items() if name != "@context"])
            if len(self.nodes) > MOST_NODES:
                raise UnreadableReport(_("The report is too large to be read."))

    def _keep(self, node):
        self.nodes.append(node)
        name = self.id_of(node)
        if name and len(node) > len(self.by_id.get(name, {})):  # the fullest mention of a thing describes it
            self.by_id[name] = node

    @staticmethod
    def id_of(node):
        found = node.get("@id", node.get("id", ""))
        return found if isinstance(found, str) else ""

    @staticmethod
    def get(node, *names):
        """The values of the first of `names` that the node has, as a list."""
        for name in names:
            for key, value in node.items():
                if local(key) == name and value not in (None, "", []):
                    return as_list(value)
        return []

    def types(self, node):
        """The last parts of the node's types."""
        return {local(kind) for kind in self.get(node, "type") if isinstance(kind, str)}

    def resolved(self, value):
        """The node that `value` (an id or a node) stands for; a node with nothing but the id when it is unknown."""
        if isinstance(value, dict):
            return self.by_id.get(self.id_of(value), value) if len(value) == 1 else value
        return self.by_id.get(value, {"@id": value}) if isinstance(value, str) else {}

    def text(self, node, *names):
        """The first text under one of `names`, "" when there is none."""
        return next((found for value in self.get(node, *names) if (found := plain(value))), "")

    def word(self, node, *names):
        """The last part of the first name under one of `names`, however it is written."""
        for value in self.get(node, *names):
            if isinstance(value, dict):
                value = self.id_of(value) or plain(value)
            if isinstance(value, str) and value:
                return local(value)
        return ""


def plain(value):
    """A literal as text: a string, a number, or {"@value": …}."""
    if isinstance(value, dict):
        value = value.get("@value", "")
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
