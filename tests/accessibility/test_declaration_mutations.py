"""Whatever is spoiled in a correct declaration, the right rule notices."""

import pytest

from accessibility.declaration.validator import check

from .mutations import mutations
from .samples import AT, COMPLETE, CORRECT

MUTATIONS = mutations()


@pytest.mark.parametrize("kind", MUTATIONS)
def test_every_mutation_is_caught_by_its_rule(kind):
    missed = []
    for name, rule, document in MUTATIONS[kind]:
        if rule not in [finding.rule for finding in check(document, at=AT).findings]:
            missed.append(f"{name}: {rule}")
    assert missed == []


def test_two_hundred_different_mutations_are_tried():
    documents = [document for cases in MUTATIONS.values() for _, _, document in cases]
    assert len(documents) >= 200
    assert len(set(documents)) == len(documents)
    assert not {COMPLETE, CORRECT} & set(documents)
