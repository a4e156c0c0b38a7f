"""Groups: who belongs, what they agreed with schemes, and who is ready to visit."""

from groups.models.agreements import AgreedResource, Agreement, DeliveryAnswer, DeliveryReport, GroupDecision
from groups.models.belonging import Group, GroupInvitation, GroupMembership
from groups.models.peer_support import PeerSupport
from groups.models.readiness import ConflictOfInterest, LivedExperience, Training, Vetting
from groups.models.sites import HostPermission

__all__ = [
    "AgreedResource",
    "Agreement",
    "ConflictOfInterest",
    "DeliveryAnswer",
    "DeliveryReport",
    "Group",
    "GroupDecision",
    "GroupInvitation",
    "GroupMembership",
    "HostPermission",
    "LivedExperience",
    "PeerSupport",
    "Training",
    "Vetting",
]
