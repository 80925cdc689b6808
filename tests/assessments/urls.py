"""The house's addresses with those of attempts, wherever the house itself hangs them."""

from django.urls import include, path

from lms.urls import handler429
from lms.urls import urlpatterns as house

__all__ = ["handler429", "urlpatterns"]
urlpatterns = [path("prueba/", include("assessments.urls")), *house]
