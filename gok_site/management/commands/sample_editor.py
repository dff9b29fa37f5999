"""An account to try the administration with. Its password is random and shown once."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Site

from gok_site.staff.roles import EDITORS
from mission.models import CentreSettings

USERNAME = "redakcja"


class Command(BaseCommand):
    help = "Make the demonstration's sample editor, or give it a new password; the password is shown once."

    def add_arguments(self, parser):
        parser.add_argument("--new-password", action="store_true", help="Replace the password of the account.")

    def handle(self, *, new_password, **options):
        if not CentreSettings.objects.filter(is_demonstration=True).exists():
            raise CommandError("This installation holds no demonstration; a sample account would be a way in.")
        password = make_sample_editor(new_password=new_password)
        if password:
            self.stdout.write(f"  Sample editor: {USERNAME}, one-time password: {password}")
            self.stdout.write("  (shown only now; change it under your account, or get another: make password)")
        else:
            self.stdout.write(f"  Sample editor: {USERNAME} (for a new password: make password)")


@transaction.atomic
def make_sample_editor(*, new_password=False):
    """Return the new password, or None when the account was there and keeps its own."""
    user, created = get_user_model().objects.get_or_create(
        username=USERNAME, defaults={"first_name": "Redakcja", "last_name": "(konto przykładowe)"}
    )
    if created:
        user.groups.set(sample_groups())
    if not (created or new_password):
        return None
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save()
    return password


def sample_groups():
    """The editors of the default site alone: an editor of one centre has no key to the other."""
    root = Site.objects.get(is_default_site=True).root_page
    return Group.objects.filter(name__startswith=EDITORS, page_permissions__page=root).distinct()
