"""The app says what is so, and what to do, where a visit, a sign-in, a PIN or the phone's right to send is gone."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.phones import Phone, Planned, soon
from e2e.test_app_ways_on import TRY, at, begin, branching, seen


def test_a_phone_that_was_shut_out_says_so_before_anything_is_sent(
    phone: Phone, planned: Planned, pictures: Pictures
) -> None:
    begun, done = planned.visit(form=branching()), planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, begun)
    phone.line.cut()
    begin(page, done)
    at(page, f"visit/{done}/review")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Waiting for signal")).to_be_visible()
    planned.shut_out("group member")
    phone.forget_session()
    phone.line.mend()
    # Nothing is delivered meanwhile: it is said by what is asked first of all.
    with phone.line.hanging("/record/"):
        page.reload()
        above = page.get_by_text("This phone may not send any more. It was shut out on the page “My phones”.")
        expect(above).to_be_visible()
        expect(page.get_by_text("What you write is safe on this phone and will be sent.")).to_have_count(0)
        expect(page.get_by_text("Waiting for signal")).to_have_count(0)
        at(page, "")
        # Once, above all visits, with what to do.
        expect(page.get_by_role("heading", name="My visits")).to_be_focused()
        expect(above).to_have_count(1)
        expect(page.get_by_role("main").locator("li", has_text="shut out")).to_have_count(0)
        expect(page.get_by_text("1 thing waits on this phone. It was shut out")).to_be_visible()
        expect(page.get_by_role("button", name=TRY)).to_have_count(0)
        seen(page, pictures, "shut-out")
        at(page, f"visit/{begun}")
        expect(page.get_by_role("link", name="Continue")).to_be_visible()
        seen(page, pictures, "shut-out-visit")
    phone.sign_in("group member", page)
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(above).to_have_count(0)
    soon(lambda: len(planned.records(done)) == 1)
    expect(page.get_by_text("This phone was shut out")).to_have_count(0)


def test_whoever_comes_back_to_a_phone_names_it_once_and_is_told_that_the_pin_is_gone(
    phone: Phone, pictures: Pictures
) -> None:
    page = phone.made_ready("group member")
    at(page, "pin")
    page.get_by_label("Choose a PIN").fill("271828")
    page.get_by_label("The same PIN again").fill("271828")
    page.get_by_role("button", name="Use this PIN").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()
    done = page.get_by_text("Your PIN is set. The app asks for it when you open it again.")
    expect(done).to_be_visible()
    seen(page, pictures, "list-pin-set")
    at(page, "pin")
    expect(page.get_by_role("heading", name="Change your PIN")).to_be_focused()
    expect(page.get_by_text("A PIN is set on this phone.")).to_be_visible()
    expect(page.get_by_label("Choose a new PIN")).to_be_visible()
    seen(page, pictures, "pin-change")
    at(page, "")
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()
    expect(done).to_have_count(0)
    at(page, "out")
    expect(page.get_by_text("Your PIN goes too.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_focused()
    expect(page.get_by_text("Nothing waits on this phone. All that was finished has gone.")).to_be_visible()
    expect(page.get_by_text("Sign in to send it.")).to_be_visible()
    expect(page.get_by_text("You can raise no concern on this phone before you sign in.")).to_be_visible()
    seen(page, pictures, "out-with-signal")
    phone.sign_in("group member", page)
    expect(page.get_by_text("You have used this phone before.")).to_be_visible()
    expect(page.get_by_text("Make this phone ready: what you began comes back then")).to_be_visible()
    expect(page.get_by_text("Sign in to send it.")).to_have_count(0)
    expect(page.get_by_text("You can raise no concern on this phone before you sign in.")).to_have_count(0)
    expect(page.get_by_text("The PIN that you had here went when you signed out.")).to_be_visible()
    expect(page.get_by_label("What do you call this phone?")).to_have_count(0)
    seen(page, pictures, "start-again")
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_role("heading", name="A PIN for this phone")).to_be_focused()
    expect(page.get_by_text("The PIN that you had went when you signed out.")).to_be_visible()
    seen(page, pictures, "pin-gone")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()


def test_where_signing_in_is_what_helps_the_app_says_that(phone: Phone, planned: Planned, pictures: Pictures) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    at(page, f"visit/{visit}/review")
    expect(page.get_by_role("button", name="Finish and send")).to_be_visible()
    phone.forget_session()
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 0 answers received")).to_be_visible()
    expect(page.get_by_text("To change it, sign in first.")).to_be_visible()
    expect(page.get_by_text(re.compile("as soon as there is signal"))).to_have_count(0)
    at(page, f"visit/{uuid4()}")
    expect(page.get_by_text("If you were put on its team lately, sign in. The visit comes then.")).to_be_visible()
    seen(page, pictures, "visit-missing-signed-out")


def test_whoever_signed_out_without_signal_is_told_so_and_that_signing_in_needs_signal(
    phone: Phone, planned: Planned, pictures: Pictures
) -> None:
    visit = planned.visit(form=branching())
    page = phone.made_ready("group member")
    begin(page, visit)
    phone.line.cut()
    at(page, "")
    page.get_by_role("link", name="My visits with signal").click()
    expect(page.get_by_role("heading", name="There is no signal")).to_be_visible()
    pictures.take(page, "app-page-without-signal")
    page.get_by_role("link", name="Go back to your visits").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    at(page, "out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_text("What waits to be sent stays on this phone")).to_be_visible()
    still = page.get_by_text("There is still no signal, so you cannot sign in.")
    page.get_by_role("button", name="Sign in").click()
    expect(still).to_be_visible()
    for address in ("out/done", "", "concern"):
        at(page, address)
        expect(page.get_by_text("If somebody is in danger now, call 999 or tell the person in charge.")).to_be_visible()
        expect(page.get_by_text("You can raise no concern on this phone before you sign in.")).to_be_visible()
    at(page, "out/done")
    page.get_by_role("button", name="Sign in").click()
    expect(still).to_be_visible()
    seen(page, pictures, "out-without-signal")
    page.goto(f"{phone.origin}/app/")
    expect(page.get_by_text("You are signed out of this phone.")).to_be_visible()
    expect(page.get_by_text(re.compile("things? waits? on this phone"))).to_be_visible()
    expect(page.get_by_text("To sign in, you need signal.")).to_be_visible()
    expect(page.get_by_text("no visit is on this phone yet")).to_have_count(0)
    seen(page, pictures, "start-signed-out")
    page.get_by_role("button", name="Sign in").click()
    expect(still).to_be_visible()
    phone.line.mend()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{phone.origin}/app/")
    expect(page.get_by_text("Nothing waits on this phone. All that was finished has gone.")).to_be_visible()


def test_a_visit_that_is_over_called_off_or_left_says_what_becomes_of_what_was_written(
    phone: Phone, planned: Planned, pictures: Pictures
) -> None:
    off, over, left, nothing = (planned.visit(form=branching()) for _ in range(4))
    page = phone.made_ready("group member")
    begin(page, off)
    begin(page, left)
    begin(page, over)
    at(page, f"visit/{over}/review")
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Sent: 0 answers received")).to_be_visible()
    planned.end(off, "cancelled_at")
    planned.end(over, "closed_at")
    planned.leave(left)
    at(page, f"visit/{nothing}")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    planned.leave(nothing)
    page.reload()
    expect(page.get_by_role("heading", name="This visit is not on this phone")).to_be_visible()
    expect(page.get_by_text("What you sent stays with your group.")).to_be_visible()
    seen(page, pictures, "visit-missing")
    page.get_by_role("link", name="Go to my visits").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_focused()
    seen(page, pictures, "list-gone")

    at(page, f"visit/{off}")
    expect(page.get_by_text("This visit was called off. What you wrote is still on this phone.")).to_be_visible()
    expect(page.get_by_text("Why it was called off: Somebody is ill")).to_be_visible()
    expect(page.get_by_role("link", name="Send what you have", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Look at what you wrote")).to_be_visible()
    expect(page.get_by_role("link", name="Continue")).to_have_count(0)
    expect(page.get_by_role("button", name="Throw away what I wrote")).to_be_visible()
    at(page, f"visit/{left}")
    expect(page.get_by_text("You are no longer on the team of this visit. What you wrote is still")).to_be_visible()
    page.get_by_role("button", name="Throw away what I wrote").click()
    page.get_by_role("button", name="Yes, throw it away").click()
    expect(page.get_by_text("You wrote nothing on it, so nothing is lost.")).to_be_visible()
    seen(page, pictures, "visit-left")
    expect(page.get_by_role("button", name="Begin")).to_have_count(0)
    expect(page.get_by_role("link", name="Go to my visits")).to_be_visible()
    at(page, f"visit/{over}")
    expect(page.get_by_text("This visit is over. It was closed. Your group keeps what arrived.")).to_be_visible()
    seen(page, pictures, "visit-closed")
    expect(page.get_by_role("link", name="Go to my visits")).to_be_visible()
    expect(page.get_by_text(re.compile("as soon as there is signal"))).to_have_count(0)


def test_on_a_phone_that_was_shut_out_the_way_to_sign_in_says_where_there_is_no_signal(
    phone: Phone, planned: Planned
) -> None:
    page = phone.made_ready("group member")
    planned.shut_out("group member")
    phone.forget_session()
    page.reload()
    expect(page.get_by_text("This phone may not send any more.")).to_be_visible()
    phone.line.cut()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("There is still no signal, so you cannot sign in.")).to_be_visible()
