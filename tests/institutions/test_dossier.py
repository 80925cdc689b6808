"""Does the dossier say what the programme did with an institution, and tell of nobody?"""

import io
import itertools
import time

import pypdf
import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import Person
from institutions import dossier, small_cells
from institutions.dossier_sheet import Heading, print_dossier
from institutions.models import AdviceAction, AdviceRecord, MembershipState, RefusalReason
from learning.models import Completion, CompletionAnnulment, Enrolment
from learning.trained import trained_at
from tests.courses.cast import log_in
from tests.factories.accounts import PersonFactory, country
from tests.factories.courses import make_course
from tests.factories.learning import institution, works_at
from tests.institutions.agreed import addendum, advised, agreement, day, looks_after_agreements
from tests.institutions.holders import with_duty

HEADING = Heading("Senda", "Programa")


@pytest.fixture
def hospital(db):
    return institution("Hospital de Amina", short_name="Hospital")


@pytest.fixture
def course(db):
    return make_course(code="PAP-01", title="Primeros auxilios psicológicos", lessons=1, quiz=False).course


def trained(course, place, count, *, sex="woman", minutes=120, parent=None, name="Persona"):
    """Let people of an institution complete a course, in rows: hundreds at once."""
    now, version = timezone.now(), course.versions.get()
    people = Person.objects.bulk_create(
        PersonFactory.build(certificate_name=f"{name} Ixchel {n}", country=place.country)
        for n in range(count)
    )
    for person in people:
        person.canonical_id = person.pk
    Person.objects.bulk_update(people, ["canonical"])
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            person=person,
            course=course,
            version=version,
            way="self",
            state="completed",
            enrolled_at=now,
            enrolled_on=now.date(),
            time_zone="America/Mexico_City",
            at_country=place.country,
            at_institution=place,
            at_parent=parent,
            at_sex=sex,
        )
        for person in people
    )
    return Completion.objects.bulk_create(
        Completion(
            enrolment=row,
            version=version,
            rule={},
            evidence={},
            minutes=minutes,
            achieved_on=now.date(),
            recorded_at=now,
        )
        for row in rows
    )


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def printed(*institutions, language="es"):
    with translation.override(language):
        return print_dossier(dossier.gather(institutions, on=day(0)), HEADING, at=timezone.now())


def test_people_hours_courses_years_and_sex_are_counted_units_too(hospital, course):
    unit = institution("Clínica", parent=hospital)
    trained(course, hospital, 20)
    trained(course, unit, 15, sex="man", parent=hospital)
    trained(course, institution("Otra"), 30)
    found = dossier.gather([hospital], on=day(0))
    assert (found.people, found.hours, found.units) == (35, 70, 1)
    assert found.by_course == [dossier.Shown("PAP-01 Primeros auxilios psicológicos", 35, 70)]
    assert [row.people for row in found.by_year] == [35]
    assert found.by_sex == {"woman": 20, "man": 15, "other": None, "unsaid": None}


def test_a_person_who_took_two_courses_or_was_merged_counts_once(hospital, course):
    first, second = trained(course, hospital, 11), trained(course, hospital, 1)
    Person.objects.filter(pk=second[0].enrolment.person_id).update(canonical=first[0].enrolment.person)
    figures = trained_at([hospital.pk])
    assert (figures.whole.people, sum(figures.by_sex.values())) == (11, 11)


def test_an_annulled_completion_does_not_count(hospital, course):
    rows = trained(course, hospital, 12)
    two = [PersonFactory(), PersonFactory()]
    CompletionAnnulment.objects.create(
        completion=rows[0], reason="Error", annulled_at=timezone.now(), annulled_by=two[0], agreed_by=two[1]
    )
    assert trained_at([hospital.pk]).whole.people == 11


def test_whom_the_institution_said_does_not_work_there_does_not_count(hospital, course):
    refused, claimed = (row.enrolment.person for row in trained(course, hospital, 12)[:2])
    works_at(refused, hospital, state=MembershipState.REFUSED, refusal=RefusalReason.values[0])
    works_at(claimed, hospital)
    assert trained_at([hospital.pk]).whole.people == 11


def test_few_people_are_not_counted_out_loud(hospital, course):
    trained(course, hospital, 9)
    found = dossier.gather([hospital], on=day(0))
    assert (found.people, found.hours, found.by_course) == (None, None, [])
    assert "Fewer than 10 people" in text_of(printed(hospital, language="en"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.dictionaries(some.integers(0, 6), some.integers(0, 40), min_size=1))
def test_no_small_figure_follows_by_subtraction(figures):
    hidden = small_cells.hidden(figures)
    assert {key for key, figure in figures.items() if figure < 10} <= hidden
    small = [key for key in hidden if 0 < figures[key] < 10]
    assert not small or len(hidden) > 1 or len(figures) == 1


def test_what_is_hidden_is_no_small_group_by_subtraction():
    """Twenty-two came, fourteen women: eight were not."""
    assert small_cells.hidden({"woman": 14, "man": 8, "other": 0, "unsaid": 0}) == {
        "woman",
        "man",
        "other",
        "unsaid",
    }
    assert small_cells.hidden({"woman": 30, "man": 14, "other": 8, "unsaid": 0}) == {"man", "other", "unsaid"}
    assert small_cells.hidden({"woman": 14, "man": 0, "other": 0, "unsaid": 0}) == {"man", "other", "unsaid"}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.lists(some.integers(0, 12), min_size=2, max_size=4))
