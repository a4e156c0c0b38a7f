"""What is done with groups: verbs, each in one transaction."""

from groups.actions.agreements import agree, end_agreement
from groups.actions.belonging import (
    INVITATION_LIVES,
    USED,
    change_seat,
    create,
    invitation_token,
    invite,
    join,
    leave,
    withdraw_invitation,
)

__all__ = [
    "INVITATION_LIVES",
    "USED",
    "agree",
    "change_seat",
    "create",
    "end_agreement",
    "invitation_token",
    "invite",
    "join",
    "leave",
    "withdraw_invitation",
]
