"""Somebody chooses who helps them here; the supporter acts beside them, never instead of them (ADR 0052)."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

import audit
from kit import channels, clock, counting, mail, outbox, scope, tokens
from people.actions import notice
from people.models import Person
from tenants.feedback import queries
from tenants.feedback.actions.confirming import confirm
from tenants.feedback.actions.hearing import Agreement, Heard, Saying, hear
from tenants.feedback.errors import InvitationUsed, NotTheirs, TooManySupporters
from tenants.feedback.models import Confirmation, Point, Sayer, Supporter
from tenants.feedback.rules import Answer, Channel, Kind, Method
from tenants.schemes import queries as boundary
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

INVITATION_LIVES = timedelta(hours=72)
MOST_AT_A_TIME, MOST_A_DAY = 5, 5
# So many invitations go to one address or number, whoever asks at whichever scheme.
MOST_TO_ONE_A_DAY, MOST_TO_ONE_A_MONTH = 2, 5
# And so many from one person, who must not be able to use up what others may send there.
MOST_BY_ONE_A_MONTH = 3
DAY = 24 * 60 * 60
ASKED = "You have asked them already. They can still say yes."
ENOUGH = "We cannot send an invitation there now. Try again another day, or ask somebody else."
USED = "This invitation was used, taken back, or is older than 72 hours. Ask whoever invited you for a new one."
FOR_ANOTHER = (
    "This was sent to another email address or mobile number. Sign in with that one, or ask for a new invitation."
)
STAFF = "You work here. Somebody who works here cannot help a person with what they say about the service."
ENDED = "You cannot do this any more. The help has ended, or they did not ask you to do this."
WORDS = (
    "Somebody you know would like your help with something.\n\n"
    "Open this link to see what it is:\n{link}\n\n"
    "You sign in first. If you have no account, you can make one. The link works once, for 72 hours, and only with "
    "this {address}.\nIf you did not expect this message, you can ignore it.\n"
)
SHORT_WORDS = (
    "Somebody you know would like your help with something. See what it is: {link} It works once, for 72 hours."
)


@transaction.atomic
def choose_supporter(
    *,
    person: Person,
    called: str,
    sent_to: str,
    until: date,
    by: Person,
    point: Point | None = None,
    may_confirm: bool = False,
    may_say: bool = False,
    name_shown: bool = False,
) -> Supporter:
    """Ask somebody to help, at an address or number; nothing is open to them until they have accepted."""
    # Whoever asks many people at the same moment is counted one after the other.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    chosen = Supporter.objects.of(person.pk)
    standing = chosen.running() | chosen.waiting()
    if (
        standing.count() >= MOST_AT_A_TIME
        or chosen.filter(invited_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_A_DAY
    ):
        raise TooManySupporters("You have asked 5 people. Stop asking one of them, or wait until tomorrow.")
    if chosen.waiting().filter(sent_to=sent_to).exists():
        raise TooManySupporters(ASKED, field="sent_to")
    if point and not Sayer.objects.filter(point=point, kind=Kind.PERSON, person_id=person.pk).exists():
        raise NotTheirs("Only those who said this can ask for help with it.")
    if not _may_be_sent_to(sent_to, by=person):
        raise TooManySupporters(ENOUGH, field="sent_to")
    supporter = Supporter(
        person_id=person.pk, called=called.strip(), point=point, may_confirm=may_confirm, may_say=may_say,
        name_shown=name_shown, until=until, sent_to=sent_to, open_until=clock.now() + INVITATION_LIVES,
    )  # fmt: skip
    supporter.token_hash = tokens.fingerprint(support_token(supporter))
    supporter.save(force_insert=True)
    outbox.put("feedback.supporter", key=supporter.pk)
    audit.record(by=by, operation="change", what="asked somebody to help", subject=person, thing=supporter)
    return supporter


def _may_be_sent_to(sent_to: str, *, by: Person) -> bool:
    """Count one more invitation to an address or number; False once there were enough, from whichever schemes."""
    # Keyed: what is counted must not tell whom somebody asked for help.
    whose = salted_hmac("feedback.invited", sent_to.lower(), algorithm="sha256").hexdigest()
    today = clock.today()
    own = salted_hmac("feedback.invited", f"{sent_to.lower()} {by.pk}", algorithm="sha256").hexdigest()
    with enter("public"):
        # First, and alone: what one person tries too often takes nothing from what others may.
        if counting.count(f"feedback.invited:{own}:{today:%Y-%m}", seconds=31 * DAY) > MOST_BY_ONE_A_MONTH:
            return False
        in_a_day = counting.count(f"feedback.invited:{whose}:{today}", seconds=DAY)
        in_a_month = counting.count(f"feedback.invited:{whose}:{today:%Y-%m}", seconds=31 * DAY)
    return in_a_day <= MOST_TO_ONE_A_DAY and in_a_month <= MOST_TO_ONE_A_MONTH


def support_token(supporter: Supporter) -> str:
    """The secret of an invitation, made anew from its id whenever its message is written."""
    return salted_hmac("feedback.supporter", str(supporter.pk), algorithm="sha256").hexdigest()


def send_invitation(*, supporter_id: uuid.UUID) -> None:
    """Send the link; the same invitation is always the same message, and one that was taken back is not sent."""
    supporter = Supporter.objects.waiting().filter(pk=supporter_id).first()
    if supporter is None:
        return
    try:
        _send(supporter)
    except channels.BadAddress:
        _give_up(supporter)


def _send(supporter: Supporter) -> None:
    # Over the platform: the address of a scheme says more than a message may.
    path = reverse("help_link", args=[_scheme().pk, support_token(supporter)], urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    key, to, link = f"feedback.supporter:{supporter.pk}", supporter.sent_to, f"{settings.PLATFORM_ORIGIN}{path}"
    if "@" in to:
        mail.send(key=key, to=to, subject=mail.Subject.INVITED, words=WORDS.format(link=link, address="email address"))
    else:
        channels.send_text(key=key, to=to, words=SHORT_WORDS.format(link=link))


@transaction.atomic
def _give_up(supporter: Supporter) -> None:
    """The message can never arrive: the invitation ends, and whoever asked learns that."""
    Supporter.objects.waiting().filter(pk=supporter.pk).update(ended_at=clock.now(), sent_to="")
    _tell(supporter, str(supporter.pk), "/mine/supporters/", kind="not_reached")


@transaction.atomic
def accept_support(*, token_hash: str, reached_at: Collection[str], by: Person) -> Supporter:
    """Become somebody's supporter, once, with an account that has shown the address or number to be its own."""
    supporter = Supporter.objects.waiting().select_for_update(of=("self",)).filter(token_hash=token_hash).first()
    if supporter is None or supporter.person_id == by.pk:
        raise InvitationUsed(USED)
    if supporter.sent_to not in reached_at:
        raise InvitationUsed(FOR_ANOTHER)
    if boundary.members(_scheme()).of(by.pk).exists():
        raise NotTheirs(STAFF)
    supporter.supporter_id, supporter.accepted_at, supporter.sent_to = by.pk, clock.now(), ""
    supporter.save(update_fields=["supporter_id", "accepted_at", "sent_to"])
    audit.record(
        by=by, operation="change", what="agreed to help somebody", subject=supporter.person_id, thing=supporter
    )
    _tell(supporter, str(supporter.pk), "/mine/supporters/")
    return supporter


