"""Makes the front door: a home page at the root of the default site, and information pages below it."""

from wagtail.models import Locale, Page, Site

from courses.models import CourseIndexPage, CoursePage
from home.models import HomePage, InformationPage


def make_home(**fields: object) -> HomePage:
    """Return a live home page at which the default site begins; Wagtail's welcome page goes."""
    root = Page.get_first_root_node()
    home = HomePage(
        **{"title": "Formación para quienes acompañan", "slug": "senda", "lead": "Cursos breves.", **fields},
        locale=Locale.get_default(),
    )
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home


def make_page(parent: Page, title: str, slug: str, **fields: object) -> InformationPage:
    """Return a live information page below `parent`."""
    page = InformationPage(title=title, slug=slug, locale=parent.locale, **fields)
    return parent.add_child(instance=page)


def make_index(home: HomePage) -> CourseIndexPage:
    """Return the catalogue below `home`."""
    return home.add_child(instance=CourseIndexPage(title="Cursos", slug="cursos", locale=home.locale))


def make_course(index: CourseIndexPage, title: str, slug: str, **fields: object) -> CoursePage:
    """Return a live course page in the catalogue."""
    page = CoursePage(
        title=title, slug=slug, locale=index.locale, **{"summary": "Para escuchar mejor.", **fields}
    )
    return index.add_child(instance=page)
