"""Groups: who belongs, and what they agreed with schemes."""

from groups.models.agreements import Agreement
from groups.models.belonging import Group, GroupInvitation, GroupMembership

__all__ = ["Agreement", "Group", "GroupInvitation", "GroupMembership"]
