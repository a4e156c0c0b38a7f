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
from groups.forms.peer_support import PeerSupportForm
from groups.forms.readiness import ConflictForm, LivedExperienceForm, TrainingForm, VettingForm
from groups.forms.sites import PermissionEndForm, PermissionForm

__all__ = [
    "AgreementForm",
    "ConflictForm",
    "DecisionForm",
    "DeliveryForm",
    "GroupForm",
    "GroupInviteForm",
    "LivedExperienceForm",
    "PeerSupportForm",
    "PermissionEndForm",
    "PermissionForm",
    "ReceivedForm",
    "ReportForm",
    "ResourceForm",
    "SeatForm",
    "TermsForm",
    "TrainingForm",
    "VettingForm",
]
