"""Fields in which a person chooses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit.fields.base import NhsField
from kit.languages import said

NOT_OFFERED = N_("Choose one of the answers on the page")


class _Choosing(NhsField):
    asks = N_("Choose")

    def __init__(
        self,
        label: str,
        *,
        hints: Mapping[Any, str] | None = None,
        pictures: Mapping[Any, str] | None = None,
        small: bool = False,
        inline: bool = False,
        divider_before: Any = None,
        **kwargs: Any,
    ) -> None:
        messages = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED, "invalid_pk_value": NOT_OFFERED}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(label, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        # Pictures of `kit.easy` beside answers, by their names.
        self.pictures = {str(value): name for value, name in (pictures or {}).items()}
        self.small = small
        self.inline = inline
        self.divider_before = divider_before


class Radios(_Choosing, forms.ChoiceField):
    """One answer of a few; `hints` says more under an answer, `divider_before` puts “or” before one."""

    component = "radios"

    def __init__(self, label: str, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(label, choices=choices, widget=forms.RadioSelect, **kwargs)


class Checkboxes(_Choosing, forms.MultipleChoiceField):
    """Any number of answers; `alone` is the answer that goes with no other, like “None of these”.

    What is said where it was chosen beside others is ours, or the error message `not_alone`.
    """

    component = "checkboxes"

    def __init__(self, label: str, choices: Any = (), *, alone: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.alone = alone

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if self.alone is not None and str(self.alone) in chosen and len(chosen) > 1:
            raise ValidationError(self.error_messages.get("not_alone") or self._either(), code="not_alone")
        return chosen

    def _either(self) -> str:
        offered: Any = self.choices
        name = {str(key): text for key, text in offered}.get(str(self.alone))
        return _("Choose either “%(one)s” or the other answers") % {"one": said(name or "")}


class Select(_Choosing, forms.ChoiceField):
    """One answer of many, from a list that opens."""

    component = "select"

    def __init__(self, label: str, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(label, choices=choices, **kwargs)


class Tick(NhsField, forms.BooleanField):
    """One box with its own words; with `required=True` it must be ticked to go on."""

    component = "tick"

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, required=required, **kwargs)

    @classmethod
    def missing(cls, label: str) -> str:
        return N_("Tick the box to go on")


class ModelRadios(_Choosing, forms.ModelChoiceField):
    """One row of a queryset, with radio buttons."""

    component = "radios"

    def __init__(self, label: str, queryset: Any, **kwargs: Any) -> None:
        super().__init__(label, queryset=queryset, widget=forms.RadioSelect, **kwargs)


class ModelCheckboxes(_Choosing, forms.ModelMultipleChoiceField):
    """Any number of rows of a queryset, with boxes."""

    component = "checkboxes"

    def __init__(self, label: str, queryset: Any, **kwargs: Any) -> None:
        super().__init__(label, queryset=queryset, widget=forms.CheckboxSelectMultiple, **kwargs)


class ModelSelect(_Choosing, forms.ModelChoiceField):
    """One row of a queryset, from a list that opens."""

    component = "select"

    def __init__(self, label: str, queryset: Any, **kwargs: Any) -> None:
        super().__init__(label, queryset=queryset, **kwargs)
