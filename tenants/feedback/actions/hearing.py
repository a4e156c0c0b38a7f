"""A point arrives."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

import audit
from kit import clock, codes, outbox
from people.models import Person
from tenants.feedback import rules
from tenants.feedback.actions.confirming import stop_publishing
from tenants.feedback.actions.counting import count_again
from tenants.feedback.actions.locking import locked
from tenants.feedback.actions.printing import use_slip
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import Consent, GroupTag, Partner, Point, PointGroup, Sayer, Theme
from tenants.feedback.rules import (
    MESSAGES,
    NOBODY_CARRIES,
    OF_A_PARENT,
    Basis,
    Channel,
    Kind,
    Method,
    Purpose,
    Relation,
)

WORDING_VERSION = "points 1"
# Of the form that was sent only this much is kept, so that it is known when it comes again (ADR 0011).
STORED = uuid.UUID("5d2f2f0b-6a0e-4c86-9c53-2b1f5c1f8a77")
TO_WHOM = {
    Purpose.RECORD: "staff of this scheme",
    Purpose.PUBLISH: "anyone who reads the website",
    Purpose.CONTACT: "whoever opens the message",
    Purpose.QUOTE: "anyone who reads the website, or paper that is printed from it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """On what basis somebody's words are kept (S3); the last four are needed when a parent agreed for a child (S4)."""

    basis: Basis = Basis.CONSENT
    explained_how: str = "on the page, before sending"
    wording_version: str = WORDING_VERSION
    giver_name: str = ""
    giver_relationship: str = ""
    evidence_seen: str = ""
    child_view: str = ""
    review_on: date | None = None

    @property
    def is_complete(self) -> bool:
        return self.basis != Basis.PARENT or all(getattr(self, name).strip() for name in OF_A_PARENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One of those who said it: a person, a group's reporter (with the group), or a slip.

    A slip has a code that is given here, that of a `paper` slip which was printed before, or a new one.
    """

    kind: Kind
    person_id: uuid.UUID | None = None
    code: str = ""
    paper: uuid.UUID | None = None
    speaks_for: GroupTag | None = None
    relation: Relation = Relation.NOT_SAID
    channel: Channel | None = None
    words_in_message: bool = False
    worker: str = ""
    may_publish: bool = False
    with_help: bool = False
    agreement: Agreement = field(default_factory=Agreement)

    @property
    def purposes(self) -> list[Purpose]:
        """What they agreed to, each apart."""
        writes = self.told_by not in NOBODY_CARRIES
        wanted = {Purpose.RECORD: True, Purpose.PUBLISH: self.may_publish, Purpose.CONTACT: writes}
        return [purpose for purpose, agreed in wanted.items() if agreed]

    @property
    def told_by(self) -> Channel:
        return self.channel or (Channel.SLIP if self.kind == Kind.SLIP else Channel.PAGE)


@dataclass(frozen=True, slots=True)
class Heard:
    """The point, and the code of a new slip: it is shown once, and only its fingerprint is kept.

    `key` is what the code is made of where a form was sent; it stands nowhere (`stored_key`).
    """

    point: Point
    code: str = ""
    is_new: bool = True
    key: uuid.UUID | None = None


@transaction.atomic
def hear(
    *,
    said: str,
    sayers: Sequence[Saying],
    method: Method,
    by: Person | None,
    received_on: date | None = None,
    said_on: date | None = None,
    how_many: int | None = None,
    theme: Theme | None = None,
    groups: Sequence[GroupTag] = (),
    site_id: uuid.UUID | None = None,
    partner: Partner | None = None,
    example_note: str = "",
    import_key: uuid.UUID | None = None,
    client_key: uuid.UUID | None = None,
    logged: bool = False,
) -> Heard:
    """Put into the register what was said, with those who said it and what they agreed to.

    `logged` says that staff wrote it down for somebody. The same words sent again with the same `client_key`, by the
    same person or again for a slip, are the same point, with the same code; the ticks of the last time count.
    """
    words = said.strip()
    _check(words, sayers)
    key = _sent_key(client_key, words, sayers) if client_key else None
    code, stored = _code(sayers, key), stored_key(key) if key else None
    received = received_on or clock.today()
    point = Point(
        said=words, method=method, received_on=received, said_on=said_on, how_many=how_many, theme=theme,
        site_id=site_id, partner=partner, example_note=example_note, import_key=import_key, client_key=stored,
        logged_by_id=by.pk if logged and by else None, due_on=rules.seen_clock(received).due,
        only_person_id=_only_person(sayers),
    )  # fmt: skip
    if key and not _saved_first(point):
        return _heard_before(key, sayers, code)
    if not key:
        point.save(force_insert=True)
    PointGroup.objects.bulk_create(PointGroup(point=point, group=group) for group in groups)
    for saying in sayers:
        _add_sayer(point, saying, code, by)
    outbox.put("feedback.heard", key=point.pk)
    count_again(point.pk)
    return Heard(point, code, key=key)


def _check(words: str, sayers: Sequence[Saying]) -> None:
    if not words:
        raise NothingSaid("Write something in the box.", field="said")
    if not sayers:
        raise NothingSaid("Say who said it, so that they can be told the answer.")
    if not all(saying.agreement.is_complete for saying in sayers):
        raise NothingSaid(
            "When somebody with parental responsibility agrees, write down their name, who they are to the child, "
            "what you saw that shows it, and what the child thinks."
        )


def _sent_key(client_key: uuid.UUID, words: str, sayers: Sequence[Saying]) -> uuid.UUID:
    """One key for what a form sends twice. Sent as somebody else, or with another paper slip, it is another point."""
    # Else a code would open nothing, and one person would change what another agreed to.
    paper = f"\x1f{sayers[0].paper}" if sayers[0].paper else ""
    return uuid.uuid5(client_key, f"{sayers[0].person_id or ''}\x1f{words}{paper}")


def stored_key(key: uuid.UUID) -> uuid.UUID:
    """What stands at the point instead of what its code is made of: the same for the same form, and no way back."""
    return uuid.uuid5(STORED, key.hex)


def _code(sayers: Sequence[Saying], key: uuid.UUID | None) -> str:
    slip = next((saying for saying in sayers if saying.kind == Kind.SLIP), None)
    if slip is None or slip.paper:
        return ""
    return slip.code or (codes.code_for(key) if key else codes.new_code())


def _only_person(sayers: Sequence[Saying]) -> uuid.UUID | None:
    """The one person whose own words these are. A reporter brings the words of a group."""
    return sayers[0].person_id if len(sayers) == 1 and sayers[0].kind == Kind.PERSON else None


def _saved_first(point: Point) -> bool:
    """Whether this point is the first with its client key: whoever sends at the same moment waits here."""
    try:
        with transaction.atomic():
            point.save(force_insert=True)
    except IntegrityError:
        if not Point.objects.filter(client_key=point.client_key).exists():
            raise
        return False
    return True


def _heard_before(key: uuid.UUID, sayers: Sequence[Saying], code: str) -> Heard:
    point = locked(Point.objects.values_list("pk", flat=True).get(client_key=stored_key(key)))
    sayer = point.sayers.get()
    if not sayers[0].may_publish:
        stop_publishing(sayer=sayer, by=None)
    elif Sayer.objects.not_agreeing(Purpose.PUBLISH).filter(pk=sayer.pk).exists():
        give_consent(sayer, sayers[0].agreement, Purpose.PUBLISH)
    return Heard(point, code, is_new=False, key=key)


def _add_sayer(point: Point, saying: Saying, code: str, by: Person | None) -> None:
    sayer = Sayer.objects.create(
        point=point,
        kind=saying.kind,
        person_id=saying.person_id,
        slip=_fingerprint(saying, code),
        speaks_for=saying.speaks_for,
        relation=saying.relation,
        channel=saying.told_by,
        words_in_message=saying.words_in_message and saying.told_by in MESSAGES,
        worker=saying.worker.strip() if saying.told_by == Channel.WORKER else "",
        with_help=saying.with_help,
    )
    for purpose in saying.purposes:
        give_consent(sayer, saying.agreement, purpose)
    basis = saying.agreement.basis.value
    audit.record(
        by=by, operation="collect", what="wrote down a point", subject=saying.person_id, thing=point, basis=basis
    )


def _fingerprint(saying: Saying, code: str) -> str:
    if saying.kind != Kind.SLIP:
        return ""
    return use_slip(slip_id=saying.paper) if saying.paper else codes.fingerprint(saying.code or code)


def give_consent(sayer: Sayer, agreement: Agreement, purpose: Purpose) -> Consent:
    """Write down that they agreed to one purpose."""
    return Consent.objects.create(
        sayer=sayer,
        purpose=purpose,
        basis=agreement.basis,
        what=purpose.label,
        to_whom=TO_WHOM[purpose],
        wording_version=agreement.wording_version,
        explained_how=agreement.explained_how,
        giver_name=agreement.giver_name,
        giver_relationship=agreement.giver_relationship,
        evidence_seen=agreement.evidence_seen,
        child_view=agreement.child_view,
        review_on=agreement.review_on,
    )
