"""Staff who keep people safe read what was told, take it up and close it, and nobody else does."""

from datetime import timedelta

import pytest

from audit.models import Entry
from kit import clock, scheduler
from people.models import Notice, Person
from tenants.feedback import actions
from tenants.feedback.errors import AlreadyTaken, NothingSaid, NotYet
from tenants.feedback.models import Concern
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.integration.feedback.concerns.steps import WORDS, ClientAt, the_concern, told, works


@pytest.mark.parametrize("role", [Role.INVOLVEMENT_LEAD, Role.PRACTITIONER, Role.STR_WORKER, Role.EDITOR])
def test_no_other_staff_read_it(role: Role, client_at: ClientAt, scheme: Scheme) -> None:
    told(client_at(scheme))
    desk = client_at(scheme, works(scheme, role))
    for page in ("/concerns/", f"/concerns/{the_concern(scheme).pk}/"):
        assert desk.get(page).status_code == 404
    assert "concern" not in desk.get("/staff/").content.decode().lower()


def test_its_words_are_as_big_as_the_rest_and_each_step_says_that_it_is_done(
    client_at: ClientAt, scheme: Scheme, lead: Person
) -> None:
    told(client_at(scheme))
    desk, address = client_at(scheme, lead), f"/concerns/{the_concern(scheme).pk}/"
    assert '<blockquote class="app-typed nhsuk-body">' in desk.get(address).content.decode()
    taken = desk.post(f"{address}take/", follow=True).content.decode()
    assert "You see to it now. That is written down." in taken
    closed = desk.post(address, {"what_was_done": "We rang."}, follow=True).content.decode()
    assert "The concern is closed." in closed and "<h1" in closed
    assert '<a href="/concerns/">Concerns</a>' in desk.get("/staff/").content.decode(), "the page is called that too"


def test_each_reading_is_written_down_s1(client_at: ClientAt, scheme: Scheme, lead: Person) -> None:
    told(client_at(scheme))
    found = the_concern(scheme)
    desk = client_at(scheme, lead)
    assert WORDS.replace("'", "&#39;") in desk.get(f"/concerns/{found.pk}/").content.decode()
    assert "boy" not in desk.get("/concerns/").content.decode()
    with enter(scheme):
        entry = Entry.objects.filter(operation="read").get()
        assert (entry.by, entry.what) == (lead.pk, "read a concern")


def test_it_is_taken_up_and_closed_with_what_was_done(client_at: ClientAt, scheme: Scheme, lead: Person) -> None:
    told(client_at(scheme))
    address = f"/concerns/{the_concern(scheme).pk}/"
    desk = client_at(scheme, lead)
    assert "Take up a concern" in desk.get("/staff/").content.decode()
    assert "Close this concern" not in desk.get(address).content.decode()
    desk.post(f"{address}take/")
    assert "Take up a concern" not in desk.get("/staff/").content.decode()
    assert "Enter" in desk.post(address, {"what_was_done": ""}).content.decode()
    assert desk.post(address, {"what_was_done": "Told the council."}).status_code == 302
    found = the_concern(scheme)
    assert (found.state, found.taken_by_id, found.what_was_done) == ("Closed", lead.pk, "Told the council.")


def test_what_nobody_takes_up_goes_to_the_managers_once(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person
) -> None:
    told(client_at(scheme))
    for days in (1, 2, 3):
        clock.set_to(clock.now() + timedelta(days=1), frozen=True)
        scheduler.tick()
        passed_on = Notice.objects.filter(person=manager).count()
        assert passed_on == (0 if days == 1 else 1)


def test_what_is_taken_up_in_time_stays_with_the_lead(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person
) -> None:
    told(client_at(scheme))
    with enter(scheme):
        actions.take_up(concern=Concern.objects.get(), by=lead)
    clock.set_to(clock.now() + timedelta(days=5), frozen=True)
    scheduler.tick()
    assert not Notice.objects.filter(person=manager).exists()


def test_the_steps_have_an_order(client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person) -> None:
    told(client_at(scheme))
    with enter(scheme):
        concern = Concern.objects.get()
        with pytest.raises(NotYet):
            actions.close_concern(concern=concern, what_was_done="x", by=lead)
        actions.take_up(concern=concern, by=lead)
        with pytest.raises(AlreadyTaken):
            actions.take_up(concern=concern, by=manager)
        with pytest.raises(NothingSaid):
            actions.close_concern(concern=concern, what_was_done=" ", by=lead)
        actions.close_concern(concern=concern, what_was_done="Done.", by=lead)
        with pytest.raises(AlreadyTaken):
            actions.close_concern(concern=concern, what_was_done="Again.", by=lead)