@transaction.atomic
def end_support(*, supporter: Supporter, by: Person) -> None:
    """Either of the two ends it; from the next request on it allows nothing."""
    supporter = Supporter.objects.select_for_update(of=("self",)).get(pk=supporter.pk)
    if by.pk not in (supporter.person_id, supporter.supporter_id):
        raise NotTheirs(ENDED)
    if supporter.ended_at is None:
        supporter.ended_at, supporter.sent_to = clock.now(), ""
        supporter.save(update_fields=["ended_at", "sent_to"])
        audit.record(by=by, operation="change", what="ended help", subject=supporter.person_id, thing=supporter)


@transaction.atomic
def read_with(*, supporter: Supporter, point: Point, by: Person) -> None:
    """Write down that a supporter read what somebody said and the answer to it."""
    audit.record(
        by=by, operation="disclose", what="read an answer as a supporter", subject=supporter.person_id, thing=point,
        basis="consent",
    )  # fmt: skip


@transaction.atomic
def confirm_with(*, supporter: Supporter, sayer: Sayer, answer: Answer, by: Person) -> Confirmation:
    """Send somebody's own answer to "did it change?": one voice, that of whoever said it, with a note of the help."""
    link = _held(supporter, by)
    if not link.may_confirm or not Supporter.objects.filter(pk=link.pk).for_point(sayer.point).exists():
        raise NotTheirs(ENDED)
    if sayer.person_id != link.person_id:
        raise NotTheirs(ENDED)
    person = Person.objects.get(pk=link.person_id)
    confirmation = confirm(sayer=sayer, answer=answer, by=person, helper=by)
    _tell(link, str(confirmation.pk), f"/mine/{sayer.point_id}/")
    return confirmation


@transaction.atomic
def say_with(*, supporter: Supporter, said: str, client_key: uuid.UUID, by: Person) -> Heard:
    """Write down what somebody says, beside them; the supporter is no sayer, and agrees to no publication for them."""
    link = _held(supporter, by)
    if not link.may_say:
        raise NotTheirs(ENDED)
    agreement = Agreement(explained_how="by a supporter, who ticked that they agree")
    saying = Saying(
        kind=Kind.PERSON, person_id=link.person_id, channel=Channel.PAGE, with_help=True, agreement=agreement
    )
    heard = hear(said=said, sayers=[saying], method=Method.TELL_US, client_key=client_key, by=by)
    _tell(link, str(heard.point.pk), f"/mine/{heard.point.pk}/")
    return heard


def _held(supporter: Supporter, by: Person) -> Supporter:
    """The help as it stands now, held until the transaction ends: whoever takes it back waits, or comes first."""
    link = queries.helping(_scheme(), by.pk).select_for_update(of=("self",)).filter(pk=supporter.pk).first()
    if link is None:
        raise NotTheirs(ENDED)
    return link


def _tell(supporter: Supporter, key: str, path: str, *, kind: str = "helped") -> None:
    """The person sees on their page that their supporter did something; no word of what."""
    notice(person_id=supporter.person_id, kind=kind, key=key, path=path, scheme=_scheme())


def _scheme() -> Scheme:
    return Scheme.objects.get(schema_name=scope.current())
