"""What those who say something fill in."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from kit import fields
from kit.forms import Form
from tenants.feedback.models import Point
from tenants.feedback.rules import About, Answer, Channel, Kind, Relation

LONGEST = 5000
# Ticks only for who has an account, and for whom such a message is safe.
FOR_AN_ACCOUNT = ("link", "write_to_me", "words_in_message")


class TellUsForm(Form):
    """All that is asked on the way of telling us, or `only` what one page asks; no agreement is ticked before (S3)."""

    about = fields.Radios(
        N_("What is it about?"),
        choices=About.choices,
        hints={
            About.SERVICE: N_("What was good, what was bad, or what should change."),
            About.HARM: N_("You, a child or somebody else. We show you who can help now."),
            About.COMPLAINT: N_("You want the service to look into what happened to you. We show you how."),
        },
        required=False,
        label_is_page_heading=True,
    )
    said = fields.Textarea(
        N_("What would you like us to know?"),
        hint=N_("Do not write your name or the names of other people."),
        required_error=N_("Write something in the box"),
        max_length=LONGEST,
        rows=8,
        label_is_page_heading=True,
    )
    relation = fields.Radios(
        N_("How do you know the service?"),
        choices=Relation.choices,
        required=False,
        hint=N_("You do not have to answer."),
        label_is_page_heading=True,
    )
    may_publish = fields.Tick(
        N_("You may put this on the website, in other words and with no name"),
        hint=N_("If you do not tick this, only our staff read it."),
    )
    # It asks nobody's agreement: without it the answer of somebody signed in would hang on a code alone.
    link = fields.Tick(N_("Show me the answer in My Alongside"), hint=N_("Then you do not need a code."), initial=True)
    write_to_me = fields.Tick(
        N_("Tell me when there is an answer, in the way I chose"),
        hint=N_("A message only says that there is an answer for you. You can change the way in My Alongside."),
    )
    words_in_message = fields.Tick(
        N_("Put the answer itself in the message"), hint=N_("Tick this only if nobody else reads your messages.")
    )
    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, offered: Collection[str] = (), only: Collection[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name in FOR_AN_ACCOUNT and name not in offered or only is not None and name not in only:
                del self.fields[name]
        if only is not None and "about" in only:
            self.fields["about"].required = True

    @property
    def saying(self) -> dict[str, Any]:
        """As whom they say it: as themselves if they want the answer on their page, else as whoever holds the slip."""
        given = self.cleaned_data
        relation = given["relation"] or Relation.NOT_SAID
        common = {"relation": Relation(relation), "may_publish": given["may_publish"]}
        if not given.get("link"):
            return common | {"kind": Kind.SLIP}
        channel = Channel.EMAIL if given.get("write_to_me") else Channel.PAGE
        return common | {
            "kind": Kind.PERSON,
            "channel": channel,
            "words_in_message": bool(given.get("words_in_message")),
        }


class ConcernForm(Form):
    """Words about harm. Nobody has to say who they are or how to reach them."""

    words = fields.Textarea(
        N_("What are you worried about?"),
        hint=N_("Say who may be hurt, and where. You can write names here."),
        required_error=N_("Write what you are worried about"),
        max_length=LONGEST,
        rows=6,
        autocomplete="off",
    )
    reach_at = fields.Text(
        N_("How can we reach you?"),
        hint=N_("Leave this empty if it is not safe. Without it we cannot ask you anything."),
        required=False,
        max_length=200,
        autocomplete="off",
    )
    show_me = fields.Tick(N_("Show my name to the person who reads this"))
    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if not known and "show_me" in self.data:
            # They were signed in when the page was made: what they ticked is not forgotten without a word.
            self.fields["show_me"] = forms.BooleanField(required=False, widget=forms.HiddenInput)
        elif not known:
            del self.fields["show_me"]

    @property
    def name_is_lost(self) -> bool:
        """Whether they wanted to be known, and nobody is signed in any more."""
        return not self.known and bool(self.cleaned_data.get("show_me"))


class SlipForm(Form):
    """The code on a slip."""

    code = fields.Code(N_("Your code"), required_error=N_("Enter the code on your slip"))


class AnswerForm(Form):
    """Did it change? Whoever says no is asked what is still wrong; nobody has to say."""

    answer = fields.Radios(
        N_("Did it change?"),
        choices=Answer.choices,
        hints={Answer.PARTLY: N_("Some of it changed."), Answer.NO: N_("If you say no, we look at it again.")},
        required_error=N_("Choose yes, partly or no"),
    )
    words = fields.Textarea(
        N_("What is still wrong?"),
        hint=N_("You do not have to answer. Only our staff read this. Do not write anybody’s name."),
        required=False,
        max_length=LONGEST,
        autocomplete="off",
    )

    def clean_answer(self) -> Answer:
        return Answer(self.cleaned_data["answer"])

    def clean_words(self) -> str:
        """Nothing, unless the box was on the page: whoever presses its button has something to say."""
        words: str = self.cleaned_data["words"]
        if "words" in self.data and not words:
            raise forms.ValidationError(_("Write what is still wrong. If you do not want to, you can leave this page"))
        return words

    @classmethod
    def about(cls, point: Point, data: Any = None) -> Self:
        """The question about one point; a page may ask it about several, so each has ids of its own."""
        return cls(data, auto_id=f"%s-{point.pk}")
