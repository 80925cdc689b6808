"""A drawing keeps its own styles, and what somebody adds to its address or slips into it does nothing."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db
STYLE = ".a { fill: teal }"
DRAWING = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>{STYLE}</style>
<rect class="a" style="opacity:.5" width="9" height="9"/></svg>"""


def served(client, name, content):
    kept = default_storage.save(f"images/{name}", ContentFile(content.encode()))
    return client.get(f"/media/{kept}")


def named(style):
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def test_a_drawing_may_use_its_own_styles_and_no_others(client):
    policy = served(client, "dibujo.svg", DRAWING)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; sandbox; style-src ")
    assert named(STYLE) in policy
    assert named("opacity:.5") in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize(
    ("name", "content"), [("liso.svg", "<svg/>"), ("roto.svg", "<svg"), ("foto.png", "x")]
)
def test_what_has_no_styles_may_only_be_looked_at(client, name, content):
    assert served(client, name, content)["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_drawing_that_is_not_there_is_not_found(client):
    assert client.get("/media/images/no-hay.svg").status_code == 404
    assert client.get("/media/../manage.py").status_code in {400, 404}
