"""Forms of groups."""

from groups.forms.agreements import AgreementForm
from groups.forms.belonging import GroupForm, GroupInviteForm, SeatForm

__all__ = ["AgreementForm", "GroupForm", "GroupInviteForm", "SeatForm"]
