"""Days and hours as people here type them are understood, in both languages of the administration."""

from datetime import date, time

import pytest
from django import forms
from django.utils import translation

from tests.factories import warsaw


class TypedForm(forms.Form):
    """One field of each kind that staff type a day or an hour into."""

    day = forms.DateField(required=False)
    hour = forms.TimeField(required=False)
    moment = forms.DateTimeField(required=False)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("name", "typed", "understood"),
    [
        ("day", "8.12.2026", date(2026, 12, 8)),
        ("day", "2026-12-08", date(2026, 12, 8)),
        ("hour", "18:00", time(18)),
        ("hour", "9.30", time(9, 30)),
        ("moment", "8.12.2026 18:00", warsaw("2026-12-08 18:00")),
        ("moment", "8.12.2026 18.00", warsaw("2026-12-08 18:00")),
        ("moment", "2026-12-08 18:00", warsaw("2026-12-08 18:00")),
        ("moment", "8.12.2026", warsaw("2026-12-08 00:00")),
    ],
)
def test_what_is_typed_is_understood_in_both_languages(language, name, typed, understood):
    with translation.override(language):
        form = TypedForm({name: typed})
        assert form.is_valid(), form.errors
    assert form.cleaned_data[name] == understood


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("day", "31.02.2026"),
        ("hour", "25.00"),
        ("moment", "8.12.2026 24:00"),
        ("moment", "29.03.2026 2:30"),
        ("moment", "jutro"),
    ],
)
def test_what_is_no_day_and_no_hour_is_refused(language, name, typed):
    with translation.override(language):
        assert name in TypedForm({name: typed}).errors
