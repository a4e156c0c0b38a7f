"""Forms of the loop: they check words and change nothing."""

from tenants.feedback.forms.public import AnswerForm, ConcernForm, SlipForm, TellUsForm
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

__all__ = [
    "AnswerForm",
    "ConcernForm",
    "DecideForm",
    "DoneForm",
    "LogForm",
    "NeedForm",
    "ProgressForm",
    "SlipForm",
    "SortForm",
    "TellUsForm",
    "TellingForm",
    "WordsForm",
]
