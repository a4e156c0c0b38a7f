"""Somebody tells of harm: whom to call stands first, and the words go to the safeguarding lead alone."""

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import PHONE, WILLOWFORD, Visits, into
from e2e.walking import menu


def test_words_about_harm_reach_the_safeguarding_lead_and_never_the_register(
    stack: Stack, visit: Visits, pictures: Pictures
) -> None:
    said = "The man in the next flat hits his son."
    phone = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    menu(phone, "Tell us")
    phone.get_by_role("button", name="Start").click()
    phone.get_by_label("Somebody is being hurt, or may be hurt").check()
    phone.get_by_role("button", name="Go on").last.click()
    expect(phone.get_by_text("999").first).to_be_visible()
    phone.go_back()
    expect(phone.get_by_text("You began to write something")).to_be_hidden()  # nobody finds out what was chosen here
    phone.go_forward()
    pictures.take(phone, "harm")
    phone.get_by_label("What are you worried about?").fill(said)
    phone.get_by_role("button", name="Send this to the safeguarding lead").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_label("What are you worried about?")).to_have_value("")  # whoever has the phone next

    manager = into(visit("manager"), stack)
    menu(manager, "Points")
    expect(manager.get_by_text(said[:20])).to_have_count(0)
    menu(manager, "Concerns")
    manager.get_by_role("main").get_by_role("listitem").filter(has_text="New").get_by_role("link").last.click()
    expect(manager.get_by_text(said)).to_be_visible()
    manager.get_by_role("button", name="Say that you see to it").click()
    manager.get_by_label("What was done").fill("Told the council the same day.")
    manager.get_by_role("button", name="Close this concern").click()
    expect(manager.get_by_role("heading", name="Concerns")).to_be_visible()

    lead = into(visit("involvement lead"), stack)
    lead.goto(manager.url)
    expect(lead.get_by_role("heading", name="We cannot find this page")).to_be_visible()


def test_a_complaint_is_shown_the_way_to_the_provider(stack: Stack, visit: Visits) -> None:
    phone = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    menu(phone, "Tell us")
    phone.get_by_role("button", name="Start").click()
    phone.get_by_label("A complaint", exact=True).check()
    phone.get_by_role("button", name="Go on").last.click()
    expect(phone.get_by_role("heading", name="If you want to complain")).to_be_visible()
    expect(phone.get_by_text("Ombudsman")).to_be_visible()
