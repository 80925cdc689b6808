"""What is done when somebody changes what stands around every page: the next page shows the change."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Site

from programme.models import Country, Identity, SupportLine
from programme.remembered import forget_after_commit

for _model in (Identity, SupportLine, Country, Site, Locale):
    post_save.connect(forget_after_commit, sender=_model)
    post_delete.connect(forget_after_commit, sender=_model)
