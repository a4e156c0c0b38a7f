"""What schemes and user-led groups agreed."""

import uuid

from django.db import models
from django.db.models import F, Q

from groups.models.belonging import Group
from groups.querysets import AgreementQuerySet
from kit import clock
from kit.erasure import about_nobody


class Agreement(models.Model):
    """What a scheme and a user-led group agreed: members of the group may see what the scheme shares with it."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="agreements")
    scheme_id = models.UUIDField(db_index=True)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True)
    by_id = models.UUIDField(null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(
                fields=["group", "scheme_id"], condition=Q(until=None), name="agreement_runs_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="agreement_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} from {self.since}"
