"""Forms of a person's own pages, and of the team's."""

from typing import Any

from kit.fields import Email, Radios, Text, Tick
from kit.forms import Form
from people.models import Consent, Person, SafeContact
from people.wordings import current_wording
from tenants.schemes.rights import Role

BY_MAIL_HINT = "We only say that something waits for you, never what it is about."
BY_PAGE_HINT = "We send nothing. You look at your page when it suits you."


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


class ContactForm(Form):
    """The way it is safe to reach somebody."""

    channel = Radios(
        "How can we tell you something?",
        SafeContact.Channel.choices,
        hints={SafeContact.Channel.EMAIL: BY_MAIL_HINT, SafeContact.Channel.PAGE: BY_PAGE_HINT},
        hint="Choose what is safe for you. Think of who else can see your messages.",
        required_error="Choose how we can tell you something",
    )
    words_in_messages = Tick(
        "You can put the answer itself into the message", hint="Others who see the message can then read it."
    )

    def clean(self) -> dict[str, Any]:
        """Words go into messages only where there are messages."""
        cleaned = super().clean() or {}
        if cleaned.get("words_in_messages") and cleaned.get("channel") == SafeContact.Channel.PAGE:
            self.add_error("words_in_messages", "Take this tick away, or choose “By email” above")
        return cleaned


class InviteForm(Form):
    """Somebody to join the team."""

    email = Email("Their work email address", hint="The invitation works only with this address, once, for 72 hours.")
    role = Radios("Role", Role.choices)
