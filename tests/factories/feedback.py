"""Points in every state, brought there by the actions themselves; each function begins where the one before ends."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from kit import clock, codes
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions import Agreement, Saying
from tenants.feedback.models import Asked, Concern, Point, PrintedSlip, Quote, Round, Sayer, SlipBatch, Supporter, Told
from tenants.feedback.rules import PROMISES, Basis, Channel, Decision, Kind, Method, TellingState
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role

WORDS = "Nobody told me how long I would wait."


def slip(**saying: Any) -> Saying:
    """Somebody who keeps a slip, and agrees to publication unless told otherwise."""
    return Saying(kind=Kind.SLIP, **{"may_publish": True, "code": codes.new_code()} | saying)


def of_a_parent(**more: Any) -> Agreement:
    """A parent agreed for a child, who is asked from this month on."""
    return Agreement(
        basis=Basis.PARENT, giver_name="A parent", giver_relationship="mother", evidence_seen="passport",
        child_view="She wants it told.", **{"review_on": clock.today().replace(day=1)} | more,
    )  # fmt: skip


def somebody(person: Person, **saying: Any) -> Saying:
    """Somebody with an account."""
    return Saying(kind=Kind.PERSON, person_id=person.pk, **{"may_publish": True} | saying)


def said(*sayers: Saying, words: str = WORDS, **point: Any) -> Point:
    """A point that nobody has seen."""
    return actions.hear(said=words, sayers=sayers or [slip()], **{"method": Method.TELL_US, "by": None} | point).point


def staff(scheme: Scheme, role: Role = Role.INVOLVEMENT_LEAD) -> tuple[Person, Membership]:
    """Somebody who works for a scheme."""
    person = Person.objects.create_user(f"{uuid4().hex}@example.org", name="Sam")
    return person, Membership.objects.create(person_id=person.pk, scheme=scheme, role=role)


def decided(
    point: Point, owner: Membership, decision: Decision = Decision.WILL, *, by: Person | None = None, **round_: Any
) -> Round:
    """A decision about it; with sayers by page or slip alone, it is told and public at once."""
    words: dict[str, Any] = {"answer": "A card on the wall says what happens next.", "reason": "You asked for it."}
    if decision in PROMISES:
        words["due"] = clock.today() + timedelta(days=60)
    if decision == Decision.NOT_NOW:
        words["review_on"] = clock.today() + timedelta(days=90)
    by = by or Person.objects.get(pk=owner.person_id)
    actions.no_regard_needed(point=point, why_not="It is the same for everybody.", by=by)
    return actions.decide(point=point, decision=decision, owner=owner, by=by, **words | round_)


def published(point: Point, owner: Membership, decision: Decision = Decision.WILL, **round_: Any) -> Round:
    """Public words, and an answer that those who said it have been told."""
    by = Person.objects.get(pk=owner.person_id)
    actions.approve_words(point=point, words="People were not told how long they would wait.", by=by)
    made = decided(point, owner, decision, **round_)
    for told in Told.objects.filter(round=made).pending():
        actions.end_telling(told=told, by=by)
    return made


def claimed(point: Point, owner: Membership) -> Round:
    """A promise that the scheme says it kept."""
    made = published(point, owner)
    actions.claim_done(point=point, words="The card is on the wall.", by=Person.objects.get(pk=owner.person_id))
    return made


def quoted(point: Point, words: str = "how long I would wait.", *, sayer: Sayer | None = None) -> Quote:
    """Words of whoever said it, or of one of those who did, that staff asked for."""
    by = Person.objects.create_user(f"{uuid4().hex}@example.org", name="Edith")
    return actions.quote(sayer=sayer or the_sayer(point), words=words, explained_how="read aloud", by=by)


def letter(owner: Membership) -> Told:
    """A letter that waits to be posted."""
    return decided(said(slip(channel=Channel.LETTER)), owner).tellings.get(state=TellingState.PENDING)


def asked_by_letter(owner: Membership) -> Asked:
    """Somebody whom a letter has to ask whether it changed."""
    made = claimed(said(slip(channel=Channel.LETTER)), owner)
    actions.ask_whether_it_changed(round_id=made.pk)
    return made.askings.get()


def the_sayer(point: Point) -> Sayer:
    """The one who said it."""
    return point.sayers.get()


def slip_batch(*made: str) -> SlipBatch:
    """Printed slips with these codes, or one slip with some code."""
    batch = SlipBatch.objects.create(printed_by_id=uuid4())
    for number, code in enumerate(made or [codes.new_code()], start=12_345_678):
        PrintedSlip.objects.create(batch=batch, slip=codes.fingerprint(code), number=number)
    return batch


def concern(words: str = "Somebody shouts at him every night.", *, by: Person | None = None) -> Concern:
    """What somebody told of harm, that nobody has taken up."""
    return actions.raise_concern(words=words, reach_at="", client_key=uuid4(), by=by)


def asked_to_help(person: Person, sent_to: str = "helper@example.org", **chosen: Any) -> Supporter:
    """Somebody was asked to help, and has not said yes."""
    given = {"called": "My sister", "until": clock.today() + timedelta(days=31)} | chosen
    return actions.choose_supporter(person=person, sent_to=sent_to, by=person, **given)


def supported(person: Person, helper: Person, **chosen: Any) -> Supporter:
    """Somebody helps a person, with everything that can be allowed."""
    # One address takes two invitations a day: each of those who have the same helper wrote another of hers.
    address = f"{person.pk}.{helper.email}"
    asked = asked_to_help(person, address, **{"may_confirm": True} | chosen)
    return actions.accept_support(token_hash=asked.token_hash, reached_at={address}, by=helper)
