"""The login of the admin: allauth's steps under Wagtail's address, with our words and pages."""

from allauth.account import forms, views
from allauth.mfa.base import views as mfa_views
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import account

TOO_MANY = {"too_many_login_attempts", "rate_limited"}


class LoginForm(forms.LoginForm):
    """Takes a user name or an e-mail address, in the fields that Wagtail's own form had."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail address")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        login.max_length = 254
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)
        self.fields["remember"].label = _("Keep me logged in on this computer")

    def add_prefix(self, field_name):
        return "username" if field_name == "login" else super().add_prefix(field_name)

    def user_credentials(self):
        """One name for both: allauth would look an address up twice, and the time would tell who has an account."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class Throttled:
    """A form that says "too many attempts" says it with the status of that, too."""

    def render_to_response(self, context, **kwargs):
        forms_shown = [form for form in (context.get("form"), context.get("webauthn_form")) if form is not None]
        if any(form.is_bound and _codes(form) & TOO_MANY for form in forms_shown):
            kwargs["status"] = 429
        return super().render_to_response(context, **kwargs)


def _codes(form):
    return {error.code for errors in form.errors.as_data().values() for error in errors}


def start_again(request):
    """Leave a login between its steps."""
    if request.method == "POST":
        request.session.flush()
    return redirect("account_login")


@method_decorator(require_admin_access, name="dispatch")
class LogoutView(account.LogoutView):
    """Wagtail takes the cookie away on a GET too, and leaves the session alive: a link could do that to anybody."""

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST":
            return self.http_method_not_allowed(request)
        return super().dispatch(request, *args, **kwargs)


class LoginView(Throttled, views.LoginView):
    pass


class AuthenticateView(Throttled, mfa_views.AuthenticateView):
    pass


class ReauthenticateView(Throttled, views.ReauthenticateView):
    pass


class ReauthenticateByCodeView(Throttled, mfa_views.ReauthenticateView):
    pass
