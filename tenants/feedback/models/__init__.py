"""What a scheme keeps of the loop. Persons are ids without a constraint: their accounts stand in the public schema."""

from tenants.feedback.models.asked import Asked
from tenants.feedback.models.asking import Question, Reply
from tenants.feedback.models.complaints import ComplaintWay
from tenants.feedback.models.concerns import Concern
from tenants.feedback.models.easy import EasyRead
from tenants.feedback.models.lists import GroupTag, Partner, Theme
from tenants.feedback.models.needs import InformationNeed
from tenants.feedback.models.outcomes import Outcome
from tenants.feedback.models.owning import Escalation
from tenants.feedback.models.paper import PrintedSlip, SlipBatch
from tenants.feedback.models.points import Consent, Point, PointGroup, Sayer
from tenants.feedback.models.quotes import Quote
from tenants.feedback.models.regard import DueRegard
from tenants.feedback.models.rounds import Confirmation, Progress, Round, Told
from tenants.feedback.models.same import Same
from tenants.feedback.models.supporting import Supporter

__all__ = [
    "Asked",
    "ComplaintWay",
    "Concern",
    "Confirmation",
    "Consent",
    "DueRegard",
    "EasyRead",
    "Escalation",
    "GroupTag",
    "InformationNeed",
    "Outcome",
    "Partner",
    "Point",
    "PointGroup",
    "PrintedSlip",
    "Progress",
    "Question",
    "Quote",
    "Reply",
    "Round",
    "Same",
    "Sayer",
    "SlipBatch",
    "Supporter",
    "Theme",
    "Told",
]
