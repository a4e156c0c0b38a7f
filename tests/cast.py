"""Everybody who can knock at a page, and one real thing of each kind to knock for: what the matrix is played with."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from cms.models import UploadedPaper
from groups.models import Group
from groups.seats import Seat
from kit import clock, outbox
from kit.models import OutboxMessage
from peer_monitoring.actions import add_place, begin_programme, correct
from peer_monitoring.models import Visit
from people import queries
from people.models import Consent, Person
from questions import editing
from questions.shape import EASY_READ
from tenants.feedback.actions import write_down_need
from tenants.feedback.models import Point
from tenants.feedback.rules import Channel, Form
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.rights import GRANTS, NationalRoleName, Permission, Role
from tests.factories import cms, feedback, groups, people, phones, questions, schemes, second_steps
from tests.factories import peer_monitoring as monitoring

EVERYBODY = frozenset({Permission.ANYONE})
ANYBODY_SIGNED_IN = EVERYBODY | {Permission.SIGNED_IN}


# Of any staff role but the operator's.
FOLLOWERS = frozenset({Permission.FOLLOW_ANSWERS})


@dataclass
class Cast:
    """Who there is (nobody for a visitor), what each may do on either host, and what there is to ask for."""

    scheme: Scheme
    other: Scheme
    people: dict[str, Person | None] = field(default_factory=dict)
    rights_at_scheme: dict[str, frozenset[Permission]] = field(default_factory=dict)
    rights_on_platform: dict[str, frozenset[Permission]] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def add(
        self,
        who: str,
        person: Person | None,
        *,
        at_scheme: frozenset[Permission] = frozenset(),
        on_platform: frozenset[Permission] = frozenset(),
    ) -> None:
        """Somebody, with what they may do beyond what everybody may."""
        base = ANYBODY_SIGNED_IN if person else EVERYBODY
        self.people[who] = person
        self.rights_at_scheme[who] = base | at_scheme
        self.rights_on_platform[who] = base | on_platform


def assemble(scheme: Scheme, other: Scheme) -> Cast:
    """The whole cast for one scheme, with the same roles at another, and things of the first."""
    cast = Cast(scheme, other)
    cast.add("anonymous", None)
    cast.add("stranger", people.someone("Stranger"))
    for role in Role:
        cast.add(f"{role} here", _staff(role, scheme), at_scheme=GRANTS[role], on_platform=FOLLOWERS)
        cast.add(f"{role} elsewhere", _staff(role, other), on_platform=FOLLOWERS)
    for name in NationalRoleName:
        person = people.someone(name)
        NationalRole.objects.create(person_id=person.pk, role=name)
        follows = FOLLOWERS if name != NationalRoleName.OPERATOR else frozenset()
        cast.add(str(name), person, on_platform=GRANTS[name] | follows)
    _add_group(cast)
    _add_sayers(cast)
    _add_things(cast)
    return cast


def _staff(role: Role, scheme: Scheme) -> Person:
    person = people.someone(role)
    schemes.works_at(scheme, person.pk, role=role)
    return person


def _add_group(cast: Cast) -> None:
    lead, member, supporter, outsider, adviser = (
        people.someone(name) for name in ("Lead", "Member", "Supporter", "Outsider", "Adviser")
    )
    group = groups.a_group("Voices", lead=lead)
    seat = groups.seated(group, member)
    groups.seated(group, supporter, seat=Seat.SUPPORTER)
    invited = groups.invited(group, by=lead)
    groups.a_group("Others", lead=outsider)
    groups.a_group("Advisers", kind=Group.Kind.REFERENCE, lead=adviser)
    agreement = groups.agreed(group, cast.scheme)
    space, seats = frozenset({Permission.SEE_GROUP_SPACE}), frozenset({Permission.SEE_MY_GROUPS})
    leads, goes = {Permission.PLAN_VISITS, Permission.EDIT_QUESTIONS}, {Permission.LOG_VISITS}
    cast.add("group lead", lead, at_scheme=space, on_platform=seats | leads | goes)
    cast.add("group member", member, at_scheme=space, on_platform=seats | goes)
    cast.add("group supporter", supporter, at_scheme=space, on_platform=seats)
    cast.add("another group's lead", outsider, on_platform=seats | leads | goes)
    cast.add("reference group's lead", adviser, on_platform=seats)
    cast.things |= {
        "slug": group.slug,
        "group_membership": seat.pk,
        "group_invitation": invited.pk,
        "agreement_id": agreement.pk,
        "decision_id": groups.decided(agreement, lead).pk,
        "resource_id": groups.promised(agreement, cast.scheme).pk,
        "delivery_id": uuid4(),
        "peer_support_id": groups.peer_support(group, lead).pk,
        "training_id": groups.trained(seat).pk,
        "conflict_id": groups.works_there(seat, cast.scheme.sites.earliest("name")).pk,
        "permission_id": groups.let_in(agreement, cast.scheme.sites.earliest("name"), lead).pk,
    }
    _add_visits(cast, monitoring.Ready(group, lead, [member], agreement, cast.scheme.sites.earliest("name")))


def _add_visits(cast: Cast, ready: monitoring.Ready) -> None:
    """What a group asks and where it goes: a draft in two languages, a version, a programme, a visit."""
    draft = editing.with_language(questions.every_kind(), EASY_READ)
    programme = begin_programme(
        group=ready.group, name="Each year", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    visit = monitoring.planned(ready)
    cast.things |= {
        "set_id": questions.a_set(ready.group, draft).pk,
        "version_id": questions.published(ready.group).pk,
        "question": "count",
        "section": "all",
        "kind": "text",
        "code": EASY_READ,
        "part": "all",
        "programme_id": programme.pk,
        "place_id": add_place(programme=programme, site=ready.site, months=12, by=ready.lead.pk).pk,
        "visit_id": visit.pk,
        "check_id": monitoring.inside(visit, ready.monitors[0]).pk,
        **_what_was_written(ready),
    }


def _what_was_written(ready: monitoring.Ready) -> dict[str, object]:
    """A visit under way on which one person sent a record and writes the next."""
    visit = monitoring.planned(ready)
    Visit.objects.filter(pk=visit.pk).update(ready_at=clock.now())
    record = monitoring.written(visit, ready.monitors[0])
    correct(record=record, by=ready.monitors[0].pk)
    return {
        "written_visit": visit.pk,
        "written_section": "arriving",
        "record_id": record.pk,
        "received_id": record.received.get().pk,
        "answers_kind": "csv",
        "attachment_id": phones.with_a_photo(record).pk,
        "phone_id": phones.made_ready(ready.monitors[0])[0].pk,
        **_what_was_sealed(visit, ready.monitors[0]),
    }


def _what_was_sealed(visit: Visit, person: Person) -> dict[str, object]:
    """A draft with a photo that waits for its owner to sign in again."""
    photo = phones.sealed_draft(visit, person).held.get()
    return {"draft_id": photo.draft_id, "photo_id": photo.photo_id_on_phone}


def _add_sayers(cast: Cast) -> None:
    for who, place in (("sayer", cast.scheme), ("sayer elsewhere", cast.other)):
        person = people.someone("Jo")
        cast.add(who, person)
        lead = Membership.objects.get(person_id=_person(cast, "involvement_lead", place).pk)
        with enter(place):
            point = feedback.said(feedback.somebody(person))
            feedback.claimed(point, lead)
            quote = feedback.quoted(point)
            letter = feedback.decided(feedback.said(feedback.slip(channel=Channel.LETTER)), lead).tellings.get()
            letter_asked = feedback.asked_by_letter(lead)
            need = write_down_need(sayer=letter.sayer, form=Form.EASY, by=person)
            helper = people.someone("Kim")
            helps = feedback.supported(person, helper, may_say=True)
        cast.add(who.replace("sayer", "supporter"), helper)
        if place is cast.scheme and need:
            cast.things["supporter_id"] = helps.pk
            cast.things |= {
                "claimed_point": point.pk, "claimed_sayer": quote.sayer_id, "told_id": letter.pk,
                "need_id": need.pk, "asked_id": letter_asked.pk,
            }  # fmt: skip


def _person(cast: Cast, role: str, place: Scheme) -> Person:
    person = cast.people[f"{role} {'here' if place is cast.scheme else 'elsewhere'}"]
    assert person is not None
    return person


def _add_things(cast: Cast) -> None:
    with enter(cast.scheme):
        point: Point = feedback.said()
        concern = feedback.concern()
        batch = feedback.slip_batch()
        young = feedback.said(feedback.slip(agreement=feedback.of_a_parent())).sayers.get()
        editor = _person(cast, "editor", cast.scheme)
        picture, film, named = cms.a_picture(1), cms.a_film(editor), cms.named(editor)
        agreed, event = cms.agreed(picture, editor), cms.an_event()
        paper = UploadedPaper.objects.create(title="x", file="s_ashmere/papers/y.pdf")
    invitation, token = schemes.invited(cast.scheme, "new@example.org")
    ends = schemes.works_at(cast.scheme, people.someone("Leaver").pk)
    sayer = cast.people["sayer"]
    assert sayer is not None
    notice = people.noticed(sayer, scheme=cast.scheme)
    outbox.put("nothing.handles.this", key="dead")
    message = OutboxMessage.objects.get(kind="nothing.handles.this")
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=message.created_at)
    second_steps.has_app(sayer)
    away = schemes.away(cast.scheme, ends.person_id, cover=_person(cast, "manager", cast.scheme).pk)
    cast.things |= {
        "point_id": point.pk,
        "scheme_id": cast.scheme.pk,
        "absence_id": away.pk,
        "concern_id": concern.pk,
        "batch_id": batch.pk,
        "sayer_id": young.pk,
        "picture_id": picture.pk,
        "film_id": film.pk,
        "named_id": named.pk,
        "paper_id": paper.pk,
        "consent_id": agreed.pk,
        "page_id": event.pk,
        "membership_id": ends.pk,
        "invitation_id": invitation.pk,
        "token": token,
        "notice_id": notice.pk,
        "step_id": queries.second_steps(sayer).get().pk,
        "purpose": Consent.Purpose.ACCOUNT.value,
        "site_id": cast.scheme.sites.earliest("name").pk,
        "message_id": message.pk,
        "letter_id": message.pk,
        "name": "nothing.jpg",
        "path": "",
    }
