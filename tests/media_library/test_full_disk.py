"""The disk fills up while a picture is saved: nothing half stays behind."""

from __future__ import annotations

import resource
import signal

import pytest
from django.core.files.base import ContentFile

from media_library.storage import PrivateStorage, WholeFileStorage


@pytest.fixture
def room_for_a_kilobyte():
    """The system itself stops files from growing further, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, told)


@pytest.mark.parametrize("kind", [WholeFileStorage, PrivateStorage])
def test_half_a_file_does_not_stay(kind, tmp_path, room_for_a_kilobyte):
    place = kind(location=tmp_path)
    with pytest.raises(OSError, match="too large"):
        place.save("pictures/big.png", ContentFile(b"x" * 5000))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert place.exists(place.save("pictures/small.png", ContentFile(b"x" * 500)))
