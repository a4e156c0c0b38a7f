"""What becomes of words about harm: they reach the safeguarding lead at once, and a manager if nobody takes them up."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

import audit
from kit import clock, mail, outbox, scope, working_days
from peer_monitoring.models.concerns import Because, Step, Whom
from people.actions import end_notices, notice, notice_again, withdraw_notices
from people.models import Person
from people.queries import has_an_account, work_email
from tenants.feedback.errors import AlreadyTaken, NothingSaid, NotYet
from tenants.feedback.models import Concern
from tenants.feedback.models.concerns import NO_WORDS
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.queries import away_today
from tenants.schemes.rights import NationalRoleName, Role

# Working days in which somebody takes it up, before it goes to the managers too.
TAKEN_UP_WITHIN = 1
# That nobody of a scheme is there, and the page of the scheme that holds the provider's telephone.
NOBODY_THERE = "concern_nobody"
WHOM_TO_RING = "/tell-us/complaint/"

logger = logging.getLogger(__name__)


@transaction.atomic
def raise_concern(
    *, words: str, reach_at: str, client_key: uuid.UUID, by: Person | None, how_it_came: str = ""
) -> Concern:
    """Give words about harm to the safeguarding lead; `by` only if they want to be known.

    `how_it_came` is what may be said of where it was raised, if not on a page of ours.

    Sent twice, they are one: until it is closed, how to reach them and whether they are known count as sent last.
    """
    if not words.strip():
        raise NothingSaid("Write what you are worried about.", field="words")
    concern = Concern(
        words=words.strip(),
        reach_at=reach_at.strip(),
        how_it_came=how_it_came,
        client_key=uuid.uuid5(client_key, words.strip()),
        person_id=by.pk if by else None,
        take_up_by=working_days.add(clock.today(), TAKEN_UP_WITHIN),
    )
    try:
        with transaction.atomic():
            concern.save(force_insert=True)
    except IntegrityError:
        return _raised_before(concern, by)
    audit.record(
        by=by, operation="collect", what="wrote down a concern", subject=by, thing=concern, basis="public_task"
    )
    outbox.put("feedback.concern", key=concern.pk)
    return concern


def _raised_before(sent: Concern, by: Person | None) -> Concern:
    concern = Concern.objects.select_for_update().get(client_key=sent.client_key)
    before, newest = (concern.reach_at, concern.person_id), (sent.reach_at, sent.person_id)
    if concern.closed_at or before == newest:
        return concern
    subject = sent.person_id or concern.person_id
    concern.reach_at, concern.person_id = newest
    concern.save(update_fields=["reach_at", "person_id"])
    audit.record(by=by, operation="change", what="changed how a concern says who it is from", subject=subject,
                 thing=concern, basis="public_task")  # fmt: skip
    return concern


@transaction.atomic
def say_where_raised(*, concern_id: uuid.UUID, how_it_came: str) -> None:
    """Add what could not be told when it came; it waits anew for whoever has taken it up and still works here."""
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    if concern.how_it_came or concern.emptied_on:
        return
    concern.how_it_came = how_it_came
    concern.save(update_fields=["how_it_came"])
    audit.record(
        by=None, operation="change", what="added where a concern was raised", subject=concern.person_id, thing=concern
    )
    who, scheme = concern.taken_by_id, _scheme_here()
    if who and not concern.closed_at and Membership.objects.at(scheme).running().of(who).exists():
        path = f"/concerns/{concern.pk}/"
        notice_again(person_id=who, kind="concern", key=str(concern.pk), path=path, scheme=scheme)


@transaction.atomic
def take_up(*, concern: Concern, by: Person) -> Concern:
    """Say that one sees to it. Pressed twice by the same person it changes nothing."""
    concern = _locked(concern)
    if concern.taken_by_id == by.pk:
        return concern
    if concern.taken_at:
        raise AlreadyTaken("Somebody else has taken this up meanwhile.")
    concern.taken_at, concern.taken_by_id = clock.now(), by.pk
    concern.save(update_fields=["taken_at", "taken_by_id"])
    audit.record(by=by, operation="change", what="took up a concern", subject=concern.person_id, thing=concern)
    end_notices(kind=NOBODY_THERE, key=str(concern.pk))
    _stands(concern.pk, Step.SEEN, at=concern.taken_at, whom=_stands_as(by))
    return concern


@transaction.atomic
def close_concern(*, concern: Concern, what_was_done: str, by: Person) -> Concern:
    """Close it with what was done."""
    concern = _locked(concern)
    if concern.taken_at is None:
        raise NotYet("Take it up first.")
    if concern.closed_at:
        raise AlreadyTaken("This is closed already.")
    if not what_was_done.strip():
        raise NothingSaid("Write what was done.", field="what_was_done")
    concern.closed_at, concern.closed_by_id, concern.what_was_done = clock.now(), by.pk, what_was_done.strip()
    concern.save(update_fields=["closed_at", "closed_by_id", "what_was_done"])
    audit.record(by=by, operation="change", what="closed a concern", subject=concern.person_id, thing=concern)
    end_notices(kind=NOBODY_THERE, key=str(concern.pk))
    _stands(concern.pk, Step.DONE, at=concern.closed_at)
    return concern


@transaction.atomic
def empty_concern(*, concern: Concern) -> Concern:
    """Take out the words of what was closed a year ago; that it was, and who saw to it, stays."""
    concern = _locked(concern)
    if concern.closed_at is None or concern.emptied_on:
        return concern
    subject = concern.person_id
    for name, value in (NO_WORDS | {"emptied_on": clock.today()}).items():
        setattr(concern, name, value)
    concern.save(update_fields=[*NO_WORDS, "emptied_on"])
    audit.record(by=None, operation="erase", what="emptied a concern that was closed", subject=subject, thing=concern)
    return concern


def read_concern(*, concern: Concern, by: Person) -> None:
    """Write down that somebody read it."""
    audit.record(
        by=by, operation="read", what="read a concern", subject=concern.person_id, thing=concern, basis="public_task"
    )


@transaction.atomic
def send_concern(*, concern_id: uuid.UUID) -> None:
    """Tell the safeguarding leads that something waits; where none of them is there today, the managers too.

    Where nobody of either is there, national staff learn that, and nothing else; where there are none, operators do.
    So it is at once where the scheme is suspended or closed: then nobody there can read it. Of what somebody has taken
    up meanwhile, nobody needs to be told.
    """
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    if concern.taken_at is None:
        _tell_first(concern, Role.SAFEGUARDING_LEAD, Role.MANAGER)


@transaction.atomic
def tell_again() -> None:
    """The scheme was suspended, closed or reopened: whoever can see to what nobody has taken up is told, as if it
    came now.

    What somebody took up and has not closed has nobody while nobody there can open it: the national team is told once.
    """
    is_open = _scheme_here().is_open
    for concern in Concern.objects.not_closed().select_for_update():
        if concern.taken_at is None:
            concern.passed_on_at, concern.take_up_by = None, working_days.add(clock.today(), TAKEN_UP_WITHIN)
            concern.save(update_fields=["passed_on_at", "take_up_by"])
            _tell_first(concern, Role.SAFEGUARDING_LEAD, Role.MANAGER, anew=True)
        elif not is_open or concern.went_further:
            _tell_of_what_was_taken_up(concern, is_open=is_open)


def _tell_of_what_was_taken_up(concern: Concern, *, is_open: bool) -> None:
    """Others, while its scheme is shut, and those at the scheme once it is reopened: then it waits for no others.

    Whoever was told of it and has looked is not told when the scheme is shut once more.
    """
    is_news = is_open or not concern.went_further
    if not concern.went_further:
        concern.passed_on_at = clock.now()
        concern.save(update_fields=["passed_on_at"])
    told = _tell_first(concern, Role.SAFEGUARDING_LEAD, Role.MANAGER, anew=is_news)
    if told in {Whom.LEAD, Whom.MANAGER}:
        withdraw_notices(kind=NOBODY_THERE, key=str(concern.pk))


@transaction.atomic
def pass_on(*, concern: Concern) -> Concern:
    """Tell the managers of what nobody has taken up by its day, or the national team where none is there; once."""
    concern = _locked(concern)
    if concern.taken_at or concern.passed_on_at:
        return concern
    concern.passed_on_at = clock.now()
    concern.save(update_fields=["passed_on_at"])
    _tell_first(concern, Role.MANAGER, else_because=Because.LATE, anew=True)
    audit.record(by=None, operation="change", what="passed on a concern that nobody took up", thing=concern)
    return concern


def send_word(*, person_id: uuid.UUID, key: str) -> None:
    """One neutral message to one member of staff, whatever way they chose for their own affairs."""
    address = work_email(person_id)
    if address:
        words = f"Something waits for you.\n\nRead it here: {settings.PLATFORM_ORIGIN}/my/\n"
        mail.send(key=f"concern:{key}", to=address, subject=mail.Subject.WAITING, words=words)


def _tell_first(concern: Concern, *roles: Role, else_because: str = "", anew: bool = False) -> Whom:
    """Tell those of one role after the other, until one of them is there today, and say who was told, or nobody.

    Whoever was told before, and may have read it, is told again where it is `anew`.
    """
    scheme = _scheme_here()
    if not scheme.is_open:
        whom, because = _tell_outside(concern, scheme, anew=anew), Because.SHUT.value
    elif role := next((one for one in roles if _tell(one, concern, scheme, anew=anew)), None):
        whom, because = Whom(role.value), ""
    else:
        whom, because = _tell_outside(concern, scheme, anew=anew), else_because
    _stands(concern.pk, Step.TOLD, at=clock.now(), whom=whom, because=because)
    return whom


def _tell_outside(concern: Concern, scheme: Scheme, *, anew: bool) -> Whom:
    """Tell the national team that nobody at the scheme sees to it; operators, where nobody is in that either."""
    if _tell_nationally(NationalRoleName.PROGRAMME_MANAGER, concern, scheme, anew=anew):
        return Whom.NATIONAL
    logger.error("Nobody at %s sees to what came, and nobody is in the national team", scheme.schema_name)
    _tell_nationally(NationalRoleName.OPERATOR, concern, scheme, anew=anew)
    return Whom.NOBODY


def _tell(role: Role, concern: Concern, scheme: Scheme, *, anew: bool) -> bool:
    """Whether one of them has an account and is not away today."""
    found = [one for one in Membership.objects.at(scheme).running().filter(role=role) if has_an_account(one.person_id)]
    for member in found:
        path = f"/concerns/{concern.pk}/"
        _give_notice(anew)(person_id=member.person_id, kind="concern", key=str(concern.pk), path=path, scheme=scheme)
        outbox.put("feedback.concern_word", key=_key(concern, member.pk, anew), member=member.pk)
    return not away_today(scheme).issuperset(one.person_id for one in found)


def _tell_nationally(name: NationalRoleName, concern: Concern, scheme: Scheme, *, anew: bool) -> bool:
    """Whether one of them has an account: they learn where nobody sees to it, and no word of what was told."""
    found = [one for one in NationalRole.objects.running().filter(role=name) if has_an_account(one.person_id)]
    for role in found:
        is_news = _give_notice(anew)(
            person_id=role.person_id, kind=NOBODY_THERE, key=str(concern.pk), path=WHOM_TO_RING, scheme=scheme,
            at=concern.received_at,
        )  # fmt: skip
        if is_news or anew:
            outbox.put("feedback.concern_nobody", key=_key(concern, role.pk, anew), role=role.pk)
    return bool(found)


def _give_notice(anew: bool) -> Callable[..., bool]:
    return notice_again if anew else notice


def _key(concern: Concern, seat_id: uuid.UUID, anew: bool) -> str:
    """One message for each time that somebody is told, and for each day on which they are told anew.

    What went further, and was withdrawn before they looked, is given to them as for the first time, however often.
    """
    when = f"{clock.today()}" if anew else f"{clock.now().timestamp():.0f}" if concern.went_further else ""
    return f"{concern.pk}:{seat_id}:{when}".removesuffix(":")


def _stands_as(person: Person) -> Whom:
    """As what somebody takes it up: the managers stand in for the safeguarding lead."""
    roles = set(Membership.objects.at(_scheme_here()).running().of(person.pk).values_list("role", flat=True))
    return Whom.LEAD if Role.SAFEGUARDING_LEAD in roles else Whom.MANAGER


def _stands(concern_id: uuid.UUID, step: Step, *, at: datetime, whom: Whom | None = None, because: str = "") -> None:
    """Promise that whoever raised it on a visit can see how it stands; of any other, nobody is told anything."""
    outbox.put(
        "feedback.concern_stands", key=f"{concern_id}:{step}:{at.isoformat()}", in_schema="public", concern=concern_id,
        step=step, whom=whom, at=at, because=because,
    )  # fmt: skip


def _scheme_here() -> Scheme:
    return Scheme.objects.get(schema_name=scope.current())


def _locked(concern: Concern) -> Concern:
    return Concern.objects.select_for_update().get(pk=concern.pk)