def test_whoever_knows_the_rule_and_the_total_computes_no_small_figure(figures):
    """All tables that would print the same are tried, with five as the least: each small figure may be another one."""
    fewest, table = 5, dict(enumerate(figures))
    hidden = sorted(small_cells.hidden(table, fewest))
    total = sum(table[key] for key in hidden)
    if sum(figures) < fewest or not total:
        return
    assert total >= fewest
    could = []
    for values in itertools.product(range(total + 1), repeat=len(hidden) - 1):
        other = table | dict(zip(hidden, (*values, total - sum(values)), strict=True))
        if sum(values) <= total and sorted(small_cells.hidden(other, fewest)) == hidden:
            could.append(other)
    for key in hidden:
        # That there was nobody tells of nobody; four of four can be told only where the hidden are all near the least.
        if 0 < table[key] < fewest - 1:
            assert len({other[key] for other in could}) > 1


def test_agreements_advice_and_pending_actions_are_told_and_no_name(hospital, course):
    trained(course, hospital, 12, name="Amina")
    signed = agreement(hospital, ends=60, title="Convenio marco", scope="Formación y asesoría")
    addendum(signed, new_end=70)
    visit = AdviceRecord.objects.create(
        institution=hospital, held_on=day(-40), kind="visit", hours=3, topics=["referral"], women=12, men=11
    )
    AdviceAction.objects.create(record=visit, text="Acordar la ruta", role="team", due_on=day(-2))
    AdviceAction.objects.create(record=visit, text="Ya hecho", role="team", due_on=day(-2), done_on=day(-3))
    with translation.override("en"):
        text = text_of(printed(hospital, language="en"))
    for words in (
        "Convenio marco",
        "Being renewed",
        "Formación y asesoría",
        "Se prolonga",
        "Technical visit",
    ):
        assert words in text
    assert "Acordar la ruta" in text
    assert "overdue" in text
    assert "Ya hecho" not in text
    assert "Ixchel" not in text
    assert "Amina 1" not in text


def test_a_figure_of_advice_that_is_not_shown_is_explained(hospital):
    note = "No se muestran las cifras menores de"

    def text(**people: int) -> str:
        AdviceRecord.objects.create(
            institution=hospital, held_on=day(-40), kind="visit", hours=3, topics=["referral"], **people
        )
        with translation.override("es"):
            return " ".join(text_of(printed(hospital, language="es")).split())

    assert note not in text(women=20, men=20, other=11, unsaid=12)
    AdviceRecord.objects.all().delete()
    assert note in text(women=20, men=20, other=2)


def test_it_is_tagged_archival_and_carries_its_fonts(hospital):
    pdf = printed(hospital, language="fr")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert reader.metadata.title
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descriptors)
    assert b"pdfuaid" in pdf
    assert b"pdfaid" in pdf


def test_a_letter_that_the_fonts_lack_stops_nobody_and_markup_is_text(hospital):
    agreement(hospital, title='漢 #read("/etc/passwd") *x* $y$')
    text = "".join(text_of(printed(hospital)).split())
    assert '?#read("/etc/passwd")*x*$y$' in text


def test_many_agreements_run_on_to_more_pages(hospital):
    for number in range(60):
        agreement(hospital, title=f"Convenio {number}", scope="Un alcance largo. " * 20)
    assert len(pypdf.PdfReader(io.BytesIO(printed(hospital))).pages) > 2


def test_elena_gets_it_in_one_click_of_an_agreement_or_an_institution(hospital):
    elena = log_in(looks_after_agreements("Elena"))
    signed = agreement(hospital)
    for name, pk in (("dossier", signed.pk), ("dossier_of", hospital.pk)):
        answer = elena.get(reverse(f"convenios:{name}", args=[pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
        assert "Hospital de Amina" in text_of(answer.content)


def test_five_hundred_trained_take_less_than_a_second(hospital, course, django_assert_max_num_queries):
    trained(course, hospital, 500)
    printed(hospital)
    with django_assert_max_num_queries(30):
        began = time.process_time()
        printed(hospital)
        assert time.process_time() - began < 1


def test_of_a_partner_abroad_the_dossier_says_the_name_alone(course, hospital):
    """Hilda coordinates Guatemala; a Mexican hospital and a Guatemalan shelter signed together."""
    shelter = institution("Casa de Paso", code="GT")
    unit = institution("Casa de Día", code="MX", parent=shelter)
    together = agreement(hospital, shelter, title="Convenio de los dos")
    agreement(hospital, title="Solo de México")
    agreement(hospital, title="También de Guatemala").countries.add(country("GT"))
    for place, said in ((hospital, "Secreto del hospital"), (shelter, "De la casa"), (unit, "De la de día")):
        AdviceAction.objects.create(record=advised(place).record, text=said, role="team", due_on=day(3))
    trained(course, hospital, 20)
    trained(course, shelter, 15)
    user = with_duty(code="GT")
    for codename in ("view_agreement", "access_admin"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    for where in (
        reverse("convenios:dossier", args=[together.pk]),
        reverse("convenios:dossier_of", args=[shelter.pk]),
    ):
        sheet = " ".join(text_of(log_in(user).get(where).content).split())
        for said in ("Convenio de los dos", "Hospital de Amina", "De la casa", "15"):
            assert said in sheet, where
        for unsaid in ("Solo de México", "Secreto del hospital", "De la de día", "35", "20 personas"):
            assert unsaid not in sheet, where
    whole = dossier.gather([hospital, shelter], on=day(0))
    assert (whole.people, len(whole.agreements)) == (35, 3)
