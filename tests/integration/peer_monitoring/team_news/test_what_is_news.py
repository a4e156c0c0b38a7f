"""What is news to the team of a visit, what ends it, and what is true no more when its turn comes."""

import pytest

from kit import clock
from peer_monitoring import actions
from peer_monitoring.models import Visit
from people.models import Notice, Person
from tenants.schemes.models import Site
from tests.factories.groups import let_in
from tests.factories.peer_monitoring import Ready, make_ready, settled


@pytest.fixture
def known(ready: Ready, who: Person, work, client_at) -> Visit:
    """A settled visit, of which nothing waits."""
    visit = settled(ready)
    work()
    Notice.objects.all().delete()
    return visit


def waiting(person: Person) -> set[str]:
    return set(Notice.objects.filter(person=person, read_at=None).values_list("kind", flat=True))


def changed(visit: Visit, ready: Ready) -> None:
    actions.change_plan(visit=visit, what=ready.plan(meeting_point="At the bus stop"), by=ready.lead.pk)


def without(visit: Visit, ready: Ready, *others: Person) -> None:
    actions.choose_team(visit=visit, people=[one.pk for one in others], by=ready.lead.pk)


def log(visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(began_at=clock.now(), logged_at=clock.now())


def test_another_place_is_news(known, ready, who, work):
    other = Site.objects.create(scheme=ready.site.scheme, name="Ashmere court", kind=Site.Kind.MAGISTRATES)
    let_in(ready.agreement, other, ready.lead)
    for monitor in ready.monitors:
        make_ready(monitor, ready.group, ready.lead, other)
    actions.change_plan(visit=known, what=ready.plan(site=other), by=ready.lead.pk)
    work()
    assert waiting(who) == {"visit_changed"}


def test_that_the_plan_changed_waits_for_nobody_who_is_off_the_team(known, ready, who, third, work):
    changed(known, ready)
    work()
    assert waiting(who) == {"visit_changed"}
    without(known, ready, ready.monitors[1], third)
    work()
    assert waiting(who) == {"visit_left"}


def test_that_they_do_not_go_is_no_news_once_the_visit_was_logged(known, ready, who, third, work):
    without(known, ready, ready.monitors[1], third)
    log(known)
    work()
    assert waiting(who) == waiting(third) == set()


def test_what_changed_is_no_news_once_the_visit_was_logged(known, ready, who, work):
    changed(known, ready)
    log(known)
    work()
    assert waiting(who) == set()


def test_what_changed_is_no_news_once_the_visit_is_off_and_that_it_is_off_is(known, ready, who, work):
    changed(known, ready)
    actions.cancel(visit=known, why="Somebody is ill", by=ready.lead.pk)
    work()
    assert waiting(who) == {"visit_off"}
