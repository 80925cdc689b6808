"""Brings «Trainers», who had rights on the whole catalogue, to teams: one a course, with its collection.

Nobody is locked out: every present trainer joins the team of every present course. What lies in no collection yet goes
to the course that alone uses it (with one course on the site: to that), and else to what all courses share.
"""

from collections import defaultdict

from django.db import migrations
from wagtail.models import Collection as Tree

PAGES = [
    f"wagtailcore.{action}_page" for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock")
]
DRAFTS = ("add", "change", "delete", "view", "publish", "lock", "unlock")
PLAIN = ("add", "change", "delete", "view")
SNIPPETS = {
    "assessments.question": DRAFTS,
    "assessments.quiz": DRAFTS,
    "media_library.recording": PLAIN,
    "courses.glossaryterm": PLAIN,
    "courses.source": PLAIN,
}
FILES = ("wagtailimages.image", "wagtaildocs.document")
OWNED = ("assessments.question", "assessments.quiz", "media_library.recording", "media_library.picture", "media_library.handout")
ALL_SHARE = ("courses.glossaryterm", "courses.source")
# What «Trainers» had from the earlier release, and has no more by itself.
TAKEN = (
    *SNIPPETS,
    "courses.topic",
    "learning.cohort",
    "learning.enrolmentcode",
)


def _codes(models, *actions):
    split = [(*model.split("."), actions or SNIPPETS[model]) for model in models]
    return [f"{app}.{action}_{model}" for app, model, some in split for action in some]


TOOLS = ["wagtailadmin.access_admin", "wagtail_localize.submit_translation", *_codes(SNIPPETS)]
COLLECTION = [*_codes(SNIPPETS), *_codes(FILES, "add", "change", "choose")]
SHARED = [*_codes(SNIPPETS, "view"), *_codes(FILES, "choose")]


class Site:
    """The models as they are at this point, and what is done with them."""

    def __init__(self, apps):
        self.model = apps.get_model
        rows = self.model("auth.Permission").objects.select_related("content_type")
        self.permissions = {f"{row.content_type.app_label}.{row.codename}": row.pk for row in rows}
        self.root = self.model("wagtailcore.Collection").objects.filter(depth=1).first()

    def collection(self, name):
        """Add a collection below the root; historical models know no tree."""
        rows = self.model("wagtailcore.Collection").objects
        last = rows.filter(depth=2).order_by("path").last()
        place = Tree._str2int(last.path[-Tree.steplen :]) + 1 if last else 1
        path = Tree._get_path(self.root.path, 2, place)
        made = rows.create(name=name, path=path, depth=2, numchild=0)
        self.root.numchild += 1
        self.root.save(update_fields=["numchild"])
        return made

    def grant(self, group, collection, codes):
        """Give rights on a collection."""
        rows = self.model("wagtailcore.GroupCollectionPermission").objects
        for code in codes:
            if code in self.permissions:
                rows.get_or_create(group=group, collection=collection, permission_id=self.permissions[code])

    def team(self, course):
        """Make the team of a course."""
        name = course.code or str(course.key)
        group, _made = self.model("auth.Group").objects.get_or_create(name=f"Equipo {name}")
        collection = self.collection(name)
        self.model("courses.Team").objects.create(course=course, group=group, collection=collection)
        group.permissions.add(*(self.permissions[code] for code in TOOLS if code in self.permissions))
        self.grant(group, collection, COLLECTION)
        for page in self.model("courses.CoursePage").objects.filter(course=course):
            for code in PAGES:
                self.model("wagtailcore.GroupPagePermission").objects.get_or_create(
                    group=group, page_id=page.pk, permission_id=self.permissions[code]
                )
        return group, collection


