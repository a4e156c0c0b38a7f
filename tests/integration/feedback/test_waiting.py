"""What waits for staff, as their own page on the platform tells it: a number, a day and the way, but no words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock
from people.models import Person
from tenants.feedback import actions, duties, waits
from tenants.feedback.models import Point
from tenants.feedback.rules import Channel, Stage
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import concern, decided, letter, said, slip
from tests.factories.people import someone
from tests.factories.schemes import works_at

ClientAt = Callable[..., Client]


def own_page(client: Client) -> str:
    answer = client.get("/my/")
    assert answer.status_code == 200
    return answer.content.decode()


def at_work(client_at: ClientAt, scheme: Scheme, role: Role) -> Client:
    person = someone("Sam")
    works_at(scheme, person.pk, role=role)
    return client_at(None, person)


def test_staff_read_on_their_own_page_how_much_waits_since_when_and_where(
    client_at: ClientAt, scheme: Scheme, other_scheme: Scheme
) -> None:
    with enter(scheme):
        said(slip(may_publish=False), words="The wait was long.")
        said(slip(may_publish=False), words="Nobody came.")
    with enter(other_scheme):
        said(words="This is of another scheme.")
    clock.set_to(clock.now() + timedelta(days=30), frozen=True)
    page = own_page(at_work(client_at, scheme, Role.MANAGER))
    assert f"3 things wait for you at {scheme.name}" in page and "The day for this was Monday 9 November" in page
    assert f"{scheme.origin}/sign-in/?next=%2Fstaff%2F" in page and "Nothing is waiting for you." not in page
    for words in ("The wait", "Nobody came", "another scheme", f"at {other_scheme.name}"):
        assert words not in page
    with enter(scheme):
        assert not Entry.objects.filter(what="read the beginnings of what waits").exists()


@pytest.mark.parametrize(("role", "many"), [(Role.MANAGER, 4), (Role.PRACTITIONER, 1), (Role.SAFEGUARDING_LEAD, 0)])
def test_only_what_somebody_may_do_and_nobody_else_sees_to_waits_for_them(
    client_at: ClientAt, scheme: Scheme, owner: Membership, role: Role, many: int
) -> None:
    said(slip(may_publish=False))
    letter(owner)
    decided(said(slip(may_publish=False)), owner)
    page = own_page(at_work(client_at, scheme, role))
    words = "1 thing waits for you" if many == 1 else f"{many} things wait for you"
    assert (words in page) is bool(many)
    assert ("Nothing is waiting for you." in page) is not bool(many)


def test_one_thing_is_one_thing_and_nothing_is_nothing(client_at: ClientAt, scheme: Scheme) -> None:
    desk = at_work(client_at, scheme, Role.PRACTITIONER)
    assert "Nothing is waiting for you." in own_page(desk)
    with enter(scheme):
        said()
    assert "1 thing waits for you at" in own_page(desk)


def test_a_role_that_ended_and_a_site_that_is_closed_say_nothing(
    as_owner: str, client_at: ClientAt, scheme: Scheme
) -> None:
    with enter(scheme):
        said()
    desk = at_work(client_at, scheme, Role.MANAGER)
    assert f"for you at {scheme.name}" in own_page(desk)
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.SUSPENDED)
    assert f"for you at {scheme.name}" not in own_page(desk)
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.OPEN)
    Membership.objects.at(scheme).update(until=clock.today())
    assert f"for you at {scheme.name}" not in own_page(desk)


def test_a_promise_that_the_public_may_read_is_to_be_done_though_a_letter_was_never_posted(
    client_at: ClientAt, scheme: Scheme, owner: Membership, inside: Scheme
) -> None:
    letter(owner)
    clock.set_to(clock.now() + timedelta(days=10), frozen=True)
    assert not Point.objects.to_be_done().exists()
    clock.set_to(clock.now() + timedelta(days=10), frozen=True)
    duties.answers_open_to_the_public()
    assert Point.objects.to_be_done().get().stage == Stage.DECIDED
    assert "Say what was done about a promise" in staff_page(client_at, scheme, owner)


def test_an_answer_waits_for_nobody_who_took_back_what_they_said(inside: Scheme, owner: Membership) -> None:
    point = said(slip(), slip(channel=Channel.LETTER))
    round_ = decided(point, owner)
    duties.answers_that_nobody_waits_for_are_told()
    assert Point.objects.get().stage == Stage.DECIDED
    actions.take_back(sayer=point.sayers.get(channel=Channel.LETTER), by=None)
    duties.answers_that_nobody_waits_for_are_told()
    round_.refresh_from_db()
    assert Point.objects.get().stage == Stage.TOLD and round_.public_from is not None


def staff_page(client_at: ClientAt, scheme: Scheme, owner: Membership) -> str:
    with enter("public"):
        return client_at(scheme, Person.objects.get(pk=owner.person_id)).get("/staff/").content.decode()


def test_of_what_has_no_line_of_its_own_the_number_and_the_way_are_told(
    client_at: ClientAt, scheme: Scheme, lead: Person, owner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "LONGEST", 2)
    with enter(scheme):
        for number in range(5):
            said(words=f"Thing {number}")
        concern(), concern(), concern()
    desk = client_at(scheme, lead)
    # Five to see, and five to write words for.
    assert "See all 10<" in desk.get("/staff/").content.decode()
    page = desk.get("/staff/waiting/").content.decode()
    more = '<a class="app-waits__link" href="/points/">See what somebody said: and 3 more in the register</a>'
    assert more in page and "Write words for the website: and 3 more in the register" in page
    editor, keeper = someone("Ed"), someone("Kay")
    works_at(scheme, editor.pk, role=Role.EDITOR)
    works_at(scheme, keeper.pk, role=Role.SAFEGUARDING_LEAD)
    page = client_at(scheme, editor).get("/staff/waiting/").content.decode()
    assert "Write words for the website: and 3 more when you have done some of these" in page
    assert "in the register" not in page
    page = client_at(scheme, keeper).get("/staff/waiting/").content.decode()
    assert "Take up a concern: and 1 more among all concerns" in page and 'href="/concerns/"' in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SAFEGUARDING_LEAD])
def test_a_concern_stands_before_all_else_however_long_that_has_waited(
    role: Role, client_at: ClientAt, scheme: Scheme, owner: Membership
) -> None:
    with enter(scheme):
        for number in range(6):
            said(words=f"Thing {number}")
        clock.set_to(clock.now() + timedelta(days=60), frozen=True)
        concern()
    sam = someone("Sam")
    for one in {role, Role.MANAGER}:
        works_at(scheme, sam.pk, role=one)
    desk = client_at(scheme, sam)
    first = desk.get("/staff/").content.decode().partition('<li class="app-waits__line">')[2]
    assert "Take up a concern" in first.partition("</li>")[0]
    assert "Concerns first, then the soonest" in desk.get("/staff/waiting/").content.decode()


def test_with_a_line_for_each_nothing_more_is_said(
    client_at: ClientAt, scheme: Scheme, lead: Person, owner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "LONGEST", 3)
    with enter(scheme):
        for number in range(3):
            said(words=f"Thing {number}")
    page = client_at(scheme, lead).get("/staff/waiting/").content.decode()
    assert page.count("app-waits__line") == 6 and " more " not in page
