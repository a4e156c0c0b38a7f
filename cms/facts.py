"""What is true of Liaison and Diversion everywhere, with where we read it and when (S90 to S92)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as N_

from cms.bodies import READ, SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One sentence, where it was read, and when somebody last looked."""

    words: str
    source: str
    checked_on: date = READ


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together."""

    heading: str
    facts: tuple[Fact, ...]

    @property
    def sources(self) -> list[tuple[str, date]]:
        """Where they were read, each once, with the day."""
        return list(dict.fromkeys((fact.source, fact.checked_on) for fact in self.facts))


def _seed(*sentences: str) -> tuple[Fact, ...]:
    return tuple(Fact(words=words, source=SEED) for words in sentences)


GROUPS = (
    Group(
        N_("What it is"),
        (
            Fact(
                words=N_(
                    "Liaison and Diversion services meet people who are with the police or in court, and who may "
                    "need help."
                ),
                source="NHS England, About liaison and diversion",
            ),
            Fact(
                words=N_("They find out what help somebody needs, and help them to get it."),
                source="NHS England, About liaison and diversion",
            ),
        ),
    ),
    Group(
        N_("What it is for"),
        _seed(
            N_("To help people get health care and support."),
            N_("To make health fairer."),
            N_("To help people away from the justice system and to care, where that is right."),
            N_("To save time and money for police and courts."),
            N_("To help people not to offend again."),
        ),
    ),
    Group(
        N_("How it works"),
        _seed(
            N_("It is for people of all ages."),
            N_("It works at police stations and in courts."),
            N_(
                "It comes early: somebody sees that a person needs help, asks more, and finds the right place for them."
            ),
            N_("It is for many needs, such as a learning disability, using drugs or alcohol, a home, or school."),
            N_("It is there at the hours when it is needed."),
        ),
    ),
    Group(
        N_("How it began"),
        (
            Fact(
                words=N_(
                    "In 2009 the Bradley Report said what should be better for people with mental health problems in "
                    "the justice system. It asked for 82 things."
                ),
                source=SEED,
            ),
            Fact(words=N_("The first services were tried in 2011 and 2012."), source=SEED),
            Fact(
                words=N_("The plan was a service for everybody in England by March 2020."),
                source="NHS England, Liaison and diversion programme updates, September 2019",
            ),
        ),
    ),
)
