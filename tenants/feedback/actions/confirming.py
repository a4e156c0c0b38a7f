"""Those who said it answer whether it changed, and can take their agreement back."""

from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

import audit
from kit import clock
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.locking import latest_round, locked, move
from tenants.feedback.actions.publishing import announce
from tenants.feedback.errors import NotTheirs, NotYet
from tenants.feedback.models import Confirmation, Consent, Point, Progress, Quote, Round, Sayer
from tenants.feedback.rules import Answer, Kind, Purpose, Stage

SAYS = {
    Answer.YES: "answered that it has changed",
    Answer.PARTLY: "answered that it has changed in part",
    Answer.NO: "answered that it has not changed",
}


PASSED_ON = "We passed this on to somebody who can help. There is nothing to answer here any more."


@transaction.atomic
def confirm(
    *, sayer: Sayer, answer: Answer, by: Person | None, words: str = "", helper: Person | None = None
) -> Confirmation:
    """Answer "did it change?", as one of those who said it; a changed mind is a further answer.

    `by` is the person signed in, or nobody when a slip's code was given; `words` say what is still wrong after a "no".
    `helper` is the supporter who sends it for `by`, and whose right to that was looked at (`actions.supporting`).
    """
    point = locked(sayer.point_id)
    sayer = Sayer.objects.get(pk=sayer.pk)
    if point.passed_on_at:
        raise NotYet(PASSED_ON)
    if sayer.kind == Kind.GONE or sayer.person_id != (by.pk if by else None):
        raise NotTheirs("Only those who said this can say whether it changed.")
    return note_answer(point, claimed_round(point), sayer, answer, words, by=by, helper=helper)


def note_answer(
    point: Point, round_: Round, sayer: Sayer, answer: Answer, words: str, *, by: Person | None,
    helper: Person | None = None,
) -> Confirmation:  # fmt: skip
    """Write down an answer about a point that is held; the same answer again changes nothing.

    Who said the same at several points has one answer for all of them.
    """
    before = round_.confirmations.that_count().of_whom(sayer).first()
    words = words.strip() if answer == Answer.NO else ""
    if before and before.answer == answer and words in ("", before.words):
        return before
    confirmation = Confirmation.objects.create(
        round=round_,
        sayer=sayer,
        number=before.number + 1 if before else 1,
        answer=answer,
        words=words,
        voice=sayer.voice,
        voice_key=before.voice_key if before else uuid4(),
        with_help=helper is not None,
    )
    _settle(point.carrier, round_)
    announce(point)
    what = f"{SAYS[answer]} with help" if helper else SAYS[answer]
    audit.record(by=helper or by, operation="collect", what=what, subject=sayer.person_id, thing=point, basis="consent")
    return confirmation


@transaction.atomic
def stop_publishing(*, sayer: Sayer, by: Person | None) -> None:
    """Take back the agreement to publication: the words are gone from the website at once, those quoted too."""
    locked(sayer.point_id)
    forget_quotes(Sayer.objects.filter(pk=sayer.pk))
    given = sayer.consents.filter(purpose=Purpose.PUBLISH, withdrawn_at=None)
    if given.update(withdrawn_at=clock.now()):
        announce(sayer.point)
        audit.record(
            by=by, operation="change", what="took back publication", subject=sayer.person_id, thing=sayer.point
        )


def forget_quotes(sayers: QuerySet[Sayer]) -> int:
    """Take out what is quoted of these, and end what they agreed to for it; how many quotes that were."""
    Consent.objects.filter(quote__sayer__in=sayers, withdrawn_at=None).update(withdrawn_at=clock.now())
    return Quote.objects.filter(sayer__in=sayers).delete()[0]


def claimed_round(point: Point) -> Round:
    """The round whose "done" can be confirmed: one that a "no" opened again, too, until something new is decided."""
    round_ = latest_round(point)
    if round_ is None or not round_.progress.filter(kind=Progress.Kind.DONE).exists():
        raise NotYet("Nobody has said yet that this is done. You will be asked when they do.")
    return round_


def _settle(point: Point, round_: Round) -> None:
    answers = round_.confirmations.that_count().values_list("answer", flat=True)
    stage = rules.after_answers(answers)
    if stage == point.stage:
        return
    if stage == Stage.SEEN:
        point.reopened_on = clock.today()
        move(point, stage, due_on=rules.decided_clock(point.reopened_on).due, also=("reopened_on",))
    else:
        move(point, stage, due_on=None)
