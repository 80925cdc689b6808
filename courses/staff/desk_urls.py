"""The addresses of the trainer's own screens, below the admin's."""

from django.urls import path

from courses.staff import desk_views

app_name = "course_desk"
urlpatterns = [
    path("", desk_views.index, name="index"),
    path("ayuda/", desk_views.own_help, name="help"),
    path("<int:course>/antes-de-publicar/", desk_views.ready, name="ready"),
    path("<int:course>/recuperar/", desk_views.bring_back, name="bring_back"),
    path("retirar/<int:pk>/", desk_views.retire, name="retire"),
]
