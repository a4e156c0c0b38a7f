"""Forms of a person's own pages, and of the team's."""

from typing import Any

from kit.fields import Email, Radios, Text, Tick
from kit.forms import Form
from people.models import Consent, Person
from people.wordings import current_wording
from tenants.schemes.rights import Role


class FirstVisitForm(Form):
    """What we ask somebody who is here for the first time."""

    name = Text("What should we call you?", hint="It does not have to be your real name.", max_length=120, width=20)
    agrees = Tick(current_wording(Consent.Purpose.ACCOUNT).words, required=True)


class NameForm(Form):
    """Another name."""

    name = Text(
        "What should we call you?",
        hint="It does not have to be your real name.",
        label_is_page_heading=True,
        autocomplete="nickname",
        max_length=120,
    )


class JoiningForm(Form):
    """The name by which others in a team or a group will know somebody, where they have not given one yet."""

    name = Text(
        "What is your name?",
        hint="The others will see it.",
        required_error="Enter the name that the others will see",
        autocomplete="name",
        max_length=120,
        width=20,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.name:
            del self.fields["name"]


class InviteForm(Form):
    """Somebody to join the team."""

    email = Email("Their work email address", hint="The invitation works only with this address, once, for 72 hours.")
    role = Radios("Role", Role.choices)
