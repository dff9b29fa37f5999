"""Reads an outside auditor's report: EARL as JSON-LD, in the shapes that tools really write.

Understood are a list of assertions, an `@graph`, one evaluation with its assertions inside, and the exports of W3C's
WCAG-EM Report Tool (`auditSample` of versions 1 and 3, `auditResult` of version 2), with short or full names.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from mission.plain_text import CONTROL, plain_line

from .earl_facts import read_facts, text_of
from .json_ld import Graph, UnreadableReport, plain, read_json
from .models import Outcome, PageChoice, TestMode

MOST_PAGES = 300
MOST_FAILURES = 50  # of one criterion
WORST_FIRST = (Outcome.FAILED, Outcome.CANNOT_TELL, Outcome.PASSED, Outcome.INAPPLICABLE, Outcome.UNTESTED)
OUTCOMES = {outcome.lower(): outcome for outcome in Outcome.values} | {
    "fail": Outcome.FAILED,
    "pass": Outcome.PASSED,
    "cannottell": Outcome.CANNOT_TELL,
    "notapplicable": Outcome.INAPPLICABLE,
    "nottested": Outcome.UNTESTED,
}
MODES = {mode.lower(): mode for mode in TestMode.values}
NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.])")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class ReadFailure:
    address: str
    what: str
    element: str = ""
    mend: str = ""


@dataclass
class ReadResult:
    """All that a report says of one criterion. `pages`: their addresses."""

    outcomes: set = field(default_factory=set)
    mode: str = TestMode.MANUAL
    method: str = ""
    evidence: list = field(default_factory=list)
    tested_on: date | None = None
    pages: list = field(default_factory=list)
    failures: list = field(default_factory=list)

    @property
    def outcome(self):
        return next((outcome for outcome in WORST_FIRST if outcome in self.outcomes), Outcome.UNTESTED)


@dataclass
class ReadReport:
    """What could be understood. `sample`: {address: (title, kind, why)}; `unknown`: tests outside the norm."""

    facts: dict
    sample: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    unknown: list = field(default_factory=list)
    unclear: int = 0


def read_report(content, norm, hostname):
    """The `ReadReport` of a file. `content`: bytes; `hostname`: of the site, whose addresses become paths.

    Raises UnreadableReport with a sentence for staff.
    """
    graph = Graph(read_json(content))
    return _Reader(graph, norm, hostname).read()


class _Reader:
    def __init__(self, graph, norm, hostname):
        self.graph, self.hostname = graph, hostname
        self.tests = {}
        for criterion in norm.criteria.values():
            for name in (criterion.uri, criterion.uri_20, criterion.number, criterion.clause):
                if name:
                    self.tests[name] = criterion.id
        self.report = ReadReport(facts={})

    def read(self):
        assertions = [node for node in self.graph.nodes if self._is_assertion(node)]
        if not assertions:
            raise UnreadableReport(_("The file holds no results: no assertion of EARL was found in it."))
        self.report.facts = read_facts(self.graph)
        self._sample()
        parts = {id(part) for node in assertions for part in self._parts(node)}
        for node in assertions:
            if id(node) not in parts:
                self._assertion(node)
        if not self.report.results:
            raise UnreadableReport(_("None of the tests in the file is a criterion of the norm."))
        return self.report

    def _is_assertion(self, node):
        if "Assertion" in self.graph.types(node):
            return True
        return bool(self.graph.get(node, "result") and self.graph.get(node, "test", "testcase"))

    def _parts(self, node):
        return [self.graph.resolved(part) for part in self.graph.get(node, "hasPart")]

    def _assertion(self, node):
        criterion = self._criterion(node)
        if criterion is None:
            self._note_unknown(node)
            return
        result = self.report.results.setdefault(criterion, ReadResult())
        result.mode = MODES.get(self.graph.word(node, "mode").lower(), result.mode)
        facts = self._result(node)
        result.method = result.method or self._text(facts, "info")
        result.tested_on = result.tested_on or self._day(facts) or self._day(node)
        parts = self._parts(node)
        outcome = self._take(result, node, facts)
        failed = [part for part in parts if self._take(result, part, self._result(part)) == Outcome.FAILED]
        for part in failed:
            self._failure(result, part)
        if (text := self._text(facts, "description")) and (failed or outcome != Outcome.FAILED):
            result.evidence.append(text)
        elif outcome == Outcome.FAILED and not failed:
            self._failure(result, node)

    def _take(self, result, node, facts):
        """Keep the outcome of one assertion and the pages that it is about."""
        outcome = self._outcome(facts)
        if outcome is None:
            self.report.unclear += 1
            return None
        result.outcomes.add(outcome)
        if outcome != Outcome.UNTESTED:
            result.pages += [a for a in self._addresses(node) if a and a not in result.pages]
        return outcome

    def _failure(self, result, node):
        facts = self._result(node)
        pointers = [self.graph.resolved(pointer) for pointer in self.graph.get(facts, "pointer")]
        element = next((text for p in pointers if (text := self.graph.text(p, "expression", "description"))), "")
        what = self._text(facts, "description", "title") or self._text(node, "description", "title")
        for address in self._addresses(node) or [""]:
            if len(result.failures) < MOST_FAILURES:
                failure = ReadFailure(address, what, plain_line(element)[:200], self._text(facts, "info"))
                result.failures.append(failure)

    def _result(self, node):
        return next((self.graph.resolved(value) for value in self.graph.get(node, "result")), {})

    def _outcome(self, facts):
        words = [self.graph.word(facts, "outcome")]
        for value in self.graph.get(facts, "outcome"):
            words += self.graph.types(self.graph.resolved(value))
        return next((OUTCOMES[word.lower()] for word in words if word.lower() in OUTCOMES), None)

    def _criterion(self, node):
        for value in self.graph.get(node, "test", "testcase"):
            test = self.graph.resolved(value)
            for name in (self._test_name(test), self.graph.text(test, "title", "name", "label")):
                name = name.removesuffix(".html").removesuffix("/")
                number = NUMBER.search(name)
                if found := self.tests.get(name) or (number and self.tests.get(number[0])):
                    return found
        return None

    def _test_name(self, test):
        name = self.graph.id_of(test).rstrip("/")
        return re.split(r"[#/:]", name)[-1]

    def _note_unknown(self, node):
        tests = [self.graph.resolved(value) for value in self.graph.get(node, "test", "testcase")]
        name = next((n for t in tests if (n := self._test_name(t) or self.graph.text(t, "title"))), "?")
        if (name := plain_line(name)[:60]) not in self.report.unknown:
            self.report.unknown.append(name)

    def _addresses(self, node):
        """The addresses of the pages that an assertion is about; none when it is about the site."""
        subjects = [self.graph.resolved(value) for value in self.graph.get(node, "subject")]
        found = [self._page(subject) for subject in subjects]
        return [address for address in found if address]

    def _page(self, subject, kind=PageChoice.STRUCTURED, *, is_sampled=False):
        """The address of a page, kept in the sample; "" for the site itself and what has no address."""
        types = {name.lower() for name in self.graph.types(subject)}
        if "website" in types:
            return ""
        places = [self.graph.id_of(subject), self.graph.text(subject, "description")]
        place = next((text for text in [*self._sources(subject), *places] if is_address(text)), "")
        if not place or not (is_sampled or "webpage" in types or urlsplit(place).path.strip("/")):
            return ""
        address = self._own(place)
        if address and address not in self.report.sample and len(self.report.sample) < MOST_PAGES:
            title = plain_line(self.graph.text(subject, "title", "name"))[:255]
            why = self.graph.text(subject, "description")
            self.report.sample[address] = (title, kind, "" if is_address(why) else plain_line(why)[:200])
        return address if address in self.report.sample else ""

    def _sources(self, subject):
        return [self.graph.id_of(v) if isinstance(v, dict) else plain(v) for v in self.graph.get(subject, "source")]

    def _own(self, place):
        parts = urlsplit(place)
        if parts.hostname == self.hostname:
            place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return place if len(place) <= 500 else ""

    def _sample(self):
        for name, kind in (("structuredSample", PageChoice.STRUCTURED), ("randomSample", PageChoice.RANDOM)):
            for node in self.graph.nodes:
                for value in self.graph.get(node, name):
                    inner = value if isinstance(value, dict) else {}
                    for page in self.graph.get(inner, "webpage", "dfn-web-page-s") or [value]:
                        self._page(self.graph.resolved(page), kind, is_sampled=True)

    def _text(self, node, *names):
        return text_of(self.graph, node, *names)

    def _day(self, node):
        found = DAY.search(self.graph.text(node, "date"))
        try:
            return date.fromisoformat(found[0]) if found else None
        except ValueError:
            return None


def is_address(text):
    """Whether a text is an address of the web or a path, and nothing that a browser would run."""
    if not isinstance(text, str) or CONTROL.search(text) or not re.match(r"(/(?!/)|https?://)\S{0,2000}$", text):
        return False
    try:
        return urlsplit(text).hostname is not None or text.startswith("/")
    except ValueError:
        return False
