"""The parts of the app by themselves, in a browser of somebody who is signed in: what no screen can bring about."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, StorageState

from e2e.phones import Planned
from e2e.stack import Stack
from e2e.visiting import Visits
from questions.shape import Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

MODULES = (
    "asking", "concerns", "database", "delivering", "drafts", "kept", "keys", "late", "locks", "mine", "moments", "pin",
    "queue", "screens/concern", "screens/list", "screens/pin", "screens/visit", "screens/waiting", "session",
    "signing_out", "turns",
)  # fmt: skip
# `app` is every module by its name, `picture` makes a photo, and `ready` makes this browser ready for visits.
AROUND = """async ({ files, visit }) => {
  const app = {}
  for (const [name, file] of Object.entries(files)) app[name.replace('/', '_')] = await import(file)
  const picture = async () => {
    const canvas = new OffscreenCanvas(40, 30)
    const drawing = canvas.getContext('2d')
    drawing.fillStyle = `rgb(${Math.random() * 255}, ${Math.random() * 255}, 0)`
    drawing.fillRect(0, 0, 40, 30)
    return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())
  }
  const ready = async () => app.mine.makeReady((await app.mine.askForMine()).mine, 'A phone')
  const here = async () => app.kept.read(`visit:${visit}`)
  const wordsOf = ({ content }) => content.flat(9).map(node => node?.textContent ?? '').join(' ')
  const all = async (store) => (await app.database.database()).getAllKeys(store)
  %s
}"""


@pytest.fixture(scope="module")
def one_phone(browser: Browser, stack: Stack, states: dict[str, StorageState]) -> Iterator[Page]:
    """One phone for all of them: nobody makes many ready in a day."""
    visits = Visits(browser, stack, states)
    yield visits("group member")
    visits.close()
    assert not visits.problems, "\n".join(visits.problems)


@pytest.fixture
def page(one_phone: Page, stack: Stack) -> Page:
    """A page of the platform, on which the app's parts are loaded and nothing else of it."""
    one_phone.goto(f"{stack.platform}/visits/")
    return one_phone


def run(page: Page, stack: Stack, script: str, visit: UUID | None = None) -> Any:
    """What a script gives, with the parts of the app around it."""
    paths = json.loads((stack.data / "static" / "staticfiles.json").read_text())["paths"]
    files = {name: f"/static/{paths[f'peer_monitoring/app/{name}.js']}" for name in MODULES}
    return page.evaluate(AROUND % script, {"files": files, "visit": visit and str(visit)})


def photo_form() -> Form:
    """A question for a photo, and one for words; neither has to be answered."""
    return a_form(Section("room", words("Room"), (a_question("photo", Kind.PHOTO), a_question("seen", Kind.TEXT))))


