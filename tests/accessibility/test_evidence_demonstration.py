"""Both demonstration sites show a complete evaluation that is plainly a sample and agrees with the declaration."""

import gzip

import pytest
from django.test import Client

from accessibility.evaluation.norm import read_norm
from accessibility.models import Evaluation, Outcome
from tests.addresses import HOSTS

ADDRESS = "/deklaracja-dostepnosci/dowody/"
FAILED = {"gok": set(), "mok": {"1.1.1", "en-10.1"}}

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture(params=HOSTS)
def site(request):
    return request.param


def evaluation_of(site):
    return Evaluation.objects.finished().get(site__hostname=HOSTS[site])


def test_every_criterion_has_a_result_with_evidence_and_all_of_it_is_a_sample(site):
    evaluation = evaluation_of(site)
    assert evaluation.is_sample
    rows = evaluation.rows()
    assert [criterion.id for criterion, _result in rows] == list(read_norm().criteria)
    assert [criterion.id for criterion, result in rows if not (result.is_tested and result.evidence)] == []
    assert {criterion.id for criterion, result in rows if result.outcome == Outcome.FAILED} == FAILED[site]
    assert {page.kind for page in evaluation.sample.all()} == {"structured", "random", "process"}


def test_the_page_agrees_with_the_declaration_and_is_light(site):
    response = Client(headers={"host": HOSTS[site]}).get(ADDRESS)
    html = response.content.decode()
    assert "Deklaracja nie zgadza się" not in html
    assert html.count("Wpis przykładowy") >= 2
    assert ("Plan widowni" in html) == (site == "mok")
    assert len(gzip.compress(response.content, 6)) <= 14_000
