"""Addresses of the profile, privacy and the codes that facilitators hand out."""

from django.urls import path

from accounts.views import codes, profile, watching

app_name = "accounts"
urlpatterns = [
    path("perfil/", profile.profile, name="profile"),
    path("contacto/", profile.contact, name="contact"),
    path("privacidad/", profile.privacy, name="privacy"),
    path("privacidad/permiso/", profile.consent, name="consent"),
    path("quien-ve/", watching.who_sees, name="who_sees"),
    path("mis-datos/", profile.my_data, name="my_data"),
    path("mis-datos/descargar/", profile.download, name="download"),
    path("codigos/", codes.people_codes, name="people_codes"),
    path("codigos/<uuid:person>/pin/", codes.reset_pin, name="reset_pin"),
]
