"""What the programme's tests share: a clock that stands still."""

import pytest
from django.test import Client

from tests.factories import warsaw


@pytest.fixture
def clock(monkeypatch):
    """A function that makes it a moment in Warsaw, told as "2026-05-01 18:00"; returns that moment."""

    def stand_at(text):
        moment = warsaw(text)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return stand_at


@pytest.fixture
def visitor():
    return Client(headers={"host": "localhost"})
