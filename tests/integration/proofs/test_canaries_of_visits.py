"""Must show 3: nobody of a scheme, and nobody nationally, finds a trace of a visit that is held back before it happens.

A word of its own in all that is kept of such a visit, then every page is read as everybody who may open it: none of
the words is met, and each page is the same as without the visit, numbers included.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from groups.models import Group
from kit import clock, outbox
from peer_monitoring import actions
from peer_monitoring.models import Programme, Trouble, Visit
from peer_monitoring.rules import INSIDE_FOR
from people.models import Notice, Person
from questions.shape import Kind, Section
from tenants.feedback import actions as at_the_scheme
from tenants.feedback.models import Concern
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.cast import Cast, assemble
from tests.factories import feedback, phones
from tests.factories import peer_monitoring as monitoring
from tests.factories.questions import a_form, a_question, published, words
from tests.integration.proofs import matrix
from tests.integration.proofs.canaries import Canaries
from tests.integration.proofs.crawling import addresses_for, read

OURS = {"group lead", "group member"}
# Who sees most of what a scheme sees, and who compares schemes; the long proof has all who may something else.
LEAD, HARM = "safeguarding_lead here", "A man has had no water."
FEW = [("manager here", False), ("programme_manager", True)]
READ_BY_ITS_WRITER, READ_BY_THE_LEAD = {"Draft.answers"}, {"Seat.needs"}


class World:
    """The cast, with a browser for each of them."""

    def __init__(self, here: Scheme, elsewhere: Scheme) -> None:
        self.cast: Cast = assemble(here, elsewhere)
        self.browsers = matrix.visitors(self.cast)
        work()

    def person(self, who: str) -> Person:
        found = self.cast.people[who]
        assert found is not None
        return found

    def read_all(self, who: str, *, on_platform: bool, few: bool) -> dict[str, str]:
        """What somebody reads, page by page."""
        client = self.browsers[who, on_platform]
        addresses = addresses_for(who, on_platform=on_platform, cast=self.cast, few=few)
        return {one: read(client, one) for one in addresses}


class Planted:
    """A visit of Voices that is under way, and one that had begun and was called off since nobody went there.

    Each text of them has a word of its own.
    """

    def __init__(self, world: World, *, is_held_back: bool = True) -> None:
        self.is_held_back = is_held_back
        self.words = Canaries()
        lead, member = world.person("group lead"), world.person("group member")
        group = Group.objects.get(slug="voices")
        site = world.cast.scheme.sites.earliest("name")
        self.ready = monitoring.Ready(group, lead, [member, lead], group.agreements.get(), site)
        self.visit = self._planned()
        self._written(lead, member)
        self.called_off = self._called_off(lead, member)
        work()

    def _planned(self) -> Visit:
        new = self.words.new
        question = a_question("found", Kind.TEXT, label=words(new("Question.label")))
        form = a_form(Section("all", words(new("Section.label")), (question,)))
        made = monitoring.planned(
            self.ready, is_held_back=self.is_held_back, version=published(self.ready.group, form),
            meeting_point=new("Visit.meeting_point"), note=new("Visit.note"),
            to_ring=f"{new('Visit.to_ring')} 01632 960123",
        )  # fmt: skip
        programme = Programme.objects.create(
            group=made.group, name=new("Programme.name"), question_set=made.version.question_set
        )
        # The cast is not trained and vetted; whether a team may go is shown elsewhere.
        Visit.objects.filter(pk=made.pk).update(ready_at=clock.now(), programme=programme)
        made.refresh_from_db()
        return made

    def _written(self, lead: Person, member: Person) -> None:
        new, visit, by = self.words.new, self.visit, member.pk
        actions.write_needs(seat=visit.seats.get(person_id=by), needs=new("Seat.needs"))
        record = monitoring.written(visit, member, found=new("Record.answers"))
        phones.with_a_photo(record)
        phones.sealed_draft(visit, member)
        draft, changed = actions.correct(record=record, by=by), new("Draft.answers")
        actions.save_answers(draft=draft, how=lambda was: {**was, "found": changed})
        kind, role, why = Trouble.Kind.DELAYED, new("Trouble.by_role"), new("Trouble.why")
        actions.note_trouble(visit=visit, kind=kind, by_role=role, why=why, minutes=5, by=by)
        actions.say_in(visit=visit, out_by=clock.now() + INSIDE_FOR, by=by)

    def _called_off(self, lead: Person, member: Person) -> Visit:
        new, visit = self.words.new, self._planned()
        actions.begin(visit=visit, by=member.pk)
        monitoring.stopped(visit, member, words=new("Record.unfinished_why"))
        return actions.cancel(visit=visit, why=new("Visit.cancelled_why"), by=lead.pk)

    def addresses(self) -> list[str]:
        """Where its own team reads of it."""
        here, record = "/groups/voices/", self.visit.records.get()
        visit, gone = (f"{here}visits/{one.pk}/" for one in (self.visit, self.called_off))
        sections = [f"{visit}log/sections/{one['name']}/" for one in self.visit.version.compiled["sections"]]
        assert record.state == "counts"
        return [visit, gone, f"{visit}records/", *sections, f"{here}programmes/", f"{here}visits/"]


def work() -> None:
    """Whatever follows from what was done."""
    while outbox.work_once():
        pass


@pytest.fixture(scope="module")
def world(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(*(Scheme.objects.get(slug=slug) for slug in ("ashmere", "brackwell")))
        transaction.set_rollback(True)


@pytest.mark.parametrize(("who", "but"), [("group lead", READ_BY_ITS_WRITER), ("group member", READ_BY_THE_LEAD)])
def test_its_own_team_meets_all_that_is_kept_of_it(who: str, but: set[str], world: World) -> None:
    planted, client = Planted(world), world.browsers[who, True]
    met = set().union(*(planted.words.found_in(read(client, one)) for one in planted.addresses()))
    assert met == set(planted.words.where.values()) - but


def test_the_same_reading_finds_one_that_is_announced(world: World) -> None:
    client = world.browsers["manager here", False]
    before = read(client, "/monitoring/")
    Planted(world, is_held_back=False)
    after = read(client, "/monitoring/")
    assert before != after == read(client, "/monitoring/")


@pytest.mark.parametrize("is_seen_to", [False, True])
def test_a_concern_that_was_raised_on_it_before_its_day_is_like_one_from_nowhere(
    is_seen_to: bool, world: World
) -> None:
    clock.set_to(clock.now(), frozen=True)

    def write_it() -> None:
        with enter(world.cast.scheme):
            feedback.concern(HARM)

    def raise_it() -> None:
        planted = Planted(world)
        # Whoever says by mistake that they are in, before they can be.
        Visit.objects.filter(pk=planted.visit.pk).update(day=clock.today() + timedelta(days=1))
        phones.raised(planted.visit, world.person("group member"), words=HARM, is_inside=True)

    raised, written = (what_the_lead_reads_of(one, world, is_seen_to=is_seen_to) for one in (raise_it, write_it))
    assert raised == written


def what_the_lead_reads_of(raising: Callable[[], None], world: World, *, is_seen_to: bool) -> list[str]:
    """The pages on which the safeguarding lead meets a concern."""
    at_scheme, on_platform = (world.browsers[LEAD, there] for there in (False, True))
    with transaction.atomic():
        raising()
        work()
        with enter(world.cast.scheme):
            concern = Concern.objects.get(words=HARM)
            if is_seen_to:
                concern = at_the_scheme.take_up(concern=concern, by=world.person(LEAD))
                at_the_scheme.close_concern(concern=concern, what_was_done="Water was brought.", by=world.person(LEAD))
        work()
        notice = Notice.objects.get(kind="concern", key=str(concern.pk), person=world.person(LEAD))
        pages = [read(at_scheme, f"/concerns/{concern.pk}/"), read(on_platform, "/my/")]
        pages += [read(at_scheme, one) for one in ("/concerns/", "/staff/", "/monitoring/")]
        transaction.set_rollback(True)
    assert HARM in pages[0] and str(notice.pk) in pages[1] and all(one.startswith("200") for one in pages)
    return [page.replace(str(concern.pk), "").replace(str(notice.pk), "") for page in pages]


@pytest.mark.parametrize(("who", "on_platform"), FEW)
def test_nobody_else_finds_a_trace_of_it(who: str, on_platform: bool, world: World) -> None:
    assert traces(world, who, on_platform=on_platform, few=True) == []


@pytest.mark.long
@pytest.mark.parametrize("on_platform", [True, False])
def test_nobody_at_all_finds_a_trace_of_it(on_platform: bool, world: World) -> None:
    """One for each that may something else."""
    rights = world.cast.rights_on_platform if on_platform else world.cast.rights_at_scheme
    some = {rights[who]: who for who in set(rights) - OURS}
    for who in some.values():
        with transaction.atomic():
            assert traces(world, who, on_platform=on_platform, few=False) == [], who
            transaction.set_rollback(True)


def traces(world: World, who: str, *, on_platform: bool, few: bool) -> list[str]:
    """On which pages somebody reads another thing because there is a visit that is held back."""
    clock.set_to(clock.now(), frozen=True)
    before = world.read_all(who, on_platform=on_platform, few=few)
    planted = Planted(world)
    after = world.read_all(who, on_platform=on_platform, few=few)
    assert not any(planted.words.found_in(page) for page in after.values()), who
    # What is another one each time that it is read, such as a code that was just made, is the trace of nothing.
    client = world.browsers[who, on_platform]
    return [one for one in after if before[one] != after[one] == read(client, one)]
