"""Forms of groups."""

from groups.forms.agreements import (
    AgreementForm,
    DecisionForm,
    DeliveryForm,
    ReceivedForm,
    ReportForm,
    ResourceForm,
    TermsForm,
)
from groups.forms.belonging import GroupForm, GroupInviteForm, SeatForm
from groups.forms.sites import PermissionEndForm, PermissionForm

__all__ = [
    "AgreementForm",
    "DecisionForm",
    "DeliveryForm",
    "GroupForm",
    "GroupInviteForm",
    "PermissionEndForm",
    "PermissionForm",
    "ReceivedForm",
    "ReportForm",
    "ResourceForm",
    "SeatForm",
    "TermsForm",
]
