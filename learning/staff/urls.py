"""The addresses of how learners are doing, below the admin's own."""

from django.urls import path

from learning.staff import views

app_name = "course_learning"
urlpatterns = [
    path("<int:course>/aprendizaje/", views.report, name="report"),
    path("<int:course>/aprendizaje/camino.csv", views.path_file, name="path_file"),
    path("<int:course>/aprendizaje/preguntas.csv", views.questions_file, name="questions_file"),
]
