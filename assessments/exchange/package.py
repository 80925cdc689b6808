"""Opens a QTI package: a zip with a list of its contents; or a single item. Nothing is unpacked to the disk."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote

from assessments.exchange import xml
from assessments.exchange.items import BadFile, Why

MOST_BYTES = 60 * 1024 * 1024
MOST_PARTS = 4_000
MANIFEST = "imsmanifest.xml"


@dataclass
class Package:
    """The parts of a package, read when they are asked for."""

    archive: zipfile.ZipFile | None
    alone: bytes = b""
    names: frozenset[str] = field(default_factory=frozenset)

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and bytes of each item that the list names. Raises BadFile."""
        if self.archive is None:
            yield "", self.alone
            return
        if MANIFEST not in self.names:
            raise BadFile(Why.NO_PACKAGE)
        root = xml.root_of(self.part(MANIFEST), MANIFEST)
        for resource in xml.descendants(root, "resource"):
            if resource.get("type", "").startswith("imsqti_item"):
                name = posixpath.normpath(unquote(resource.get("href") or ""))
                if name not in self.names:
                    raise BadFile(Why.NO_PACKAGE, name)
                yield name, self.part(name)

    def part(self, name: str) -> bytes:
        """Return the bytes of a part. Raises BadFile where it is damaged."""
        if self.archive is None:
            raise KeyError(name)
        try:
            return self.archive.read(name)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError) as error:
            raise BadFile(Why.NO_PACKAGE, name) from error

    def beside(self, item: str, address: str) -> tuple[str, bytes]:
        """Return the name and bytes of what an item refers to. Raises KeyError where the package has no such part."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(item), unquote(address)))
        if self.archive is None or name not in self.names:
            raise KeyError(address)
        return posixpath.basename(name), self.part(name)


def opened(data: bytes) -> Package:
    """Return a package, or an item alone. Raises BadFile."""
    if not data.startswith(b"PK"):
        return Package(None, data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise BadFile(Why.NO_PACKAGE) from error
    parts = archive.infolist()
    strays = any(part.filename.startswith("/") or ".." in part.filename.split("/") for part in parts)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or strays:
        raise BadFile(Why.SWELLS)
    return Package(archive, names=frozenset(part.filename for part in parts))
