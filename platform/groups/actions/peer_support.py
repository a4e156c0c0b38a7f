"""The register of peer support schemes that a group keeps (S48)."""

from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

import audit
from groups.errors import NameTaken
from groups.models import Group, PeerSupport

TAKEN = "This name is in the register already. Choose another name."


class Told(TypedDict):
    """What is told of a peer support scheme."""

    name: str
    lead_group: str
    remit: str
    serves: str
    supervised_by: str
    supervised_how_often: str
    since: date
    until: date | None


@transaction.atomic
def add_peer_support(*, group: Group, by: UUID, **told: Unpack[Told]) -> PeerSupport:
    """Write a peer support scheme into the group's register."""
    Group.objects.open().select_for_update().get(pk=group.pk)
    _refuse_a_name_twice(group, told["name"])
    made = PeerSupport.objects.create(group=group, **told)
    audit.record(by=by, operation="change", what="wrote a peer support scheme into the register", thing=made)
    return made


@transaction.atomic
def change_peer_support(*, peer_support: PeerSupport, by: UUID, **told: Unpack[Told]) -> PeerSupport:
    """Write down what is so now; that it ended too."""
    group = Group.objects.open().select_for_update().get(pk=peer_support.group_id)
    _refuse_a_name_twice(group, told["name"], but=peer_support)
    for name, value in told.items():
        setattr(peer_support, name, value)
    peer_support.save(update_fields=list(told))
    audit.record(by=by, operation="change", what="changed a peer support scheme", thing=peer_support)
    return peer_support


def _refuse_a_name_twice(group: Group, name: str, *, but: PeerSupport | None = None) -> None:
    same = PeerSupport.objects.for_group(group).filter(name__iexact=name)
    if any(one != but for one in same):
        raise NameTaken(TAKEN)
