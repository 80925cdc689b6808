"""Addresses of certificates."""

from django.urls import path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("verificar/", views.verify, name="verify"),
    path("verificar/<str:code>/", views.verify, name="verify_code"),
    path("constancia/<uuid:key>/", views.download, name="download"),
]
