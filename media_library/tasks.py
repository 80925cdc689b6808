"""Work on pictures that no editor and no reader should wait for."""

from django_tasks import task

from media_library.models import Picture
from media_library.pictures import prepare


@task()
def prepare_picture(key: int) -> int:
    """Make the sizes in which lessons show a picture; a picture deleted meanwhile has none."""
    picture = Picture.objects.filter(pk=key).first()
    return prepare(picture) if picture else 0
