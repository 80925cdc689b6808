"""An address of the admin with nonsense in it finds nothing; it is never a failure of the server."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from wagtail.models import Page

from tests.permissions.walking import addresses
from tests.permissions.world import World

NUMBER = re.compile(r"<int:\w+>|\(\?P<\w+>\\d\+\)|\(\\d\+\)")
WORD = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")


def paths() -> list[str]:
    """Return every address of the admin that names something: the root of the tree, or a word for a key."""
    found = {}
    for address in addresses():
        path = WORD.sub("x", NUMBER.sub("1", address.route))
        if address.admin and path != address.route:
            found["/" + path.replace("^", "").replace("$", "").replace("\\.", ".").replace(".*/", "x/")] = (
                None
            )
    return [*found, "/admin/failwhale/"]


@pytest.mark.parametrize(("method", "query"), [("GET", ""), ("POST", ""), ("GET", "?id=x&page_type=x.y&p=x")])
def test_no_address_fails_on_nonsense(world: World, method: str, query: str) -> None:
    assert Page.objects.get(pk=1).is_root()
    client = world.clients["admin"]
    client.raise_request_exception = False
    failed = []
    for path in paths():
        with transaction.atomic():
            if client.generic(method, path + query).status_code >= 500:
                failed.append(path)
            transaction.set_rollback(True)
    assert not failed
