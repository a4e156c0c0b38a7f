"""What staff fill in."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q

from kit import clock, codes, fields
from kit.easy import MOST_WORDS
from kit.forms import Form
from people.queries import names
from tenants.feedback import queries, rules
from tenants.feedback.models import GroupTag, Point, Round, Theme, Told
from tenants.feedback.rules import OF_A_PARENT, Basis, Channel, Decision, Method, TellingState
from tenants.schemes.models import Membership, Scheme, Site
from tenants.schemes.queries import members
from tenants.schemes.rights import Permission, roles_that_may

LONGEST = 5000
NO_SUCH_SLIP = (
    "We cannot find a slip of ours by this that nobody has used yet. "
    "Check it, or leave the box empty and give them a new slip."
)
# More than all whom a scheme meets in many years; a slip of the finger goes beyond it.
MOST_PEOPLE = 100_000

TOO_LONG = f"Check the year. This day is more than {rules.RECEIVED_WITHIN_YEARS} years"

EASY_WHAT, EASY_WHY = "In Easy Read: what you do, or do not do", "In Easy Read: why"


def when_it_came(*, hint: str, **limits: Any) -> fields.Date:
    """The box for the day on which something came."""
    return fields.Date(
        "When did it reach you?", latest=clock.today,
        too_late="Enter today or an earlier day. A day that has not come yet cannot be when it reached you",
        hint=f"The day the slip, the letter or the words came to anybody in your team. {hint}", **limits,
    )  # fmt: skip


class SortForm(Form):
    """What a point is about, where it was, and from which groups it came."""

    theme = fields.ModelSelect("What it is about", Theme.objects.none(), required=False, empty_label="Not sorted yet")
    site = fields.Select("Where it was", required=False)
    groups = fields.ModelCheckboxes(
        "Groups it came from", GroupTag.objects.none(), required=False, hint="Only if they said so themselves."
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_lists(self, scheme)

    def clean_site(self) -> uuid.UUID | None:
        """The id of the site, or nothing."""
        site = self.cleaned_data["site"]
        return uuid.UUID(site) if site else None


class LogForm(SortForm):
    """What somebody said, written down by staff, with what they agreed to."""

    said = fields.Textarea("What they said, in their own words", max_length=LONGEST, rows=6)
    method = fields.Select(
        "How they said it",
        choices=[("", "Choose one"), *(choice for choice in Method.choices if choice[0] != Method.TELL_US)],
    )
    paper = fields.Text(
        "If they wrote it on a paper slip: its number or its code",
        hint="The number stands at the foot of the part that you were given. The other part then opens the answer.",
        required=False, max_length=100, autocomplete="off", spellcheck=False,
    )  # fmt: skip
    said_on = fields.Date(
        "When they said it", required=False, earliest=rules.EARLIEST, latest=clock.today,
        hint="Leave this empty if nobody knows.",
    )  # fmt: skip
    received_on = when_it_came(
        required=False, earliest=lambda: rules.earliest_received(clock.today()),
        too_early=f"{TOO_LONG} ago. If it is right, leave this empty. Your time to answer then starts today",
        hint="Your time to answer starts then. Leave this empty if it is today.",
    )  # fmt: skip
    how_many = fields.Number(
        "How many people said it", required=False, min_value=1, max_value=MOST_PEOPLE,
        hint="Leave this empty if nobody counted.",
    )  # fmt: skip
    basis = fields.Radios("Who agreed that you write this down?", choices=Basis.choices)
    explained_how = fields.Text(
        "How you explained what it is for", max_length=200,
        hint="For example: read aloud, Easy Read leaflet, British Sign Language, printed on the slip.",
    )  # fmt: skip
    giver_name = fields.Text("Name of the person with parental responsibility", required=False, max_length=120)
    giver_relationship = fields.Text("Who they are to the child", required=False, max_length=120)
    evidence_seen = fields.Text("What you saw that shows it", required=False, max_length=200)
    child_view = fields.Textarea("What the child thinks about it", required=False, rows=2, max_length=1000)
    turns = fields.Date(
        "When does the child turn 16? If they are 16 already: when do they turn 18?", required=False,
        earliest=clock.today, latest=lambda: rules.latest_asking(clock.today()),
        too_late=f"Check the year. This day is more than {rules.ASKED_WITHIN_YEARS} years away",
        hint="We keep only the month. Then you are asked to ask them themselves.",
    )  # fmt: skip
    may_publish = fields.Tick(
        "They agreed to put it on the website, in other words and with no name",
        hint="Ask this apart. They can say no and still be answered.",
    )
    channel = fields.Radios(
        "How they want to get the answer",
        choices=[
            (Channel.SLIP, "With the code on the slip"),
            (Channel.LETTER, "By a letter. You keep the address in your own records."),
            (Channel.WORKER, "Through somebody who works with them"),
        ],
        initial=Channel.SLIP,
    )
    worker = fields.Text(
        "If somebody who works with them tells them: who?", hint="Their name and team.", required=False, max_length=120
    )
    need = fields.Radios(
        "What do they need to read the answer?", choices=rules.Form.choices, initial=rules.Form.PLAIN, required=False,
        hint="Ask everybody. It is shown wherever you answer them.",
    )  # fmt: skip
    need_words = fields.Text(
        "If they need another way: which?", hint="For example: British Sign Language, audio, Polish.", required=False,
        max_length=200,
    )  # fmt: skip
    speaks_for = fields.ModelSelect(
        "Does whoever keeps the slip speak for a group?", GroupTag.objects.none(), required=False,
        empty_label="No, for themselves",
    )  # fmt: skip
    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    of_a_parent = (*OF_A_PARENT, "turns")
    field_order = [
        "said", "method", "paper", "said_on", "received_on", "how_many", "theme", "site", "groups", "basis",
        "explained_how", "giver_name", "giver_relationship", "evidence_seen", "child_view", "turns", "may_publish",
        "channel", "worker", "need", "need_words", "speaks_for", "send",
    ]  # fmt: skip

    def clean_paper(self) -> uuid.UUID | None:
        """Which slip it is, if it can be used; one that was used, and one that never was, are told the same."""
        typed = self.cleaned_data["paper"]
        if not typed:
            return None
        try:
            found = queries.slip_typed(typed)
        except codes.BadCode as bad:
            raise forms.ValidationError(str(bad)) from bad
        if found is None:
            raise forms.ValidationError(NO_SUCH_SLIP)
        return found.pk

    def clean(self) -> dict[str, Any]:
        """Ask for the four things that are needed when a parent agreed for a child (S4)."""
        given = super().clean() or self.cleaned_data
        if given.get("basis") == Basis.PARENT:
            for name in self.of_a_parent:
                if not given.get(name):
                    self.add_error(name, "Fill this in when somebody with parental responsibility agreed")
        if given.get("channel") == Channel.WORKER and not given.get("worker"):
            self.add_error("worker", "Enter who tells them")
        if given.get("need") == rules.Form.OTHER and not given.get("need_words"):
            self.add_error("need_words", "Enter what would work for them")
        said_on, received_on = given.get("said_on"), given.get("received_on")
        if said_on and received_on and received_on < said_on:
            self.add_error("received_on", rules.BEFORE_IT_WAS_SAID)
        return given


class DayForm(Form):
    """The day on which something came, once more."""

    received_on = when_it_came(too_early=f"{TOO_LONG} before it was written down", hint="For example, 27 3 2027")

    def __init__(self, *args: Any, point: Point, **kwargs: Any) -> None:
        super().__init__(*args, initial={"received_on": point.received_on}, **kwargs)
        self.fields["received_on"].earliest = rules.earliest_received(point.written_on)  # type: ignore[attr-defined]


class WordsForm(Form):
    """The words that the public may read."""

    words = fields.Textarea(
        "Words for the website",
        hint="Say the same in other words. Leave out names, places and dates that could show who said it.",
        max_length=1000,
    )


def easy_box(title: str, *, required: bool) -> fields.Textarea:
    """A box for Easy Read: one idea to a line."""
    hint = f"One idea on each line. At most {MOST_WORDS} words on a line. Use words that everybody knows."
    return fields.Textarea(title, hint=hint, required=required, max_length=1500, rows=4)


class EasyForm(Form):
    """An answer in Easy Read."""

    easy_what = easy_box(EASY_WHAT, required=True)
    easy_why = easy_box(EASY_WHY, required=True)


class DecideForm(Form):
    """One of four decisions, always with its reason and its owner."""

    decision = fields.Radios("What you decided", choices=Decision.choices)
    answer = fields.Textarea(
        "The answer", hint="Those who said it read this. Short sentences, plain words.", max_length=2000
    )
    reason = fields.Textarea("Why", max_length=2000, rows=3)
    owner = fields.Select("Who sees to it", hint="Only the role is shown, never the name.")
    due = fields.Date("By when", required=False, hint="For “We will” and “We are doing it”. For example, 27 3 2027")
    review_on = fields.Date("When you look at it again", required=False, hint="For “Not now”. For example, 27 3 2027")
    easy_what, easy_why = (easy_box(title, required=False) for title in (EASY_WHAT, EASY_WHY))
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scheme: Scheme, latest: Round | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = members(scheme).filter(role__in=roles_that_may(Permission.SEE_REGISTER, Permission.REPORT_PROGRESS))
        self.memberships = {str(one.pk): one for one in able}
        self.fields["owner"].choices = [("", "Choose one"), *owners_of(self.memberships)]  # type: ignore[attr-defined]
        self.fields["replaces"].initial = latest.pk if latest else None
        self.latest = latest

    def clean_owner(self) -> Membership:
        """The member of staff."""
        return self.memberships[self.cleaned_data["owner"]]

    def clean_decision(self) -> Decision:
        return Decision(self.cleaned_data["decision"])

    def clean_replaces(self) -> Round | None:
        """The round that was the latest when the page was made, if it still is."""
        given = self.cleaned_data["replaces"]
        return self.latest if self.latest and self.latest.pk == given else None


class ProgressForm(Form):
    """What has been done."""

    words = fields.Textarea("What has been done", hint="Those who said it read this.", max_length=1000, rows=4)
    shown_on = fields.Date("When it was done or seen", required=False, earliest=rules.EARLIEST, latest=clock.today)
    evidence = fields.Text(
        "What shows it",
        hint="For example: a photograph on the wall, the minutes of a meeting. Those who said it read this too.",
        required=False, max_length=500,
    )  # fmt: skip
    link = fields.Text(
        "A page on the web that shows it", hint="Only a page that anybody can open.", required=False, max_length=500
    )


class DoneForm(Form):
    """What was done about a concern."""

    what_was_done = fields.Textarea(
        "What was done", hint="Only whoever may read concerns sees this.", max_length=2000, rows=4
    )


class HandOverForm(Form):
    """What staff know of harm that they see in a point."""

    note = fields.Textarea(
        "What should the safeguarding lead know?",
        hint="For example: who said it, where they are now, what you have done so far. Leave this empty if nothing.",
        required=False, max_length=2000, rows=4,
    )  # fmt: skip


class ComplaintWayForm(Form):
    """The provider's own way for complaints."""

    words = fields.Textarea(
        "How to complain, in plain words", hint="Short sentences. Say who reads it, and by when they reply.",
        required=False, max_length=2000, rows=5,
    )  # fmt: skip
    telephone = fields.Text("Telephone", required=False, max_length=40)
    link = fields.Text("Page on the web", hint="Beginning with https://", required=False, max_length=500)


