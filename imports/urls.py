"""Addresses of imports."""

from django.urls import path

from imports import views

app_name = "imports"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:batch>/", views.show, name="show"),
    path("<uuid:batch>/columnas/", views.columns, name="columns"),
    path("<uuid:batch>/respuestas/", views.answer, name="answer"),
    path("<uuid:batch>/fuera/", views.leave_out, name="leave_out"),
    path("<uuid:batch>/de-nuevo/", views.ask_again, name="ask_again"),
    path("<uuid:batch>/aplicar/", views.apply, name="apply"),
    path("<uuid:batch>/deshacer/", views.undo, name="undo"),
    path("<uuid:batch>/informe.json", views.report, name="report"),
    path("<uuid:batch>/rechazadas.csv", views.rejected, name="rejected"),
    path("<uuid:batch>/hojas/", views.slips, name="slips"),
]
