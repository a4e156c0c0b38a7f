"""A visit is logged where there is no signal; nothing of it is lost, doubled or left to be read (S78-S80, F6, F7)."""

import re
from contextlib import closing
from http.client import HTTPConnection
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from alongside.demo.people import GROUP_LEAD
from alongside.surroundings import HOST
from e2e.phones import Phone, Planned, a_photo, dump, readable, readable_on_disk, soon
from tests.factories.questions import every_kind

WORDS = "CanaryWords the tea was cold"
WORRY = "CanaryWorry somebody is not safe"
# What somebody wrote, where they go and who they are, and how the bytes of a photo begin.
SECRET = ["Canary", "Mill Lane", "side door", "Nether Voices", "Robin Sayle", "About grade", "JFIF"]
TRY = "Try to send now"
AT = "at ([0-9:]+[ap]m|midday|midnight)"
PATIENT = 15_000  # milliseconds
ANSWERS = {
    "yes_no": "yes", "grade": "pass", "scale": "b", "one": "a", "many": "a b", "count": "7", "text": WORDS,
    "date": "2026-05-04", "time": "14:05", "limited": "9",
}  # fmt: skip
# What the browser is asked to do once there is signal.
REMEMBER_SYNC = """() => {
  window.asked = []
  const register = SyncManager.prototype.register
  SyncManager.prototype.register = function (tag) { window.asked.push(tag); return register.call(this, tag) }
}"""
# Takes hold of the sealed record, and sends it twenty times more, whatever was answered before.
HOLD = """async () => {
  const asked = request => new Promise(done => { request.onsuccess = () => done(request.result) })
  const db = await asked(indexedDB.open('alongside-visits'))
  const [phone] = await asked(db.transaction('phones').objectStore('phones').getAll())
  const parts = await asked(db.transaction('queue').objectStore('queue').getAll())
  const { instance } = parts.find(({ what }) => what === 'record')
  const body = await asked(db.transaction('bodies').objectStore('bodies').get(`${instance}/record`))
  const headers = { Authorization: `Phone ${phone.token}`, 'Content-Type': 'application/octet-stream' }
  window.held = { instance, headers, body }
}"""
REPLAY = """async () => {
  const { instance, headers, body } = window.held
  const send = async () => {
    const answer = await fetch(`/app/deliveries/${instance}/record/`, { method: 'PUT', headers, body })
    return `${answer.status} ${(await answer.json()).sha256}`
  }
  const receipts = []
  for (let time = 0; time < 20; time++) receipts.push(await send())
  return receipts
}"""


def test_a_visit_without_signal_arrives_whole_and_once(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=every_kind())
    page = phone.made_ready("group member")
    phone.line.cut()
    page.reload()
    open_visit(page, visit)
    expect(page.get_by_text("Ring at the side door. No phones beyond the desk.")).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    answer_everything(page)
    page.get_by_role("link", name="Concern now").click()
    page.get_by_label("What are you worried about?").fill(WORRY)
    page.get_by_role("radio", name="Yes").check(force=True)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="Waiting for signal: tell somebody in person now")).to_be_visible()

    phone.switch_off()
    page = phone.open()
    open_visit(page, visit)
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    expect(page.get_by_text("1 photo", exact=True)).to_be_visible()
    page.get_by_role("link", name="Look at it all and send it").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text("Waiting for signal", exact=True)).to_be_visible()

    phone.line.asked.clear()
    phone.line.mend()
    with phone.line.losing_replies():
        page.get_by_role("button", name=TRY).click()
        soon(lambda: len(planned.records(visit)) == 1)
        expect(page.get_by_text("Waiting for signal", exact=True)).to_be_visible()
        page.evaluate(HOLD)
    receipts = page.evaluate(REPLAY)
    assert len(receipts) == 20
    assert len(set(receipts)) == 1
    # As a browser says once there is signal, where the app's next try of its own has not come by then.
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text(re.compile("^Sent: [0-9]+ answers and 1 photo received$"))).to_be_visible()
    # The sign-in went with the browser: a page that was opened without signal says so now that there is some.
    expect(page.get_by_text("To change it, sign in first.")).to_be_visible()
    assert kinds_sent(phone.line.asked)[0] == "concern"
    assert planned.concerns(visit) == 1
    [record] = planned.records(visit)
    assert {key: record["answers"][key] for key in ANSWERS} == ANSWERS
    assert record["answers"]["people"] == [{"who": "Nobody"}]
    assert record["state"] == "counts"
    [photo] = planned.photos(visit)
    with Image.open(BytesIO(photo)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1600, 1200)
        assert not picture.getexif()
    assert b"CanaryCamera" not in photo


