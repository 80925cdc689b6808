"""The countries of the programme, which migrations may not have brought."""

import pytest
from django.core.cache import cache

from programme.models import Country


@pytest.fixture(autouse=True)
def countries(db: None) -> None:
    """Put the programme's four countries on the map."""
    cache.clear()
    for position, (code, name) in enumerate(
        [("MX", "México"), ("GT", "Guatemala"), ("HN", "Honduras"), ("SV", "El Salvador")]
    ):
        Country.objects.update_or_create(
            code=code,
            defaults={
                "name_es": name,
                "name_en": name,
                "name_fr": name,
                "time_zone": "America/Guatemala",
                "in_programme": True,
                "position": position,
            },
        )
