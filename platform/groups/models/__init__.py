"""Groups: who belongs, and what they agreed with schemes."""

from groups.models.agreements import AgreedResource, Agreement, DeliveryAnswer, DeliveryReport, GroupDecision
from groups.models.belonging import Group, GroupInvitation, GroupMembership
from groups.models.sites import HostPermission

__all__ = [
    "AgreedResource",
    "Agreement",
    "DeliveryAnswer",
    "DeliveryReport",
    "Group",
    "GroupDecision",
    "GroupInvitation",
    "GroupMembership",
    "HostPermission",
]
