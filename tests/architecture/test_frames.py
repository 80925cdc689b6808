"""Who may put our pages in a frame? Nobody; those of the Wagtail admin, the admin itself. Both headers say the same."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db


def test_no_frame_may_hold_a_page_and_the_admin_may_hold_its_own(client):
    home = make_home()
    assert client.get(home.url)["X-Frame-Options"] == "DENY"
    client.force_login(User.objects.create_superuser(email="admin@example.org", password="secreta-9"))
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[home.pk]))
    assert draft["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in draft["Content-Security-Policy"]
    preview = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[home.pk]) + "?mode=")
    assert preview.status_code == 200
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
