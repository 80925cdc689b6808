"""Addresses of this room."""

from django.urls import path

from programme import views

app_name = "programme"
urlpatterns = [
    path("avisar/", views.abuse, name="abuse"),
    path("lineas-de-apoyo/", views.lines, name="lines"),
    path("healthz/", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
