"""Who may come in: members of staff alone, whichever way they prove who they are."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from mission.limits import network_address


def may_enter(user):
    """Whether `user` is an active member of staff."""
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


class StaffBackend(AuthenticationBackend):
    """User name or e-mail address and password. Asked on each request too, so leaving staff ends every session."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and may_enter(user)

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        # allauth would lead a right password of a closed account on, to tell so: here it is as wrong as any other.
        self.unstash_authenticated_user()
        return user


class StaffAdapter(DefaultAccountAdapter):
    """allauth's manners where they differ from ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong."),
        "email_password_mismatch": _("The user name or the password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        if not may_enter(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account is closed."))
        return redirect("account_login")

    def get_client_ip(self, request):
        """As for every other limit. allauth's own way refuses whoever came past a proxy; behind a socket all share one."""
        return network_address(request) or "socket"

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """The pages themselves say what has been done, in our words; mistakes come without a template."""
        if message_template is None:
            super().add_message(request, level, message_template, *args, **kwargs)
