"""Ways to the pages on which staff work with what was said."""

import uuid

from playwright.sync_api import Page, expect

from e2e.pages import SCHEME, press, way
from e2e.visiting import WILLOWFORD, Visits, into
from e2e.walking import (
    acknowledge,
    begin_to_decide,
    bring_in,
    decide,
    fill_decision,
    find_letter,
    menu,
    open_point,
    print_slips,
    report,
    say_with_a_slip,
    workbook,
    write_down,
)

# A parent agreed years ago, and the month has come in which the child is asked.
TURNED_16 = """
UPDATE s_willowford.feedback_consent
   SET basis = 'parental_responsibility', giver_name = 'A parent', giver_relationship = 'mother',
       evidence_seen = 'passport', child_view = 'She wants it told.', review_on = date_trunc('month', now())
 WHERE sayer_id IN (SELECT sayer.id FROM s_willowford.feedback_sayer sayer JOIN s_willowford.feedback_point point
                    ON point.id = sayer.point_id WHERE point.said = 'I was scared of the van.')
RETURNING sayer_id
"""


@way(SCHEME, "feedback:points_assign")
def ticked_a_row_and_chose_nobody(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    menu(page, "Points")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Let them see to these").click()
    expect(page.get_by_role("heading", name="Who sees to these points?")).to_be_visible()
    return page


@way(SCHEME, "feedback:point_regard")
def is_about_to_decide(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The clock in the room is wrong.")
    begin_to_decide(page)
    return page


@way(SCHEME, "feedback:point_decide")
def decides(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The chairs are too low for me.")
    fill_decision(page, "We will bring two higher ones.")
    return page


@way(SCHEME, "feedback:point_together")
def looks_for_the_same(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The tea machine is empty.")
    page.get_by_role("link", name="Answer it together with others").click()
    return page


@way(SCHEME, "feedback:point_split")
def takes_apart(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The tap drips. The bin is full.")
    page.get_by_role("link", name="It says two things").click()
    return page


@way(SCHEME, "feedback:point_day")
def corrects_the_day_it_came(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, "The blanket was thin.")
    open_point(page, "The blanket was thin.")
    page.get_by_role("link", name="Correct the day it came").click()
    return page


def has_something_to_decide(visit: Visits, said: str) -> Page:
    """A point that somebody has just said, open before the involvement lead."""
    say_with_a_slip(visit(start=visit.stack.scheme(WILLOWFORD)), said)
    page = into(visit("involvement lead"), visit.stack)
    open_point(page, said)
    return page


@way(SCHEME, "feedback:point_quote_end")
def takes_a_quote_away(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    open_point(page, "Nobody told me how long I would wait. I sat", tab="All")
    page.get_by_role("link", name="Quote somebody").click()
    page.get_by_role("button", name="Take these words away").click()
    return page


@way(SCHEME, "feedback:point_logged")
def has_written_it_down(visit: Visits) -> Page:
    page = into(visit("practitioner"), visit.stack)
    write_down(page, "The queue is long on Mondays.")
    return page


@way(SCHEME, "feedback:points_import_look")
def looks_at_a_file(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    bring_in(page, workbook(["A youth club", "Young people", f"A place to sit {uuid.uuid4()}"]))
    return page


@way(SCHEME, "feedback:points_imported")
def has_brought_in_a_file(visit: Visits) -> Page:
    page = looks_at_a_file(visit)
    page.get_by_role("button", name="Add these").click()
    return page


@way(SCHEME, "feedback:need")
def asks_again_what_somebody_needs(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, "I cannot read small letters.", need="Large print")
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/points/needs/")
    page.get_by_role("link", name="Large print").first.click()
    return page


@way(SCHEME, "feedback:printed_slips_cancel")
def cancels_slips_that_were_printed(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    print_slips(page, 1)
    menu(page, "Points")
    page.get_by_role("link", name="Print slips").click()
    page.get_by_role("main").get_by_role("link", name="Cancel").first.click()
    return page


@way(SCHEME, "feedback:young")
def asks_a_young_person(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, "I was scared of the van.")
    with visit.stack.database() as database:
        (sayer,) = database.execute(TURNED_16).fetchone() or [None]
    # It stands on the first page of staff among much that is due sooner.
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/points/young/{sayer}/")
    return page


@way(SCHEME, "feedback:asking_end")
def has_somebody_to_ask(visit: Visits, said: str = "You have my old address.") -> Page:
    page = has_a_letter_to_post(visit, said)
    page.get_by_label("They were told face to face, or on the telephone").check()
    page.get_by_role("button", name="Keep this").click()
    open_point(page, said, tab="All")
    report(page, "Say that it is done", "We ask everybody where to write.")
    to_ask = find_letter(page, "Post a letter that asks")
    while not to_ask.count():  # the worker makes the task a moment later
        page.wait_for_timeout(300)
        page.reload()
    to_ask.click()
    return page


@way(SCHEME, "feedback:slip_asked")
def was_asked_by_letter(visit: Visits) -> Page:
    code = has_somebody_to_ask(visit, "You still have my old address.").locator(".app-slip__code").inner_text()
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    press(page)
    return page


@way(SCHEME, "feedback:telling_end")
def has_a_letter_to_post(visit: Visits, said: str = "I never get the letters that you send.") -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, said, letter=True)
    page.get_by_role("button", name="They have their slip").click()
    open_point(page, said)
    acknowledge(page)
    decide(page, "We will ask where to send them.")
    find_letter(page).click()
    return page


@way(SCHEME, "site_links")
def links_of_the_site(visit: Visits) -> Page:
    """From the menu of the site's editor."""
    page = visit("involvement lead")
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/cms/")
    page.get_by_role("link", name="Links of the site").click()
    expect(page.get_by_role("heading", name="Links of the site")).to_be_visible()
    return page
