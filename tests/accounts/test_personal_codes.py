"""A facilitator hands out codes with PINs, and gives a new PIN face to face; an employer never does."""

import re
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import doors, resets, services
from accounts.models import Person, SecretReset, User
from accounts.pins import is_pin, new_pin, too_easy
from tests.factories.accounts import PIN, UserFactory

CODES = "/cuenta/codigos/"


@pytest.fixture
def desk(group_of_bruno: list, bruno: User) -> Client:
    client = Client()
    client.force_login(bruno)
    return client


def order(**more: Any) -> dict[str, Any]:
    return {"country": "HN", "adults": "on", "batch": uuid.uuid4(), **more}


def pins_in(page: str) -> list[str]:
    return re.findall(r"<dd>(\d{6})</dd>", page)


def test_bruno_makes_codes_by_name_and_prints_them(desk: Client, bruno: User) -> None:
    answer = desk.post(CODES, order(names="José Ñandú\n\n  María   del  Rosario \nJosé Ñandú", number=4))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    made = User.objects.filter(handed_out_by=bruno.person).exclude(username="FARXDQ34")
    assert sorted(user.person.certificate_name for user in made) == [
        "",
        "José Ñandú",
        "José Ñandú",
        "María del Rosario",
    ]
    assert len(pins_in(page)) == 4
    assert all(user.readable_code in page for user in made)


def test_who_has_a_slip_gets_in(desk: Client, sign_in: Any) -> None:
    page = desk.post(CODES, order(number=1)).content.decode()
    code = re.search(r"<dd>(\w{4}-\w{4})</dd>", page)
    assert code
    assert sign_in(Client(), code[1], pins_in(page)[0]).status_code == 302


def test_the_pin_is_kept_nowhere_in_clear(desk: Client, bruno: User) -> None:
    pin = pins_in(desk.post(CODES, order(number=1)).content.decode())[0]
    user = User.objects.exclude(username="FARXDQ34").get(handed_out_by=bruno.person)
    assert user.check_password(pin)
    assert pin not in user.password
    assert pin not in str(dict(desk.session))
    assert pin not in desk.get(CODES).content.decode()


def test_sending_the_same_form_twice_makes_the_codes_once(desk: Client) -> None:
    same = order(number=2)
    desk.post(CODES, same)
    before = User.objects.count()
    assert desk.post(CODES, same).status_code == 400
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 31},
        {"number": 0},
        {"number": -1},
        {"number": "muchos"},
        {},
        {"names": "\n".join(f"Persona {n}" for n in range(31))},
        {"names": "x" * 161},
        {"number": 1, "country": "ZZ"},
        {"number": 1, "adults": ""},
        {"number": 1, "batch": "no-es"},
    ],
)
def test_a_wrong_order_makes_nothing(desk: Client, wrong: dict) -> None:
    before = User.objects.count()
    assert desk.post(CODES, {**order(), **wrong}).status_code == 400
    assert User.objects.count() == before


def test_for_who_facilitates_nothing_the_page_does_not_exist(
    client: Client, amina: User, groups: list
) -> None:
    client.force_login(amina)
    assert client.get(CODES).status_code == 404
    assert client.post(CODES, order(number=1)).status_code == 404
    assert User.objects.filter(handed_out_by=amina.person).count() == 0


def test_staff_with_the_permission_may_hand_out(client: Client, amina: User, groups: list) -> None:
    amina.user_permissions.add(Permission.objects.get(codename="hand_out_login"))
    client.force_login(amina)
    assert client.get(CODES).status_code == 200


def test_bruno_sees_only_the_codes_that_he_handed_out(desk: Client, stranger: Person) -> None:
    UserFactory(username="ZZZZYYYY", handed_out_by=stranger, handed_out_at=stranger.created_at)
    page = desk.get(CODES).content.decode()
    assert "FARX-DQ34" in page
    assert "ZZZZ" not in page


def test_the_list_asks_the_same_number_of_questions_for_two_or_forty(desk: Client, bruno: User) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(CODES)
        return len(asked)

    questions()
    few = questions()
    for _person in range(40):
        UserFactory(handed_out_by=bruno.person, handed_out_at=bruno.date_joined)
    assert questions() == few


def test_farid_lost_his_pin_and_bruno_gives_him_another(desk: Client, farid: User, sign_in: Any) -> None:
    his_phone = Client()
    sign_in(his_phone, "FARX-DQ34", PIN)
    answer = desk.post(f"{CODES}{farid.person.key}/pin/")
    (pin,) = pins_in(answer.content.decode())
    assert his_phone.get("/aprender/").status_code == 302, "open sessions end"
    assert sign_in(Client(), "FARX-DQ34", PIN).status_code == 400
    assert sign_in(Client(), "FARX-DQ34", pin).status_code == 302


