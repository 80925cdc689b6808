"""Keeps files that have no public address: they leave only through a view that asks who is there."""

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """A folder outside MEDIA_ROOT. Django would answer `url` with an address under MEDIA_URL; here there is none."""

    def url(self, name: str | None) -> str:
        """Refuse: there is no address that serves this file without asking."""
        raise NotImplementedError("Private files have no public address.")
