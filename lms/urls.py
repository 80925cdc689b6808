"""All addresses. Pages come last: they answer whatever is left."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.urls import serve_pattern

from courses.staff.reports import OwnHistoryView, OwnTypesView
from home.serving import serve

urlpatterns = [
    # Wagtail's own form counts no guesses and knows no second factor: there is one door, allauth's.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    # Wagtail's own shows what happened to every question and quiz to whoever may edit one.
    path("admin/reports/site-history/", require_admin_access(OwnHistoryView.as_view())),
    path(
        "admin/reports/site-history/results/", require_admin_access(OwnHistoryView.as_view(results_only=True))
    ),
    path("admin/reports/page-types-usage/", require_admin_access(OwnTypesView.as_view())),
    path(
        "admin/reports/page-types-usage/results/",
        require_admin_access(OwnTypesView.as_view(results_only=True)),
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("idioma/", set_language, name="set_language"),
    path("aprender/", include("learning.urls")),
    path("e/", include("learning.invitation_urls")),
    path("mensajes/", include("messaging.urls")),
    path("prueba/", include("assessments.urls")),
    path("buscar/", include("search.urls")),
    path("importar/", include("imports.urls")),
    path("cuenta/", include("accounts.sign_in_urls")),
    path("cuenta/", include("accounts.urls")),
    path("", include("certificates.urls")),
    path("", include("media_library.urls")),
    path("", include("programme.urls")),
    re_path(serve_pattern, serve, name="serve_page"),
    path("", include(wagtail_urls)),
]

handler400 = "programme.trouble.not_understood"
handler429 = "accounts.views.limited.too_many_requests"
handler500 = "programme.trouble.broken"