def test_a_phone_that_is_made_ready_again_sends_the_photos_of_before(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      await app.drafts.addPhoto(id, 'photo', await picture())
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await db.put('phones', { ...phone, shutOut: true }, phone.owner)
      await ready()
      await app.drafts.finish(id)
      await app.delivering.deliver({ again: true })"""
    run(page, stack, script, one)
    assert len(planned.records(one)) == len(planned.photos(one)) == 1


def test_a_photo_whose_sealed_copy_is_gone_is_sealed_anew(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      const { photos } = await app.drafts.addPhoto(id, 'photo', await picture())
      await (await app.database.database()).delete('queue', `${id}/photos/${photos.photo.id}`)
      await app.drafts.finish(id)
      await app.delivering.deliver()"""
    run(page, stack, script, one)
    assert len(planned.photos(one)) == 1


def test_whoever_signs_out_while_something_comes_keeps_nothing_of_it(page: Page, stack: Stack) -> None:
    script = """
      await ready()
      let go
      app.locks.alone('drafts', () => new Promise(resolve => { go = resolve }))
      const { mine } = await app.mine.askForMine()
      const comes = app.mine.takeIn(mine)
      await app.database.note('owner')
      const goes = app.signing_out.clearPhone()
      go()
      await Promise.all([comes, goes])
      const late = await app.kept.keepAll({ 'visit:late': { site: 'Late' } }).catch(error => error.constructor.name)
      return [late, ...await all('kept'), ...await all('keys')]"""
    assert run(page, stack, script) == ["SignedOut"]


def test_a_concern_goes_before_the_photos_that_were_there_first(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=a_form(Section("room", words("Room"), tuple(
        a_question(name, Kind.PHOTO) for name in ("first", "second")))))  # fmt: skip
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      for (const key of ['first', 'second']) await app.drafts.addPhoto(id, key, await picture())
      await app.delivering.deliver()
      await app.drafts.finish(id)
      const [asks, asked] = [fetch, []]
      globalThis.fetch = async (path, how) => {
        const kind = path.split('/')[4]
        if (kind === 'photos' && !asked.includes('photos')) {
          await app.concerns.raise({ visit, words: 'Somebody', inside: false })
        }
        asked.push(kind)
        return asks(path, how)
      }
      await app.delivering.deliver()
      return asked"""
    assert run(page, stack, script, one) == ["record", "photos", "concern", "photos"]


def test_signal_that_comes_back_within_a_round_is_for_the_concern_first(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      await app.drafts.finish(id)
      await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      const [asks, asked] = [fetch, []]
      globalThis.fetch = async (path, how) => {
        asked.push(path.split('/')[4])
        if (asked.length === 1) throw new TypeError('There is no signal yet.')
        return asks(path, how)
      }
      const { left } = await app.delivering.deliver()
      return [...asked, left]"""
    assert run(page, stack, script, one) == ["concern", "concern", "record", 0]


# Two concerns, a record, and photos.
TWO_CONCERNS = """
  await ready()
  const { id } = await app.drafts.begin(await here())
  for (const key of ['first', 'second', 'third']) await app.drafts.addPhoto(id, key, await picture())
  await app.drafts.finish(id)
  for (const words of ['Somebody', 'Another']) await app.concerns.raise({ visit, words, inside: false })
  const [asks, asked] = [fetch, []]"""


def three_photos() -> Form:
    """Three questions for photos; none has to be answered."""
    photos = tuple(a_question(name, Kind.PHOTO) for name in ("first", "second", "third"))
    return a_form(Section("room", words("Room"), photos))


def test_concerns_that_nobody_answers_hold_back_no_record_and_no_photo(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=three_photos())
    script = f"""{TWO_CONCERNS}
      globalThis.fetch = async (path, how) => {{
        asked.push(path.split('/')[4])
        if (path.endsWith('/concern/')) throw new TypeError('Nobody answers.')
        return asks(path, how)
      }}
      const {{ left, news, isSilent }} = await app.delivering.deliver()
      globalThis.fetch = asks
      const later = await app.delivering.deliver()
      return [asked.filter(one => one === 'concern').length, left, news, isSilent, later.left]"""
    assert run(page, stack, script, one) == [4, 2, True, False, 0]
    assert (len(planned.records(one)), len(planned.photos(one)), planned.concerns(one)) == (1, 3, 2)


def test_a_concern_on_a_line_that_says_nothing_holds_all_else_back_for_a_moment_alone(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=three_photos())
    script = f"""{TWO_CONCERNS}
      let mend
      const mended = new Promise(resolve => {{ mend = resolve }})
      let gone
      const allElse = new Promise(resolve => {{ gone = resolve }})
      globalThis.fetch = async (path, how) => {{
        if (path.endsWith('/concern/')) await mended
        const answer = await asks(path, how)
        asked.push(path.split('/')[4])
        if (asked.length === 4) gone()
        return answer
      }}
      const began = Date.now()
      const delivered = app.delivering.deliver()
      await allElse
      const took = Date.now() - began
      mend()
      const {{ left }} = await delivered
      return [took < 10_000, asked, left]"""
    everything = ["record", "photos", "photos", "photos", "concern", "concern"]
    assert run(page, stack, script, one) == [True, everything, 0]


def test_a_round_on_a_dead_line_ends_soon(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=three_photos())
    script = f"""{TWO_CONCERNS}
      globalThis.fetch = async path => {{
        asked.push(path.split('/')[4])
        throw new TypeError('There is no signal.')
      }}
      const {{ isSilent }} = await app.delivering.deliver()
      globalThis.fetch = asks
      const {{ left }} = await app.delivering.deliver()
      return [asked, isSilent, left]"""
    asked = ["concern"] * 4 + ["record", "photos", "photos"]
    assert run(page, stack, script, one) == [asked, True, 0]


def test_a_concern_that_another_tab_is_sending_is_not_taken_for_sent(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const id = await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      let free
      app.locks.alone(`${id}/concern`, () => new Promise(resolve => { free = resolve }))
      const { left, isSilent } = await app.delivering.deliver()
      const again = app.delivering.deliver({ again: true })
      free()
      return [left, isSilent, (await again).left, (await app.queue.waiting()).length]"""
    assert run(page, stack, script, one) == [1, False, 0, 0]
    assert planned.concerns(one) == 1


def test_a_try_that_went_wrong_stops_saying_that_it_goes_on(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      const troubles = []
      const deliver = () => Promise.reject(new Error('Broken'))
      const tries = { deliver, trouble: error => troubles.push(error.message) }
      const place = document.createElement('div')
      await app.screens_waiting.drawQueue(place, tries)
      place.querySelector('button').click()
      const before = place.textContent.includes('Trying to send')
      await new Promise(resolve => setTimeout(resolve, 100))
      const after = place.textContent.includes('Trying to send')
      await app.delivering.deliver()
      return [before, after, troubles]"""
    assert run(page, stack, script, one) == [True, False, ["Broken"]]


def test_a_service_that_cannot_end_a_session_just_now_is_not_told_as_no_signal(page: Page, stack: Stack) -> None:
    script = """
      await ready()
      await app.signing_out.clearPhone({ ends: true })
      const said = []
      const answers = [
        () => new Response('<h1>Sign in to this network</h1>'), () => new Response('', { status: 503 }),
        () => { throw new TypeError('There is no signal.') }
      ]
      for (const answer of answers) {
        globalThis.fetch = async () => answer()
        const { left, isStuck, isSilent } = await app.delivering.deliver()
        said.push([left, isStuck, isSilent])
      }
      return said"""
    assert run(page, stack, script) == [[1, True, False], [1, True, False], [1, True, True]]


def test_the_mark_of_a_session_goes_with_its_end(page: Page, stack: Stack) -> None:
    script = """
      const marks = []
      const noted = async () => marks.push(Boolean(await app.database.note('mark')))
      await ready()
      await noted()
      await app.signing_out.clearPhone({ ends: true })
      await noted()
      globalThis.fetch = async () => new Response('{"ended": true}')
      await app.session.endSession()
      await noted()
      return marks"""
    assert run(page, stack, script) == [True, True, False]


def test_the_first_screen_says_that_a_concern_has_not_gone(page: Page, stack: Stack, planned: Planned) -> None:
    script = """
      await ready()
      const place = document.createElement('div')
      const said = async () => {
        await app.screens_waiting.drawQueue(place, {})
        return place.textContent.includes('has not gone. Tell somebody in person now')
      }
      const before = await said()
      await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      const meanwhile = await said()
      await app.delivering.deliver()
      return [before, meanwhile, await said()]"""
    assert run(page, stack, script, planned.visit(form=two_photos())) == [False, True, False]


def test_visits_of_today_come_first_and_what_is_over_last(page: Page, stack: Stack) -> None:
    script = """
      const today = app.asking.today()
      const days = [['2020-01-02', ''], ['9999-01-02', '09:00'], [today, '18:00'], ['2020-01-03', ''], [today, '09:30'],
        ['9999-01-01', '']]
      const visits = days.map(([day, at]) => ({ day, starts_at: at || null }))
      return app.moments.nextFirst(visits).map(({ day, starts_at: at }) => `${day === today ? 'today' : day} ${at}`)"""
    assert run(page, stack, script) == [
        "today 09:30", "today 18:00", "9999-01-01 null", "9999-01-02 09:00", "2020-01-03 null", "2020-01-02 null",
    ]  # fmt: skip


def test_only_the_service_itself_says_that_a_session_is_over(page: Page, stack: Stack) -> None:
    script = """
      await ready()
      await app.signing_out.clearPhone({ ends: true })
      const said = []
      const answers = [['<h1>Sign in to this network</h1>', 200], ['{}', 401], ['{}', 403], ['{"ended": true}', 200]]
      for (const [words, status] of answers) {
        globalThis.fetch = async () => new Response(words, { status })
        said.push(await app.session.endSession())
      }
      return [...said, await app.session.sessionIsToEnd()]"""
    assert run(page, stack, script) == [False, False, False, True, False]


def two_photos() -> Form:
    """Two questions for photos, and one for words; none has to be answered."""
    photos = (a_question(name, Kind.PHOTO) for name in ("first", "second"))
    return a_form(Section("room", words("Room"), (*photos, a_question("seen", Kind.TEXT))))


# Signs out with a draft and two photos; the draft and one photo arrive.
HALF = """
  await ready()
  const { id } = await app.drafts.begin(await here())
  for (const key of ['first', 'second']) await app.drafts.addPhoto(id, key, await picture())
  await app.drafts.change(id, () => ({ answers: { seen: 'Written before' } }))
  await app.signing_out.clearPhone()
  const asks = fetch
  let photos = 0
  globalThis.fetch = (path, how) => {
    if (/deliveries.*photos/.test(path) && ++photos > 1) throw new TypeError('no signal')
    return asks(path, how)
  }
  await app.delivering.deliver()
  globalThis.fetch = asks"""
BACK = """
  const draft = await app.drafts.draftOf(visit)
  const shown = draft && await app.screens_list.listScreen({})
  const taken = []
  for (const { id } of Object.values(draft?.photos ?? {})) taken.push(Boolean(await app.drafts.photo(id)))
  const { mine } = await app.mine.askForMine()
  return {
    answers: draft?.answers, version: draft?.version, gone: (await here()).gone, taken: taken.filter(Boolean).length,
    left: mine.drafts.filter(one => one.visit.id === visit).length,
    words: shown.content.flat(9).map(node => node.textContent ?? '').join(' ')
  }"""


def test_a_draft_comes_back_whole_also_where_its_visit_is_no_longer_theirs(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    run(page, stack, HALF, one)
    old = planned.retire(one, photo_form())
    planned.leave(one)
    first = run(page, stack, f"await ready(); {BACK}", one)
    assert first["answers"] == {"seen": "Written before"}
    assert (first["version"], first["gone"], first["taken"], first["left"]) == (str(old), True, 1, 1)
    assert "There are newer questions now." in first["words"]
    second = run(page, stack, f"await app.delivering.deliver(); await ready(); {BACK}", one)
    assert (second["answers"], second["taken"], second["left"]) == (first["answers"], 2, 0)


def test_what_a_draft_says_comes_once_while_a_photo_of_it_is_missing_and_again_where_the_phone_was_cleared(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    run(page, stack, HALF, one)
    script = """
      const sizes = []
      const asks = fetch
      globalThis.fetch = async (path, how) => {
        const answer = await asks(path, how)
        if (path === '/app/mine.json') {
          const { drafts } = await answer.clone().json()
          sizes.push(JSON.stringify(drafts.filter(one => one.visit.id === visit).map(one => one.draft)).length)
        }
        return answer
      }
      const again = async () => app.mine.takeIn((await app.mine.askForMine()).mine)
      const written = async () => (await app.drafts.draftOf(visit)).answers.seen
      await app.mine.makeReady((await app.mine.askForMine()).mine, 'A phone')
      await again()
      await again()
      const [before, now] = [sizes.splice(0), await written()]
      const db = await app.database.database()
      await Promise.all((await db.getAllKeys('kept')).map(name => db.delete('kept', name)))
      await again()
      await again()
      return { before, now, after: sizes, then: await written() }"""
    said = run(page, stack, script, one)
    whole, nothing = said["before"][0], len("[null]")
    assert whole > 100
    assert said["before"] == [whole, whole, nothing, nothing]
    assert said["after"] == [whole, nothing]
    assert said["now"] == said["then"] == "Written before"
    # The photo that was still to come ends it.
    back = run(page, stack, f"await app.delivering.deliver(); await ready(); {BACK}", one)
    assert (back["taken"], back["left"]) == (2, 0)
    given = "return (await app.kept.readAll('given')).filter(one => one.visit === visit)"
    assert run(page, stack, given, one) == []


def test_a_photo_that_came_to_the_server_only_when_its_draft_was_finished_goes_to_the_record(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    script = """
      await ready()
      await app.delivering.deliver()
      await app.drafts.finish((await app.drafts.draftOf(visit)).id)
      for (let round = 0; round < 2; round++) {
        await app.delivering.deliver()
        await ready()
      }
      const { mine: { drafts } } = await app.mine.askForMine()
      return [...drafts.map(one => one.visit.id), ...(await app.drafts.allDrafts()).map(one => one.visit)]"""
    run(page, stack, HALF, one)
    assert str(one) not in run(page, stack, script, one)
    assert len(planned.records(one)) == 1
    assert len(planned.photos(one)) == 2


def test_one_visit_that_cannot_be_shown_hides_no_other(page: Page, stack: Stack, planned: Planned) -> None:
    one, other = planned.visit(form=photo_form()), planned.visit(form=two_photos())
    script = """
      await ready()
      const { version } = await app.drafts.begin(await here())
      await (await app.database.database()).delete('kept', `version:${version}`)
      const shown = await app.screens_list.listScreen({})
      return shown.content.flat(9).map(node => node.outerHTML ?? '').join(' ')"""
    shown = str(run(page, stack, script, one))
    assert "Cannot be shown" in shown
    assert f"#visit/{other}" in shown


def two_texts() -> Form:
    """Two questions for words; neither has to be answered."""
    asked = (a_question(name, Kind.TEXT) for name in ("seen", "heard"))
    return a_form(Section("room", words("Room"), tuple(asked)))


# `late` is what a page that ends hands over, with what a PIN opened.
WITH_A_PIN = """
  await ready()
  const { id } = await app.drafts.begin(await here())
  await app.pin.choosePin('271828')
  const key = app.keys.keyInMemory()
  const typed = (name, answer) => ({ draft: id, place: { section: {}, question: { name } }, answer })
  const late = (...typed) => app.late.keepLate({ typed, key })
  %s
  app.keys.openWith(key)
  const { answers } = await app.drafts.draft(id)
  await app.pin.takePinAway()
  return answers"""


def test_what_two_pages_that_end_together_hand_over_is_kept_of_both(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = WITH_A_PIN % "await Promise.allSettled([late(typed('seen', 'One')), late(typed('heard', 'Two'))])"
    assert run(page, stack, script, one) == {"seen": "One", "heard": "Two"}


def test_one_answer_that_cannot_be_kept_late_loses_no_other(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = (
        WITH_A_PIN
        % """
      await late(typed('seen', 'x'.repeat(3_000_000)), typed('heard', 'Two')).catch(() => {})"""
    )
    assert run(page, stack, script, one) == {"heard": "Two"}


def test_that_a_pin_went_is_said_once(page: Page, stack: Stack) -> None:
    script = """
      await ready()
      await app.pin.choosePin('271828')
      await app.signing_out.clearPhone()
      await ready()
      const said = []
      for (let time = 0; time < 2; time++) {
        const screen = await app.screens_pin.pinScreen({})
        said.push(wordsOf(screen).includes('The PIN that you had went'))
        await screen.leave?.()
      }
      return said"""
    assert run(page, stack, script) == [True, False]


# What the screen of the visit, and that of the concern itself, say of a concern.
BOTH_SAY = """
  const shown = [await app.screens_visit.visitScreen({}, visit), await app.screens_concern.concernScreen({}, visit, id)]
  const said = shown.map(wordsOf)"""


def test_a_phone_that_was_shut_out_does_not_say_that_a_concern_waits_for_signal(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    script = f"""
      await ready()
      const id = await app.concerns.raise({{ visit, words: 'Somebody', inside: false }})
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await db.put('phones', {{ ...phone, shutOut: true }}, phone.owner)
      {BOTH_SAY}
      await ready()
      await app.delivering.deliver()
      return said"""
    on_visit, own = run(page, stack, script, one)
    assert "This phone was shut out, so it is not sent: tell somebody in person now." in on_visit
    assert "It could not be sent: tell somebody in person now" in own
    assert not any("Waiting for signal" in said for said in (on_visit, own))


def test_a_concern_that_arrived_on_a_full_phone_is_said_to_be_sent(page: Page, stack: Stack, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = f"""
      await ready()
      const id = await app.concerns.raise({{ visit, words: 'Somebody', inside: false }})
      await app.delivering.deliver()
      await (await app.database.database()).delete('receipts', `${{id}}/concern`)
      {BOTH_SAY}
      return said"""
    on_visit, own = run(page, stack, script, one)
    assert "We have it. It goes to the safeguarding lead" in on_visit
    assert "Your concern was sent" in own


AGAIN = "await app.mine.takeIn((await app.mine.askForMine()).mine)"


@pytest.mark.parametrize("how", ["closed_at", "cancelled_at", "left"])
def test_how_a_concern_stands_is_in_the_app_also_after_its_visit(
    page: Page, stack: Stack, planned: Planned, how: str
) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const { site } = await here()
      await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      await app.delivering.deliver()
      return site"""
    site = run(page, stack, script, one)
    planned.leave(one) if how == "left" else planned.end(one, how)
    script = f"""
      {AGAIN}
      return [wordsOf(await app.screens_list.listScreen({{}})), await all('kept')]"""
    said, kept = run(page, stack, script, one)
    # Whether somebody was told of it by now or not.
    assert any(f" at {site}{stands}" in said for stands in ("We have it", "Sent"))
    assert f"visit:{one}" not in kept and not any(name.startswith("raised:") for name in kept)


def test_of_a_visit_that_somebody_left_no_number_to_ring_and_no_meeting_point_stays(
    page: Page, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    with stack.database() as connection:
        connection.execute(
            "UPDATE peer_monitoring_visit SET to_ring = 'Robin, 07700 900 982', meeting_point = 'At the bus stop',"
            " note = 'Bring water' WHERE id = %s",
            [one],
        )
    hold = "return [(await here()).meeting_point, (await here()).note, (await here()).tell.map(({ way }) => way)]"
    point, note, ways = run(page, stack, f"await ready(); await app.drafts.begin(await here()); {hold}", one)
    assert (point, note, ways[0]) == ("At the bus stop", "Bring water", "Robin, 07700 900 982")
    planned.leave(one)
    left = run(page, stack, f"{AGAIN}; {hold}", one)
    assert left == ["", "", ways[1:]]
    run(page, stack, "await app.drafts.throwAway((await app.drafts.draftOf(visit)).id)", one)
