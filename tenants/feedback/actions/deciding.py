"""A point is seen, gets public words, and is decided."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

import audit
from kit import clock, outbox
from kit.dates import short_day
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.easy import write_easy_read
from tenants.feedback.actions.locking import latest_round, locked, locked_to_answer, locked_with_words, move
from tenants.feedback.actions.owning import KEEP_IT, OWNER_FIELDS, check_owner, set_owner
from tenants.feedback.actions.publishing import announce
from tenants.feedback.actions.regard import standing_regard
from tenants.feedback.actions.telling import begin_tellings, replace_tellings
from tenants.feedback.errors import AlreadyAnswered, NoReason, NoRegard, NotAgreed, NothingSaid
from tenants.feedback.models import DueRegard, GroupTag, Point, Reply, Round, Theme
from tenants.feedback.own_words import own_words_in
from tenants.feedback.rules import PROMISES, Decision, Stage
from tenants.schemes.models import Membership

NOT_THEIR_WORDS = (
    "They agreed to other words than their own. These are theirs: “{own}”. "
    "Say the same in your words, so that nobody knows them by it."
)
TOO_FAR = f"Give a date that is at most {rules.PROMISED_WITHIN_YEARS} years away."


@transaction.atomic
def acknowledge(*, point: Point, by: Person) -> Point:
    """Say that somebody has seen the point; done again, or with its words erased, it changes nothing."""
    point = locked(point.pk)
    if point.stage != Stage.SAID or point.is_erased:
        return point
    _see(point, by)
    move(point, Stage.SEEN, due_on=rules.decided_clock(point.waits_since).due, also=("seen_at", "seen_by_id"))
    audit.record(by=by, operation="change", what="acknowledged a point", thing=point)
    return point


@transaction.atomic
def sort(*, point: Point, theme: Theme | None, site_id: UUID | None, groups: Sequence[GroupTag], by: Person) -> Point:
    """Say what a point is about, where it was, and from which groups it came."""
    point = locked_with_words(point.pk)
    point.theme, point.site_id = theme, site_id
    point.save(update_fields=["theme", "site_id"])
    point.groups.set(groups)
    announce(point)
    audit.record(by=by, operation="collate", what="sorted a point", thing=point, basis="consent")
    return point


@transaction.atomic
def approve_words(*, point: Point, words: str, by: Person) -> Point:
    """Approve what the public may read in place of what was said; only where all who said it agreed.

    Of points that are answered together the words rest on those alone whose sayers agreed.
    """
    point = locked_to_answer(point.pk)
    words = words.strip()
    if not words:
        raise NothingSaid("Write the words that the public may read.", field="words")
    if not Point.objects.agreed_to_be_public().filter(pk=point.pk).exists():
        raise NotAgreed("Not everybody who said this agreed to put it on the website, so it stays private.")
    _check_own_words(point, words=words)
    point.public_words = words
    point.public_words_approved_at = clock.now()
    point.public_words_by_id = by.pk
    point.save(update_fields=["public_words", "public_words_approved_at", "public_words_by_id"])
    together = Point.objects.together_with(point.pk)
    together.update(words_left_out=True)
    together.filter(passed_on_at=None, pk__in=together.each_agreed().values("pk")).update(words_left_out=False)
    announce(point)
    audit.record(by=by, operation="change", what="approved the public words of a point", thing=point)
    return point


@transaction.atomic
def decide(
    *,
    point: Point,
    decision: Decision,
    answer: str,
    reason: str,
    owner: Membership,
    by: Person,
    due: date | None = None,
    review_on: date | None = None,
    replaces: Round | None = None,
    easy_what: str = "",
    easy_why: str = "",
) -> Round:
    """Record what the scheme decided about a point, as a new round; those who said it are told first.

    A point that has an answer is decided again only by whoever names the round that the new one `replaces`. Whoever
    was not told of the one before by then is told of the new one alone.
    `easy_what` and `easy_why` say the same in Easy Read, if somebody has written it by now.
    """
    point = locked_to_answer(point.pk)
    last = latest_round(point)
    _check_open(point, last, replaces)
    _check_decision(decision, answer, reason, due, review_on)
    # The public may read both.
    _check_own_words(point, answer=answer, reason=reason)
    check_owner(owner, KEEP_IT)
    regard = _regard(point)
    set_owner(point, owner)
    if point.seen_at is None:
        _see(point, by)
    round_ = Round.objects.create(
        point=point,
        number=last.number + 1 if last else 1,
        decision=decision,
        answer=answer.strip(),
        reason=reason.strip(),
        owner_membership_id=owner.pk,
        owner_role=owner.get_role_display(),
        due=due if decision in PROMISES else None,
        review_on=review_on if decision == Decision.NOT_NOW else None,
        by_id=by.pk,
        regard=regard,
        regard_made_at=regard.made_at,
    )
    move(point, Stage.DECIDED, due_on=round_.due or round_.review_on, also=("seen_at", "seen_by_id", *OWNER_FIELDS))
    replace_tellings(round_)
    begin_tellings(point, round_)
    if easy_what.strip() or easy_why.strip():
        write_easy_read(round_=round_, what=easy_what, why=easy_why, by=by)
    outbox.put("feedback.decided", key=round_.pk)
    if last is None:
        count_again(point.pk)
    announce(point)
    audit.record(by=by, operation="change", what="decided about a point", thing=point)
    return round_


@transaction.atomic
def review_due(*, point: Point) -> Point:
    """Open a "not now" again: it waits for an answer like any other point, with clocks from its review day.

    They do so also where the service stood still on that day, as in all that is worked out from dates.
    """
    point = locked(point.pk)
    last = latest_round(point)
    if point.is_open or last is None or last.review_on is None or last.review_on > clock.today():
        return point
    point.reopened_on = last.review_on
    move(point, Stage.SEEN, due_on=rules.decided_clock(last.review_on).due, also=("reopened_on",))
    announce(point)
    return point


def _see(point: Point, by: Person) -> None:
    point.seen_at = clock.now()
    point.seen_by_id = by.pk


def _check_own_words(point: Point, **fields: str) -> None:
    """Nothing that the public may read holds the words of those who said it, as they said them or when staff asked."""
    together = Point.objects.together_with(point.pk)
    said = [words for one in together for words in one.as_it_was_said]
    said += Reply.objects.filter(question__point__in=together).values_list("words", flat=True)
    for field, words in fields.items():
        own = max((own_words_in(words, theirs) for theirs in said), key=len, default="")
        if own:
            raise NotAgreed(NOT_THEIR_WORDS.format(own=own), field=field)


def _check_open(point: Point, last: Round | None, replaces: Round | None) -> None:
    if point.is_open or last is None:
        return
    if point.stage == Stage.CONFIRMED:
        raise AlreadyAnswered("Those who said this have confirmed that it changed. Nothing is left to decide.")
    if replaces is None or replaces.pk != last.pk:
        raise AlreadyAnswered(f"This was answered on {short_day(last.decided_at)}. Read that answer first.")


def _check_decision(decision: Decision, answer: str, reason: str, due: date | None, review_on: date | None) -> None:
    if not answer.strip():
        raise NoReason("Write the answer that those who said it will read.", field="answer")
    if not reason.strip():
        raise NoReason("Give the reason. Those who said it are always told why.", field="reason")
    if decision in PROMISES and (due is None or due < clock.today()):
        raise NoReason("Give the date by which it will be done: today or later.", field="due")
    if decision in PROMISES and due and due > rules.latest_promise(clock.today()):
        raise NoReason(TOO_FAR, field="due")
    if decision == Decision.NOT_NOW and (review_on is None or review_on <= clock.today()):
        raise NoReason("Give the date on which you will look at it again: tomorrow or later.", field="review_on")
    if decision == Decision.NOT_NOW and review_on and review_on > rules.latest_promise(clock.today()):
        raise NoReason(TOO_FAR, field="review_on")


def _regard(point: Point) -> DueRegard:
    regard = standing_regard(point)
    if regard is None:
        raise NoRegard("First say whether this changes a policy or how people are treated. What you typed stays here.")
    return regard
