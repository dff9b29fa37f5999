"""What `manage.py check --database default` says about the accounts."""

from django.core import checks
from django.db import DatabaseError

from gok_site.staff.second_factor import strong_users, without_second_factor


@checks.register(checks.Tags.database)
def publishers_have_a_second_factor(app_configs=None, databases=None, **kwargs):
    """Count (never name) those who may publish or manage accounts and log in with a password alone."""
    if not databases:
        return []
    try:
        found = without_second_factor(strong_users()).count()
    except DatabaseError:
        return []  # before the first migration
    if not found:
        return []
    return [
        checks.Warning(
            f"Accounts that may publish or manage accounts and have no second factor: {found}.",
            hint="They are led to its set-up at their next login, unless SECOND_FACTOR_REQUIRED is off.",
            id="gok_site.W010",
        )
    ]
