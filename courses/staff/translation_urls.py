"""The addresses of the list of translations, below the admin's own."""

from django.urls import path

from courses.staff import translation_views

app_name = "course_translations"
urlpatterns = [
    path("", translation_views.index, name="index"),
    path("<int:course>/<slug:language>/", translation_views.course, name="course"),
]
