"""What somebody with an account sees of what they said."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit import clock
from people.actions import choose_format
from people.models import Notice, Person
from tenants.feedback import actions
from tenants.feedback.models import Confirmation, Point, Told
from tenants.feedback.rules import Answer, Channel, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.feedback import claimed, decided, published, said, somebody, staff, the_sayer
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson, sign_in

ClientAt = Callable[..., Client]


@pytest.fixture
def robin(person: MakePerson) -> Person:
    return person()


@pytest.fixture
def mine(client_at: ClientAt, scheme: Scheme, robin: Person) -> Client:
    """Robin, signed in at Ashmere."""
    return client_at(scheme, robin)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_with_nothing_on_it_says_so(mine: Client) -> None:
    assert "You have not told this service anything" in text(mine, "/mine/")


def test_my_page_lists_what_i_said_and_what_became_of_it_s59(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        point = said(somebody(robin), words="My own words")
        decided(point, staff(scheme)[1], answer="A card.", reason="You asked.")
    assert "My own words" in text(mine, "/mine/")
    page = text(mine, f"/mine/{point.pk}/")
    assert "There is an answer for you" in page and "A card." in page and "You asked." in page


@pytest.mark.parametrize(
    ("channel", "words"),
    [(Channel.EMAIL, "We also send you a message."), (Channel.PAGE, "")],
)
def test_who_reads_an_answer_before_its_message_is_told_that_it_comes_too_s59(
    channel: Channel, words: str, mine: Client, scheme: Scheme, robin: Person
) -> None:
    reached_by_mail(robin)
    with enter(scheme):
        point = said(somebody(robin, channel=channel))
        round_ = decided(point, staff(scheme)[1])
    assert ("We also send you" in text(mine, f"/mine/{point.pk}/")) == bool(words)
    assert words in text(mine, f"/mine/{point.pk}/")
    with enter(scheme):
        Told.objects.filter(round=round_).update(state=TellingState.DELIVERED, ended_at=clock.now())
    assert "We also send you" not in text(mine, f"/mine/{point.pk}/")


@pytest.mark.parametrize(("form", "large"), [("large", True), ("easy", False)])
def test_who_needs_large_print_reads_the_answer_large_f4(
    form: str, large: bool, mine: Client, scheme: Scheme, robin: Person
) -> None:
    choose_format(person=robin, format=form, by=robin)
    with enter(scheme):
        point = said(somebody(robin))
        decided(point, staff(scheme)[1])
    assert ('class="app-large"' in text(mine, f"/mine/{point.pk}/")) == large


def test_a_promise_that_was_not_kept_in_time_says_so_until_it_is_done_s59(
    mine: Client, scheme: Scheme, robin: Person
) -> None:
    with enter(scheme):
        by, owner = staff(scheme)
        point = said(somebody(robin))
        decided(point, owner, due=clock.today())
    assert "This is late" not in text(mine, f"/mine/{point.pk}/")
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    assert "Monday 2 November 2026. This is late" in text(mine, f"/mine/{point.pk}/")
    with enter(scheme):
        actions.claim_done(point=point, words="The card is on the wall.", by=by)
    assert "Monday 2 November 2026. We say it is done" in text(mine, f"/mine/{point.pk}/")
    assert "This is late" not in text(mine, f"/mine/{point.pk}/")
    with enter(scheme):
        actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=robin)
    assert "We say it is done" not in text(mine, f"/mine/{point.pk}/")


def test_what_somebody_else_said_is_not_found(mine: Client, scheme: Scheme, person: MakePerson) -> None:
    with enter(scheme):
        point = said(somebody(person("Alex")), words="Not theirs")
    assert "Not theirs" not in text(mine, "/mine/")
    for address in ("", "changed/", "website/"):
        assert mine.get(f"/mine/{point.pk}/{address}").status_code == 404
        assert mine.post(f"/mine/{point.pk}/{address}", {"answer": "yes"}).status_code == 404


def test_reading_the_answer_takes_it_off_what_waits(
    mine: Client, scheme: Scheme, robin: Person, work: Callable[[], None]
) -> None:
    with enter(scheme):
        point = said(somebody(robin))
        decided(point, staff(scheme)[1])
    work()
    assert Notice.objects.get().read_at is None
    text(mine, f"/mine/{point.pk}/")
    assert Notice.objects.get().read_at is not None


def test_i_say_whether_it_changed_and_may_change_my_mind(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        point = said(somebody(robin))
        claimed(point, staff(scheme)[1])
    address = f"/mine/{point.pk}/changed/"
    assert "Choose yes, partly or no" in mine.post(address, {}).content.decode()
    assert "We say this is done. You have been asked." in text(mine, f"/mine/{point.pk}/")
    page = mine.post(address, {"answer": "no"}, follow=True).content.decode()
    assert "Your answer: <strong>No</strong>" in page
    assert (
        "You said no. We look at it again and answer by 30 November 2026." in page and "None of the people" not in page
    )
    assert "This has changed." in mine.post(address, {"answer": "yes"}, follow=True).content.decode()
    with enter(scheme):
        assert Confirmation.objects.count() == 2


def test_it_is_too_early_to_say_whether_it_changed(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        point = said(somebody(robin))
    page = mine.post(f"/mine/{point.pk}/changed/", {"answer": "yes"}).content.decode()
    assert "Nobody has said yet that this is done" in page


def test_an_answer_given_after_the_sign_in_had_ended_is_kept(
    client_at: ClientAt, scheme: Scheme, robin: Person, mine: Client
) -> None:
    with enter(scheme):
        point = said(somebody(robin))
        claimed(point, staff(scheme)[1])
    (mark,) = set(re.findall(r'name="_for" value="([^"]+)"', text(mine, f"/mine/{point.pk}/")))
    address = f"/mine/{point.pk}/changed/"
    back = client_at(scheme)
    assert "/sign-in/" in back.post(address, {"answer": "partly", "_for": mark})["Location"]
    sign_in(back, robin, scheme.host)
    page = text(back, address)
    assert "We kept what you typed" in page and re.search(r'value="partly"[^>]* checked', page)


def test_i_take_my_words_off_the_website(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        point = said(somebody(robin))
        published(point, staff(scheme)[1])
    address = f"/mine/{point.pk}/website/"
    assert "Take it off the website?" in text(mine, address)
    assert "This is not on the website." in mine.post(address, follow=True).content.decode()
    with enter(scheme):
        assert not Point.objects.told_first().exists()


def test_what_is_not_on_the_website_yet_is_not_called_so(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        point = said(somebody(robin))
    for address in (f"/mine/{point.pk}/", f"/mine/{point.pk}/website/"):
        page = text(mine, address)
        assert "Do not put it on the website" in page and "Take it off the website" not in page
    with enter(scheme):
        published(point, staff(scheme)[1])
    assert "Take it off the website" in text(mine, f"/mine/{point.pk}/")


def test_my_page_costs_the_same_for_any_number_of_points(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        owner = staff(scheme)[1]
        claimed(said(somebody(robin)), owner)
    text(mine, "/mine/")  # what a process asks once is asked now
    with CaptureQueriesContext(connection) as for_one:
        text(mine, "/mine/")
    with enter(scheme):
        for number in range(5):
            claimed(said(somebody(robin), words=f"Point {number}"), owner)
    with CaptureQueriesContext(connection) as for_six:
        assert text(mine, "/mine/").count("Did it change?") == 6
    assert len(for_one) == len(for_six)


def test_after_a_no_i_am_asked_what_is_still_wrong_and_staff_read_it(
    mine: Client, client_at: ClientAt, scheme: Scheme, robin: Person
) -> None:
    with enter(scheme):
        point, (lead, owner) = said(somebody(robin)), staff(scheme)
        claimed(point, owner)
    page, address, words = f"/mine/{point.pk}/", f"/mine/{point.pk}/changed/", "It is still four hours."
    assert "What is still wrong?" not in text(mine, page)
    mine.post(address, {"answer": "yes"})
    assert "What is still wrong?" not in text(mine, page)
    assert "What is still wrong?" in mine.post(address, {"answer": "no"}, follow=True).content.decode()
    assert "too long" in mine.post(address, {"answer": "no", "words": "x" * 5001}).content.decode()
    assert "Write what is still wrong." in mine.post(address, {"answer": "no", "words": " "}).content.decode()
    shown = mine.post(address, {"answer": "no", "words": words}, follow=True).content.decode()
    assert words in shown and "What is still wrong?" not in shown
    assert text(client_at(scheme, lead), f"/points/{point.pk}/").count(words) == 2
    assert words not in text(client_at(scheme), "/you-said-we-did/")


def test_whoever_answered_partly_is_not_asked_again_by_the_heading(mine: Client, scheme: Scheme, robin: Person) -> None:
    with enter(scheme):
        point = said(somebody(robin))
        claimed(point, staff(scheme)[1])
    assert "Did it change?" in text(mine, "/mine/")
    mine.post(f"/mine/{point.pk}/changed/", {"answer": "partly"})
    for address in ("/mine/", f"/mine/{point.pk}/"):
        page = text(mine, address)
        assert "We say this is done. You said: partly." in page and "done. Did it change?" not in page
