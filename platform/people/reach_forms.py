"""How we reach somebody: each form asks one thing."""

from typing import Any

from kit import channels
from kit.fields import Checkboxes, Radios, Text, Textarea, Tick
from kit.forms import Form
from people.models import SafeContact

WAYS = SafeContact.Channel
HINTS = {
    WAYS.EMAIL: "We only say that there is an answer for you.",
    WAYS.TEXT: "We only say that there is an answer for you. We check your number first.",
    WAYS.LETTER: "The answer itself is in the letter. Think of who opens your post.",
    WAYS.WORKER: "We ask them to tell you when they see you.",
    WAYS.PAGE: "We send nothing. You look at your page when it suits you.",
}
DAYS = list(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), start=1))


class WayForm(Form):
    """The way it is safe to reach somebody."""

    channel = Radios(
        "How can we tell you something?",
        WAYS.choices,
        hints=HINTS,
        hint="Choose what is safe for you. Think of who else can see your messages.",
        required_error="Choose how we can tell you something",
        label_is_page_heading=True,
    )

    def __init__(self, *args: Any, has_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, Radios)
        closed = {WAYS.TEXT: not channels.can_text(), WAYS.EMAIL: not has_email}
        field.choices = [(way, label) for way, label in WAYS.choices if not closed.get(WAYS(way))]


class LetterForm(Form):
    """Where a letter goes."""

    letter_to = Textarea(
        "Where should we send your letter?",
        hint="Your name as it should stand on the letter, and the address. Our staff see it when they post the letter.",
        required_error="Enter the name and address for your letter",
        max_length=300,
        rows=4,
        label_is_page_heading=True,
    )


class WorkerForm(Form):
    """Who tells them."""

    worker = Text(
        "Who should tell you?",
        hint="Their name, and where they work. Our staff see this, and ask them to tell you when they see you.",
        required_error="Enter the name of the person who should tell you",
        max_length=120,
        label_is_page_heading=True,
    )


class WordsForm(Form):
    """Whether the answer itself may stand in a message."""

    words_in_messages = Tick(
        "You can put the answer itself into the message",
        hint="Others who see the message can then read it. If you do not tick this, we only say that there is one.",
    )


class TimesForm(Form):
    """When it is safe."""

    days = Checkboxes("Which days are safe?", DAYS, hint="If you tick none, any day is safe.", required=False)
    parts = Checkboxes(
        "Which times are safe?", SafeContact.Part.choices, hint="If you tick none, any time is safe.", required=False
    )


class FormatForm(Form):
    """In which form somebody can read an answer."""

    format = Radios(
        "How can you best read an answer?",
        SafeContact.Format.choices,
        required_error="Choose how you can best read an answer",
    )
    format_words = Text(
        "If you chose another way: what would work for you?",
        hint="For example, somebody reads it to me, or I need it in Polish.",
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Another way needs a word of which."""
        cleaned = super().clean() or {}
        if cleaned.get("format") == SafeContact.Format.OTHER and not cleaned.get("format_words"):
            self.add_error("format_words", "Say what would work for you")
        return cleaned


class MobileForm(Form):
    """A number, to which a code goes."""

    number = Text(
        "What is your mobile number?",
        hint="We send a code to it, to check that it is yours. Others who see your phone can see the code.",
        required_error="Enter your mobile number",
        autocomplete="tel",
        inputmode="tel",
        width=20,
        max_length=30,
        label_is_page_heading=True,
    )


class MobileCodeForm(Form):
    """The code that came."""

    code = Text(
        "What is the code we sent you?",
        required_error="Enter the 6 numbers we sent you",
        autocomplete="one-time-code",
        inputmode="numeric",
        width=10,
        max_length=20,
        label_is_page_heading=True,
    )


class ProveMobileForm(MobileCodeForm):
    """The code that came, and whether a code to the same number may sign one in."""

    opens_account = Tick(
        "I want to sign in with codes to this number too",
        hint="Leave this empty if others use your phone. They could then open your account.",
    )


class OpensForm(Form):
    """Whether a code to their number signs somebody in."""

    opens = Tick(
        "I want to sign in with codes to my mobile number",
        hint="Leave this empty if others use your phone. They could then open your account.",
    )