def bring_over(apps, schema_editor):
    """Make the teams, let trainers join, lay things where they belong."""
    site = Site(apps)
    courses = list(apps.get_model("courses.Course").objects.filter(pages__isnull=False).distinct())
    trainers = apps.get_model("auth.Group").objects.filter(name="Trainers").first()
    if not courses and trainers is None:
        return
    shared = site.collection("Compartido por todos los cursos")
    apps.get_model("courses.Team").objects.create(course=None, collection=shared)
    teams = {course.pk: site.team(course) for course in courses}
    if trainers:
        for group, _collection in teams.values():
            for user in trainers.user_set.all():
                user.groups.add(group)
        _narrow(site, trainers, shared)
    staff = apps.get_model("auth.Group").objects.filter(name="Programme staff").first()
    if staff:
        gained = [*_codes(SNIPPETS), *_codes(["courses.topic"], "add", "change", "delete")]
        staff.permissions.add(*(site.permissions[code] for code in gained if code in site.permissions))
        site.grant(staff, shared, COLLECTION)
    _lay(site, {pk: collection for pk, (_group, collection) in teams.items()}, shared)


def _narrow(site, trainers, shared):
    """Leave «Trainers» the admin, and the right to begin a course; take only what the earlier release gave."""
    taken = {site.permissions.get(code) for code in _codes(TAKEN, "add", "change", "delete", "publish")}
    trainers.permissions.remove(*(pk for pk in taken if pk))
    if "courses.add_course" in site.permissions:
        trainers.permissions.add(site.permissions["courses.add_course"])
    catalogues = site.model("courses.CourseIndexPage").objects.values("pk")
    pages = [site.permissions.get(code) for code in PAGES]
    site.model("wagtailcore.GroupPagePermission").objects.filter(
        group=trainers, page__in=catalogues, permission__in=[pk for pk in pages if pk]
    ).delete()
    site.model("wagtailcore.GroupCollectionPermission").objects.filter(
        group=trainers, collection=site.root, permission__content_type__app_label__in=("wagtailimages", "wagtaildocs")
    ).delete()
    site.grant(trainers, shared, SHARED)


def _lay(site, collections, shared):
    used = _used(site)
    alone = next(iter(collections), None) if len(collections) == 1 else None
    for name in OWNED:
        model = site.model(name)
        for pk in model.objects.filter(collection=site.root).values_list("pk", flat=True):
            courses = used[name, pk]
            course = next(iter(courses)) if len(courses) == 1 else (None if courses else alone)
            model.objects.filter(pk=pk).update(collection=collections.get(course, shared))
    for name in ALL_SHARE:
        site.model(name).objects.filter(collection=site.root).update(collection=shared)


def _used(site):
    """Return, for (model, key), the courses in which a thing stands: by foreign keys, blocks and texts."""
    above = {page.path: page.course_id for page in site.model("courses.CoursePage").objects.all()}

    def course_of(path):
        return next((course for start, course in above.items() if path.startswith(start)), None)

    used = defaultdict(set)
    paths = dict(site.model("wagtailcore.Page").objects.values_list("pk", "path"))
    kinds = site.model("contenttypes.ContentType").objects
    names = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in kinds.all()}
    references = site.model("wagtailcore.ReferenceIndex").objects.filter(
        base_content_type__in=[pk for pk, name in names.items() if name == "wagtailcore.page"]
    )
    for row in references:
        course = course_of(paths.get(int(row.object_id), ""))
        if course and str(row.to_object_id).isdecimal():
            used[names[row.to_content_type_id], int(row.to_object_id)].add(course)
    for page in site.model("courses.QuizPage").objects.exclude(quiz=None):
        if course_of(page.path):
            used["assessments.quiz", page.quiz_id].add(course_of(page.path))
    for quiz in site.model("assessments.Quiz").objects.all():
        for item in quiz.items.raw_data:
            if isinstance(item["value"], int):
                used["assessments.question", item["value"]] |= used["assessments.quiz", quiz.pk]
    return used


class Migration(migrations.Migration):
    """See the first lines of this file."""

    dependencies = [
        ("home", "0002_scope"),
        ("accounts", "0002_links"),
        ("assessments", "0003_belonging"),
        ("courses", "0004_teams"),
        ("media_library", "0002_belonging"),
        ("learning", "0003_extra_attempts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(bring_over, migrations.RunPython.noop)]
