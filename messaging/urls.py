"""Addresses of messages, of what people refuse, and of calendar files."""

from django.urls import path

from messaging.views import calendars, messages, notices

app_name = "messaging"
urlpatterns = [
    path("grupo/<uuid:cohort>/", messages.messages_of, name="messages"),
    path("grupo/<uuid:cohort>/nuevo/", messages.write, name="write"),
    path("grupo/<uuid:cohort>/para-pegar/", messages.paste, name="paste"),
    path("grupo/<uuid:cohort>/sesiones.ics", calendars.group, name="group_calendar"),
    path("enviado/<uuid:message>/", messages.message, name="message"),
    path("enviado/<uuid:message>/otra-vez/", messages.again, name="again"),
    path("sesion/<uuid:session>.ics", calendars.session, name="session_calendar"),
    path("agenda/<str:token>.ics", calendars.feed, name="feed"),
    path("avisos/", notices.notices, name="notices"),
    path("no/<str:token>/", notices.refuse, name="refuse"),
]
