"""Addresses of signing up and in, under the names that allauth looks for."""

from allauth.account import views as allauth_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.views import second_factor, sign_in

urlpatterns = [
    path("entrar/", sign_in.SignInView.as_view(), name="account_login"),
    path("salir/", allauth_views.logout, name="account_logout"),
    path("crear/", sign_in.SignUpView.as_view(), name="account_signup"),
    path("cerrada/", allauth_views.account_inactive, name="account_inactive"),
    path("confirmar/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("correo/", RedirectView.as_view(pattern_name="accounts:contact"), name="account_email"),
    path("correo/enviado/", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^correo/confirmar/(?P<key>[-:\w]+)/$", allauth_views.confirm_email, name="account_confirm_email"
    ),
    path("contrasena/", sign_in.ChangeSecretView.as_view(), name="account_change_password"),
    path("contrasena/nueva/", allauth_views.password_set, name="account_set_password"),
    path("contrasena/olvidada/", sign_in.ResetByMailView.as_view(), name="account_reset_password"),
    path(
        "contrasena/olvidada/enviado/", allauth_views.password_reset_done, name="account_reset_password_done"
    ),
    re_path(
        r"^contrasena/olvidada/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.NewSecretView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/olvidada/lista/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("segundo-paso/", second_factor.overview, name="mfa_index"),
    path("segundo-paso/codigo/", second_factor.ShowAtSignInView.as_view(), name="mfa_authenticate"),
    path("segundo-paso/confirmar/", second_factor.ShowView.as_view(), name="mfa_reauthenticate"),
    path("segundo-paso/preparar/", second_factor.SetUpView.as_view(), name="mfa_activate_totp"),
    path("segundo-paso/quitar/", second_factor.GiveUpView.as_view(), name="mfa_deactivate_totp"),
    path("segundo-paso/codigos/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "segundo-paso/codigos/nuevos/",
        second_factor.NewCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("segundo-paso/codigos/descargar/", second_factor.download_codes, name="mfa_download_recovery_codes"),
]
