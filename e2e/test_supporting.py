"""Somebody chooses a supporter, who reads the answer and sends "did it change?" beside them."""

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.pages import link_in
from e2e.stack import Stack
from e2e.visiting import PHONE, Visits, into
from e2e.walking import acknowledge, decide, menu, open_own, open_point, report, say


def test_a_supporter_reads_an_answer_and_sends_what_the_person_says(
    stack: Stack, visit: Visits, pictures: Pictures
) -> None:
    said = "The heater in the small room ticks all night."
    jo, lead = into(visit("Jo", width=PHONE), stack), into(visit("involvement lead"), stack)
    say(jo, said)
    open_point(lead, said)
    acknowledge(lead)
    decide(lead, "We will mend the heater.")
    report(lead, "Say that it is done", "The heater is mended.")

    before = len(stack.letters_to("ash@example.org"))
    menu(jo, "What I said")
    jo.get_by_role("link", name="People who help me").click()
    jo.get_by_role("link", name="Choose somebody to help you").or_(
        jo.get_by_role("button", name="Choose somebody to help you")
    ).click()
    jo.get_by_label("Who should help you?").fill("My friend Ash")
    jo.get_by_label("What is their email address or mobile number?").fill("ash@example.org")
    jo.get_by_label("Everything I say here").check()
    jo.get_by_label("An answer to “did it change?”").check()
    jo.get_by_label("1 month", exact=True).check()
    pictures.take(jo, "supporter-new")
    jo.get_by_role("button", name="Ask them to help me").click()
    expect(jo.get_by_role("heading", name="My friend Ash")).to_be_visible()

    ash = visit("Ash", width=PHONE, start=link_in(stack.letter_to("ash@example.org", after=before)))
    expect(ash.get_by_role("heading", name="Somebody would like your help")).to_be_visible()
    pictures.take(ash, "supporter-join")
    ash.get_by_role("button", name="Yes, I help them").click()
    ash.get_by_role("main").get_by_role("link", name="What they said on").first.click()
    expect(ash.get_by_text(said)).to_be_visible()
    ash.get_by_label("Yes", exact=True).check()
    ash.get_by_label("Jo Merrow is with me").check()
    pictures.take(ash, "supporter-answer")
    ash.get_by_role("button", name="Send their answer").click()
    expect(ash.get_by_text("with help from a supporter")).to_be_visible()

    open_own(jo, said)
    expect(jo.get_by_text("with help from a supporter")).to_be_visible()
    pictures.take(jo, "supported")
