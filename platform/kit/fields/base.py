"""What all our fields share: they draw themselves as NHS components and say plainly what is missing."""

from typing import Any, Literal

from django import forms

Size = Literal["s", "m", "l", "xl"]


def as_object(label: str) -> str:
    """A label as it stands inside a sentence: “Your name” becomes “your name”, “NHS number” stays."""
    first, _, _ = label.partition(" ")
    shouted = len(first) > 1 and first[1].isupper()
    return label if shouted or first in {"I", "I'm", "I’m"} else label[:1].lower() + label[1:]


class NhsField(forms.Field):
    """A Django field drawn by an NHS component; give it every word the person will read."""

    component = "input"
    asks = "Enter"

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        rule: str = "",
        required_error: str | None = None,
        label_is_page_heading: bool = False,
        label_size: Size | None = None,
        label_hidden: bool = False,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        spellcheck: bool | None = None,
        width: int | None = None,
        suffix: str | None = None,
        prefix: str | None = None,
        **kwargs: Any,
    ) -> None:
        messages = {"required": required_error or self.missing(label)} | kwargs.pop("error_messages", {})
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)
        # Field.__init__ overwrites a class attribute of this name.
        self.template_name = f"kit/fields/{self.component}.jinja"
        self.hint = hint
        # Stands under the hint, on a line of its own.
        self.rule = rule
        self.label_is_page_heading = label_is_page_heading
        self.label_size: Size = label_size or ("l" if label_is_page_heading else "s")
        self.label_hidden = label_hidden
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.spellcheck = spellcheck
        self.width = width
        self.prefix = prefix
        self.suffix = suffix

    @classmethod
    def missing(cls, label: str) -> str:
        """What to say when nothing was given: an instruction, never “this field is required”."""
        if label.endswith("?"):
            return f"Answer the question: {label}"
        return f"{cls.asks} {as_object(label)}"
