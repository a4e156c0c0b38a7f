"""Forms of the loop: they check words and change nothing."""

from tenants.feedback.forms.public import AnswerForm, SlipForm, TellUsForm
from tenants.feedback.forms.staff import DecideForm, LogForm, ProgressForm, SortForm, TellingForm, WordsForm

__all__ = [
    "AnswerForm",
    "DecideForm",
    "LogForm",
    "ProgressForm",
    "SlipForm",
    "SortForm",
    "TellUsForm",
    "TellingForm",
    "WordsForm",
]
