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

__all__ = [
    "AgreementForm",
    "DecisionForm",
    "DeliveryForm",
    "GroupForm",
    "GroupInviteForm",
    "ReceivedForm",
    "ReportForm",
    "ResourceForm",
    "SeatForm",
    "TermsForm",
]