class TellingForm(Form):
    """How a telling goes on that needs somebody."""

    what = fields.Radios("What did you do?")

    def __init__(self, *args: Any, told: Told, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = []
        if told.must_be_made:
            offered.append(("made", f"I gave it to them in the form they need: {told.needs}"))
        if told.is_unfinished:
            offered.append(("told", "They were told face to face, or on the telephone"))
            offered.append(("posted", "I put a letter in the post"))
        if told.state == TellingState.FAILED and told.sayer.person_id is not None:
            offered.append(("again", "Nothing yet. Send the message again"))
        self.fields["what"].choices = offered  # type: ignore[attr-defined]


class AskingForm(Form):
    """How somebody was asked whether it changed."""

    what = fields.Radios(
        "What did you do?",
        choices=[
            (TellingState.DELIVERED, "They were asked face to face, on the telephone, or by whoever works with them"),
            (TellingState.POSTED, "I put a letter in the post"),
        ],
    )

    def clean_what(self) -> TellingState:
        return TellingState(self.cleaned_data["what"])


class NeedForm(Form):
    """What somebody needs to read an answer, asked again."""

    form = fields.Radios("What do they need now?", choices=rules.Form.choices)
    words = fields.Text(
        "If they need another way: which?",
        hint="For example: British Sign Language, audio, Polish.",
        required=False,
        max_length=200,
    )
    shared_with = fields.Text(
        "With whom do you share this?",
        hint="Only if they agreed. For example: the health centre they go to. Leave this empty if nobody.",
        required=False,
        max_length=200,
    )

    def clean_form(self) -> rules.Form:
        return rules.Form(self.cleaned_data["form"])


def owners_of(memberships: Mapping[str, Membership]) -> list[tuple[str, str]]:
    """Those who may see to something, by their names and roles."""
    people = names(one.person_id for one in memberships.values())
    named = [(key, f"{people.get(one.person_id, '')}, {one.get_role_display()}") for key, one in memberships.items()]
    return sorted(named, key=lambda choice: choice[1])


def offer_lists(form: Form, scheme: Scheme) -> None:
    """Fill the lists with what this scheme has; querysets belong to the schema they are made in."""
    form.fields["theme"].queryset = Theme.objects.filter(active=True)  # type: ignore[attr-defined]
    groups = GroupTag.objects.filter(active=True)
    for name in ("groups", "speaks_for"):
        if name in form.fields:
            form.fields[name].queryset = groups.all()  # type: ignore[attr-defined]
    # A site that closed after the point was sorted stays in its list: saving anything else must not take it away.
    its_own = Q(pk=form.initial.get("site"))
    still_open = Q(closed_on=None) | Q(closed_on__gt=clock.today())
    sites = Site.objects.filter(still_open | its_own, scheme=scheme)
    form.fields["site"].choices = [("", "Not known"), *((str(site.pk), site.name) for site in sites)]  # type: ignore[attr-defined]
