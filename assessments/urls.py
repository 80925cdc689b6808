"""Addresses of attempts, under /prueba/."""

from django.urls import path

from assessments import views

app_name = "assessments"
urlpatterns = [
    path("<uuid:attempt>/", views.resume, name="resume"),
    path("<uuid:attempt>/<int:number>/", views.question, name="question"),
    path("<uuid:attempt>/revisar/", views.review, name="review"),
    path("<uuid:attempt>/entregar/", views.submit, name="submit"),
    path("<uuid:attempt>/resultado/", views.result, name="result"),
]
