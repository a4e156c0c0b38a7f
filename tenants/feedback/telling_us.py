"""The way from "I have something to say" to sending it, one thing a page (ADR 0040).

Nothing is kept with us on the way: every page carries what was given on those before it, and is posted to the next.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_noop as N_

from kit.ids import as_id
from kit.languages import said
from tenants.feedback.forms import TellUsForm

MARK = "send"
# Which paper slip somebody has in hand: not its code, which nobody has to send us.
PAPER = "paper"
# Set while one thing is changed that stands on the last page.
CHANGING = "changing"
# What it means to leave a page as it is.
NOTHING_GIVEN = {
    "about": N_("The service"),
    "said": N_("Nothing yet"),
    "relation": N_("You did not say"),
    "website": N_("No. Only our staff read it"),
    "answer": N_("With a code"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the way: its name, what its button says, and the fields that it asks."""

    name: str
    title: str
    fields: tuple[str, ...] = ()


STEPS = (
    Step("about", N_("What is it about?"), ("about",)),
    Step("said", N_("What would you like us to know?"), ("said",)),
    Step("relation", N_("How do you know the service?"), ("relation",)),
    Step("website", N_("May others read it?"), ("may_publish",)),
    Step("answer", N_("How do you want to get the answer?"), ("link", "write_to_me", "words_in_message")),
    Step("check", N_("Check before you send it")),
)


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was given, in words, and the page on which it can be changed."""

    question: str
    words: str
    name: str


class Way:
    """Somebody's way through the pages, from what they have posted so far and what they are offered."""

    def __init__(self, given: QueryDict, *, offered: Collection[str]) -> None:
        self.given = given
        self.offered = offered

    @cached_property
    def steps(self) -> list[Step]:
        """The pages for this person: without an account there is one way to get the answer, so it is not asked."""
        return [step for step in STEPS if step.name != "answer" or self.offered]

    @cached_property
    def paper(self) -> UUID | None:
        """The paper slip that they came with."""
        return as_id(self.given.get(PAPER, ""))

    def without_paper(self) -> Self:
        """The same way for who turned out to have no slip that can be used."""
        given = self.given.copy()
        given.pop(PAPER, None)
        return type(self)(given, offered=self.offered)

    def step(self, name: str) -> Step | None:
        """The page of a name, if there is one for this person."""
        return next((step for step in self.steps if step.name == name), None)

    def after(self, step: Step | None) -> Step:
        """The page that follows; after the words before it all comes the first."""
        return self.steps[self.steps.index(step) + 1 if step else 0]

    def next(self, step: Step) -> Step:
        """The page that follows; back to the last one for who came from there to change this one."""
        return self.steps[-1] if self.is_changing else self.after(step)

    @cached_property
    def is_changing(self) -> bool:
        """Whether they came from the last page to change one thing."""
        return CHANGING in self.given

    def to_be_changed(self) -> Self:
        """The same way for who changes one thing that stands on the last page."""
        given = self.given.copy()
        given[CHANGING] = "on"
        return type(self)(given, offered=self.offered)

    def before(self, step: Step) -> Step | None:
        """The page that Back leads to; the first leads back to the words before it all."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def number(self, step: Step) -> int:
        return self.steps.index(step) + 1

    def with_error(self, form: TellUsForm) -> Step:
        """The page on which the first thing stands that is wrong with all that was sent."""
        return next((step for step in self.steps if form.errors.keys() & set(step.fields)), self.steps[-1])

    def sent(self, step: Step) -> TellUsForm:
        """What was sent from one page, to be checked."""
        return TellUsForm(self.given, offered=self.offered, only=step.fields)

    def shown(self, step: Step) -> TellUsForm:
        """One page with what was given on it before, an empty box included; nothing is wrong with it yet."""
        before = {name: self.given.get(name, "") for name in step.fields} if self._was_asked(step) else {}
        return TellUsForm(offered=self.offered, only=step.fields, initial=before)

    def carried(self, step: Step) -> list[tuple[str, str]]:
        """What was given on the other pages, for this one to carry on."""
        known = [name for one in self.steps if one is not step for name in one.fields]
        asked = [("asked", one.name) for one in self.steps if one is not step and self._was_asked(one)]
        marks = (MARK, PAPER, CHANGING) if step is not self.steps[-1] else (MARK, PAPER)
        given = [(name, str(self.given[name])) for name in (*marks, *known) if self.given.get(name)]
        return given + asked

    def answers(self) -> list[Given]:
        """Everything that was given, to look over before it is sent."""
        form = TellUsForm(self.given, offered=self.offered)
        return [Given(said(step.title), _in_words(form, step), step.name) for step in self.steps if step.fields]

    def _was_asked(self, step: Step) -> bool:
        """Whether this page has been sent before, so that an empty box on it is an answer."""
        return step.name in (*self.given.getlist("asked"), self.given.get("step"))


def _in_words(form: TellUsForm, step: Step) -> str:
    """What the boxes of a page hold, as somebody reads it."""
    given = [_words_of(form[name]) for name in step.fields if name in form.fields]
    return ". ".join(words for words in given if words) or said(NOTHING_GIVEN[step.name])


def _words_of(field: BoundField) -> str:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return said(str(field.label)) if value else ""
    choices = dict(getattr(field.field, "choices", ()))
    return said(str(choices[value])) if value in choices else str(value or "")
