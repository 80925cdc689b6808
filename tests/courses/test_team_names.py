"""Can a trainer begin a course after others were renamed? Wagtail sorts collections, and a new name unsorts them."""

from __future__ import annotations

from wagtail.models import Collection

from tests.factories.courses import make_course


def test_bruno_begins_one_more_course_whatever_the_others_are_called_by_now(db):
    root = Collection.get_first_root_node()
    for name in ("Shared", "Team one", "Team two", "Team three"):
        root.add_child(instance=Collection(name=name))
        root = Collection.get_first_root_node()
    for old, new in (("Team one", "PAP-01"), ("Team three", "ESC-01"), ("Team two", "ESC-02")):
        Collection.objects.filter(name=old).update(name=new)
    for code in ("FIN-01", "AAA-01", "ZZZ-01"):
        assert make_course(code=code, quiz=False, lessons=1).course.team.collection
    assert Collection.find_problems() == ([], [], [], [], [])
