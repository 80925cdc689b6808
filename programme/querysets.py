"""The words in which support lines are asked for."""

from django.db import models


class SupportLineQuerySet(models.QuerySet):
    """Support lines."""

    def confirmed(self) -> "SupportLineQuerySet":
        """Return the lines that readers may see: somebody has called or confirmed them."""
        return self.filter(unverified=False)
