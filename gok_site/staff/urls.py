"""The addresses of the login. They stand before Wagtail's own, which have the same ones for login and passwords."""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from gok_site.staff import login, passwords
from gok_site.staff.entrance import login_page

urlpatterns = [
    path("login/", login_page(login.LoginView.as_view()), name="account_login"),
    path("login/start-again/", login_page(login.start_again), name="login_start_again"),
    path("logout/", login.LogoutView.as_view(), name="wagtailadmin_logout"),
    path("reauthenticate/", login_page(login.ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("password_reset/", login_page(passwords.PasswordResetView.as_view()), name="wagtailadmin_password_reset"),
    path(
        "password_reset/done/",
        login_page(passwords.PasswordResetDoneView.as_view()),
        name="wagtailadmin_password_reset_done",
    ),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        login_page(passwords.PasswordResetConfirmView.as_view()),
        name="wagtailadmin_password_reset_confirm",
    ),
    path(
        "password_reset/complete/",
        login_page(passwords.PasswordResetCompleteView.as_view()),
        name="wagtailadmin_password_reset_complete",
    ),
    path("2fa/", login_page(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", login_page(login.AuthenticateView.as_view()), name="mfa_authenticate"),
    path("2fa/reauthenticate/", login_page(login.ReauthenticateByCodeView.as_view()), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", login_page(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", login_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", login_page(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        login_page(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/webauthn/", login_page(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", login_page(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", login_page(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        login_page(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", login_page(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", login_page(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]
