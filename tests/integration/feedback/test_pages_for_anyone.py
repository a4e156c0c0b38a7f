"""Tell us, and the answer behind the code of a slip: for anyone, with no account."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count
from django.test import Client

from audit.models import Entry
from kit import clock, codes
from people.actions import change_contact
from tenants.feedback import limits
from tenants.feedback.models import Confirmation, Point, Sayer
from tenants.feedback.rules import Kind, Relation
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.feedback import claimed, published, said, slip, staff
from tests.integration.conftest import MakePerson

ClientAt = Callable[..., Client]
CODE = re.compile(r"[A-Z]+-[A-Z]+-[A-Z]+-[A-Z]+-[2-9]{4}")


@pytest.fixture
def visitor(client_at: ClientAt, scheme: Scheme) -> Client:
    """Somebody with a cheap phone and no account."""
    return client_at(scheme)


def sent_form(client: Client, **filled: Any) -> dict[str, Any]:
    page = client.get("/tell-us/").content.decode()
    (send,) = re.findall(r'name="send" value="([^"]+)"', page)
    return {"said": "Nobody told me how long I would wait.", "send": send} | filled


def tell(client: Client, **filled: Any) -> str:
    """Send the form, and read the code from the page after it."""
    answer = client.post("/tell-us/", sent_form(client, **filled))
    assert answer.status_code == 302, answer.content.decode()
    return CODE.search(client.get("/tell-us/thanks/").content.decode()).group()  # type: ignore[union-attr]


def only_point(scheme: Scheme) -> Point:
    with enter(scheme):
        return Point.objects.get()


def only_sayer(scheme: Scheme) -> Sayer:
    with enter(scheme):
        return Sayer.objects.annotate(agreed=Count("consents")).get()


def way_at(client: Client, page: str, **given: Any) -> str:
    """One page of the way, with what was given on those before it."""
    return client.post("/tell-us/", {"go": page} | given).content.decode()


def test_danger_and_what_we_cannot_keep_to_ourselves_stand_before_the_words(visitor: Client) -> None:
    page = visitor.get("/tell-us/").content.decode()
    assert page.index("call 999") < page.index("we must tell people who can keep them safe") < page.index("Start")
    assert "What would you like us to know?" not in page


@pytest.mark.parametrize("page", ["about", "relation", "website"])
def test_nothing_is_ticked_before_s3(page: str, visitor: Client) -> None:
    assert " checked" not in way_at(visitor, page)


def test_whoever_tells_us_something_gets_a_code_and_the_day_of_the_answer(visitor: Client, scheme: Scheme) -> None:
    code = tell(visitor)
    page = visitor.get("/tell-us/thanks/").content.decode()
    assert "Monday 30 November 2026" in page
    sayer = only_sayer(scheme)
    assert (sayer.slip, sayer.agreed) == (codes.fingerprint(code), 1)


def test_what_was_chosen_is_kept_s17(visitor: Client, scheme: Scheme) -> None:
    tell(visitor, may_publish="on", relation="lived_experience")
    sayer = only_sayer(scheme)
    assert (sayer.relation, sayer.agreed) == (Relation.LIVED_EXPERIENCE, 2)


def test_the_same_form_sent_twice_is_one_point_and_one_code(client_at: ClientAt, scheme: Scheme) -> None:
    form = sent_form(client_at(scheme))
    found = []
    for _ in range(2):
        # The first answer was lost, and with it its cookie.
        visitor = client_at(scheme)
        visitor.post("/tell-us/", form)
        found.append(CODE.search(visitor.get("/tell-us/thanks/").content.decode()).group())  # type: ignore[union-attr]
    assert found[0] == found[1]
    only_point(scheme)


def test_what_comes_from_one_address_is_limited_and_what_was_typed_stays(visitor: Client, scheme: Scheme) -> None:
    form = sent_form(visitor, said="Said too often.", relation="using")
    for number in range(limits.TELLINGS_AN_HOUR):
        assert visitor.post("/tell-us/", form | {"said": f"Number {number}."}).status_code == 302
    refused = visitor.post("/tell-us/", form)
    page = refused.content.decode()
    assert refused.status_code == 429 and "after 11am" in page and "tell a member of our staff" in page
    assert 'name="said" value="Said too often."' in page and 'name="relation" value="using"' in page
    clock.set_to(clock.now() + timedelta(hours=1), frozen=True)
    assert visitor.post("/tell-us/", form).status_code == 302
    with enter(scheme):
        assert Point.objects.count() == limits.TELLINGS_AN_HOUR + 1


def test_an_empty_box_is_said_plainly_and_the_rest_is_kept(visitor: Client, scheme: Scheme) -> None:
    page = visitor.post("/tell-us/", sent_form(visitor, said=" ", relation="using")).content.decode()
    assert "There is a problem" in page and "Write something in the box" in page
    assert 'name="relation" value="using"' in page


def test_a_code_is_shown_for_a_quarter_of_an_hour_and_no_longer(visitor: Client) -> None:
    tell(visitor)
    clock.set_to(clock.now() + timedelta(minutes=16), frozen=True)
    assert not CODE.search(visitor.get("/tell-us/thanks/").content.decode())


LEAVING = re.compile(r'<form method="post" action="([^"]+)" data-close hidden><input type="hidden" name="csrf')


def test_leaving_forgets_a_new_code_and_closes_an_open_answer(visitor: Client) -> None:
    code = tell(visitor)
    (address,) = LEAVING.findall(visitor.get("/tell-us/thanks/").content.decode())
    visitor.post(address)
    assert code not in visitor.get("/tell-us/thanks/").content.decode()
    visitor.post("/answer/", {"code": code})
    assert LEAVING.findall(visitor.get("/answer/yours/").content.decode()) == [address]
    visitor.post(address)
    assert visitor.get("/answer/yours/").headers["Location"] == "/answer/"


@pytest.mark.parametrize("page", ["/tell-us/", "/answer/"])
def test_whoever_leaves_on_the_way_leaves_nothing_open(visitor: Client, page: str) -> None:
    tell(visitor)
    assert LEAVING.findall(visitor.get(page).content.decode()) == ["/answer/close/"]


def test_a_code_that_was_written_down_is_shown_no_more(visitor: Client) -> None:
    tell(visitor)
    visitor.post("/tell-us/thanks/")
    page = visitor.get("/tell-us/thanks/").content.decode()
    assert not CODE.search(page) and "We cannot show this again" in page


def test_whoever_is_signed_in_may_have_the_answer_on_their_page(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    robin = person()
    change_contact(person=robin, channel="email", words_in_messages=False, by=robin)
    client = client_at(scheme, robin)
    assert "Put the answer itself in the message" not in way_at(client, "answer")
    client.post("/tell-us/", sent_form(client, link="on", write_to_me="on"))
    sayer = only_sayer(scheme)
    assert (sayer.kind, sayer.person_id, sayer.channel) == (Kind.PERSON, robin.pk, "email")
    assert not CODE.search(client.get("/tell-us/thanks/").content.decode())


def test_whoever_is_signed_in_finds_the_answer_on_their_page_ticked_and_nothing_else(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    page = way_at(client_at(scheme, person()), "answer")
    assert re.search(r'name="link"[^>]* checked', page) and page.count(" checked") == 1


def test_whoever_was_signed_out_meanwhile_is_told_to_keep_the_code(visitor: Client) -> None:
    tell(visitor, link="on")
    assert "You were signed out. Keep this code instead." in visitor.get("/tell-us/thanks/").content.decode()
    tell(visitor)
    assert "You were signed out" not in visitor.get("/tell-us/thanks/").content.decode()


def test_a_message_is_offered_only_where_it_is_safe(client_at: ClientAt, scheme: Scheme, person: MakePerson) -> None:
    client = client_at(scheme, person())
    page = way_at(client, "answer")
    assert "Show me the answer in My Alongside" in page and "in the way I chose" not in page
    client.post("/tell-us/", sent_form(client, link="on", write_to_me="on"))
    assert only_sayer(scheme).channel == "page"


def test_whoever_is_signed_in_is_not_named_unless_they_want_to(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    robin = person()
    client = client_at(scheme, robin)
    client.post("/tell-us/", sent_form(client))
    with enter(scheme):
        assert str(robin.pk) not in str(list(Entry.objects.values()) + list(Point.objects.values()))
    assert only_sayer(scheme).kind == Kind.SLIP


def test_a_visitor_cannot_tick_what_only_a_person_with_an_account_is_offered(visitor: Client, scheme: Scheme) -> None:
    tell(visitor, link="on", write_to_me="on")
    assert only_sayer(scheme).kind == Kind.SLIP


def opened(visitor: Client, code: str) -> str:
    """The page behind a code."""
    return visitor.post("/answer/", {"code": code}, follow=True).content.decode()


@pytest.fixture
def a_slip(scheme: Scheme, visitor: Client) -> str:
    """A code whose point waits to be seen."""
    return tell(visitor, may_publish="on")


@pytest.fixture
def done_slip(scheme: Scheme, a_slip: str) -> str:
    """A code whose point the scheme says is done."""
    with enter(scheme):
        claimed(Point.objects.get(), staff(scheme)[1])
    return a_slip


def test_a_slip_opens_the_answer_with_no_account(visitor: Client, scheme: Scheme, a_slip: str) -> None:
    assert "Somebody will read it soon" in opened(visitor, a_slip)
    with enter(scheme):
        published(Point.objects.get(), staff(scheme)[1], answer="A card on the wall.", reason="You asked.")
    page = opened(visitor, a_slip.lower().replace("-", " "))
    assert "There is an answer for you" in page and "A card on the wall." in page and "You asked." in page


def test_a_code_of_another_scheme_gets_the_answer_of_one_that_never_was(
    client_at: ClientAt, other_scheme: Scheme, a_slip: str
) -> None:
    elsewhere = client_at(other_scheme)
    foreign, unknown = (re.sub(r'value="[^"]*"', "", opened(elsewhere, code)) for code in (a_slip, codes.new_code()))
    assert foreign == unknown
    assert "We cannot find this code here" in foreign


def test_a_slip_of_the_pen_is_told_from_an_unknown_code(visitor: Client) -> None:
    assert "four words" in opened(visitor, "maple lamp")


def test_codes_cannot_be_guessed_at_will(visitor: Client, a_slip: str) -> None:
    for _ in range(limits.TRIES_AN_HOUR):
        opened(visitor, codes.new_code())
    assert "too many tries" in opened(visitor, a_slip)
    clock.set_to(clock.now() + timedelta(hours=1), frozen=True)
    assert "Somebody will read it soon" in opened(visitor, a_slip)


def test_many_tries_at_one_scheme_do_not_close_another(
    client_at: ClientAt, scheme: Scheme, other_scheme: Scheme, a_slip: str
) -> None:
    elsewhere = client_at(other_scheme)
    for _ in range(limits.TRIES_AN_HOUR + 1):
        opened(elsewhere, codes.new_code())
    assert "Somebody will read it soon" in opened(client_at(scheme), a_slip)


def test_the_holder_of_a_slip_confirms_that_it_changed(visitor: Client, scheme: Scheme, done_slip: str) -> None:
    page = opened(visitor, done_slip)
    assert "Did it change?" in page
    action = re.search(r'action="(/answer/yours/[^/]+/)"', page).group(1)  # type: ignore[union-attr]
    assert "Choose yes, partly or no" in visitor.post(action, {}).content.decode()
    page = visitor.post(action, {"answer": "yes"}, follow=True).content.decode()
    assert "This has changed." in page
    with enter(scheme):
        assert Confirmation.objects.get().answer == "yes"


def test_nobody_confirms_a_point_whose_slip_they_have_not_opened(
    client_at: ClientAt, scheme: Scheme, done_slip: str
) -> None:
    stranger = client_at(scheme)
    point = only_point(scheme)
    assert stranger.post(f"/answer/yours/{point.pk}/", {"answer": "yes"}).status_code == 404
    assert stranger.post(f"/answer/yours/{point.pk}/website/").status_code == 404


def test_the_holder_of_a_slip_takes_the_words_off_the_website(visitor: Client, scheme: Scheme, a_slip: str) -> None:
    opened(visitor, a_slip)
    address = f"/answer/yours/{only_point(scheme).pk}/website/"
    assert "never come to the website" in visitor.get(address).content.decode()
    assert "This is not on the website." in visitor.post(address, follow=True).content.decode()


def test_a_slip_that_was_closed_must_be_typed_again(visitor: Client, a_slip: str) -> None:
    opened(visitor, a_slip)
    visitor.post("/answer/close/")
    assert visitor.get("/answer/yours/")["Location"] == "/answer/"


def test_a_groups_slip_opens_each_of_its_findings(visitor: Client, scheme: Scheme) -> None:
    code = codes.new_code()
    with enter(scheme):
        for words in ("Access to children", "Advice on finances"):
            claimed(said(slip(code=code), words=words), staff(scheme)[1])
    page = opened(visitor, code)
    assert "Access to children" in page and "Advice on finances" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_opening_another_slip_forgets_the_code_that_was_new(visitor: Client, scheme: Scheme, a_slip: str) -> None:
    opened(visitor, a_slip)
    assert not CODE.search(visitor.get("/tell-us/thanks/").content.decode())


def test_no_code_stands_in_the_session(visitor: Client, a_slip: str) -> None:
    assert a_slip not in str(dict(visitor.session.items()))
    opened(visitor, a_slip)
    assert a_slip not in str(dict(visitor.session.items()))


def test_a_form_sent_again_after_signing_in_is_that_persons_own_point(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    visitor, robin = client_at(scheme), person()
    form = sent_form(visitor) | {"may_publish": "on"}
    visitor.post("/tell-us/", form)
    client_at(scheme, robin).post("/tell-us/", form | {"link": "on", "may_publish": ""})
    with enter(scheme):
        sayers = {one.person_id: one.consents.filter(withdrawn_at=None).count() for one in Sayer.objects.all()}
    assert sayers == {None: 2, robin.pk: 1}


def test_a_slip_that_was_opened_closes_itself_after_half_an_hour(visitor: Client) -> None:
    visitor.post("/answer/", {"code": tell(visitor)})
    assert "Nobody told me" in visitor.get("/answer/yours/").content.decode()
    clock.set_to(clock.now() + timedelta(minutes=31), frozen=True)
    assert visitor.get("/answer/yours/").headers["Location"] == "/answer/"


def test_the_form_that_back_brings_again_carries_the_mark_it_was_sent_with(client_at: ClientAt, scheme: Scheme) -> None:
    mark = re.compile(r'name="send" value="([^"]+)"')
    visitor = client_at(scheme)

    def form() -> str:
        return mark.findall(visitor.get("/tell-us/").content.decode())[0]

    first = form()
    assert form() != first
    visitor.post("/tell-us/", {"said": "The door sticks.", "send": first})
    assert form() == first
    clock.set_to(clock.now() + timedelta(minutes=16), frozen=True)
    assert form() != first
    visitor.post("/tell-us/", {"said": "The door sticks.", "send": first})
    assert form() == first
    visitor.post("/tell-us/thanks/")
    assert form() != first
