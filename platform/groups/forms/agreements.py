"""Forms of agreements with groups."""

from typing import Any

from groups.models import Group
from groups.queries import groups_to_agree_with
from kit.fields import ModelRadios
from kit.forms import Form
from tenants.schemes.models import Scheme


class AgreementForm(Form):
    """A group to agree with."""

    group = ModelRadios(
        "Which group?", queryset=Group.objects.none(), empty_label=None,
        error_messages={"invalid_choice": "There is already an agreement with this group, or it closed. Choose one"},
    )  # fmt: skip

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups_to_agree_with(scheme)  # type: ignore[attr-defined]
