"""Forms of the loop: they check words and change nothing."""

from tenants.feedback.forms.asking import AskForm, ReplyForm
from tenants.feedback.forms.exporting import ExportForm
from tenants.feedback.forms.importing import ImportForm
from tenants.feedback.forms.outcomes import OutcomesForm
from tenants.feedback.forms.owning import AssignForm, BulkAssignForm
from tenants.feedback.forms.posters import PosterForm
from tenants.feedback.forms.printing import PrintForm
from tenants.feedback.forms.public import AnswerForm, ConcernForm, SlipForm, TellUsForm
from tenants.feedback.forms.quoting import QuoteForm
from tenants.feedback.forms.regard import RecordForm, RegardForm
from tenants.feedback.forms.same import SameForm
from tenants.feedback.forms.staff import (
    AskingForm,
    ComplaintWayForm,
    DayForm,
    DecideForm,
    DoneForm,
    EasyForm,
    HandOverForm,
    LogForm,
    NeedForm,
    ProgressForm,
    SortForm,
    TellingForm,
    WordsForm,
)
from tenants.feedback.forms.supporting import HelpedAnswerForm, SayWithForm, SupporterForm
from tenants.feedback.forms.together import SplitForm, TogetherForm
from tenants.feedback.forms.young import YoungForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "AskingForm",
    "AssignForm",
    "BulkAssignForm",
    "ComplaintWayForm",
    "ConcernForm",
    "DayForm",
    "DecideForm",
    "DoneForm",
    "EasyForm",
    "ExportForm",
    "HandOverForm",
    "ImportForm",
    "HelpedAnswerForm",
    "LogForm",
    "NeedForm",
    "OutcomesForm",
    "PrintForm",
    "PosterForm",
    "ProgressForm",
    "QuoteForm",
    "RecordForm",
    "RegardForm",
    "ReplyForm",
    "SayWithForm",
    "SameForm",
    "SlipForm",
    "SortForm",
    "SplitForm",
    "SupporterForm",
    "TellUsForm",
    "TellingForm",
    "TogetherForm",
    "WordsForm",
    "YoungForm",
]
