"""What somebody lets go of on a phone goes after a question, and what they type or take stays within its limits."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.phones import Planned, a_photo, dump
from e2e.stack import Stack
from e2e.test_accessibility import look
from e2e.test_app_screens import ready, to
from e2e.visiting import PHONE, Visits
from questions.shape import Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

# `load(name)` gives a module of the app, as the page itself has it.
AROUND = """async ([files, told]) => {
  const load = (name) => import(files[`peer_monitoring/app/${name}.js`])
  %s
}"""


def run(page: Page, stack: Stack, script: str, **told: Any) -> Any:
    """What a script gives that loads modules of the app."""
    paths = json.loads((stack.data / "static" / "staticfiles.json").read_text())["paths"]
    files = {name: f"/static/{path}" for name, path in paths.items() if name.startswith("peer_monitoring/app/")}
    return page.evaluate(AROUND % script, [files, told])


def around_people() -> Form:
    """A day, then a section that repeats, with a photo in each round."""
    rooms = Section("rooms", words("Rooms"), (a_question("room"), a_question("shot", Kind.PHOTO)), repeats=True)
    return a_form(Section("when", words("When"), (a_question("date", Kind.DATE, required=True),)), rooms)


def queued(page: Page) -> list[str]:
    return [at[2] for at in dump(page) if at[1] == "queue"]


def take_photo(page: Page) -> None:
    photo = {"name": "taken.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.get_by_role("img", name="Your photo")).to_be_visible()


def test_a_round_and_a_draft_go_after_a_question_with_their_photos(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    before = len(queued(page))
    to(page, f"visit/{one}", ".")
    expect(page).to_have_title(re.compile("^A visit"))
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About date?")).to_be_focused()
    to(page, f"visit/{one}/ask/rooms", "Rooms")
    page.get_by_role("button", name="Add one").click()
    expect(page.get_by_role("heading", name="About room?")).to_be_focused()
    to(page, f"visit/{one}/ask/shot.0", "shot")
    take_photo(page)
    assert len(queued(page)) == before + 2
    to(page, f"visit/{one}/ask/rooms", "Rooms")
    page.get_by_role("button", name="Take the last one away").click()
    expect(page.get_by_text("Take the last one away, with its answers and photos?")).to_be_focused()
    pictures.take(page, "app-round-away")
    page.get_by_role("button", name="No, keep it").click()
    expect(page.get_by_role("button", name="Take the last one away")).to_be_focused()
    page.get_by_role("button", name="Take the last one away").click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.get_by_text("Nobody and nothing has been added yet.")).to_be_visible()
    assert len(queued(page)) == before + 1
    page.get_by_role("button", name="Add one").click()
    expect(page.get_by_role("heading", name="About room?")).to_be_focused()
    to(page, f"visit/{one}/ask/shot.0", "shot")
    expect(page.get_by_text("Take a photo")).to_be_visible()
    take_photo(page)

    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Throw away what I wrote").click()
    expect(page.get_by_text("Throw away what you wrote on this visit, with its photos?")).to_be_focused()
    pictures.take(page, "app-draft-away")
    page.get_by_role("button", name="Yes, throw it away").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    assert len(queued(page)) == before
    assert not [at for at in dump(page) if at[1] == "kept" and at[2].startswith(("draft:", "photo:"))]


def test_a_draft_that_was_thrown_away_goes_from_the_server_too(stack: Stack, visit: Visits, planned: Planned) -> None:
    """It came back, and the line broke before the server heard of that."""
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    script = """
      const [drafts, mineOf] = [await load('drafts'), await load('mine')]
      const made = await drafts.begin(await (await load('kept')).read(`visit:${told.visit}`))
      await (await load('signing_out')).clearPhone()
      await (await load('delivering')).deliver({ again: true })
      const held = async () => (await mineOf.askForMine()).mine.drafts.map(({ id }) => id)
      const asks = fetch
      globalThis.fetch = (path, how) => {
        if (/fetched/.test(path)) throw new TypeError('no signal')
        return asks(path, how)
      }
      await mineOf.makeReady((await mineOf.askForMine()).mine, 'A phone')
      globalThis.fetch = asks
      const before = await held()
      await drafts.throwAway(made.id)
      const { mine } = await (await load('mine')).askForMine()
      await (await load('mine')).takeIn(mine)
      return [made.id, before, await held(), (await drafts.allDrafts()).map(({ id }) => id)]
    """
    made, before, after, here = run(page, stack, script, visit=str(one))
    assert made in before
    assert made not in after
    assert made not in here


def test_what_was_not_taken_is_deleted_after_a_question(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    # A record that names another than its own address is refused for good.
    script = """
      const drafts = await load('drafts')
      const made = await drafts.begin(await (await load('kept')).read(`visit:${told.visit}`))
      await drafts.change(made.id, () => ({ answers: { date: '2026-05-04' }, supersedes: 'nothing' }))
      await drafts.finish(made.id)
    """
    run(page, stack, script, visit=str(one))
    to(page, "concern", "Concern now")
    to(page, "", "My visits")
    page.get_by_role("button", name="Try to send now").click()
    expect(page.get_by_text("What you wrote on a visit could not be sent.")).to_be_visible()
    expect(page.get_by_text("waits on this phone")).to_have_count(0)
    expect(page.get_by_text("All of it was sent.")).to_have_count(0)
    page.get_by_role("button", name="Delete it from this phone").click()
    expect(page.get_by_text("Delete it? Nobody has it then")).to_be_focused()
    pictures.take(page, "app-not-taken")
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("What you wrote on a visit could not be sent.")).to_have_count(0)
    assert not [at for at in queued(page) if at.endswith("/record")]
    visit.problems.clear()
    to(page, f"visit/{one}", ".")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def test_what_the_server_would_not_take_is_not_kept(stack: Stack, visit: Visits, planned: Planned) -> None:
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    script = """
      const [drafts, { inWords }] = [await load('drafts'), await load('trouble')]
      const { id } = await drafts.begin(await (await load('kept')).read(`visit:${told.visit}`))
      const said = []
      const tried = (act) => act.catch((error) => said.push(inWords(error)))
      for (let at = 0; at < 50; at++) await drafts.addPhoto(id, `shot.${at}`, new Uint8Array([at]))
      await tried(drafts.addPhoto(id, 'shot.50', new Uint8Array([50])))
      await drafts.addPhoto(id, 'shot.49', new Uint8Array([51]))
      await tried(drafts.change(id, () => ({ answers: { room: 'x'.repeat(2 * 1024 * 1024) } })))
      const { photos, answers } = await drafts.draft(id)
      await drafts.throwAway(id)
      return [said, Object.keys(photos).length, answers]
    """
    said, photos, answers = run(page, stack, script, visit=str(one))
    assert said == [
        "You can take 50 photos on one visit. Take one away before you take another one.",
        "This is more than can be sent. What you wrote last was not kept. Write less.",
    ]
    assert photos == 50
    assert answers == {}


def test_the_sealed_copies_of_a_draft(stack: Stack, visit: Visits, planned: Planned) -> None:
    """They stay while the turn lasts, no two are alike, and a receipt of an older one lets go of no newer one."""
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    script = """
      const [drafts, queue, db] = [await load('drafts'), await load('queue'), await load('database')]
      const made = await drafts.begin(await (await load('kept')).read(`visit:${told.visit}`))
      const address = `${made.id}/draft`
      const here = async () => (await db.database()).get('queue', address)
      const first = await here()
      await drafts.change(made.id, () => ({}))
      const second = await here()
      const waits = (await queue.waiting()).some(({ instance }) => instance === made.id)
      await queue.arrived(first, { id: made.id, sha256: first.hash })
      const stays = Boolean(await here())
      await queue.arrived(second, { id: made.id, sha256: second.hash })
      const goes = !await here()
      await drafts.throwAway(made.id)
      return { differ: first.hash !== second.hash, waits, stays, goes }
    """
    found = run(page, stack, script, visit=str(one))
    assert found == {"differ": True, "waits": False, "stays": True, "goes": True}


def test_a_day_is_kept_while_it_is_typed_and_today_is_the_day_of_the_server(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About date?")).to_be_focused()
    page.get_by_label("Day", exact=True).fill("31")
    to(page, "", "My visits")
    to(page, f"visit/{one}", ".")
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_label("Day", exact=True)).to_have_value("31")
    page.get_by_label("Day", exact=True).fill("3")
    expect(page.get_by_text("Kept as typed. Please check it.")).to_have_count(0)
    expect(page.get_by_text("Safe on this phone", exact=True)).to_have_count(0)
    page.get_by_label("Day", exact=True).fill("31")
    wrong = page.get_by_text("Write a real day in numbers")
    expect(wrong).to_be_hidden()
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_label("Year", exact=True).fill("2026")
    expect(page.get_by_text("Kept as typed. Please check it.")).to_be_visible()
    expect(wrong).to_be_hidden()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    wrong = page.locator(".app-visits-question").get_by_text("Write a real day in numbers")
    expect(wrong).to_be_visible()
    pictures.take(page, "app-day-wrong")
    page.get_by_label("Day", exact=True).fill("3")
    expect(wrong).to_be_hidden()
    to(page, f"visit/{one}/ask/date", "About date")
    page.reload()
    expect(page.get_by_label("Day", exact=True)).to_have_value("3")

    page.clock.set_system_time(datetime.now(UTC) + timedelta(days=3))
    page.reload()
    expect(page.get_by_text("The clock of this phone is 3 days fast.")).to_be_visible()
    script = """
      const [drafts, kept] = [await load('drafts'), await load('kept')]
      const { began_at: began } = await drafts.empty(await kept.read(`visit:${told.visit}`))
      return [(await load('asking')).today(), began.slice(0, 10)]
    """
    days = run(page, stack, script, visit=str(one))
    real = {str((datetime.now(UTC) + timedelta(minutes=minutes)).date()) for minutes in (-2, 0, 60)}
    assert set(days) <= real


def test_a_concern_says_who_is_near_and_ticks_nothing(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    one = planned.visit(form=around_people())
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About date?")).to_be_focused()
    to(page, f"concern/{one}", "Concern now")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_label("What are you worried about?").fill("Somebody")
    page.get_by_role("button", name="Send it now").click()
    page.get_by_role("link", name="Say if you have been let in").click()
    expect(page.get_by_role("radio", name="Yes")).to_be_focused()
    expect(page.get_by_text("Tell the person in charge of the place.")).to_be_visible()
    # Leads stand there without a number: nobody reaches them by that.
    assert page.get_by_role("main").locator("li", has_text=re.compile("^[^:]+$")).count() == 1
    planned.shut_out("group lead")
    page.get_by_role("radio", name="Yes").check(force=True)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="It could not be sent: tell somebody in person now")).to_be_focused()
    expect(page.get_by_text("They go first when there is signal")).to_have_count(0)
    pictures.take(page, "app-concern-shut-out")
    run(page, stack, "await (await load('kept')).keepAll({ [`visit:${told.visit}`]: null })", visit=str(one))
    # It is tried by itself, with all that waits, and later once more: refused each time.
    page.close()
    visit.problems[:] = [one for one in visit.problems if "/deliveries/" not in one]


def test_the_app_asks_that_what_it_keeps_stays_and_says_where_it_may_not(stack: Stack, visit: Visits) -> None:
    page = visit("group lead", width=PHONE)
    page.add_init_script("navigator.storage.persist = () => Promise.resolve(Boolean(window.name))")
    ready(page, stack)
    expect(page.get_by_text("This browser may delete what you wrote")).to_be_visible()
    page.evaluate("window.name = 'stays'")
    page.reload()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    expect(page.get_by_text("This browser may delete what you wrote")).to_be_hidden()


def test_a_section_with_nothing_to_answer_yet_says_so(stack: Stack, visit: Visits, planned: Planned) -> None:
    one = planned.visit(form=around_people())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    to(page, f"visit/{one}", ".")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About date?")).to_be_focused()
    to(page, f"visit/{one}", ".")
    rooms = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Rooms"))
    expect(rooms.get_by_text("Nothing to answer yet")).to_be_visible()
    expect(page.get_by_text("0 of 0 answered")).to_have_count(0)
    rooms.get_by_role("link").click()
    page.get_by_role("button", name="Add one").click()
    expect(page.get_by_role("heading", name="About room?")).to_be_focused()
    to(page, f"visit/{one}", ".")
    expect(rooms.get_by_text("0 of 2 answered")).to_be_visible()


def test_a_concern_about_none_of_ones_visits_says_whom_to_tell(
    stack: Stack, visit: Visits, planned: Planned, pictures: Pictures
) -> None:
    planned.visit(form=around_people())
    page = visit("group member", width=PHONE)
    ready(page, stack)
    to(page, "concern", "Concern now")
    page.get_by_role("link", name="None of these visits").click()
    expect(page.get_by_role("heading", name="A concern that is about none of your visits")).to_be_focused()
    expect(page.get_by_text("call 999")).to_be_visible()
    expect(page.get_by_text("Tell the person in charge of the place.")).to_be_visible()
    expect(page.get_by_text("Do not choose another visit")).to_be_visible()
    assert look(page, "concern-none") == []
    pictures.take(page, "app-concern-none")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_text("Which visit is it about?")).to_be_visible()


def test_with_no_visit_a_concern_says_whom_to_tell(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = visit("group lead", width=PHONE)
    ready(page, stack)
    to(page, "out", "Sign out of this phone")
    script = """
      const kept = await load('kept')
      await kept.keepAll(Object.fromEntries((await kept.namesOf('visit')).map((name) => [name, null])))
    """
    run(page, stack, script)
    to(page, "concern", "Concern now")
    expect(page.get_by_text("No visit is on this phone")).to_be_visible()
    expect(page.get_by_text("Tell the person in charge of the place.")).to_be_visible()
    pictures.take(page, "app-concern-nobody")
