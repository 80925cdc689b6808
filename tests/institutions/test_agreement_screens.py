"""Can staff keep agreements, is bad input refused in words, and do strangers find nothing?"""

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils.html import escape

from institutions.models import Addendum, Agreement, AgreementParty, Institution
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.learning import institution
from tests.institutions.agreed import (
    addendum,
    agreement,
    day,
    docx,
    form_of,
    formset,
    looks_after_agreements,
    spanish,
    upload,
)


@pytest.fixture
def hospital(db):
    return institution("Hospital de Amina", short_name="Hospital")


@pytest.fixture
def elena(db):
    return log_in(looks_after_agreements("Elena"))


@pytest.fixture
def bruno(db):
    return log_in(UserFactory(is_staff=True, person__display_name="Bruno"))


def refused(client, data, words):
    answer = client.post(reverse("convenios:add"), data)
    assert answer.status_code == 200
    assert escape(spanish(words)) in answer.content.decode()
    assert not Agreement.objects.exists()


def test_elena_writes_one_down_with_parties_addendum_and_file(elena, hospital):
    shelter = institution("Casa de Paso", code="GT")
    added = [{"signed_on": day(-5), "text": "Se prolonga.", "new_ends_on": day(900), "ORDER": 1}]
    data = form_of(hospital, shelter, addenda=added, paper=upload("convenio.pdf"), topics=["training"])
    assert elena.post(reverse("convenios:add"), data).status_code == 302
    made = Agreement.objects.get()
    assert [party.institution for party in made.parties.all()] == [hospital, shelter]
    assert made.addenda.get().new_ends_on == day(900)
    assert made.topics == ["training"]
    assert made.recorded_by.display_name == "Elena"
    assert "convenio" not in made.paper.name
    assert "Hospital" in elena.get(reverse("convenios:index")).content.decode()


def test_bad_input_is_refused_in_words(elena, hospital):
    refused(elena, form_of(hospital, ends_on=day(-40)), "It ends before it begins.")
    refused(elena, form_of(hospital, starts_on=None), "A signed agreement says from when it is in force.")
    refused(
        elena,
        form_of(hospital, signed_on=day(3)),
        "It cannot be signed on a day to come. Leave it empty until then.",
    )
    refused(elena, form_of(), "Say with which institution it is made: at least one.")
    twice = elena.post(reverse("convenios:add"), form_of(hospital, hospital))
    page = twice.content.decode()
    assert "La misma institución está dos veces." in page
    assert "agreement y institution" not in page
    early = [{"signed_on": day(-60), "text": "Antes", "new_ends_on": "", "ORDER": 1}]
    refused(elena, form_of(hospital, addenda=early), "The addendum was signed before the agreement itself.")
    refused(
        elena,
        form_of(hospital, signed_on=None, addenda=early),
        "A draft is corrected, not added to: an addendum needs a signed agreement.",
    )
    strange = elena.post(reverse("convenios:add"), form_of(hospital, topics=["moon"]))
    assert "moon" in strange.content.decode()
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lie.pdf", b"MZ\x90\x00 a program"),
        ("lie.docx", b"%PDF-1.7"),
        ("macros.docx", docx(macros=True)),
        ("script.html", b"<script>alert(1)</script>"),
        ("empty.pdf", b""),
        ("heavy.pdf", b"%PDF-1.7" + b"0" * (10 * 1024 * 1024)),
    ],
)
def test_a_file_that_lies_or_weighs_too_much_is_not_taken(elena, hospital, name, content):
    answer = elena.post(reverse("convenios:add"), form_of(hospital, paper=upload(name, content)))
    assert answer.status_code == 200
    assert not Agreement.objects.exists()


def test_a_lying_file_of_an_addendum_is_not_taken_either(elena, hospital):
    added = [{"signed_on": day(-5), "text": "Algo", "new_ends_on": "", "ORDER": 1}]
    data = form_of(hospital, addenda=added) | {"addenda-0-paper": upload("lie.pdf", b"MZ")}
    assert elena.post(reverse("convenios:add"), data).status_code == 200
    assert not Addendum.objects.exists()


def test_a_renewal_is_of_an_earlier_signed_one_and_never_a_circle(elena, hospital):
    first = agreement(hospital, starts=-800, ends=-1)
    second = agreement(hospital, starts=0, renews=first)

    def edited(one, **changes):
        rows = {"parties-INITIAL_FORMS": 1, "parties-0-id": one.parties.get().pk}
        elena.post(reverse("convenios:edit", args=[one.pk]), form_of(hospital, **rows, **changes))
        one.refresh_from_db()
        return one.renews

    assert edited(first, renews=first.pk) is None
    assert edited(first, renews=second.pk) is None
    draft = agreement(hospital, signed_on=None)
    third = agreement(hospital, starts=100)
    assert edited(third, renews=draft.pk) is None
    assert edited(third, renews=first.pk) is None
    assert edited(third, renews=second.pk, starts_on=day(-1)) is None
    assert edited(third, renews=second.pk, starts_on=day(100)) == second


