"""Peer support that people with lived experience run themselves (S48)."""

import uuid

from django.db import models
from django.db.models import F, Q

from groups.models.belonging import Group
from groups.querysets import PeerSupportQuerySet
from kit import clock
from kit.erasure import about_nobody


class PeerSupport(models.Model):
    """One peer support scheme, as the group that keeps this register tells of it."""

    about = about_nobody()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="peer_support")
    name = models.CharField(max_length=120)
    lead_group = models.CharField(max_length=120)
    remit = models.TextField(max_length=1000)
    serves = models.CharField(max_length=300)
    supervised_by = models.CharField(max_length=200)
    supervised_how_often = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = PeerSupportQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="peer_support_name_is_its_own_in_a_group"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="peer_support_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether the day on which it ends has come."""
        return self.until is not None and self.until <= clock.today()
