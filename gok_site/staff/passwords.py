"""A forgotten password: a letter with a link, the same answer for everybody, and not too many letters."""

from functools import partial

from allauth.core import ratelimit
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import account


class PasswordResetView(account.PasswordResetView):
    template_name = "account/password_reset.html"
    extra_context = {"title": _("Forgotten password")}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["email"].label = _("E-mail address")
        return form

    def form_valid(self, form):
        """Write the letter after the answer has gone out: how long it takes must not tell who has an account."""
        if not ratelimit.consume(self.request, action="reset_password", key=form.cleaned_data["email"].lower()):
            return ratelimit.respond_429(self.request)
        response = HttpResponseRedirect(self.get_success_url())
        response._resource_closers.append(
            partial(
                form.save,
                request=self.request,
                use_https=self.request.is_secure(),
                token_generator=self.token_generator,
                from_email=self.from_email,
                email_template_name=self.email_template_name,
                subject_template_name=self.subject_template_name,
            )
        )
        return response


class PasswordResetDoneView(account.PasswordResetDoneView):
    template_name = "account/password_reset_done.html"
    extra_context = {"title": _("The letter is on its way")}


class PasswordResetConfirmView(account.PasswordResetConfirmView):
    """Where the link of a letter leads, and that of an invitation."""

    template_name = "account/password_set.html"

    def get_context_data(self, **kwargs):
        title = _("A new password") if self.validlink else _("The link is no longer valid")
        return {
            **super().get_context_data(**kwargs),
            "title": title,
            "username": self.user and self.user.get_username(),
        }


class PasswordResetCompleteView(account.PasswordResetCompleteView):
    template_name = "account/password_set_done.html"
    extra_context = {"title": _("The password is set")}
