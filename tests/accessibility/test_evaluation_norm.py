"""The norm as data: complete, in order, and in our own words."""

from dataclasses import fields

import pytest

from accessibility.evaluation.norm import CURRENT, Criterion, editions, read_norm

WCAG_21 = [
    "1.1.1",
    "1.2.1",
    "1.2.2",
    "1.2.3",
    "1.2.4",
    "1.2.5",
    "1.3.1",
    "1.3.2",
    "1.3.3",
    "1.3.4",
    "1.3.5",
    "1.4.1",
    "1.4.2",
    "1.4.3",
    "1.4.4",
    "1.4.5",
    "1.4.10",
    "1.4.11",
    "1.4.12",
    "1.4.13",
    "2.1.1",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "2.2.2",
    "2.3.1",
    "2.4.1",
    "2.4.2",
    "2.4.3",
    "2.4.4",
    "2.4.5",
    "2.4.6",
    "2.4.7",
    "2.5.1",
    "2.5.2",
    "2.5.3",
    "2.5.4",
    "3.1.1",
    "3.1.2",
    "3.2.1",
    "3.2.2",
    "3.2.3",
    "3.2.4",
    "3.3.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "4.1.1",
    "4.1.2",
    "4.1.3",
]
AA = [
    "1.2.4",
    "1.2.5",
    "1.3.4",
    "1.3.5",
    "1.4.3",
    "1.4.4",
    "1.4.5",
    "1.4.10",
    "1.4.11",
    "1.4.12",
    "1.4.13",
    "2.4.5",
    "2.4.6",
    "2.4.7",
    "3.1.2",
    "3.2.3",
    "3.2.4",
    "3.3.3",
    "3.3.4",
    "4.1.3",
]


@pytest.fixture(scope="module")
def norm():
    return read_norm()


def test_it_holds_all_fifty_criteria_of_wcag_2_1_a_and_aa_in_order(norm):
    assert [criterion.number for criterion in norm.wcag_criteria] == WCAG_21
    assert [criterion.number for criterion in norm.wcag_criteria if criterion.level == "AA"] == AA
    assert {criterion.level for criterion in norm.wcag_criteria} == {"A", "AA"}


def test_the_edition_is_data_and_known(norm):
    assert (norm.edition, norm.published, norm.wcag) == ("EN 301 549 V3.2.1", "2021-03", "2.1")
    assert CURRENT in editions()
    with pytest.raises(KeyError):
        read_norm("../../../etc/passwd")


def test_every_field_of_every_criterion_is_filled(norm):
    optional = {"uri_20"}  # what WCAG 2.1 added has no name in WCAG 2.0
    for criterion in norm.criteria.values():
        of_wcag = {"level", "uri", "axe"} if criterion.is_wcag else set()
        wanted = ({field.name for field in fields(Criterion)} - {"level", "uri", "axe"} - optional) | of_wcag
        assert [name for name in wanted if not getattr(criterion, name)] == [], criterion.id
        assert criterion.axe in ("partly", "none")


def test_nothing_stands_twice(norm):
    for name in ("id", "name", "asks", "clause"):
        values = [getattr(criterion, name) for criterion in norm.criteria.values()]
        assert len(values) == len(set(values)), name
    for name in ("uri", "uri_20"):
        values = [value for criterion in norm.wcag_criteria if (value := getattr(criterion, name))]
        assert len(values) == len(set(values)), name


def test_the_further_clauses_of_the_norm_are_there(norm):
    numbers = [criterion.number for criterion in norm.clauses]
    for wanted in ("5.2", "6.1", "7.1.1", "7.2.1", "7.3", "9.6", "10.1", "12.1.1", "12.2.4"):
        assert wanted in numbers
    assert all(criterion.id == f"en-{criterion.number}" for criterion in norm.clauses)


def test_the_clause_of_a_criterion_is_its_number_under_nine(norm):
    assert all(criterion.clause == f"9.{criterion.number}" for criterion in norm.wcag_criteria)


def test_the_words_are_sentences_of_a_readable_length(norm):
    for criterion in norm.criteria.values():
        assert criterion.asks.endswith("."), criterion.id
        assert criterion.test[-1] in ".?", criterion.id
        assert len(criterion.asks) < 160, criterion.id
        assert len(criterion.test) < 260, criterion.id
        assert not criterion.affects.endswith("."), criterion.id
