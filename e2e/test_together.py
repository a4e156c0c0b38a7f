"""Two people say the same, and one of them says two things: each reads their own words and every answer."""

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import PHONE, WILLOWFORD, Visits, into
from e2e.walking import LEAD, begin_to_decide, menu, open_point, say_with_a_slip
from tenants.feedback.rules import REGARD

FIRST, SECOND = "The food was cold on Sunday.", "My dinner came cold. The television is broken."


def test_one_answer_reaches_two_who_said_the_same_and_two_answers_reach_one(
    stack: Stack, visit: Visits, pictures: Pictures
) -> None:
    codes = [say_with_a_slip(visit(start=stack.scheme(WILLOWFORD)), words) for words in (FIRST, SECOND)]
    lead = into(visit("involvement lead"), stack)
    open_point(lead, SECOND)
    lead.get_by_role("link", name="It says two things").click()
    lead.get_by_label("The first thing").fill("My dinner came cold.")
    lead.get_by_label("The second thing", exact=True).fill("The television is broken.")
    pictures.take(lead, "split")
    lead.get_by_role("button", name="Make two points of it").click()
    lead.get_by_role("link", name="Answer it together with others").click()
    lead.get_by_label(FIRST).check()
    pictures.take(lead, "together")
    lead.get_by_role("button", name="Answer these together").click()
    expect(lead.get_by_text("2 people in all")).to_be_visible()
    pictures.take(lead, "together-point")

    begin_to_decide(lead)
    pictures.take(lead, "regard")
    lead.get_by_label("Yes", exact=True).check()
    lead.get_by_role("button", name="Go on").click()
    for heading in REGARD.values():
        lead.get_by_label(heading, exact=True).fill("Everybody eats here. We asked 12 people.")
    lead.get_by_label("Who decides").select_option(LEAD)
    lead.set_viewport_size({"width": PHONE, "height": 900})
    pictures.take(lead, "record-phone")
    lead.get_by_role("button", name="Keep this record and decide").click()
    lead.get_by_label("We cannot", exact=True).check()
    lead.get_by_label("The answer").fill("The kitchen closes at six.")
    lead.get_by_label("Why", exact=True).fill("Nobody may work there later.")
    lead.get_by_label("Who sees to it").select_option(LEAD)
    pictures.take(lead, "decide-phone")
    lead.get_by_role("button", name="Decide and tell those who said it").click()
    expect(lead.get_by_role("heading", name="Due regard")).to_be_visible()
    pictures.take(lead, "decided-phone")

    for code, theirs, others in ((codes[0], FIRST, "My dinner"), (codes[1], "My dinner came cold.", FIRST)):
        phone = visit(start=stack.scheme(WILLOWFORD), width=PHONE)
        menu(phone, "Your answer")
        phone.get_by_label("Your code").fill(code)
        phone.get_by_role("button", name="See my answer").click()
        answered = phone.get_by_role("article").filter(has_text=theirs)
        expect(answered).to_contain_text("The kitchen closes at six.")
        expect(phone.get_by_text(others)).to_have_count(0)
        pictures.take(phone, f"slip-{theirs[:5]}")
    expect(phone.get_by_role("article").filter(has_text="The television is broken.")).to_contain_text("No answer yet")
