"""Which places let a group in."""

from django.db import models
from django.db.models import F, Q

from groups.models.agreements import Agreement, Written
from groups.querysets import HostPermissionQuerySet
from kit import clock


class HostPermission(Written):
    """That a place lets the group in, who said so, and on what conditions (F6): a group has no power in law to enter.

    `until` is the first day on which it holds no more, as with an agreement.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="permissions")
    site_id = models.UUIDField(db_index=True)
    given_by_role = models.CharField(max_length=120)
    given_by_organisation = models.CharField(max_length=120)
    given_on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True)
    conditions = models.TextField(max_length=1000, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = HostPermissionQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-added_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="host_permission_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_reason="") | Q(until__isnull=False), name="host_permission_with_a_reason_has_ended"
            ),
            models.UniqueConstraint(
                fields=["agreement", "site_id"], condition=Q(until=None), name="host_permission_runs_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_by_role}, {self.given_by_organisation}"

    @property
    def is_over(self) -> bool:
        """Whether the day on which it ends has come."""
        return self.until is not None and self.until <= clock.today()
