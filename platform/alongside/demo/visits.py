"""What the demonstration's group asks and where it goes: invented, and says so."""

from datetime import time, timedelta
from uuid import UUID

from alongside.demo.agreed import INVENTED
from alongside.demo.visited import Pair, Past, have_been
from groups.models import Group
from groups.queries import members
from groups.seats import Seat
from kit import clock
from peer_monitoring import actions
from peer_monitoring.actions.planning import Plan
from peer_monitoring.models import Visit
from questions import actions as of_questions
from questions.models import QuestionSetVersion
from questions.queries import versions_in_use
from tenants.schemes.models import Scheme

PROGRAMME_BEGAN = 60  # days ago


def ask(group: Group, *, lead: UUID) -> None:
    """A copy of one of our sets that the group is changing."""
    ours = versions_in_use(group).get(title="Health and needs")
    of_questions.copy(version=QuestionSetVersion.objects.for_group(group).get(pk=ours.pk), group=group, by=lead)


def go(group: Group, scheme: Scheme) -> None:
    """A programme, and visits: two that are over, one under way today, and others planned, announced and held back."""
    now, today = clock.now(), clock.today()
    in_it = list(members(group))
    people = [one.membership.person_id for one in in_it]
    lead, to_ring = next((one.membership.person_id, one.name) for one in in_it if one.membership.seat == Seat.LEAD)
    other = next(one for one in people if one != lead)
    version = versions_in_use(group).get(title="Welcome and dignity")
    sites = list(scheme.sites.order_by("name"))[:2]
    clock.set_to(now - timedelta(days=PROGRAMME_BEGAN), frozen=True)
    programme = actions.begin_programme(
        group=group, name=f"Every place twice a year {INVENTED}", question_set=version.question_set, by=lead
    )
    for site in sites:
        actions.add_place(programme=programme, site=site, months=6, by=lead)
    have_been(Past(group, sites[0], version, programme, Pair(lead, other)), today=today)
    clock.set_to(now, frozen=True)
    for days, is_held_back, is_settled in ((0, False, True), (5, False, False), (9, False, True), (16, True, True)):
        plan = Plan(
            site=sites[0], day=today + timedelta(days=days), starts_at=time(10, 30), version=version,
            is_held_back=is_held_back, meeting_point=f"At the bus stop opposite {INVENTED}",
            to_ring=f"{to_ring}, 07700 900 982", to_ring_of_id=lead,
        )  # fmt: skip
        visit: Visit = actions.plan(group=group, what=plan, programme=programme, by=lead)
        actions.choose_team(visit=visit, people=people, by=lead)
        if is_settled:
            actions.make_ready(visit=visit, by=lead)
        if days == 0:
            _write(visit, writer=lead, sender=other)


def _write(visit: Visit, *, writer: UUID, sender: UUID) -> None:
    """Of two who went today one has sent what they found, and the other is in the middle of it."""
    calm = {"signs": "qualified", "greeted": "yes", "wait_minutes": "25", "calm": "2", "room_clean": "pass"}
    rest = {"room_private": "fail", "spoken_to_with_respect": "yes", "culture_aware": "partly", "wait_why": INVENTED}
    draft = actions.open_draft(visit=visit, by=sender)
    actions.save_answers(draft=draft, how=lambda _: calm | rest)
    actions.finish(draft_id=draft.pk, visit=visit, by=sender)
    half = actions.open_draft(visit=visit, by=writer)
    actions.save_answers(draft=half, how=lambda _: {"signs": "fail", "greeted": "yes"})
