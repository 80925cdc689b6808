"""Addresses of attempts, under /prueba/."""

from django.urls import path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("<uuid:key>/", views.resume, name="resume"),
    path("<uuid:key>/<int:n>/", views.question, name="question"),
    path("<uuid:key>/revisar/", views.review, name="review"),
    path("<uuid:key>/entregar/", views.submit, name="submit"),
    path("<uuid:key>/resultado/", views.result, name="result"),
]
