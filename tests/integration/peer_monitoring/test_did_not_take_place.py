"""A visit that was begun, though nobody went there: its lead calls it off, and its scheme learns nothing of it.

Only where all that came says so, and nothing says that somebody went there.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kit import clock
from peer_monitoring import actions, queries
from peer_monitoring.errors import TooLate
from peer_monitoring.models import Draft, Record, Trouble, Visit
from people.models import Notice
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.factories.peer_monitoring import Ready, inside, settled, stopped, under_way, written
from tests.factories.people import someone
from tests.factories.phones import Delivering, made_ready, raised, record_of, sealed_draft
from tests.factories.questions import published
from tests.factories.schemes import works_at

Why = Record.Unfinished
SAID_OFF = "sent what they had, because this visit was called off."
CALL_IT_OFF = "If it did not take place, <a"


@pytest.fixture
def going(client_at, ready: Ready) -> Client:
    return client_at(None, ready.monitors[1])


@pytest.fixture
def at_scheme(client_at, scheme: Scheme) -> Client:
    manager = someone("Manager")
    works_at(scheme, manager.pk, role=Role.MANAGER)
    return client_at(scheme, manager)


@pytest.fixture
def visit(ready: Ready) -> Visit:
    """Held back, and begun on the pages."""
    return under_way(ready, version=published(ready.group), is_held_back=True)


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/{path}"


def page_of(client: Client, visit: Visit, path: str = "") -> str:
    return " ".join(client.get(place(visit, path)).content.decode().split())


def call_off(led: Client, visit: Visit) -> int:
    return led.post(place(visit, "call-off/"), {"why": "The bus broke down"}).status_code


def seen_by(at_scheme: Client) -> str:
    return at_scheme.get("/monitoring/").content.decode().partition("<main")[2]


@pytest.mark.parametrize("is_held_back", [True, False])
def test_what_was_begun_on_the_pages_and_did_not_take_place_is_called_off_and_never_logged(
    is_held_back, client_at, led, at_scheme, ready, work
) -> None:
    nothing = seen_by(at_scheme)
    visit = settled(ready, version=published(ready.group), is_held_back=is_held_back)
    first, second = ready.monitors
    begins = client_at(None, first)
    begins.post(place(visit, "log/"))
    begins.post(place(visit, "log/review/"), {"kind": "called_off", "why": "The bus broke down"})
    page = page_of(led, visit)
    assert f"{first.name} {SAID_OFF} Nothing has come yet from {second.name}. {CALL_IT_OFF}" in page
    assert "All that was sent says that this visit was called off." in page_of(led, visit, "records/")
    stopped(visit, second)
    page = page_of(led, visit)
    assert (
        f"{first.name} and {second.name} {SAID_OFF}" in page
        and CALL_IT_OFF in page
        and "so it cannot be called off" not in page
    )
    page = page_of(led, visit, "records/")
    assert "Everybody on the team sent that this visit was called off." in page and "This is all" not in page
    assert f'href="{place(visit, "call-off/")}"' in page and "It did not take place" in page
    led.post(place(visit, "records/logged/"))
    assert Visit.objects.get().logged_at is None
    asks = page_of(led, visit, "call-off/")
    assert ("The scheme learns nothing of it." in asks) == is_held_back
    assert ("The scheme sees that it was called off, and not why." in asks) != is_held_back
    assert call_off(led, visit) == 302
    work()
    visit.refresh_from_db()
    assert (visit.state, visit.logged_at, visit.to_ring) == (Visit.State.CANCELLED, None, "")
    assert set(Notice.objects.filter(kind="visit_off").values_list("person", flat=True)) == {first.pk, second.pk}
    assert Visit.objects.visible_to_scheme(ready.site.scheme_id).exists() != is_held_back
    if is_held_back:
        assert seen_by(at_scheme) == nothing
    else:
        assert "Called off" in seen_by(at_scheme)
    page = page_of(led, visit)
    assert "Who was to go" in page and SAID_OFF not in page and CALL_IT_OFF not in page
    assert "What was sent says" not in (over := led.get("/groups/voices/visits/").content.decode())
    assert "Not all that was sent is finished" not in over
    assert "called off already" in led.post(place(visit, "call-off/"), {"why": "Again"}).content.decode()


def test_what_somebody_sent_who_left_the_team_since_is_enough(led, visit, ready) -> None:
    stopped(visit, ready.monitors[0])
    visit.seats.filter(person_id=ready.monitors[0].pk).update(left_at=clock.now())
    page = page_of(led, visit)
    assert f"{ready.monitors[0].name} {SAID_OFF}" in page and CALL_IT_OFF in page
    assert call_off(led, visit) == 302


def test_only_the_lead_is_told_that_it_can_be_called_off(going, visit, ready) -> None:
    stopped(visit, ready.monitors[0])
    assert SAID_OFF not in page_of(going, visit) and CALL_IT_OFF not in page_of(going, visit)
    assert "It did not take place" not in page_of(going, visit, "records/")
    assert call_off(going, visit) in {403, 404}


def finished(visit: Visit, ready: Ready) -> None:
    written(visit, ready.monitors[1])


def not_let_in(visit: Visit, ready: Ready) -> None:
    stopped(visit, ready.monitors[1], Why.REFUSED)


def said_in(visit: Visit, ready: Ready) -> None:
    inside(visit, ready.monitors[1])


def came_out(visit: Visit, ready: Ready) -> None:
    actions.come_out(check=inside(visit, ready.monitors[1]), by=ready.monitors[1].pk)


def raised_inside(visit: Visit, ready: Ready) -> None:
    raised(visit, ready.monitors[1])


def noted(visit: Visit, ready: Ready, kind: Trouble.Kind) -> None:
    actions.note_trouble(visit=visit, kind=kind, by_role="Sergeant", why="x", minutes=None, by=ready.monitors[1].pk)


def let_in_late(visit: Visit, ready: Ready) -> None:
    noted(visit, ready, Trouble.Kind.DELAYED)


def refused(visit: Visit, ready: Ready) -> None:
    noted(visit, ready, Trouble.Kind.REFUSED)


SAYS_OTHERWISE = [finished, not_let_in, said_in, came_out, raised_inside, let_in_late, refused]
Says = Callable[[Visit, Ready], None]


@pytest.mark.parametrize("says", SAYS_OTHERWISE)
def test_where_something_says_that_somebody_went_there_it_is_not_called_off_and_can_be_logged(
    says: Says, led, visit, ready
) -> None:
    stopped(visit, ready.monitors[0])
    assert queries.can_be_called_off(visit)
    says(visit, ready)
    visit.refresh_from_db()
    assert not queries.can_be_called_off(visit)
    assert call_off(led, visit) == 200
    with pytest.raises(TooLate, match="it cannot be called off"):
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    page = page_of(led, visit)
    assert "it cannot be called off" in page and CALL_IT_OFF not in page
    page = page_of(led, visit, "records/")
    assert "This is all" in page and "It did not take place" not in page
    led.post(place(visit, "records/logged/"))
    assert Visit.objects.get().state == Visit.State.LOGGED
    assert not queries.can_be_called_off(Visit.objects.get())


def test_what_is_logged_or_closed_is_called_off_no_more(visit, ready) -> None:
    for moments in ({"logged_at": clock.now()}, {"logged_at": clock.now(), "closed_at": clock.now()}):
        Visit.objects.filter(pk=visit.pk).update(**moments)
        stopped(visit, ready.monitors[0])
        with pytest.raises(TooLate):
            actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)


def test_where_nothing_came_a_visit_that_was_begun_is_not_called_off_and_its_page_says_how_it_can_be(
    led, visit, ready
) -> None:
    other = under_way(ready, version=published(ready.group))
    stopped(other, ready.monitors[0])
    assert "ask whoever began it to send what they have and say that the visit was called off" in page_of(led, visit)
    assert "It did not take place" not in page_of(led, visit, "records/")
    with pytest.raises(TooLate):
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)


def test_what_counts_no_more_is_not_sent_or_is_of_another_visit_keeps_nobody_from_calling_it_off(visit, ready) -> None:
    first, second = ready.monitors
    other = under_way(ready, version=published(ready.group))
    for says in (finished, finished, came_out, raised_inside, refused):
        says(other, ready)
    stopped(visit, first, supersedes=written(visit, first))
    actions.open_draft(visit=visit, by=second.pk)
    raised(visit, second, is_inside=False)
    assert actions.cancel(visit=visit, why="Ill", by=ready.lead.pk).cancelled_at


@pytest.mark.parametrize("chosen", ["called off", "finished"])
def test_of_two_that_came_from_one_person_one_is_chosen_first(chosen, client_at, led, visit, ready) -> None:
    who = ready.monitors[0]
    phone = Delivering(client_at(None), made_ready(who)[1])
    off = record_of(visit, answers={}, unfinished={"kind": "called_off", "why": ""})
    assert phone.record(off).status_code == 200
    assert phone.record({**off, "unfinished": None, "answers": {"told": "yes"}}).status_code == 200
    assert Record.objects.get().state == Record.State.CONFLICT
    page = page_of(led, visit, "records/")
    assert "Choose the record that counts" in page
    assert "This is all" not in page and "It did not take place" not in page
    assert call_off(led, visit) == 200
    led.post(place(visit, "records/logged/"))
    assert Visit.objects.get().state == Visit.State.UNDER_WAY
    came = list(Record.objects.get().received.all())
    actions.choose(record=Record.objects.get(), received=came[chosen == "finished"], by=ready.lead.pk)
    assert queries.can_be_called_off(visit) == (chosen == "called off")
    assert queries.can_be_logged(visit) == (chosen == "finished")


def test_what_somebody_else_had_begun_to_write_is_not_lost_and_can_still_be_sent(going, led, visit, ready) -> None:
    first, second = ready.monitors
    draft = actions.open_draft(visit=visit, by=second.pk)
    stopped(visit, first)
    assert "You have not sent what you wrote." not in page_of(going, visit)
    assert call_off(led, visit) == 302
    page = page_of(going, visit)
    assert "You have not sent what you wrote." in page and "The bus broke down" in page
    assert f'href="{place(visit, "log/review/")}"' in page
    assert "You have not sent what you wrote." not in page_of(led, visit)
    assert actions.open_draft(visit=Visit.objects.get(), by=second.pk) == draft
    going.post(place(visit, "log/review/"), {"kind": "other", "why": "I went alone"})
    assert Record.objects.of_person(second.pk).get().unfinished_why == "I went alone"
    assert not Draft.objects.exists()
    assert "You have not sent what you wrote." not in page_of(going, visit)
    assert "I went alone" in page_of(led, visit)
    assert Visit.objects.get().state == Visit.State.CANCELLED
    assert not Visit.objects.visible_to_scheme(ready.site.scheme_id).exists()


def test_nobody_begins_to_write_of_it_any_more(going, led, visit, ready) -> None:
    stopped(visit, ready.monitors[0])
    call_off(led, visit)
    page = page_of(going, visit, "log/")
    assert "This visit was called off. You sent nothing of it." in page and "Begin</button>" not in page
    answer = going.post(place(visit, "log/"))
    assert answer.status_code == 409 and "What you wrote before can still be sent" in answer.content.decode()
    assert not Draft.objects.exists()
    with pytest.raises(TooLate):
        actions.say_in(visit=visit, out_by=clock.now() + timedelta(hours=1), by=ready.monitors[1].pk)


@pytest.mark.parametrize("is_held_back", [True, False])
def test_a_phone_learns_that_it_was_called_off_keeps_what_is_on_it_and_sends_it(
    is_held_back, client_at, going, led, ready
) -> None:
    visit = under_way(ready, version=published(ready.group), is_held_back=is_held_back)
    first, second = ready.monitors
    draft = sealed_draft(visit, second)
    stopped(visit, first)
    call_off(led, visit)
    told = going.get("/app/mine.json").json()
    assert (told["gone"], told["reasons"]) == ({str(visit.pk): "cancelled"}, {str(visit.pk): "The bus broke down"})
    assert [(one["id"], one["visit"]["gone"]) for one in told["drafts"]] == [(str(draft.pk), True)]
    assert Delivering(client_at(None), made_ready(second)[1]).record(record_of(visit)).status_code == 200
    assert Record.objects.of_person(second.pk).get().unfinished == ""
    visit.refresh_from_db()
    assert (visit.state, visit.logged_at) == (Visit.State.CANCELLED, None)
