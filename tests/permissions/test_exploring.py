"""A trainer of two courses begins at the catalogue: of a third one he reads not even the title of a draft."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.urls import reverse

from courses.models import ModulePage
from courses.teams import ensure_team
from tests.factories.courses import LessonPageFactory, make_course
from tests.permissions.world import World


def test_bruno_explores_his_courses_and_no_draft_of_another(world: World) -> None:
    second, other = (make_course(code=code, quiz=False, lessons=1) for code in ("DOS-02", "TRES-03"))
    team = ensure_team(course=second.course).group
    world.users["bruno"].groups.add(Group.objects.get(pk=team.pk))
    draft = LessonPageFactory(
        parent=ModulePage.objects.get(pk=other.module.pk), title="Borrador ajeno", slug="ajeno", live=False
    )
    bruno = world.clients["bruno"]
    assert bruno.get(reverse("wagtailadmin_explore", args=[second.page.pk])).status_code == 200
    for page in (draft, other.module, other.page):
        for name in ("wagtailadmin_explore", "wagtailadmin_explore_results"):
            answer = bruno.get(reverse(name, args=[page.pk]))
            assert answer.status_code == 404
            assert "Borrador ajeno" not in answer.text
