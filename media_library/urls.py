"""Addresses of documents and recordings."""

from django.urls import path

from media_library import public_files, views

app_name = "media_library"
urlpatterns = [
    path("media/<path:path>", public_files.picture, name="picture"),
    path("archivos/<uuid:key>/", views.recording, name="recording"),
    path("documentos/<int:pk>/", views.document, name="document"),
]
