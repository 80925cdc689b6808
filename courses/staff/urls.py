"""The addresses of the screens of versions, below the admin's own."""

from django.urls import path

from courses.staff import desk_views, views

app_name = "course_versions"
urlpatterns = [
    # Where the list of versions stood: it is part of «My courses» now.
    path("", desk_views.index, name="index"),
    path("<int:course>/", views.history, name="history"),
    path("<int:course>/comparar/", views.compare, name="compare"),
    path("<int:course>/proponer/", views.propose_again, name="propose_again"),
    path("propuesta/<int:pk>/", views.proposal, name="proposal"),
    path("propuesta/<int:pk>/publicar/", views.release, name="release"),
    path("propuesta/<int:pk>/retirar/", views.withdraw, name="withdraw"),
]
