"""Words are quoted as somebody said them, when that one agreed to exactly these words (S3, S18; ADR 0063)."""

from django.db import transaction

import audit
from people.models import Person
from tenants.feedback.actions.confirming import forget_quotes
from tenants.feedback.actions.hearing import Agreement, give_consent
from tenants.feedback.actions.locking import latest_round, locked, locked_with_words
from tenants.feedback.errors import NotAgreed, NothingSaid, NotTheirs, NotTheirWords, NotYet, QuotedAlready
from tenants.feedback.models import Point, Quote, Reply, Sayer
from tenants.feedback.rules import Kind, Purpose, is_part_of

QUOTE_WORDING = "quotes 1"


@transaction.atomic
def quote(*, sayer: Sayer, words: str, explained_how: str, by: Person) -> Quote:
    """Show a few words of one of those who said a point, word for word, since they agreed to it; sent twice it is one.

    They are read only beside the answer, while the point itself is public.
    """
    point = locked_with_words(sayer.point_id)
    sayer, words = Sayer.objects.get(pk=sayer.pk), " ".join(words.split())
    there = Quote.objects.filter(sayer=sayer).first()
    if there and there.words == words:
        return there
    _check(point, sayer, words, explained_how, there)
    agreed = Agreement(explained_how=explained_how.strip(), wording_version=QUOTE_WORDING)
    made = Quote.objects.create(
        sayer=sayer, words=words, by_id=by.pk, consent=give_consent(sayer, agreed, Purpose.QUOTE)
    )
    audit.record(
        by=by, operation="collect", what="wrote down that somebody may be quoted", subject=sayer.person_id, thing=point,
        basis="consent",
    )  # fmt: skip
    return made


@transaction.atomic
def take_back_quote(*, sayer: Sayer, by: Person | None) -> None:
    """Whoever said them takes their own words back; everything else stays as it is. Done again, no change."""
    point = locked(sayer.point_id)
    sayer = Sayer.objects.get(pk=sayer.pk)
    if sayer.kind == Kind.GONE or sayer.person_id != (by.pk if by else None):
        raise NotTheirs("Only whoever said these words can take them back here.")
    _forget(sayer, point, by, "took back their own words")


@transaction.atomic
def remove_quote(*, sayer: Sayer, by: Person) -> None:
    """Staff take the words of one of those who said a point off the website, such as when they ask for it."""
    _forget(sayer, locked(sayer.point_id), by, "took away the words of somebody who was quoted")


def _forget(sayer: Sayer, point: Point, by: Person | None, what: str) -> None:
    if forget_quotes(Sayer.objects.filter(pk=sayer.pk)):
        audit.record(by=by, operation="change", what=what, subject=sayer.person_id, thing=point)


def _check(point: Point, sayer: Sayer, words: str, explained_how: str, there: Quote | None) -> None:
    if there:
        raise QuotedAlready("Other words of theirs are quoted already. Take those off first.", field="sayer")
    if not words:
        raise NothingSaid("Write the words that they agreed to.", field="words")
    if not explained_how.strip():
        raise NothingSaid("Write how you asked them.", field="explained_how")
    if latest_round(point) is None:
        raise NotYet("Answer this first. Words that are quoted stand beside an answer.")
    if Sayer.objects.not_agreeing(Purpose.PUBLISH).filter(pk=sayer.pk).exists():
        raise NotAgreed("They did not agree to the website, so nothing of theirs is quoted.", field="sayer")
    if Sayer.objects.agreed_for_by_a_parent().filter(pk=sayer.pk).exists():
        raise NotAgreed("A parent agreed for them. They are quoted only when they agree themselves.", field="sayer")
    theirs = Reply.objects.filter(sayer=sayer).values_list("words", flat=True)
    if not any(is_part_of(words, text) for text in (point.said, *theirs)):
        raise NotTheirWords("Copy a part of what they said, word for word. Leave nothing out.", field="words")
