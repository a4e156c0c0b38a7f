"""Somebody without an account: a code on a slip, and the answer that it opens."""

import re

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import PHONE, WILLOWFORD, Visits, into
from e2e.walking import (
    acknowledge,
    answer_whether_it_changed,
    back,
    decide,
    menu,
    open_point,
    report,
    say_with_a_slip,
)

NOT_FOUND = "We cannot find this code here"


def test_a_slip_opens_the_answer_with_no_account_and_takes_an_answer_back(stack: Stack, visit: Visits) -> None:
    said = "Nobody at the desk looks up when you come in."
    phone = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    code = say_with_a_slip(phone, said)
    assert re.fullmatch(r"([A-Z]+-)+\d+", code)
    expect(phone.get_by_text(f"Use it here: willowford.alongside.localhost:{stack.port}/answer/")).to_be_visible()
    phone.get_by_role("button", name="I have kept my code").click()
    back(phone)
    expect(phone.get_by_text(code)).to_have_count(0)

    lead = into(visit("involvement lead"), stack)
    open_point(lead, said)
    acknowledge(lead)
    decide(lead, "We will look up and say hello.")
    report(lead, "Say that it is done", "Everybody at the desk knows it now.")

    another = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    menu(another, "Your answer")
    another.get_by_label("Your code").fill(code.lower().replace("-", " "))
    another.get_by_role("button", name="See my answer").click()
    expect(another.get_by_text("We will look up and say hello.")).to_be_visible()
    answer_whether_it_changed(another, "Yes")
    expect(another.get_by_role("heading", name="This has changed.")).to_be_visible()
    another.get_by_role("button", name="Close my answer").click()
    back(another)
    expect(another.get_by_text("We will look up")).to_have_count(0)


def test_a_wrong_code_and_the_code_of_another_scheme_are_told_the_same(stack: Stack, visit: Visits) -> None:
    code = say_with_a_slip(visit(start=stack.scheme("fenmarsh")), "The door is hard to find.")
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/answer/")
    for wrong in (code, stack.slip[:-4] + "0000"):
        page.get_by_label("Your code").fill(wrong)
        page.get_by_role("button", name="See my answer").click()
        expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_FOUND)
    expect(page).to_have_url(f"{stack.scheme(WILLOWFORD)}/answer/")


def test_a_slip_that_is_open_no_more_leads_back_to_the_box_for_the_code(stack: Stack, visit: Visits) -> None:
    page = visit(start=f"{stack.scheme(WILLOWFORD)}/answer/")
    page.get_by_label("Your code").fill(stack.slip)
    page.get_by_role("button", name="See my answer").click()
    expect(page.get_by_role("heading", name=re.compile("Your answer"))).to_be_visible()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_label("Your code")).to_be_visible()


def test_on_paper_there_is_the_code_and_no_menu(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit(width=PHONE, start=stack.scheme(WILLOWFORD))
    say_with_a_slip(page, "The lift is broken again.")
    page.emulate_media(media="print")
    expect(page.locator(".app-slip__code")).to_be_visible()
    for not_on_paper in (
        "Leave now",
        "I have kept my code",
        "Tell us more",
        "Print this page",
        "your slip in large print",
    ):
        expect(page.get_by_text(not_on_paper, exact=True)).to_be_hidden()
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()
    pictures.take(page, "slip-on-paper")
