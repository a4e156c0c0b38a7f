"""Suspending, reopening and closing a scheme. Runs as the owner; nothing that the scheme holds is changed."""

from uuid import UUID, uuid4

from django.db import transaction

import audit
from kit import clock, outbox
from tenants.schemes.entering import enter
from tenants.schemes.errors import SchemesRefused
from tenants.schemes.models import Scheme

Status = Scheme.Status


class NotInThatState(SchemesRefused):
    """A scheme cannot go from what it is to what was asked."""


def suspend(*, slug: str, by: UUID | None) -> Scheme:
    """Its site says that it is being worked on; its clocks run on."""
    return _move(slug, to=Status.SUSPENDED, allowed={Status.OPEN}, what="suspended a scheme", by=by)


def reopen(*, slug: str, by: UUID | None) -> Scheme:
    """Its site answers again. Only a suspended scheme can come back."""
    return _move(slug, to=Status.OPEN, allowed={Status.SUSPENDED}, what="reopened a scheme", by=by)


def close(*, slug: str, by: UUID | None) -> Scheme:
    """Nobody comes in any more, for good. It keeps its host names, so that nobody else ever answers at them."""
    return _move(slug, to=Status.CLOSED, allowed={Status.OPEN, Status.SUSPENDED}, what="closed a scheme", by=by)


@transaction.atomic
def _move(slug: str, *, to: Scheme.Status, allowed: set[Scheme.Status], what: str, by: UUID | None) -> Scheme:
    scheme = Scheme.objects.select_for_update().filter(slug=slug).first()
    if scheme is None:
        raise NotInThatState(f"There is no scheme {slug}. `alongside scheme list` names the schemes.")
    if scheme.status not in allowed:
        raise NotInThatState(f"{scheme.name} is {scheme.get_status_display().lower()}, so this cannot be done.")
    scheme.status = to
    scheme.closed_on = clock.today() if to == Status.CLOSED else None
    scheme.save(update_fields=["status", "closed_on"])
    outbox.put("schemes.moved", key=uuid4(), in_schema=scheme.schema_name)
    with enter("public"):
        audit.record(by=by, operation="change", what=what, thing=scheme)
    return scheme
