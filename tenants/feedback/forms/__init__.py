"""Forms of the loop: they check words and change nothing."""

from tenants.feedback.forms.outcomes import OutcomesForm
from tenants.feedback.forms.public import AnswerForm, ConcernForm, SlipForm, TellUsForm
from tenants.feedback.forms.regard import RecordForm, RegardForm
from tenants.feedback.forms.staff import (
    DecideForm,
    DoneForm,
    LogForm,
    NeedForm,
    ProgressForm,
    SortForm,
    TellingForm,
    WordsForm,
)
from tenants.feedback.forms.together import SplitForm, TogetherForm

__all__ = [
    "AnswerForm",
    "ConcernForm",
    "DecideForm",
    "DoneForm",
    "LogForm",
    "NeedForm",
    "OutcomesForm",
    "ProgressForm",
    "RecordForm",
    "RegardForm",
    "SlipForm",
    "SortForm",
    "SplitForm",
    "TellUsForm",
    "TellingForm",
    "TogetherForm",
    "WordsForm",
]
