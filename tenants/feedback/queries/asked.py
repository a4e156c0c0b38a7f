"""What a link in a message, or the code in a letter, shows of the question that it opens (ADR 0054)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kit.pair import PairView
from people.queries import wants_words_behind
from tenants.feedback.models import Asked, Confirmation, InformationNeed, Round, Sayer
from tenants.feedback.queries.clocks import done_on
from tenants.feedback.queries.lines import pair_of, the_answers
from tenants.feedback.rules import Answer


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question about one round, as one of those who said it reads it without signing in: days, and no words."""

    one: Asked
    said_on: date
    decided_on: date
    done_on: date
    given: Confirmation | None
    pair: PairView | None
    """What was said and answered, only for whoever ticked that words may stand in messages."""

    @property
    def asked(self) -> bool:
        return self.given is None

    @property
    def answer(self) -> Answer | None:
        """What they answered last; they may change their mind until something new is decided."""
        return Answer(self.given.answer) if self.given else None

    @property
    def wrote(self) -> bool:
        """Whether they have written what is still wrong."""
        return bool(self.given and self.given.words)

    @property
    def still_wrong(self) -> str:
        """Only in the same words as staff read, and so not here: somebody else may hold this link."""
        return ""


def open_question(asked_id: UUID) -> OpenQuestion | None:
    """What is asked, or nothing once something new was decided or whoever is asked was erased."""
    rounds = Round.objects.prefetch_related("progress", "tellings__sayer", "confirmations__sayer")
    found = Asked.objects.standing().select_related("sayer__point__answered_with")
    one = found.prefetch_related(Prefetch("round", rounds), "sayer__point__groups").filter(pk=asked_id).first()
    done = done_on(one.round) if one else None
    if one is None or done is None:
        return None
    point, sayer = one.sayer.point, one.sayer
    person_id = sayer.person_id if sayer.words_in_message else None
    words_too = person_id is not None and wants_words_behind(one.pk, person_id)
    return OpenQuestion(
        one=one,
        said_on=point.said_on or point.received_on,
        decided_on=one.round.decided_on,
        done_on=done,
        given=next((given for given in the_answers(one.round) if given.sayer.speaks_as == sayer.speaks_as), None),
        pair=pair_of(point, one.round, said=point.said) if words_too else None,
    )


def asked_by_code(fingerprint: str) -> UUID | None:
    """Which question the code of a letter opens."""
    return Asked.objects.by_code(fingerprint).values_list("pk", flat=True).first()


def tasks_of_asking() -> QuerySet[Asked]:
    """Those whom somebody must ask whether something changed, the oldest first."""
    return Asked.objects.for_a_human().select_related("round__point", "sayer__speaks_for")


def need_in_words(sayer: Sayer) -> str:
    """What one of those who said it needs to read what we send; nothing where ordinary print will do."""
    need = InformationNeed.objects.of(sayer).standing().first()
    return str(need) if need else ""
