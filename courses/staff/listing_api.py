"""What the admin's scripts may ask of pages: to list and to read them, never to change them."""

from __future__ import annotations

from typing import Any

from wagtail.admin.api.views import PagesAdminAPIViewSet


class PagesToRead(PagesAdminAPIViewSet):
    """Wagtail's own, without its actions: they delete, publish and copy past every hook that guards a screen."""

    # Each of them is answered as Wagtail answers an act that it does not know.
    actions: dict[str, Any] = {}
