"""Addresses of the profile, privacy and the codes that facilitators hand out."""

from django.urls import path

from accounts.views import codes, privacy, profile, watching

app_name = "accounts"
urlpatterns = [
    path("perfil/", profile.profile, name="profile"),
    path("contacto/", profile.contact, name="contact"),
    path("quien-ve/", watching.who_sees, name="who_sees"),
    path("privacidad/", privacy.privacy, name="privacy"),
    path("privacidad/permiso/", privacy.consent, name="consent"),
    path("privacidad/aviso/", privacy.notice_page, name="notice"),
    path("privacidad/aviso/<slug:version>/", privacy.notice_page, name="notice_version"),
    path("privacidad/pedir/", privacy.ask, name="ask"),
    path("privacidad/pedido/<uuid:key>/retirar/", privacy.take_back, name="take_back"),
    path("mis-datos/", privacy.my_data, name="my_data"),
    path("mis-datos/descargar/", privacy.download, name="download"),
    path("mis-datos/descargar/leer/", privacy.download, {"form": "html"}, name="download_html"),
    path("mis-datos/borrar/", privacy.erase, name="erase"),
    path("borrada/", privacy.erased, name="erased"),
    path("codigos/", codes.people_codes, name="people_codes"),
    path("codigos/<uuid:person>/pin/", codes.reset_pin, name="reset_pin"),
]
