"""The one table of the audit, which stands in public and in each scheme."""

import uuid

from django.db import models
from django.db.models import Q

from audit.operations import NEEDS_BASIS, Basis, Operation
from audit.querysets import EntryQuerySet
from kit import clock
from kit.erasure import about_person


class Entry(models.Model):
    """One thing that was done with information about people: who, what, about whom and why lawful. Ids, no words."""

    about = [
        about_person(by="subject", keep="ids only; the person they point to is a tombstone"),
        about_person(by="by", keep="ids only; the person they point to is a tombstone"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    operation = models.CharField(max_length=8, choices=Operation)
    what = models.CharField(max_length=80)
    subject = models.UUIDField(null=True)
    thing_kind = models.CharField(max_length=80, blank=True)
    thing_id = models.CharField(max_length=64, blank=True)
    basis = models.CharField(max_length=24, choices=Basis, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(operation__in=Operation.values), name="audit_operation_is_known"),
            models.CheckConstraint(condition=Q(basis__in=["", *Basis.values]), name="audit_basis_is_known"),
            models.CheckConstraint(
                condition=~Q(operation__in=NEEDS_BASIS) | ~Q(basis=""),
                name="audit_has_a_lawful_basis_where_one_is_needed",
            ),
            # No capital, digit or comma: a name, a number or a sentence of somebody's does not fit.
            models.CheckConstraint(condition=Q(what__regex=r"^[a-z][a-z -]*$"), name="audit_what_is_a_plain_phrase"),
            models.CheckConstraint(
                condition=Q(thing_kind="", thing_id="") | (~Q(thing_kind="") & ~Q(thing_id="")),
                name="audit_thing_has_kind_and_id",
            ),
        ]
        indexes = [
            models.Index(fields=["-at"], name="audit_newest"),
            models.Index(fields=["subject", "-at"], name="audit_about_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()}: {self.what}"
