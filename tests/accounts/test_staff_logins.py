"""An administrator makes and changes logins in the Wagtail admin; nobody deletes one."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from accounts.staff.forms import OPENS
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "una-clave-que-dura"
BACKEND = "accounts.backends.SignInBackend"


@pytest.fixture
def admin_client(client):
    client.force_login(
        User.objects.create_superuser(email="admin@example.org", password=SECRET), backend=BACKEND
    )
    return client


def answers(**changed):
    return {
        "display_name": "Bruno",
        "email": "Bruno@Example.org",
        "secret": SECRET,
        "is_active": "on",
    } | changed


def make(client, **changed):
    return client.post(reverse("wagtailusers_users:add"), answers(**changed))


def test_a_group_opens_the_editors_side_for_bruno(admin_client):
    trainers = Group.objects.create(name="Quienes escriben")
    assert make(admin_client, groups=[trainers.pk]).status_code == 302
    bruno = User.objects.get(email="bruno@example.org")
    assert bruno.is_staff
    assert list(bruno.groups.all()) == [trainers]
    assert bruno.person.display_name == "Bruno"
    assert bruno.check_password(SECRET)


def test_an_empty_password_keeps_the_one_there_is(admin_client):
    make(admin_client)
    bruno = User.objects.get(email="bruno@example.org")
    edit = reverse("wagtailusers_users:edit", args=[bruno.pk])
    assert admin_client.get(edit).status_code == 200
    assert admin_client.post(edit, answers(secret="", display_name="Bruno T.")).status_code == 302
    bruno.refresh_from_db()
    assert bruno.check_password(SECRET)
    assert bruno.person.display_name == "Bruno T."
    assert not bruno.is_staff


@pytest.mark.parametrize(
    "wrong", [{"email": "no es un correo"}, {"secret": "123"}, {"secret": ""}, {"display_name": ""}]
)
def test_what_is_wrong_is_said_and_nobody_is_made(admin_client, wrong):
    before = User.objects.count()
    response = make(admin_client, **wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert User.objects.count() == before


def test_an_email_in_other_letters_is_the_same_email(admin_client):
    make(admin_client)
    response = make(admin_client, email="BRUNO@example.org")
    assert "email" in response.context["form"].errors


def test_a_login_is_not_deleted_even_by_an_administrator(admin_client):
    make(admin_client)
    bruno = User.objects.get(email="bruno@example.org")
    admin_client.post(reverse("wagtailusers_users:delete", args=[bruno.pk]))
    assert User.objects.filter(pk=bruno.pk).exists()


def test_who_may_change_logins_does_not_become_an_administrator(admin_client, client):
    keeper = User.objects.create_user(email="elena@example.org", password=SECRET, is_staff=True)
    keeper.user_permissions.set(
        Permission.objects.filter(codename__in=["change_user", "add_user", "access_admin"])
    )
    client.force_login(keeper, backend=BACKEND)
    make(client, is_superuser="on")
    assert not User.objects.get(email="bruno@example.org").is_superuser
    admin = User.objects.get(email="admin@example.org")
    client.post(
        reverse("wagtailusers_users:edit", args=[admin.pk]),
        answers(email="admin@example.org", secret="otra-clave-x"),
    )
    admin.refresh_from_db()
    assert admin.check_password(SECRET)


def test_a_learner_finds_no_logins_screen(client):
    amina = User.objects.create_user(email="amina@example.org", password=SECRET)
    client.force_login(amina, backend=BACKEND)
    assert client.get(reverse("wagtailusers_users:index")).status_code in {302, 403, 404}


def test_wagtails_own_form_signs_nobody_in(client):
    User.objects.create_superuser(email="admin@example.org", username="ADMIN", password=SECRET)
    response = client.post("/admin/login/", {"username": "ADMIN", "password": SECRET})
    assert response.status_code == 302
    assert response["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_whoever_asks_for_the_admin_is_led_to_the_one_door_and_back(client):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response["Location"] == reverse("account_login") + "?next=/admin/pages/"


def test_a_learner_who_asks_for_the_admin_is_told_and_not_sent_in_circles(client):
    amina = User.objects.create_user(email="amina@example.org", password=SECRET)
    client.force_login(amina, backend=BACKEND)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == reverse("learning:home")


def test_whoever_makes_a_login_reads_what_a_group_opens(admin_client):
    Group.objects.get_or_create(name="Course coordinators")
    Group.objects.create(name="Equipo AGUA-01")
    form = admin_client.get(reverse("wagtailusers_users:add")).context["form"]
    labels = [label for _group, label in form.fields["groups"].choices]
    assert str(OPENS["Course coordinators"]) in labels
    assert "Equipo AGUA-01" in labels


@pytest.mark.parametrize(
    "said",
    ["nunez zoila", "  ZOILA@example.ORG ", "ab12-cd", "AB12CD34"],
    ids=["name", "mail", "half", "code"],
)
def test_a_login_is_found_by_name_by_whole_mail_and_by_the_beginning_of_a_code(admin_client, said):
    zoila = UserFactory(
        person__certificate_name="Zoila Núñez", email="zoila@example.org", username="AB12CD34"
    )
    UserFactory(person__certificate_name="Ana Pérez", email="ana@example.org", username="EF56GH78")
    found = admin_client.get(reverse("wagtailusers_users:index"), {"q": said}).context["object_list"]
    assert [row.pk for row in found] == [zoila.pk]


def test_who_is_called_as_a_code_begins_is_found_beside_it(admin_client):
    coded = UserFactory(person__certificate_name="Ana Pérez", username="PAZ2CD34")
    called = UserFactory(person__certificate_name="Paz Tum", username="EF56GH78")
    found = admin_client.get(reverse("wagtailusers_users:index"), {"q": "paz"}).context["object_list"]
    assert {row.pk for row in found} == {coded.pk, called.pk}
