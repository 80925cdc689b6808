"""Addresses of the links by which people are invited: short, to be written on a blackboard."""

from django.urls import path

from learning.views import invitations

app_name = "invitation"
urlpatterns = [
    path("<slug:code>/", invitations.invitation, name="join"),
    path("<slug:code>/qr.svg", invitations.qr, name="qr"),
]
