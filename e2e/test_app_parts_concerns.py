"""How the app sends concerns, and what it says of them, by its parts."""

import pytest

from e2e.app_parts import AGAIN, Run, photo_form, three_photos, two_photos
from e2e.phones import Planned
from questions.shape import Kind, Section
from tests.factories.questions import a_form, a_question, words


def test_a_concern_goes_before_the_photos_that_were_there_first(run: Run, planned: Planned) -> None:
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
    assert run(script, one) == ["record", "photos", "concern", "photos"]


def test_signal_that_comes_back_within_a_round_is_for_the_concern_first(run: Run, planned: Planned) -> None:
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
    assert run(script, one) == ["concern", "concern", "record", 0]


# Two concerns, a record, and photos.
TWO_CONCERNS = """
  await ready()
  const { id } = await app.drafts.begin(await here())
  for (const key of ['first', 'second', 'third']) await app.drafts.addPhoto(id, key, await picture())
  await app.drafts.finish(id)
  for (const words of ['Somebody', 'Another']) await app.concerns.raise({ visit, words, inside: false })
  const [asks, asked] = [fetch, []]"""


def test_concerns_that_nobody_answers_hold_back_no_record_and_no_photo(run: Run, planned: Planned) -> None:
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
    assert run(script, one) == [4, 2, True, False, 0]
    assert (len(planned.records(one)), len(planned.photos(one)), planned.concerns(one)) == (1, 3, 2)


