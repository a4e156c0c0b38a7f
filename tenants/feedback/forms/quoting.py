"""Whom staff quote, with which words, and how that one agreed."""

from collections.abc import Sequence
from typing import Any

from kit import fields
from kit.forms import Form
from tenants.feedback.models import Sayer
from tenants.feedback.queries import Quotable


class QuoteForm(Form):
    """A few words of one of those who said it, and that they agreed to exactly these."""

    sayer = fields.Radios("Who said these words?")
    words = fields.Textarea(
        "Their words, exactly as they said them",
        hint="Copy a short part from above. Choose words without names, places or dates that show who said it.",
        max_length=500,
        rows=3,
    )
    explained_how = fields.Text(
        "How you asked them", max_length=200,
        hint="For example: read aloud, Easy Read leaflet, British Sign Language, on the telephone.",
    )  # fmt: skip
    agreed = fields.Tick("They said yes to these words, after they heard what stands above", required=True)

    def __init__(self, data: Any = None, *, offered: Sequence[Quotable], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offered = {str(one.sayer.pk): one for one in offered if one.may_be_quoted and one.quote is None}
        self.fields["sayer"].choices = [(key, one.called) for key, one in self.offered.items()]  # type: ignore[attr-defined]
        if len(self.offered) == 1:
            self.fields["sayer"].initial = next(iter(self.offered))

    def clean_sayer(self) -> Sayer:
        return self.offered[self.cleaned_data["sayer"]].sayer
