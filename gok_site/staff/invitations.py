"""A first password is set by its owner alone: a new account gets a letter with a link that works once.

The link is that of a forgotten password: Django's token, void after three days, a login or a new password.
"""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.widgets import Button

from gok_site.staff.entrance import login_page

logger = logging.getLogger(__name__)


def invitation_link(user):
    """The address at which `user` sets a first password; every earlier link still works until one is used."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_password_reset_confirm", args=[uid, token])


def send_invitation(user):
    """Send the letter; return whether it left. Without a mail server, or when it fails, nothing is lost but time."""
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend") or not user.email:
        return False
    context = {"user": user, "link": invitation_link(user), "admin": settings.WAGTAILADMIN_BASE_URL}
    try:
        send_mail(
            _("Invitation to the site's admin"), render_to_string("account/invitation.txt", context), None, [user.email]
        )
    except OSError:  # what SMTP fails with, and sockets
        logger.warning("An invitation could not be sent.")
        return False
    return True


def invite(request, user):
    """Answer with the list of users when the letter has left, else with the link, shown this once."""
    if send_invitation(user):
        messages.success(request, _("The invitation has been sent. Its link works for three days."))
        return redirect("wagtailusers_users:index")
    return render(request, "account/invited.html", {"link": invitation_link(user), "invited": user})


@hooks.register("after_create_user")
def invite_whom_nobody_gave_a_password(request, user):
    if user.password:
        return None
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return invite(request, user)


@login_page
def invite_user(request, user_id):
    """An invitation once more, for an active account that nobody has logged in to yet."""
    if not request.user.has_perm("auth.change_user"):
        return permission_denied(request)
    user = get_object_or_404(get_user_model(), pk=user_id, is_active=True, last_login=None)
    if request.method == "POST":
        return invite(request, user)
    return render(request, "account/invite.html", {"invited": user, "title": _("Invite")})


@hooks.register("register_admin_urls")
def invitation_urls():
    return [path("users/<int:user_id>/invite/", invite_user, name="invite_user")]


@hooks.register("register_user_listing_buttons")
def invitation_button(user, request_user):
    if user.is_active and user.last_login is None and request_user.has_perm("auth.change_user"):
        yield Button(_("Invite"), reverse("invite_user", args=[user.pk]), icon_name="mail", priority=20)