def test_after_signing_out_without_signal_nothing_can_be_read_and_the_session_ends_first(
    phone: Phone, planned: Planned
) -> None:
    sealed, begun = planned.visit(form=every_kind()), planned.visit(form=every_kind())
    page = phone.made_ready("group member")
    cookies = phone.cookies()
    assert is_signed_in(phone, cookies)
    phone.line.cut()
    finish(page, sealed)
    assert readable(page, SECRET) == []
    open_visit(page, begun)
    page.get_by_role("button", name="Begin").click()
    answer_everything(page)
    assert readable(page, SECRET) == []

    page.goto(f"{phone.origin}/app/#out")
    page.evaluate(REMEMBER_SYNC)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert page.evaluate("() => window.asked")[:1] == ["deliver"]
    expect(page.get_by_text("Your sign-in ends as soon as there is signal")).to_be_visible()
    assert readable(page, SECRET) == []
    stores = [at[1] for at in dump(page)]
    assert not {"kept", "keys"} & set(stores)
    assert stores.count("queue") == 4  # a record and a draft, each with a photo
    assert max(len(at[3]) for at in dump(page) if at[1] == "queue") < 500  # so that counting them reads no photo

    phone.let_worker_sleep(page)
    phone.line.asked.clear()
    phone.line.mend()
    page.goto(f"{phone.origin}/visits/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert phone.line.asked[0] == "POST /app/session-over/"
    assert not is_signed_in(phone, cookies)
    soon(lambda: len(planned.records(sealed)) == 1)
    phone.switch_off()
    assert readable_on_disk(phone.memory, SECRET) == []


@pytest.mark.parametrize("is_shut_out", [False, True], ids=["ready", "shut out"])
def test_signing_out_without_signal_ends_the_session_also_where_the_browser_was_closed_meanwhile(
    phone: Phone, planned: Planned, is_shut_out: bool
) -> None:
    page = phone.made_ready("group member")
    cookies = phone.cookies()
    phone.line.cut()
    page.goto(f"{phone.origin}/app/#out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    phone.switch_off()
    assert is_signed_in(phone, cookies)
    if is_shut_out:
        planned.shut_out("group member")

    phone.line.asked.clear()
    page = phone.open("")
    phone.forget_session()
    phone.line.mend()
    # Nothing is answered before it: not even a page that is everybody's.
    with phone.line.hanging("/sign-in/"):
        page.evaluate("address => { location.href = address }", f"{phone.origin}/sign-in/")
        soon(lambda: not is_signed_in(phone, cookies))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert phone.line.asked[0] == "POST /app/session-over/"


def test_signing_out_without_signal_ends_the_last_sign_in_also_where_it_never_came_to_the_app(phone: Phone) -> None:
    page = phone.made_ready("group member")
    phone.forget_session()
    before = marks_on(page)
    phone.sign_in("group member", page, to="/visits/")
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    soon(lambda: len(now := marks_on(page)) == 1 and now != before)
    cookies = phone.cookies()
    phone.line.cut()
    page.goto(f"{phone.origin}/app/#out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    phone.switch_off()
    assert is_signed_in(phone, cookies)
    page = phone.open("")
    phone.forget_session()
    phone.line.mend()
    page.goto(f"{phone.origin}/sign-in/")
    assert not is_signed_in(phone, cookies)


def marks_on(page: Page) -> list[str]:
    """The mark of the session that this phone has noted."""
    return [text for _, store, name, text in dump(page) if (store, name) == ("notes", "mark")]


def test_the_platforms_own_sign_out_leaves_nothing_to_read_either(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=every_kind())
    page = phone.made_ready("group member")
    open_visit(page, visit)
    page.get_by_role("button", name="Begin").click()
    answer_everything(page)
    page.get_by_role("link", name="Concern now").click()
    page.get_by_label("What are you worried about?").fill(WORRY)
    page.get_by_role("radio", name="No", exact=True).check(force=True)
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    page.goto(f"{phone.origin}/sign-out/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert readable(page, SECRET) == []
    assert not {"kept", "keys"} & {at[1] for at in dump(page)}

    page = phone.made_ready("group member")
    open_visit(page, visit)
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    page.get_by_role("link", name="Concern now").click()
    expect(page.get_by_label("What are you worried about?")).to_have_value(WORRY)
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/photo")
    expect(page.get_by_role("img", name="Your photo")).to_be_visible()
    page.goto(page.url.replace("/ask/photo", "/review"))
    expect(page.get_by_text(WORDS)).to_be_visible()
    stopped: list[Route] = []
    page.route(re.compile("/deliveries/.*/photos/"), lambda route: stopped.append(route))
    page.get_by_role("button", name="Finish and send").click()
    # The photo of the draft had come; that of the record has not, and nobody is told so.
    expect(page.get_by_text(re.compile("^Sent: 1[0-9] answers received$"))).to_be_visible()
    stopped[0].continue_()
    expect(page.get_by_text(re.compile("and 1 photo received$"))).to_be_visible()
    assert len(planned.records(visit)) == len(planned.photos(visit)) == 1

    page.get_by_role("button", name="Change what I sent").click()
    expect(page.get_by_role("heading", name="Look at what you wrote")).to_be_focused()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Change what I sent").click()
    page.get_by_role("link", name=re.compile("^Change ?: About text")).click()
    expect(page.get_by_label("About text?")).to_have_value(WORDS)
    page.get_by_label("About text?").fill("Another one")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Another one")).to_be_visible()
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text(re.compile("and 1 photo received$"))).to_be_visible()
    assert {(one["answers"]["text"], one["state"]) for one in planned.records(visit)} == {
        (WORDS, "replaced"), ("Another one", "counts"),
    }  # fmt: skip
    assert len(planned.photos(visit)) == 1

    page.goto(f"{phone.origin}/my/sign-ins/")
    # Other tests are signed in as the same person: it must not come to the service.
    phone.line.cut()
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert not {"kept", "keys"} & {at[1] for at in dump(page)}


def test_a_concern_goes_at_once_beside_a_photo_that_does_not_come_through(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=every_kind())
    page = phone.made_ready("group member")
    with phone.line.hanging("/photos/"):
        finish(page, visit)
        soon(lambda: len(planned.records(visit)) == 1)
        raise_concern(page, visit)
        expect(page.get_by_role("heading", name="Your concern was sent")).to_be_visible(timeout=PATIENT)
        assert (planned.concerns(visit), planned.photos(visit)) == (1, [])
    soon(lambda: len(planned.photos(visit)) == 1)
    soon(lambda: planned.somebody_was_told(visit))
    page.reload()
    page.goto(f"{phone.origin}/app/#visit/{visit}")
    expect(page.get_by_role("heading", name="Concerns that you raised")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_text(re.compile(f"^Raised {AT}$"))).to_be_visible()
    told = re.compile(f"^Sent to the (safeguarding lead|managers) of .+ {AT}. Nobody there has said yet")
    expect(page.get_by_text(told)).to_be_visible()
    assert readable(page, [WORRY]) == []


def test_a_concern_that_waits_stands_on_the_screen_of_its_visit_without_its_words(
    phone: Phone, planned: Planned
) -> None:
    visit = planned.visit(form=every_kind())
    page = phone.made_ready("group member")
    phone.line.cut()
    raise_concern(page, visit)
    expect(page.get_by_role("heading", name="Waiting for signal: tell somebody in person now")).to_be_visible()
    page.get_by_role("link", name="Go back to the visit").click()
    expect(page.get_by_text("Waiting for signal: tell somebody in person now.")).to_be_visible()
    assert readable(page, [WORRY]) == []
    phone.line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text(re.compile("^(We have it[.]|Sent to )"))).to_be_visible(timeout=PATIENT)
    expect(page.get_by_text(re.compile("^Raised at"))).to_have_count(1)
    assert planned.concerns(visit) == 1


def test_on_a_line_that_says_nothing_whom_to_tell_stands_there_soon(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=every_kind())
    page = phone.made_ready("group member")
    with phone.line.hanging("/concern/"):
        raise_concern(page, visit)
        waits = page.get_by_role("heading", name="Waiting for signal: tell somebody in person now")
        expect(waits).to_be_visible(timeout=PATIENT)
        number = page.get_by_role("main").get_by_role("link", name=f"{GROUP_LEAD}, 07700 900 982")
        expect(number).to_have_attribute("href", "tel:07700900982")
    expect(page.get_by_role("heading", name="Your concern was sent")).to_be_visible(timeout=PATIENT)


def test_where_it_is_not_clear_which_number_is_meant_the_app_shows_the_words_and_dials_nothing(
    phone: Phone, planned: Planned
) -> None:
    visit, two = planned.visit(), "Robin, 01632 960123 01632 960124"
    with planned.stack.database() as connection:
        connection.execute("UPDATE peer_monitoring_visit SET to_ring = %s WHERE id = %s", [two, visit])
    page = phone.made_ready("group member")
    page.goto(f"{page.url.partition('#')[0]}#visit/{visit}")
    expect(page.get_by_text(f"To ring on the day: {two}")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_role("link", name=two)).to_have_count(0)


def raise_concern(page: Page, visit: Any) -> None:
    """Write down a worry on a visit, and send it."""
    page.goto(f"{page.url.partition('#')[0]}#concern/{visit}")
    page.get_by_label("What are you worried about?").fill(WORRY)
    page.get_by_role("radio", name="Yes").check(force=True)
    page.get_by_role("button", name="Send it now").click()


def kinds_sent(asked: list[str]) -> list[str]:
    """What was delivered, one kind after the other."""
    return [found[1] for one in asked if (found := re.search(r"^PUT /app/deliveries/[^/]+/(\w+)/", one))]


def is_signed_in(phone: Phone, cookies: str) -> bool:
    """Whether a session still opens what is somebody's own; asked past the line."""
    host = {"Host": f"{HOST}:{phone.stack.port}", "Cookie": cookies}
    with closing(HTTPConnection("127.0.0.1", phone.stack.port)) as connection:
        connection.request("GET", "/my/", headers=host)
        return connection.getresponse().status == 200


def finish(page: Page, visit: Any) -> None:
    """Begin a visit, answer all of it, and seal it."""
    open_visit(page, visit)
    page.get_by_role("button", name="Begin").click()
    answer_everything(page)
    page.get_by_role("button", name="Finish and send").click()
    expect(page.get_by_text(re.compile("Waiting for signal|Sent: "))).to_be_visible()
    page.goto(page.url.partition("#")[0] + "#")


def open_visit(page: Page, visit: Any) -> None:
    page.locator(f'main a[href="#visit/{visit}"]').click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def answer_everything(page: Page) -> None:
    """Go through a set of every kind, question by question, on the screen."""
    for _ in range(30):
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        if page.url.endswith("/review"):
            return
        if page.get_by_role("button", name="Add one", exact=True).count():
            page.get_by_role("button", name="Add one", exact=True).click()
            continue
        answer_one(page)
        page.get_by_role("button", name=re.compile("^(Next|Look at it all)$")).click()
    raise AssertionError("The questions never end.")


def answer_one(page: Page) -> None:
    question = page.locator(".app-visits-question[data-key]")
    if not question.count():
        return
    name = str(question.get_attribute("data-key"))
    if name == "photo":
        photo = {"name": "taken.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
        question.locator("input[type=file]").set_input_files(photo)
        expect(page.get_by_role("img", name="Your photo")).to_be_visible()
        return
    answer = ANSWERS.get(name, "Nobody")
    if name == "date":
        for label, part in zip(("Year", "Month", "Day"), answer.split("-"), strict=True):
            page.get_by_label(label, exact=True).fill(part)
    elif question.locator("input[type=radio], input[type=checkbox]").count():
        for one in answer.split(" "):
            question.locator(f'input[value="{one}"]').check(force=True)
    else:
        question.locator("input, textarea").fill(answer)
