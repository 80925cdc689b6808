"""Addresses of learners and facilitators."""

from django.urls import path

from learning.views import activities, country, courses, facilitators, groups, institution, progress, room

app_name = "learning"
urlpatterns = [
    path("", courses.home, name="home"),
    path("registro/", courses.my_record, name="record"),
    path("seguir/<uuid:enrolment>/", courses.resume, name="resume"),
    path("codigo/", courses.code, name="code"),
    path("inscripcion/<uuid:course>/", courses.enrol, name="enrol"),
    path("pais/<uuid:enrolment>/", country.country, name="country"),
    path("dejar/<uuid:enrolment>/", courses.leave, name="leave"),
    path("actividad/<uuid:activity>/terminar/", activities.complete, name="complete"),
    path("actividad/<uuid:activity>/saltar/", activities.skip, name="skip"),
    path("actividad/<uuid:activity>/cuaderno/", activities.reflect, name="reflect"),
    path("actividad/<uuid:activity>/prueba/", activities.start_quiz, name="start_quiz"),
    path("grupos/", facilitators.cohorts, name="cohorts"),
    path("grupos/nuevo/", groups.new, name="new_cohort"),
    path("grupos/<uuid:cohort>/", facilitators.cohort, name="cohort"),
    path("grupos/<uuid:cohort>/enlace/", groups.link, name="cohort_link"),
    path("grupos/<uuid:cohort>/solicitudes/", groups.requests, name="cohort_requests"),
    path("grupos/<uuid:cohort>/lista/", groups.enrol_by_list, name="cohort_list"),
    path("grupos/<uuid:cohort>/avance/", progress.progress, name="progress"),
    path("grupos/<uuid:cohort>/avance/descargar/", progress.progress_file, name="progress_file"),
    path("grupos/<uuid:cohort>/sesiones/", room.sessions, name="sessions"),
    path("sesion/<uuid:session>/", room.session, name="session"),
    path("sesion/<uuid:session>/marca/", room.mark, name="mark"),
    path("sesion/<uuid:session>/datos/", room.change_session, name="change_session"),
    path("sesion/<uuid:session>/sin-cuenta/", room.add_walk_in, name="add_walk_in"),
    path("sin-cuenta/<uuid:walk_in>/", room.walk_in, name="walk_in"),
    path("anulacion/<uuid:proposal>/", room.annulment, name="annulment"),
    path("grupos/cambiar/<uuid:enrolment>/", groups.move, name="move"),
    path("solicitud/<uuid:asked>/responder/", groups.answer, name="answer_request"),
    path("solicitud/<uuid:asked>/retirar/", groups.take_back, name="take_back_request"),
    path("grupos/<uuid:cohort>/version/<int:number>/", facilitators.accept, name="accept_version"),
    path("institucion/", institution.institutions, name="institutions"),
    path("institucion/<uuid:institution>/", institution.institution, name="institution"),
    path("institucion/<uuid:institution>/proponer/", institution.nominate, name="nominate"),
    path("pertenencia/<int:membership>/", institution.confirm, name="confirm_membership"),
    path("pertenencia/<int:membership>/termina/", institution.left, name="left_institution"),
    path("propuesta/<uuid:nomination>/", institution.answer, name="nomination"),
    path("propuesta/<uuid:nomination>/retirar/", institution.take_back, name="take_back"),
    path("otro-intento/<uuid:enrolment>/<uuid:activity>/", facilitators.give_attempt, name="give_attempt"),
    path("acreditar/<uuid:enrolment>/<uuid:activity>/", facilitators.accredit, name="accredit"),
]
