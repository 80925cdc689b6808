"""What this room adds to the Wagtail admin."""

from wagtail import hooks

from certificates.staff.viewsets import CertificateViewSet


@hooks.register("register_admin_viewset")
def certificates_in_the_admin() -> CertificateViewSet:
    """Add the register of certificates."""
    return CertificateViewSet()
