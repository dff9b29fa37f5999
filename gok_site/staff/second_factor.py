"""The second factor of a login: an authenticator app or a passkey, demanded of whoever may publish."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Open to somebody who has yet to set one up: the set-up itself, the way out, what its pages are made of.
OPEN_WITHOUT = {
    "account_login",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys are bound to the one host of the admin, whichever of our hosts is asked."""

    def get_public_key_credential_rp_entity(self):
        return {"id": admin_host(), "name": admin_host()}

    def get_totp_issuer(self):
        return admin_host()

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def admin_host():
    """The host of the configured address of the admin."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname


def strong_users():
    """Active users who may publish pages or manage accounts: a stolen password of theirs would do the most harm."""
    manages = Q(content_type__app_label="auth", codename__in=["add_user", "change_user", "add_group", "change_group"])
    model = get_user_model()
    permissions = model._meta.get_field("user_permissions").remote_field.model.objects.filter(manages)
    return model.objects.filter(
        Q(is_superuser=True)
        | Q(groups__page_permissions__permission__codename="publish_page")
        | Q(groups__permissions__in=permissions)
        | Q(user_permissions__in=permissions),
        is_active=True,
    ).distinct()


def without_second_factor(users):
    """Those of `users` (a queryset) who log in with a password alone."""
    return users.exclude(pk__in=Authenticator.objects.filter(type__in=FACTORS).values("user"))


class SecondFactorMiddleware:
    """Sends whoever must have a second factor and has none to its set-up, until it is done."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not settings.SECOND_FACTOR_REQUIRED or not match.route.startswith("admin/"):
            return None
        if match.view_name in OPEN_WITHOUT or not request.user.is_authenticated:
            return None
        if not without_second_factor(strong_users().filter(pk=request.user.pk)).exists():
            return None
        if request.method == "GET":
            messages.warning(request, _("Set up a second factor first: your account may publish or manage accounts."))
        return redirect("mfa_index")
