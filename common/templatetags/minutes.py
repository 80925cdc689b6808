"""Says minutes as people do: «45 min», «1 h», «2 h 35 min»."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def as_hours(minutes: int | None) -> str:
    """Return minutes (whole, not negative) in hours and minutes."""
    hours, rest = divmod(int(minutes or 0), 60)
    if hours and rest:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(minutes)s min") % {"minutes": rest}