def test_the_renewal_button_makes_one_draft_and_opens_it(elena, hospital):
    former = agreement(hospital, ends=60)
    address = reverse("convenios:renew", args=[former.pk])
    assert elena.get(address).status_code == 405
    first, again = elena.post(address), elena.post(address)
    assert first["Location"] == again["Location"] == reverse("convenios:edit", args=[former.renewal.pk])
    page = elena.get(reverse("convenios:inspect", args=[former.pk])).content.decode()
    assert spanish("A renewal is being prepared.") in page


def test_the_list_is_filtered_by_state_country_and_end(elena, hospital):
    shelter = institution("Casa", code="GT")
    agreement(hospital, title="Vigente", ends=800)
    agreement(hospital, title="Termina pronto", ends=80)
    agreement(shelter, title="De Guatemala")
    agreement(hospital, title="Vencido", ends=-5)

    def shown(**query):
        rows = elena.get(reverse("convenios:index"), query).context["object_list"]
        return {row.title for row in rows}

    assert shown(state="expired") == {"Vencido"}
    assert shown(state="renewing") == {"Termina pronto"}
    assert shown(country="GT") == {"De Guatemala"}
    assert shown(ends="90") == {"Termina pronto"}
    assert shown(ends="30") == set()
    assert shown(q="Casa") == {"De Guatemala"}
    assert len(shown()) == 4


def test_the_list_asks_as_little_for_many_as_for_few(elena, hospital, django_assert_max_num_queries):
    for number in range(60):
        addendum(agreement(hospital, title=f"Convenio {number}", ends=number * 9))
    elena.get(reverse("convenios:index"))
    with django_assert_max_num_queries(15):
        elena.get(reverse("convenios:index"))
    with django_assert_max_num_queries(25):
        elena.get(reverse("convenios:inspect", args=[Agreement.objects.first().pk]))


def test_its_file_is_sent_to_who_looks_after_agreements_alone(elena, bruno, hospital, client):
    sent = docx()  # an archive bears the second in which it was made: another one would be another file
    elena.post(reverse("convenios:add"), form_of(hospital, paper=upload("convenio.docx", sent)))
    made = Agreement.objects.get()
    address = reverse("convenios:paper", args=[made.pk])
    answer = elena.get(address)
    assert b"".join(answer.streaming_content) == sent
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert bruno.get(address).status_code in {302, 404}
    assert client.get(address).status_code == 302
    assert elena.get(reverse("convenios:paper", args=[agreement(hospital).pk])).status_code == 404
    with pytest.raises(NotImplementedError):
        storages["private"].url(made.paper.name)


def test_whoever_has_no_right_finds_nothing(bruno, hospital):
    made = agreement(hospital, title="Convenio reservado", ends=30)
    names = ["inspect", "edit", "delete", "dossier", "paper", "history", "usage"]
    answers = [bruno.get(reverse(f"convenios:{name}", args=[made.pk])) for name in names]
    answers += [
        bruno.get(reverse("convenios:index")),
        bruno.get(reverse("convenios:dossier_of", args=[hospital.pk])),
    ]
    answers += [bruno.post(reverse("convenios:renew", args=[made.pk]))]
    answers += [bruno.get(reverse("elegir_convenio:choose")), bruno.get(reverse("elegir_institucion:choose"))]
    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert not any(b"reservado" in answer.content for answer in answers)
    assert not hasattr(made, "renewal")


def test_institutions_are_chosen_a_page_at_a_time_by_name(elena, hospital):
    Institution.objects.bulk_create(
        Institution(name=f"Centro {number:03}", type="public", country=hospital.country)
        for number in range(60)
    )
    whole = elena.get(reverse("elegir_institucion:choose")).content.decode()
    assert whole.count("Centro 0") == 20 * whole.count("Centro 000")
    found = elena.get(reverse("elegir_institucion:choose_results"), {"q": "amina"}).content.decode()
    assert "Hospital" in found
    assert "Centro" not in found


def test_an_institution_with_an_agreement_stays(hospital):
    agreement(hospital)
    with pytest.raises(Exception, match="protected"):
        hospital.delete()
    assert AgreementParty.objects.exists()


def test_unused_rows_of_the_form_are_no_parties(elena, hospital):
    empty = formset("parties", [{"institution": hospital.pk, "role": "signatory", "DELETE": "1", "ORDER": 1}])
    refused(elena, form_of(**empty), "Say with which institution it is made: at least one.")
