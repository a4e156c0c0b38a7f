"""Ways to the pages of those who say something, and of whoever helps them."""

from playwright.sync_api import Page, expect

from e2e.pages import SCHEME, press, way
from e2e.visiting import WILLOWFORD, Visits, into
from e2e.walking import (
    menu,
    say_with_a_slip,
)


def about_to_tell(visit: Visits, about: str) -> Page:
    """Somebody who chose what it is about."""
    page = visit(start=f"{visit.stack.scheme(WILLOWFORD)}/tell-us/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label(about, exact=True).check()
    page.get_by_role("button", name="Go on").click()
    return page


@way(SCHEME, "feedback:harm")
def has_to_tell_of_harm(visit: Visits) -> Page:
    page = about_to_tell(visit, "Somebody is being hurt, or may be hurt")
    expect(page.get_by_role("heading", name="Somebody is being hurt")).to_be_visible()
    return page


@way(SCHEME, "feedback:harm_thanks")
def has_told_of_harm(visit: Visits) -> Page:
    page = has_to_tell_of_harm(visit)
    page.get_by_label("What are you worried about?").fill("She is not allowed to leave the house.")
    press(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return page


@way(SCHEME, "feedback:complaint")
def has_a_complaint(visit: Visits) -> Page:
    page = about_to_tell(visit, "A complaint")
    expect(page.get_by_role("heading", name="If you want to complain")).to_be_visible()
    return page


@way(SCHEME, "feedback:concern")
def reads_a_concern(visit: Visits) -> Page:
    has_told_of_harm(visit)
    page = into(visit("manager"), visit.stack)
    menu(page, "Concerns")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    press(page)
    expect(page.get_by_role("button", name="Close this concern")).to_be_visible()
    return page


@way(SCHEME, "feedback:tell_us_thanks")
def has_told_us(visit: Visits) -> Page:
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    say_with_a_slip(page, "The radio is too loud.")
    return page


@way(SCHEME, "feedback:slip_answer")
def has_opened_a_slip(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.scheme(WILLOWFORD)}/answer/")
    page.get_by_label("Your code").fill(visit.stack.slip)
    press(page)
    return page


@way(SCHEME, "feedback:slip_stop")
def wants_it_off_the_website(visit: Visits) -> Page:
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    code = say_with_a_slip(page, "The blinds do not shut.")
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    press(page)
    page.get_by_role("link", name="Do not put it on the website").first.click()
    return page


@way(SCHEME, "feedback:slip_quote_stop")
def wants_no_words_of_theirs_there(visit: Visits) -> Page:
    page = has_opened_a_slip(visit)
    to_the_website = page.get_by_role("link", name="off the website").first.get_attribute("href")
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}{(to_the_website or '').replace('/website/', '/quote/')}")
    return page


@way(SCHEME, "feedback:slip_take_back")
def wants_to_take_it_back(visit: Visits) -> Page:
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    code = say_with_a_slip(page, "The chairs are hard.")
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    press(page)
    page.get_by_role("link", name="take back what you said").click()
    return page


@way(SCHEME, "feedback:slip_taken_back")
def has_taken_it_back(visit: Visits) -> Page:
    page = wants_to_take_it_back(visit)
    page.get_by_role("button", name="Take back what I said").click()
    return page


@way(SCHEME, "feedback:my_point_taken_back")
def was_told_that_it_is_gone(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/mine/taken-back/")
    return page


@way(SCHEME, "feedback:my_point_confirm")
def came_back_to_a_question(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    menu(page, "What I said")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.goto(f"{page.url}changed/")
    return page


@way(SCHEME, "feedback:support_join")
def has_a_link_that_was_used(visit: Visits) -> Page:
    page = into(visit("Lou"), visit.stack)
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/support/join/")
    return page


@way(SCHEME, "feedback:supported_confirm")
def sends_an_answer_for_somebody(visit: Visits) -> Page:
    page = into(visit("Lou"), visit.stack)
    menu(page, "What I said")
    page.get_by_role("link", name="People I help").click()
    page.get_by_role("link", name="What they said on").last.click()
    page.goto(f"{page.url}changed/")
    return page


@way(SCHEME, "feedback:my_point_reply")
def came_back_to_what_was_asked(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    menu(page, "What I said")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.goto(f"{page.url}reply/")
    return page
