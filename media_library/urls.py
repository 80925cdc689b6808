"""Addresses of documents and recordings."""

from django.urls import path

from media_library import views

app_name = "media_library"
urlpatterns = [
    path("archivos/<uuid:key>/", views.recording, name="recording"),
    path("documentos/<int:pk>/", views.document, name="document"),
]
