"""One point goes round the whole loop, by four people signed in, who only click."""

from playwright.sync_api import Page, expect

from e2e.stack import Stack
from e2e.visiting import WILLOWFORD, Visits, into
from e2e.walking import (
    acknowledge,
    answer_whether_it_changed,
    approve_words,
    decide,
    find_letter,
    open_own,
    open_point,
    public_pair,
    report,
    say,
    stop_of,
    write_down,
)


def test_one_point_goes_from_said_to_confirmed_and_is_told_before_it_is_public(stack: Stack, visit: Visits) -> None:
    said = "The clock in the waiting room has stopped, so nobody knows how late it is."
    public = "People cannot tell what time it is while they wait."
    sam, practitioner, lead, worker = (
        into(visit(who), stack) for who in ("Sam", "practitioner", "involvement lead", "STR worker")
    )
    anyone = visit(start=stack.scheme(WILLOWFORD))
    letters = len(stack.letters_to("sam@example.org"))

    say(sam, said, by_email=True)
    open_point(practitioner, said)
    expect(practitioner.get_by_role("link", name="Decide")).to_have_count(0)
    acknowledge(practitioner)

    open_point(lead, said)
    approve_words(lead, public)
    with stack.worker_away():
        decide(lead, "We will hang a new clock where everyone can see it.", owner="Milo Reed, STR worker")
        expect(lead.get_by_text("The public may not read it yet")).to_be_visible()
        expect(public_pair(anyone, public)).to_have_count(0)
    letter = stack.letter_to("sam@example.org", after=letters)
    assert "There is an answer for you" in letter
    assert "clock" not in letter
    expect_told(lead, said)
    pair = public_pair(anyone, public)
    expect(pair).to_contain_text("We will hang a new clock")
    expect(stop_of(pair, "Confirmed")).to_contain_text("not yet")

    open_point(worker, said, tab="Decided")
    report(worker, "Say what has been done so far", "The clock is bought.")
    open_point(lead, said, tab="Decided")
    report(lead, "Say that it is done", "The clock hangs by the door.")
    expect(public_pair(anyone, public)).to_contain_text("Those who said it have been asked")

    open_own(sam, said)
    expect(sam.get_by_text("The clock is bought.")).to_be_visible()
    answer_whether_it_changed(sam, "Yes")
    expect(sam.get_by_role("heading", name="This has changed.")).to_be_visible()
    pair = public_pair(anyone, public)
    expect(stop_of(pair, "Confirmed")).not_to_contain_text("not yet")
    expect(pair).to_contain_text("say it has changed")


def test_a_no_opens_the_point_again_and_a_new_answer_is_added_to_the_one_before(stack: Stack, visit: Visits) -> None:
    said = "The phone in the hall has no sound, so you cannot ring home."
    jo, lead = into(visit("Jo"), stack), into(visit("involvement lead"), stack)
    say(jo, said)
    open_point(lead, said)
    acknowledge(lead)
    decide(lead, "We will mend the phone.")
    report(lead, "Say that it is done", "The phone is mended.")

    open_own(jo, said)
    answer_whether_it_changed(jo, "No")
    expect(jo.get_by_role("heading", name="We are looking at it again.")).to_be_visible()
    open_point(lead, said, tab="Waiting")
    expect(lead.get_by_text("Did it change? No")).to_be_visible()
    decide(lead, "We are buying another phone.", decision="We are doing it")
    expect(lead.get_by_role("heading", name="Answer 1: We will")).to_be_visible()
    expect(lead.get_by_role("heading", name="Answer 2: We are doing it")).to_be_visible()
    open_own(jo, said)
    expect(jo.get_by_text("We are buying another phone.")).to_be_visible()


def test_a_letter_keeps_the_answer_from_the_public_until_somebody_was_told(stack: Stack, visit: Visits) -> None:
    said = "My post comes to a house where I do not live any more."
    public = "Letters go to old addresses."
    lead = into(visit("involvement lead"), stack)
    anyone = visit(start=stack.scheme(WILLOWFORD))
    write_down(lead, said, letter=True)
    lead.get_by_role("button", name="They have their slip").click()
    open_point(lead, said)
    acknowledge(lead)
    approve_words(lead, public)
    decide(lead, "We will ask for the address each time.")
    expect(public_pair(anyone, public)).to_have_count(0)

    find_letter(lead).click()
    lead.get_by_label("They were told face to face, or on the telephone").check()
    lead.get_by_role("button", name="Keep this").click()
    expect(lead.get_by_role("heading", name="People still to tell")).to_be_visible()
    expect(public_pair(anyone, public)).to_have_count(1)


def expect_told(page: Page, said: str) -> None:
    """The telling ends a moment after the message has been written."""
    for _ in range(20):
        open_point(page, said, tab="Decided")
        if page.get_by_text("The public may read it since").count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("The telling did not end.")
