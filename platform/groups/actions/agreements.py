"""Schemes and user-led groups agree."""

from uuid import UUID

from django.db import transaction

import audit
from groups import queries
from groups.errors import AlreadyAgreed, NotUserLed
from groups.models import Agreement, Group
from kit import clock
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme


@transaction.atomic
def agree(*, scheme: Scheme, group: Group, by: UUID | None) -> Agreement:
    """From today members of the group may see what the scheme shares with it."""
    if group.kind != Group.Kind.USER_LED:
        raise NotUserLed("A scheme agrees with user-led groups. Reference groups belong to no scheme.")
    Group.objects.open().select_for_update().get(pk=group.pk)
    if queries.agreements_with(scheme).filter(group=group).exists():
        raise AlreadyAgreed("There is already an agreement with this group.")
    agreement = Agreement.objects.create(group=group, scheme_id=scheme.pk, by_id=by)
    with enter(scheme):
        audit.record(by=by, operation="change", what="agreed with a group", thing=agreement)
    return agreement


@transaction.atomic
def end_agreement(*, agreement: Agreement, scheme: Scheme, by: UUID | None) -> Agreement:
    """The agreement ends now; members of the group see nothing more at the scheme."""
    agreement.until = max(clock.today(), agreement.since)
    agreement.save(update_fields=["until"])
    with enter(scheme):
        audit.record(by=by, operation="change", what="ended an agreement with a group", thing=agreement)
    return agreement
