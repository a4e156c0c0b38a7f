"""Bring the stories to where they stand, step by step, each at its own moment of the past."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from alongside.demo.case_study import ANSWERS, CONFIRMED
from alongside.demo.stories import CASE_STUDY_NOTE, Reply, Story
from kit import clock, outbox
from people.actions import read_notice
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions import Saying
from tenants.feedback.importing import import_points
from tenants.feedback.models import GroupTag, Point, Theme
from tenants.feedback.rules import PROMISES, Channel, Decision, Kind
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role

CASE_STUDY = Path(__file__).parent / "case-study.csv"
EVERYTHING_BEGAN, CASE_STUDY_DAYS_AGO = 200, 110
# Days after a point came.
SEEN, PROGRESS, DONE, CONFIRMED_AFTER = 2, 20, 30, 36


@contextmanager
def own_clock() -> Iterator[None]:
    """A clock of this process alone, which the stories move; everybody else's goes on. It begins before all stories."""
    shared, began = settings.CLOCK_FILE, clock.now()
    settings.CLOCK_FILE = settings.DATA_FOLDER / "clock.demonstration"
    clock.set_to(began - timedelta(days=EVERYTHING_BEGAN), frozen=True)
    try:
        yield
    finally:
        clock.set_to(None)
        settings.CLOCK_FILE = shared


class Teller:
    """Tells stories at schemes, as its staff and service users would have lived them."""

    def __init__(self, service_users: dict[str, Person]) -> None:
        self.service_users = service_users
        self.now = clock.now() + timedelta(days=EVERYTHING_BEGAN)

    def tell(self, scheme: Scheme, staff: dict[Role, Person], stories: Sequence[Story]) -> None:
        """All the stories of one scheme."""
        with enter(scheme):
            owner = Membership.objects.at(scheme).get(person_id=staff[Role.INVOLVEMENT_LEAD].pk)
            for story in stories:
                self._tell(scheme, staff, owner, story)

    def tell_case_study(self, scheme: Scheme, staff: dict[Role, Person]) -> str:
        """The case study comes in as its file, and gets invented answers; returns the code of one group's slip."""
        self._go_to(CASE_STUDY_DAYS_AGO)
        report = import_points(
            CASE_STUDY, scheme=scheme, apply=True, by=staff[Role.INVOLVEMENT_LEAD], example_note=CASE_STUDY_NOTE
        )
        self._work()
        with enter(scheme):
            owner = Membership.objects.at(scheme).get(person_id=staff[Role.INVOLVEMENT_LEAD].pk)
            for said, (theme, reply) in ANSWERS.items():
                point = Point.objects.get(said=said, example_note=CASE_STUDY_NOTE)
                self._reply(point, staff, owner, reply, theme=theme, public=said, days_ago=CASE_STUDY_DAYS_AGO)
        return next(code for (_, group), code in report.slips.items() if group == CONFIRMED)

    def _tell(self, scheme: Scheme, staff: dict[Role, Person], owner: Membership, story: Story) -> None:
        self._go_to(story.days_ago)
        sites = list(scheme.sites.order_by("name"))
        point = actions.hear(
            said=story.said,
            sayers=[self._saying(story)],
            method=story.method,
            by=self.service_users.get(story.by),
            said_on=clock.today() - timedelta(days=1),
            how_many=story.how_many,
            theme=Theme.objects.get(code=story.theme),
            groups=list(GroupTag.objects.filter(code=story.group)),
            site_id=sites[story.site].pk if story.site is not None else None,
        ).point
        self._work()
        if story.seen and not story.reply:
            self._go_to(max(story.days_ago - SEEN, 0))
            actions.acknowledge(point=point, by=staff[Role.PRACTITIONER])
        if story.reply:
            self._reply(
                point, staff, owner, story.reply, theme=story.theme, public=story.public, days_ago=story.days_ago
            )
        if story.quote:
            actions.quote(
                sayer=point.sayers.get(), words=story.quote, explained_how="Read aloud", by=staff[Role.EDITOR]
            )

    def _reply(
        self, point: Point, staff: dict[Role, Person], owner: Membership, reply: Reply, *, theme: str, public: str,
        days_ago: int,
    ) -> None:  # fmt: skip
        lead = staff[Role.INVOLVEMENT_LEAD]
        self._go_to(days_ago - SEEN)
        actions.acknowledge(point=point, by=staff[Role.PRACTITIONER])
        groups = list(point.groups.all())
        actions.sort(point=point, theme=Theme.objects.get(code=theme), site_id=point.site_id, groups=groups, by=lead)
        actions.approve_words(point=point, words=public, by=staff[Role.EDITOR])
        self._go_to(days_ago - reply.after)
        day = clock.today() + timedelta(days=reply.due_in)
        actions.no_regard_needed(point=point, why_not="It is the same for everybody.", by=lead)
        actions.decide(
            point=point, decision=reply.decision, answer=reply.answer, reason=reply.reason, owner=owner, by=lead,
            due=day if reply.decision in PROMISES else None,
            review_on=day if reply.decision == Decision.NOT_NOW else None,
        )  # fmt: skip
        self._work()
        if reply.progress:
            self._go_to(days_ago - PROGRESS)
            actions.report_progress(point=point, words=reply.progress, by=staff[Role.STR_WORKER])
        if reply.done:
            self._go_to(days_ago - DONE)
            actions.claim_done(point=point, words=reply.done, by=lead)
            self._work()
        if reply.confirmed:
            self._go_to(days_ago - CONFIRMED_AFTER)
            sayer = point.sayers.get()
            by = Person.objects.get(pk=sayer.person_id) if sayer.person_id else None
            confirmation = actions.confirm(sayer=sayer, answer=reply.confirmed, by=by)
            if by:
                for kind in ("answer", "did_it_change"):
                    read_notice(person_id=by.pk, kind=kind, key=str(confirmation.round_id))
        self._work()

    def _saying(self, story: Story) -> Saying:
        if not story.by:
            return Saying(kind=Kind.SLIP, may_publish=True)
        channel = Channel.EMAIL if story.by == "sam" else Channel.PAGE
        person = self.service_users[story.by]
        return Saying(kind=Kind.PERSON, person_id=person.pk, channel=channel, may_publish=True)

    def _go_to(self, days_ago: int) -> None:
        clock.set_to(self.now - timedelta(days=days_ago), frozen=True)

    def _work(self) -> None:
        while outbox.work_once():
            pass