def test_the_act_is_kept_and_farid_is_told_once(desk: Client, farid: User, bruno: User, sign_in: Any) -> None:
    pin = services.reset_pin(user=farid, by=bruno.person)
    reset = SecretReset.objects.get(user=farid)
    assert (reset.reset_by, reset.seen_at) == (bruno.person, None)
    phone = Client()
    sign_in(phone, "FARX-DQ34", pin)
    assert "Bruno" in phone.get("/cuenta/perfil/").content.decode()
    reset.refresh_from_db()
    assert reset.seen_at is not None
    phone.post("/cuenta/salir/")
    sign_in(phone, "FARX-DQ34", pin)
    assert "Bruno" not in phone.get("/cuenta/perfil/").content.decode()


def test_a_new_pin_opens_the_door_that_guesses_had_shut(
    desk: Client, farid: User, bruno: User, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for guess in range(5):
        sign_in(Client(), "FARX-DQ34", f"77777{guess}")
    with django_capture_on_commit_callbacks(execute=True):
        pin = services.reset_pin(user=farid, by=bruno.person)
    assert sign_in(Client(), "FARX-DQ34", pin).status_code == 302


def test_at_the_first_sign_in_a_change_is_offered_not_forced(farid: User, sign_in: Any) -> None:
    phone = Client()
    assert sign_in(phone, "FARX-DQ34", PIN)["Location"] == "/aprender/"
    assert "alert-info" in phone.get("/cuenta/perfil/").content.decode()


def test_farid_changes_his_pin(farid: User, sign_in: Any) -> None:
    phone = Client()
    sign_in(phone, "FARX-DQ34", PIN)
    for easy in ("123456", "111111", "12", "121212"):
        assert phone.post("/cuenta/contrasena/", {"oldpassword": PIN, "password1": easy}).status_code == 400
    assert phone.post("/cuenta/contrasena/", {"oldpassword": PIN, "password1": "730518"}).status_code == 302
    farid.refresh_from_db()
    assert farid.check_password("730518")
    assert not farid.must_change_secret
    assert phone.get("/aprender/").status_code == 200, "his own session goes on"


def test_the_old_pin_cannot_be_guessed_from_an_open_session(farid: User, sign_in: Any) -> None:
    phone = Client()
    sign_in(phone, "FARX-DQ34", PIN)
    wrong = {"oldpassword": "888888", "password1": "730518"}
    assert {phone.post("/cuenta/contrasena/", wrong).status_code for _guess in range(5)} == {400}
    assert phone.post("/cuenta/contrasena/", {**wrong, "oldpassword": PIN}).status_code == 429


# Who may not -------------------------------------------------------------------------------------------------------


def test_her_employer_is_refused_even_where_she_facilitates(
    groups: list, chipo: User, farid: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups.append((chipo.person, farid.person))
    monkeypatch.setattr(doors, "_employs", [lambda by, person: (by, person) == (chipo.person, farid.person)])
    client = Client()
    client.force_login(chipo)
    answer = client.post(f"{CODES}{farid.person.key}/pin/")
    assert answer.status_code == 403
    farid.refresh_from_db()
    assert farid.check_password(PIN)
    assert SecretReset.objects.count() == 0


def test_for_who_does_not_know_him_farid_does_not_exist(
    client: Client, groups: list, farid: User, amina: User
) -> None:
    client.force_login(amina)
    assert client.post(f"{CODES}{farid.person.key}/pin/").status_code == 404
    assert client.post(f"{CODES}{uuid.uuid4()}/pin/").status_code == 404
    assert client.get(f"{CODES}{farid.person.key}/pin/").status_code == 405


def test_who_no_longer_facilitates_no_longer_resets(groups: list, bruno: User, farid: User) -> None:
    assert resets.why_not(user=farid, by=bruno.person) == resets.Reason.NOT_YOURS


def test_an_administrator_enrolled_in_a_group_is_not_taken_over(group_of_bruno: list, bruno: User) -> None:
    elena = UserFactory(username="elena", is_staff=True)
    group_of_bruno.append((bruno.person, elena.person))
    assert resets.why_not(user=elena, by=bruno.person) == resets.Reason.PRIVILEGED


def test_who_has_an_email_regains_her_password_by_herself(
    group_of_bruno: list, bruno: User, amina: User
) -> None:
    group_of_bruno.append((bruno.person, amina.person))
    assert resets.why_not(user=amina, by=bruno.person) == resets.Reason.HAS_EMAIL


def test_nobody_resets_her_own(group_of_bruno: list, bruno: User) -> None:
    assert resets.why_not(user=bruno, by=bruno.person) == resets.Reason.SELF


def test_staff_with_the_permission_may_reset(groups: list, farid: User, amina: User) -> None:
    amina.user_permissions.add(Permission.objects.get(codename="reset_secret"))
    assert resets.why_not(user=farid, by=amina.person) is None


def test_who_may_not_hand_out_is_refused_by_the_service_too(groups: list, amina: User) -> None:
    with pytest.raises(resets.ResetRefused):
        services.hand_out_login(country=amina.person.country, by=amina.person)


def test_pins_are_six_digits_and_never_the_easy_ones() -> None:
    pins = {new_pin() for _ in range(300)}
    assert len(pins) > 290
    assert all(is_pin(pin) and len(pin) == 6 and not too_easy(pin) for pin in pins)
    assert all(too_easy(pin) for pin in ("000000", "123456", "987654", "454545", "789789", "901234"))
