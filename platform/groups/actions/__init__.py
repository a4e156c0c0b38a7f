"""What is done with groups: verbs, each in one transaction."""

from groups.actions.agreements import (
    agree,
    answer_delivery,
    change_terms,
    decide,
    end_agreement,
    promise_resource,
    receive_resource,
    report_delivery,
    withdraw_decision,
    withdraw_resource,
)
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
from groups.actions.sites import end_permission, permit_site

__all__ = [
    "INVITATION_LIVES",
    "USED",
    "agree",
    "answer_delivery",
    "change_seat",
    "change_terms",
    "create",
    "decide",
    "end_agreement",
    "end_permission",
    "invitation_token",
    "invite",
    "join",
    "leave",
    "permit_site",
    "promise_resource",
    "receive_resource",
    "report_delivery",
    "withdraw_decision",
    "withdraw_invitation",
    "withdraw_resource",
]