def test_a_concern_on_a_line_that_says_nothing_holds_all_else_back_for_a_moment_alone(
    run: Run, planned: Planned
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
    assert run(script, one) == [True, everything, 0]


def test_a_round_on_a_dead_line_ends_soon(run: Run, planned: Planned) -> None:
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
    assert run(script, one) == [asked, True, 0]


def test_a_concern_that_another_tab_is_sending_is_not_taken_for_sent(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const id = await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      let free
      app.database.alone(`${id}/concern`, () => new Promise(resolve => { free = resolve }))
      const { left, isSilent } = await app.delivering.deliver()
      const again = app.delivering.deliver({ again: true })
      free()
      return [left, isSilent, (await again).left, (await app.queue.waiting()).length]"""
    assert run(script, one) == [1, False, 0, 0]
    assert planned.concerns(one) == 1


def test_the_first_screen_says_that_a_concern_has_not_gone(run: Run, planned: Planned) -> None:
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
    assert run(script, planned.visit(form=two_photos())) == [False, True, False]


# What the screen of the visit, and that of the concern itself, say of a concern.
BOTH_SAY = """
  const shown = [await app.screens_visit.visitScreen({}, visit), await app.screens_concern.concernScreen({}, visit, id)]
  const said = shown.map(wordsOf)"""


def test_a_phone_that_was_shut_out_promises_to_send_no_concern_and_leads_to_the_page_that_does(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    script = f"""
      await ready()
      const id = await app.concerns.raise({{ visit, words: 'Somebody', inside: false }})
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await db.put('phones', {{ ...phone, shutOut: true }}, phone.owner)
      {BOTH_SAY}
      const writing = await app.screens_concern.concernScreen({{}}, visit)
      const ways = [shown[1], writing].map(({{ content }}) => content.flat(9).map(one => one.outerHTML ?? '').join(' '))
      said.push(wordsOf(writing))
      await ready()
      await app.delivering.deliver()
      await writing.refresh({{ what: 'state' }})
      return [...said, wordsOf(writing), ways.map(way => /groups[^"]+concern/.test(way))]"""
    on_visit, own, writing, again, lead_on = run(script, one)
    assert lead_on == [True, True]
    assert "call 999" in own and "This phone may not send any more." not in own
    assert "nothing is sent from this screen. Tell somebody in person." in writing
    assert ["goes at once to the safeguarding lead" in said for said in (writing, again)] == [False, True]
    assert "This phone was shut out, so it is not sent: tell somebody in person now." in on_visit
    assert "It could not be sent: tell somebody in person now" in own
    assert not any("Waiting for signal" in said for said in (on_visit, own))


def test_on_a_phone_that_was_shut_out_words_of_a_concern_stay_readable_and_go_once_it_is_ready_again(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    script = """
      const until = async holds => {
        for (let tries = 0; tries < 500 && !holds(); tries++) await new Promise(done => setTimeout(done, 20))
      }
      await ready()
      let gone = false
      const on = { trouble () {}, go () { gone = true }, deliverConcern: app.delivering.deliverConcerns }
      const screen = await app.screens_concern.concernScreen(on, visit)
      document.body.append(...screen.content.flat(9).filter(Boolean))
      const sending = [...document.querySelectorAll('button')].find(one => one.textContent === 'Send it now')
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await db.put('phones', { ...phone, shutOut: true }, phone.owner)
      document.getElementById('words').value = 'Somebody is cold'
      document.getElementById('words').dispatchEvent(new Event('input'))
      document.getElementById('inside').click()
      sending.click()
      await until(() => sending.hidden)
      const said = [wordsOf(screen)]
      const kept = [(await app.concerns.begunWith(visit)).words, (await app.queue.waiting()).length]
      const visits = { redraw () {}, line: 'ours' }
      said.push(wordsOf(await app.screens_visit.visitScreen(visits, visit)))
      said.push(wordsOf(await app.screens_list.listScreen({})), wordsOf(await app.screens_out.outScreen({})))
      const { words, more } = await app.states.stateOf({ ...await here(), gone: true, why: 'cancelled' })
      await ready()
      await screen.refresh({ what: 'state' })
      kept.push(document.getElementById('words').value, sending.hidden)
      sending.click()
      await until(() => gone)
      said.push(wordsOf(await app.screens_visit.visitScreen(visits, visit)))
      return [kept, [words, ...more], ...said]"""
    kept, off, writing, on_visit, on_list, out, sent = run(script, one)
    assert kept == ["Somebody is cold", 0, "Somebody is cold", False]
    assert off == ["Safe on this phone", "This visit was called off."]
    assert "you can read it" in writing and "Sending it" not in writing
    begun = "You began to write a concern and have not sent it. Tell somebody in person."
    assert [begun in said for said in (on_visit, on_list, out, sent)] == [True, True, True, False]
    assert planned.concerns(one) == 1


def test_a_concern_that_arrived_on_a_full_phone_is_said_to_be_sent(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = f"""
      await ready()
      const id = await app.concerns.raise({{ visit, words: 'Somebody', inside: false }})
      await app.delivering.deliver()
      await (await app.database.database()).delete('receipts', `${{id}}/concern`)
      const bothSay = async () => {{
        {BOTH_SAY}
        return said
      }}
      const open = await bothSay()
      const {{ mine }} = await app.mine.askForMine()
      for (const one of mine.visits) Object.assign(one, {{ scheme_is_open: false, concerns: [] }})
      await app.mine.takeIn(mine)
      return [...open, ...await bothSay()]"""
    on_visit, own, on_visit_shut, own_shut = run(script, one)
    assert "We have it. It goes to the safeguarding lead" in on_visit
    assert "Your concern was sent" in own
    for said in (on_visit_shut, own_shut):
        assert "so nobody there can read what you write." in said and "It goes to the safeguarding lead" not in said


@pytest.mark.parametrize("how", ["closed_at", "cancelled_at", "left"])
def test_how_a_concern_stands_is_in_the_app_also_after_its_visit(run: Run, planned: Planned, how: str) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const { site } = await here()
      await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      await app.delivering.deliver()
      return site"""
    site = run(script, one)
    planned.leave(one) if how == "left" else planned.end(one, how)
    script = f"""
      {AGAIN}
      return [wordsOf(await app.screens_list.listScreen({{}})), await all('kept')]"""
    said, kept = run(script, one)
    # Whether somebody was told of it by now or not.
    assert any(f" at {site}{stands}" in said for stands in ("We have it", "Sent"))
    assert f"visit:{one}" not in kept and not any(name.startswith("raised:") for name in kept)


def test_whoever_signs_out_reads_first_that_a_concern_has_not_gone(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const out = async () => wordsOf(await app.screens_out.outScreen({}))
      const before = await out()
      await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      const waits = await out()
      await app.delivering.deliver()
      return [before, waits, await out()]"""
    warns = "A concern that you raised has not gone. Tell somebody in person now."
    found = run(script, one)
    assert [warns in said for said in found] == [False, True, False]
    signal = "To sign in again, you need signal. Until then you can write nothing and raise no concern on this phone."
    assert all(said.index(signal) < said.index("Sign out", len("Sign out of this phone")) for said in found)


@pytest.mark.parametrize("changed", [False, True])
def test_words_of_a_concern_that_came_back_and_were_sent_come_back_no_more(
    changed: bool, run: Run, planned: Planned
) -> None:
    """The line broke before the service heard that they were on the phone again."""
    one = planned.visit(form=photo_form())
    script = f"""
      await ready()
      await app.concerns.keepWords(await here(), 'Somebody is cold', 'yes')
      await app.signing_out.clearPhone()
      await app.delivering.deliver()
      const asks = fetch
      globalThis.fetch = (path, how) => {{
        if (/fetched/.test(path)) throw new TypeError('no signal')
        return asks(path, how)
      }}
      await ready()
      if ({str(changed).lower()}) await app.concerns.keepWords(await here(), 'Somebody is cold and hungry', 'yes')
      const {{ words }} = await app.concerns.begunWith(visit)
      await app.concerns.raise({{ visit, words, inside: true }})
      globalThis.fetch = asks
      {AGAIN}
      const then = await app.concerns.begunWith(visit)
      const {{ mine: {{ drafts }} }} = await app.mine.askForMine()
      return [words, then.words, drafts.filter(one => one.visit.id === visit).length]"""
    words = "Somebody is cold and hungry" if changed else "Somebody is cold"
    assert run(script, one) == [words, "", 0]


def test_words_of_a_concern_that_come_back_take_no_place_of_what_is_written_meanwhile(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      await app.concerns.keepWords(await here(), 'Written before', 'no')
      await app.signing_out.clearPhone()
      await app.delivering.deliver()
      const asks = fetch
      globalThis.fetch = async (path, how) => {
        const answer = await asks(path, how)
        if (path !== '/app/mine.json') return answer
        return new Response(JSON.stringify({ ...await answer.json(), drafts: [] }), { status: 200 })
      }
      await ready()
      globalThis.fetch = asks
      const { mine } = await app.mine.askForMine()
      const at = await here()
      const alone = navigator.locks.request.bind(navigator.locks)
      let asked = 0
      navigator.locks.request = async (name, ...how) => {
        if (name.endsWith('-drafts') && ++asked === 2) await app.concerns.keepWords(at, 'Written now', 'yes')
        return alone(name, ...how)
      }
      await app.mine.takeIn({ ...mine, drafts: mine.drafts.filter(one => one.visit.id === visit) })
      const { words } = await app.concerns.begunWith(visit)
      const { mine: { drafts } } = await app.mine.askForMine()
      return [words, drafts.filter(one => one.visit.id === visit).length]"""
    assert run(script, one) == ["Written now", 1]


@pytest.mark.parametrize("how", ["deliver", "deliverConcerns"])
def test_a_concern_waits_for_no_session_that_cannot_be_ended_just_now(how: str, run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = f"""
      await ready()
      await app.concerns.raise({{ visit, words: 'Somebody', inside: false }})
      await app.signing_out.clearPhone({{ ends: true }})
      const [asks, ends] = [globalThis.fetch, []]
      globalThis.fetch = async (path, more) => {{
        if (!path.includes('/session-over/')) return asks(path, more)
        ends.push(path)
        return new Response('', {{ status: 429 }})
      }}
      await app.delivering.{how}()
      return ends.length"""
    assert run(script, one) == {"deliver": 1, "deliverConcerns": 0}[how]
    assert planned.concerns(one) == 1


def test_whoever_guesses_the_words_of_a_concern_cannot_tell_by_its_hash(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      const id = await app.concerns.raise({ visit, words: 'Somebody', inside: false })
      const [{ hash }] = (await app.queue.waiting()).filter(({ instance }) => instance === id)
      const { raised_at } = await app.kept.read(`raised:${id}`)
      const guess = JSON.stringify({ id, visit, words: 'Somebody', inside: false, raised_at })
      const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(guess)))
      return [hash.length, hash === [...bytes].map(one => one.toString(16).padStart(2, '0')).join('')]"""
    assert run(script, planned.visit(form=photo_form())) == [64, False]


def test_no_receipt_of_what_was_sent_outlives_the_turn_of_whoever_sent_it(run: Run, planned: Planned) -> None:
    script = """
      const send = async () => {
        await app.concerns.raise({ visit, words: 'Somebody', inside: false })
        const { id } = await app.drafts.begin(await here())
        await app.drafts.change(id, () => ({ answers: { seen: 'Tea' } }))
        await app.drafts.finish(id)
      }
      await app.signing_out.clearPhone()
      await ready()
      await send()
      await app.delivering.deliver()
      const before = (await all('receipts')).length
      await send()
      await app.signing_out.clearPhone()
      const out = (await all('receipts')).length
      const { left } = await app.delivering.deliver()
      return [before >= 2, out, left, (await all('receipts')).length]"""
    assert run(script, planned.visit(form=photo_form())) == [True, 0, 0, 0]
