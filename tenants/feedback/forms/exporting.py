"""What staff say before they save the register as a file."""

from typing import Any

from audit.operations import Basis
from kit import fields
from kit.forms import Form
from tenants.feedback.rules import FileKind, WhyWords


class ExportForm(Form):
    """Which file, on which basis, and whether what was said in private goes into it."""

    kind = fields.Radios("Which file", choices=FileKind.choices, initial=FileKind.CSV)
    basis = fields.Select(
        "On which basis you save it",
        choices=[("", "Choose one"), *Basis.choices],
        hint="This and your name are written down in “Who read or changed what”.",
    )
    with_words = fields.Tick(
        "Put in what people said, in their own words",
        hint="These words are private. Whoever opens the file can read them.",
    )
    why_words = fields.Select(
        "Why their own words are needed",
        choices=[("", "They are not"), *((one.value, f"{one.label[:1].upper()}{one.label[1:]}") for one in WhyWords)],
        required=False,
    )

    def clean_kind(self) -> FileKind:
        return FileKind(self.cleaned_data["kind"])

    def clean_why_words(self) -> WhyWords | None:
        """The reason, or nothing."""
        given = self.cleaned_data["why_words"]
        return WhyWords(given) if given else None

    def clean(self) -> dict[str, Any]:
        """Private words need both the tick and the reason; either alone is a slip of the hand."""
        given = super().clean() or self.cleaned_data
        ticked, why = given.pop("with_words", False), given.get("why_words")
        if ticked and not why:
            self.add_error("why_words", "Say why their own words are needed, or take the tick away")
        if why and not ticked:
            self.add_error("with_words", "Tick this to put them in, or choose “They are not” below")
        return given
