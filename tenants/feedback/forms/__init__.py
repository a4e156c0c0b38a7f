"""Forms of the loop: they check words and change nothing."""

from tenants.feedback.forms.asking import AskForm, ReplyForm
from tenants.feedback.forms.exporting import ExportForm
from tenants.feedback.forms.owning import AssignForm, BulkAssignForm
from tenants.feedback.forms.public import AnswerForm, ConcernForm, SlipForm, TellUsForm
from tenants.feedback.forms.staff import DecideForm, DoneForm, LogForm, ProgressForm, SortForm, TellingForm, WordsForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "AssignForm",
    "BulkAssignForm",
    "ConcernForm",
    "DecideForm",
    "DoneForm",
    "ExportForm",
    "LogForm",
    "ProgressForm",
    "ReplyForm",
    "SlipForm",
    "SortForm",
    "TellUsForm",
    "TellingForm",
    "WordsForm",
]
