"""What a young person says themselves."""

from kit import clock, fields
from kit.forms import Form
from tenants.feedback import rules
from tenants.feedback.rules import TheySay

TOO_FAR = f"Check the year. Choose a day that is at most {rules.ASKED_AGAIN_WITHIN_YEARS} years away"


class YoungForm(Form):
    """Do they want it kept, and shown? Asked apart, and never ticked before (S3)."""

    they = fields.Radios("What do they say?", choices=TheySay.choices, required_error="Choose what they say")
    explained_how = fields.Text(
        "If you asked them: how did you explain what it is for?",
        hint="For example: read aloud, Easy Read leaflet, British Sign Language.", required=False, max_length=200,
    )  # fmt: skip
    may_publish = fields.Tick(
        "They agreed to put it on the website, in other words and with no name",
        hint="Ask this apart. They can say no and still be answered.",
    )
    turns = fields.Date(
        "If they could not be asked: when do they turn 18?", hint="Or when you ask again. We keep only the month.",
        required=False, latest=lambda: rules.latest_asking_again(clock.today()), too_late=TOO_FAR,
    )  # fmt: skip

    def clean_they(self) -> TheySay:
        return TheySay(self.cleaned_data["they"])
