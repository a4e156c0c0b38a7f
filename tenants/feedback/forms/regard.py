"""What a manager fills in before deciding: one question, and the record where it is needed."""

from typing import Any

from kit import fields
from kit.forms import Form
from tenants.feedback.forms.staff import owners_of
from tenants.feedback.models import DueRegard
from tenants.feedback.rules import REGARD
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Permission, roles_that_may

LONGEST = 3000
HINTS = {
    "eliminate": "Equality Act 2010, section 149, first aim. Could anybody be treated worse because of who they are?",
    "advance": "Second aim. Whose needs are met by this, and who may be left out?",
    "foster": "Third aim. What does it do between people who share a characteristic and people who do not?",
    "health": "Reduce inequalities in access and outcomes. NHS Act 2006, section 13G, as amended by the Health and "
    "Care Act 2022. Papers of the programme call it the “duties under the Health and Social Care Act 2012”.",
    "evidence": "What you looked at: what people said, figures, research.",
    "involved": "Which people and groups you asked. Write no names.",
    "mitigation": "What you do about any harm that you found.",
}
MISSING = {
    "eliminate": "Write how you thought about stopping discrimination",
    "advance": "Write how you thought about equal chances for everybody",
    "foster": "Write how you thought about good relations between people",
    "health": "Write how you thought about health inequalities",
    "evidence": "Write what you know and how you know it",
    "involved": "Write who was involved, or that nobody was",
    "mitigation": "Write what you do about harm, or that you found none",
}


def _box(name: str) -> fields.Textarea:
    return fields.Textarea(REGARD[name], hint=HINTS[name], required_error=MISSING[name], max_length=LONGEST, rows=3)


class RegardForm(Form):
    """Does it change how people are treated?"""

    changes = fields.Radios(
        "Does this change a policy or how people are treated?",
        choices=[("yes", "Yes"), ("no", "No")],
        hints={
            "yes": "You write down how you thought of everybody’s equality before you decide.",
            "no": "You say why in one line.",
        },
        label_is_page_heading=True,
    )
    why_not = fields.Text(
        "If no: why not", hint="For example: it mends what was broken, the same for everybody.", required=False,
        max_length=300,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A "no" needs its line."""
        given = super().clean() or self.cleaned_data
        if given.get("changes") == "no" and not given.get("why_not"):
            self.add_error("why_not", "Say in one line why not")
        return given


class RecordForm(Form):
    """The record itself; a correction begins with what the version before says."""

    eliminate = _box("eliminate")
    advance = _box("advance")
    foster = _box("foster")
    health = _box("health")
    evidence = _box("evidence")
    involved = _box("involved")
    mitigation = _box("mitigation")
    decision_maker = fields.Select("Who decides", hint="Somebody whose role may decide. Only the role is kept.")

    def __init__(self, *args: Any, scheme: Scheme, before: DueRegard | None, **kwargs: Any) -> None:
        initial = {name: getattr(before, name) for name in REGARD} if before else {}
        super().__init__(*args, initial=initial, **kwargs)
        may_decide = Membership.objects.at(scheme).running().filter(role__in=roles_that_may(Permission.DECIDE_POINTS))
        self.memberships = {str(one.pk): one for one in may_decide}
        maker: Any = self.fields["decision_maker"]
        maker.choices = [("", "Choose one"), *owners_of(self.memberships)]

    def clean_decision_maker(self) -> Membership:
        """The member of staff."""
        return self.memberships[self.cleaned_data["decision_maker"]]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in REGARD}
