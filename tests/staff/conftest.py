"""What the staff's tests share: two neighbours, one of whom must never see the other's things."""

import pytest

from tests.databases import databases


@pytest.fixture
def centres(db):
    """Two `Centre`s with everything; they stand in the database that the test starts with."""
    return databases().made("staffed")
