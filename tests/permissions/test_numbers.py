"""Bruno, who may see neither people nor agreements in the admin, cannot count them by trying numbers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.permissions.world import World

KINDS = {
    "personas:inspect": lambda world: world.person("amina").pk,
    "instituciones:inspect": lambda world: world.hospital.pk,
    "convenios:inspect": lambda world: world.things["agreement"].pk,
}
NOBODYS = 987_654


@pytest.mark.parametrize("address", KINDS)
def test_what_exists_and_what_does_not_are_refused_alike(world: World, address: str) -> None:
    there, nowhere = (
        world.clients["bruno"].get(reverse(address, args=[key])) for key in (KINDS[address](world), NOBODYS)
    )
    assert (there.status_code, there["Location"]) == (nowhere.status_code, nowhere["Location"])
