"""Who sees to points."""

from typing import Any
from uuid import UUID

from django import forms

from kit import fields
from kit.forms import Form
from kit.ids import as_id
from tenants.feedback.forms.staff import owners_of
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.queries import members
from tenants.schemes.rights import Permission, roles_that_may

NOBODY = "nobody"
# Rows of one page of the register, and some to spare.
MOST = 100


class AssignForm(Form):
    """Somebody in the team, or nobody."""

    owner = fields.Select("Who sees to it", hint="Those who said it and the public only see the role.")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = members(scheme).filter(role__in=roles_that_may(Permission.SEE_REGISTER, Permission.ACKNOWLEDGE_POINTS))
        self.memberships = {str(one.pk): one for one in here}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"), *owners_of(self.memberships), (NOBODY, "No one yet"),
        ]  # fmt: skip

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen, for a list that is drawn elsewhere."""
        return list(self.fields["owner"].choices)  # type: ignore[attr-defined]

    def clean_owner(self) -> Membership | None:
        """The member of staff, or nobody."""
        return self.memberships.get(self.cleaned_data["owner"])


class BulkAssignForm(AssignForm):
    """The same for the rows that were ticked."""

    points = forms.TypedMultipleChoiceField(
        coerce=UUID, widget=forms.MultipleHiddenInput, error_messages={"required": "Tick at least one row"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("points") if hasattr(self.data, "getlist") else []
        self.ticked = [one for one in map(as_id, sent[:MOST]) if one]
        self.fields["points"].choices = [(str(one), "") for one in self.ticked]  # type: ignore[attr-defined]
