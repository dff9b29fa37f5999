"""What the command says when it cannot do its work."""

import pytest
from django.core.management import CommandError, call_command

from accessibility.audit import engine, running
from accessibility.audit.chromium import Chromium
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def audit(**options):
    call_command("audit_accessibility", pause=0, **options)


def test_without_the_optional_packages_it_says_in_one_sentence_how_to_add_them(monkeypatch):
    monkeypatch.setattr(engine, "PACKAGES", ["no_package_of_this_name"])
    with pytest.raises(CommandError, match=r"requirements/audit\.txt"):
        audit()
    with pytest.raises(engine.AuditUnavailableError):
        Chromium("http://localhost")


def test_an_unknown_site_is_refused():
    make_site()
    with pytest.raises(CommandError, match="no site of this installation"):
        audit(site="example.org")


def test_an_address_needs_the_site_that_it_belongs_to():
    with pytest.raises(CommandError, match="--base-url needs --site"):
        audit(base_url="http://localhost:8000")


@pytest.mark.parametrize("option", ["--pages", "--minutes"])
def test_limits_are_above_zero(option):
    with pytest.raises(CommandError, match="above zero"):
        call_command("audit_accessibility", option, "0")


def test_two_audits_of_one_site_do_not_meet():
    site = make_site()
    with running.only_audit(site), pytest.raises(CommandError, match="Another audit"):
        audit(site="localhost")
