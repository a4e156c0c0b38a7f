"""What the demonstration's group and schemes agreed: all of it is invented, and says so."""

from datetime import timedelta
from uuid import UUID

from groups import actions, queries
from groups.models import Group
from groups.seats import Seat
from kit import clock
from tenants.schemes.models import Scheme

INVENTED = "(invented example)"
TRAINED, COUNTS, VETTED = 20, 700, 500


def agree(group: Group, scheme: Scheme, *, lead: UUID) -> None:
    """An agreement with all that stands in one: terms, what is handed over, and what the group decided."""
    today = clock.today()
    agreement = actions.agree(
        scheme=scheme, group=group, until=today + timedelta(days=365 + 200), contact_role="Involvement lead",
        contact_way=f"involvement-lead.{scheme.slug}@example.org",
        payment=f"£250 for each visit, within 30 days of it {INVENTED}", by=None,
    )  # fmt: skip
    promised = [
        actions.promise_resource(
            agreement=agreement, scheme=scheme, kind=kind, pounds=pounds, words=f"{words} {INVENTED}",
            agreed_on=today, by=None,
        )
        for kind, pounds, words in (
            ("money", 12_000, "for peer support, to spend as the group decides"),
            ("time", None, "Half a day a week of a support, time and recovery worker"),
            ("other", None, "A room at the court on Thursdays"),
        )
    ]  # fmt: skip
    actions.receive_resource(resource=promised[0], received_on=today, by=lead)
    month = today + timedelta(days=30)
    poster, worker = (
        actions.decide(agreement=agreement, what=f"{what} {INVENTED}", decided_on=today, due=month, by=lead)
        for what in (
            "A poster in every cell says in Easy Read what happens next.",
            "A peer worker is in the court on Thursdays.",
        )
    )
    actions.report_delivery(
        decision=worker, scheme=scheme, state="under_way", day=month,
        words=f"We have asked for a badge for her. {INVENTED}", by=None,
    )  # fmt: skip
    actions.report_delivery(
        decision=poster, scheme=scheme, state="done", day=today, words=f"They hang in all 12 cells. {INVENTED}", by=None
    )
    actions.answer_delivery(decision=poster, answer="partly", by=lead)
    for site in list(scheme.sites.order_by("name"))[:2]:
        actions.permit_site(
            agreement=agreement, site=site, given_by_role="Whoever is in charge of the place",
            given_by_organisation=f"Who runs it {INVENTED}", given_on=today, since=today,
            until=today + timedelta(days=365 + 200), conditions="Ring at the side door. No phones beyond the desk.",
            by=lead,
        )  # fmt: skip


def keep_a_register(group: Group, *, lead: UUID) -> None:
    """A peer support scheme that the group leads."""
    actions.add_peer_support(
        group=group, name=f"Beside you at court {INVENTED}", lead_group=group.name,
        remit="Somebody who has been through it sits with you while you wait, and goes with you afterwards.",
        serves="Anybody who waits at a court in Willowford", supervised_by="A psychologist of the service",
        supervised_how_often="every 2 weeks", since=clock.today(), until=None, by=lead,
    )  # fmt: skip


def make_ready(group: Group, scheme: Scheme) -> None:
    """What is kept of members who visit: the lead may go to one place, the monitor worked at another."""
    today, sites = clock.today(), list(scheme.sites.order_by("name"))
    seats = list(queries.members(group))
    lead = next(one.membership.person_id for one in seats if one.membership.seat == Seat.LEAD)
    for one in seats:
        seat, own = one.membership, one.membership.person_id
        actions.add_training(
            membership=seat, name=f"Keeping ourselves and others safe {INVENTED}",
            done_on=today - timedelta(days=TRAINED), valid_until=today + timedelta(days=COUNTS), by=own,
        )  # fmt: skip
        actions.say_lived_experience(membership=seat, has=True, by=own)
        actions.set_vetting(
            membership=seat, site=sites[0], status="stands", stands_until=today + timedelta(days=VETTED), by=lead
        )
        actions.set_vetting(membership=seat, site=sites[1], status="asked", stands_until=None, by=lead)
        actions.declare_conflict(
            membership=seat, scheme_id=scheme.pk, site_id=sites[-1].pk, since=today - timedelta(days=COUNTS),
            until=today - timedelta(days=TRAINED), by=own,
        )  # fmt: skip
