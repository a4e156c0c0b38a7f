"""What can go wrong with a phone, and what the app says of it: nothing that was written is lost or shown to others."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from playwright.sync_api import CDPSession, Page, expect

from e2e.phones import Phone, Planned, dump, readable, soon
from peer_monitoring.shell import MARK_BYTES
from questions.shape import Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

TRY = "Try to send now"


def short_form(title: str = "What did you see?") -> Form:
    """Two questions: one to choose, and one to write."""
    seen = a_question("seen", Kind.TEXT, label=words(title))
    return a_form(Section("rights", words("Rights"), (a_question("told", required=True), seen)))


def begin(page: Page, visit: UUID, seen: str) -> None:
    """Answer both questions of a visit, and stand before the review of it."""
    page.goto(page.url.partition("#")[0] + "#")
    page.locator(f'main a[href="#visit/{visit}"]').click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("radio", name="Partly").check(force=True)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("What did you see?").fill(seen)
    page.get_by_role("button", name="Look at it all").click()
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_focused()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Finish and send").click()


def test_a_sign_in_that_ended_keeps_all_and_another_person_reads_nothing(phone: Phone, planned: Planned) -> None:
    first, second = planned.visit(form=short_form()), planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, first, "CanaryFirst")
    phone.forget_session()
    page.reload()
    expect(page.get_by_text("Your sign-in has ended.")).to_be_visible()
    finish(page)
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    begin(page, second, "CanarySecond")
    page.close()

    with phone.line.hanging("/app/mine.json"):
        page = phone.open("")
        page.clock.install()
        phone.sign_in("group lead", page)
        expect(page).to_have_url(re.compile("/app/$"))
        page.clock.run_for(5_000)
        assert readable(page, ["Canary"]) == []
        expect(page.get_by_role("heading", name="My visits")).to_have_count(0)
    expect(page.get_by_text("Somebody else was signed in on this phone before.")).to_be_visible()
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    assert readable(page, ["Canary"]) == []
    page.locator(f'main a[href="#visit/{second}"]').click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    soon(lambda: planned.drafts(second) == 1)
    assert planned.records(second) == []


def test_who_left_the_team_whose_questions_were_retired_and_whose_phone_was_shut_out_lose_nothing(
    phone: Phone, planned: Planned
) -> None:
    left, retired = planned.visit(form=short_form()), planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, left, "Seen before I left")
    begin(page, retired, "Asked with the old questions")
    phone.line.cut()
    planned.leave(left)
    old = planned.retire(retired, short_form("What did you see, smell and hear?"))
    phone.line.mend()
    page.goto(page.url.partition("#")[0] + "#")
    page.reload()
    page.locator(f'main a[href="#visit/{left}"]').click()
    expect(page.get_by_role("link", name="Send what you have", exact=True)).to_be_visible()
    expect(page.get_by_text("You are no longer on the team of this visit")).to_be_visible()
    page.get_by_role("link", name="Look at what you wrote").click()
    planned.shut_out("group member")
    finish(page)
    expect(page.get_by_text("This phone may not send any more.").first).to_be_visible()
    assert planned.records(left) == []
    page.reload()
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    assert [one["sent_after_leaving"] for one in planned.records(left)] == [True]

    page.goto(page.url.partition("#")[0] + f"#visit/{retired}")
    expect(page.get_by_text("There are other questions now.")).to_be_visible()
    page.get_by_role("link", name="Look at it all and send it").click()
    expect(page.get_by_text("What did you see?", exact=True)).to_be_visible()
    finish(page)
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    assert [one["version"] for one in planned.records(retired)] == [old]


def test_two_tabs_and_a_wrong_clock(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, visit, "Before")
    other = phone.open(f"/app/#visit/{visit}/ask/seen")
    expect(other.get_by_label("What did you see?")).to_have_value("Before")
    page.goto(page.url.partition("#")[0] + f"#visit/{visit}/ask/told")
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    expect(other.get_by_text("This was changed in another tab.")).to_be_visible()
    other.get_by_label("What did you see?").fill("After")
    expect(other.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    page.goto(page.url.partition("#")[0] + f"#visit/{visit}/review")
    expect(page.get_by_text("After", exact=True)).to_be_visible()
    # What is not finished stays on the phone while its owner is signed in.
    assert [one for one in phone.line.asked if "/deliveries/" in one] == []
    finish(page)
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    other.get_by_label("What did you see?").fill("Too late")
    expect(other.get_by_text("You finished this visit in another tab, or threw it away there.")).to_be_visible()
    [record] = planned.records(visit)
    assert record["answers"] == {"told": "no", "seen": "After"}

    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=3))
    page.reload()
    expect(page.get_by_text("The clock of this phone is 3 hours fast.")).to_be_visible()


def test_a_full_phone_says_so_and_what_was_typed_stays_until_there_is_room(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, visit, "Before")
    page, room = full(phone)
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/seen")
    expect(page.get_by_label("What did you see?")).to_have_value("Before")
    page.get_by_label("What did you see?").fill("After")
    expect(page.get_by_text("This phone is full. What you typed last is not kept yet")).to_be_visible()
    page.get_by_role("button", name="Look at it all").click()
    expect(page.get_by_label("What did you see?")).to_have_value("After")
    page.get_by_role("link", name="Go to the visit").click()
    expect(page.get_by_role("link", name="Continue")).to_be_visible()
    expect(page.get_by_text("This phone is full. What you typed last is not kept yet")).to_be_visible()
    room.send("Storage.overrideQuotaForOrigin", {"origin": phone.origin})
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("This phone is full.")).to_be_hidden()
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/seen")
    page.reload()
    expect(page.get_by_label("What did you see?")).to_have_value("After")


def test_what_waits_on_a_full_phone_goes_and_whoever_holds_it_can_sign_out(phone: Phone, planned: Planned) -> None:
    done, begun = planned.visit(form=short_form()), planned.visit(form=short_form())
    page = phone.made_ready("group member")
    phone.line.cut()
    begin(page, begun, "CanaryBegun")
    begin(page, done, "CanaryDone")
    finish(page)
    expect(page.get_by_text("Waiting for signal")).to_be_visible()
    page.get_by_role("link", name="Concern now").click()
    page.get_by_label("What are you worried about?").fill("CanaryWorry")
    page.get_by_role("radio", name="Yes").check(force=True)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="Waiting for signal: tell somebody in person now")).to_be_visible()
    page, _ = full(phone)
    phone.line.mend()
    page.goto(f"{phone.origin}/app/#visit/{done}")
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    assert planned.concerns(done) == len(planned.records(done)) == 1
    # What is begun has its copy there; what other tests began may have come back beside it.
    soon(lambda: {at[2].split("/")[1] for at in dump(page) if at[1] == "queue"} <= {"draft", "photos"})
    assert [at for at in dump(page) if at[1] == "queue" and at[2].endswith("/draft")]
    page.goto(f"{phone.origin}/app/#out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert readable(page, ["Canary"]) == []
    assert not {"kept", "keys"} & {at[1] for at in dump(page)}


def test_where_the_worker_cannot_read_its_database_what_is_theirs_is_closed_and_nothing_else(phone: Phone) -> None:
    page = phone.made_ready("group member")
    assert phone.context
    [worker] = phone.context.service_workers
    worker.evaluate(BROKEN)
    page.goto(f"{phone.origin}/visits/")
    expect(page.get_by_role("heading", name="This page cannot be opened now")).to_be_visible()
    page.get_by_role("link", name="Pages for everybody").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto(f"{phone.origin}/app/")
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()


# As when a browser closes a database under a worker and opens it no more.
BROKEN = (
    "() => { IDBDatabase.prototype.transaction = () => { throw new DOMException('closing', 'InvalidStateError') } }"
)


def full(phone: Phone) -> tuple[Page, CDPSession]:
    """The same phone without room for anything; what can make room again."""
    phone.switch_off()
    page = phone.open("")
    # A browser looks how much room there is when it starts.
    room = page.context.new_cdp_session(page)
    room.send("Storage.overrideQuotaForOrigin", {"origin": phone.origin, "quotaSize": 1})
    return page, room


def test_a_phone_with_a_pin_opens_for_nobody_else(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, visit, "CanaryPin")
    page.goto(f"{phone.origin}/app/#pin")
    page.get_by_label("Choose a PIN").fill("271828")
    page.get_by_label("The same PIN again").fill("271828")
    page.get_by_role("button", name="Use this PIN").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    with phone.line.hanging():
        page.evaluate(PUT_AWAY)
        expect(page.get_by_role("heading", name="Type your PIN")).to_be_visible()
    assert page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))") == ["#out"]
    page.reload()
    type_pin(page, "111111")
    expect(page.get_by_text("This is not your PIN. You can try 9 more times.")).to_be_visible()
    assert readable(page, ["Canary", "Mill Lane"]) == []
    type_pin(page, "271828")
    page.goto(f"{phone.origin}/app/#visit/{visit}/review")
    expect(page.get_by_text("CanaryPin")).to_be_visible()

    page.reload()
    later = datetime.now(UTC)
    for times in range(10):
        later += timedelta(minutes=2)
        page.clock.set_system_time(later)
        type_pin(page, "222222")
        if times == 4:
            expect(page.get_by_text("Wait a minute, then try again. You can try 5 more times.")).to_be_visible()
            type_pin(page, "271828")
            expect(page.get_by_text("Wait a minute after a wrong PIN")).to_be_visible()
    expect(page.get_by_role("heading", name="You are signed out after too many wrong PINs")).to_be_visible()
    assert not {"kept", "keys"} & {at[1] for at in dump(page)}
    page.close()
    page = phone.sign_in("group member")
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_text("The PIN that you had went when you signed out.")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    page.locator(f'main a[href="#visit/{visit}"]').click()
    page.get_by_role("link", name="Look at it all and send it").click()
    expect(page.get_by_text("CanaryPin")).to_be_visible()


def type_pin(page: Page, pin: str) -> None:
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("Opening…")).to_have_count(0)


# The phone is put away, and taken up again ten minutes later.
PUT_AWAY = """() => {
  const show = hidden => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }
  const now = Date.now
  Date.now = () => now() - 10 * 60 * 1000
  show(true)
  Date.now = now
  show(false)
}"""


def test_an_update_between_two_visits_and_a_part_that_is_refused(phone: Phone, planned: Planned) -> None:
    bad, good = planned.visit(form=short_form()), planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, good, "Written before the update")
    begin(page, bad, "Changed on its way")
    phone.line.cut()
    finish(page)
    expect(page.get_by_text("Waiting for signal")).to_be_visible()
    page.evaluate(SPOIL)
    page.goto(page.url.partition("#")[0] + f"#visit/{good}/review")
    finish(page)
    phone.line.mend()
    page.get_by_role("button", name=TRY).click()
    expect(page.get_by_text("Sent: 2 answers received")).to_be_visible()
    page.goto(page.url.partition("#")[0] + f"#visit/{bad}")
    expect(page.get_by_text("This could not be taken.")).to_be_visible()
    assert len(planned.records(good)) == 1
    assert planned.records(bad) == []

    [mark] = {one for one in re.findall(r'data-mark="(\w+)"', page.content())}
    assert len(mark) == MARK_BYTES
    third = planned.visit(form=short_form())
    page.reload()
    begin(page, third, "CanaryDraft")
    phone.line.instead[mark.encode()] = b"0" * MARK_BYTES
    page.reload()
    page.get_by_role("button", name="Start it now").click()
    expect(page.locator(f'[data-mark="{"0" * MARK_BYTES}"]')).to_have_count(1)
    expect(page.get_by_text("CanaryDraft")).to_be_visible()
    assert {at[0] for at in dump(page) if at[1] == "cache"} == {f"visits-{'0' * MARK_BYTES}"}


SPOIL = """async () => {
  const asked = request => new Promise(done => { request.onsuccess = () => done(request.result) })
  const db = await asked(indexedDB.open('alongside-visits'))
  const store = db.transaction('bodies', 'readwrite').objectStore('bodies')
  const key = (await asked(store.getAllKeys())).find(one => one.endsWith('/record'))
  const body = await asked(store.get(key))
  body[body.length - 1] ^= 1
  await asked(store.put(body, key))
  db.close()
}"""
