"""The register of peer support schemes that a group keeps (S48)."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from groups.models import Group, PeerSupport


def peer_support(group: Group) -> list[PeerSupport]:
    """All of them: what goes on first, by name."""
    return sorted(PeerSupport.objects.for_group(group), key=lambda one: one.is_over)


def one_peer_support(group: Group, peer_support_id: UUID) -> PeerSupport:
    """One of them; that of any other group is not found."""
    return get_object_or_404(PeerSupport.objects.for_group(group), pk=peer_support_id)
