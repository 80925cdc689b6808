"""Keeps files whole or not at all, and private ones without a public address."""

from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """A folder. Django leaves what it had written when the disk fills up; here nothing stays of such a file."""

    def _save(self, name: str, content: Any) -> str:
        # Django has just chosen a name that is free, so that what bears it afterwards is what we wrote.
        taken = self.exists(name)
        try:
            return super()._save(name, content)  # type: ignore[misc]  # a method that Django's types leave out
        except OSError:
            if not taken:
                self.delete(name)
            raise


class PrivateStorage(WholeFileStorage):
    """A folder outside MEDIA_ROOT. Django would answer `url` with an address under MEDIA_URL; here there is none."""

    def url(self, name: str | None) -> str:
        """Refuse: there is no address that serves this file without asking."""
        raise NotImplementedError("Private files have no public address.")
