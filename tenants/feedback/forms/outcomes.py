"""What staff fill in about what an answer helps."""

from kit import fields
from kit.forms import Form
from tenants.feedback.rules import Aim, Benefit


class OutcomesForm(Form):
    """As many as are true; none is better than another."""

    helps = fields.Checkboxes("What does it help?", choices=Benefit.choices, required=False)
    aims = fields.Checkboxes("What does it aim at?", choices=Aim.choices, required=False)

    @property
    def tags(self) -> list[str]:
        return [*self.cleaned_data["helps"], *self.cleaned_data["aims"]]
