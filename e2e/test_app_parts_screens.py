"""What single screens of the app say and do, by its parts."""

import re
from datetime import datetime, timedelta

import pytest

from e2e.app_parts import AGAIN, Run, photo_form, two_texts
from e2e.phones import Planned
from e2e.stack import Stack
from kit.clock import LONDON
from questions.shape import Kind, Section
from tests.factories.questions import a_form, a_question, words

FULL = "throw new DOMException('Full', 'QuotaExceededError')"
# What stands on a screen, in the page, with `press` for one of its buttons.
SHOW = """
  const show = ({ content }) => document.body.append(...content.flat(9).filter(Boolean))
  const buttons = () => [...document.querySelectorAll('button')]
  const press = words => buttons().find(one => one.textContent.includes(words)).click()"""


def test_screens_that_stay_open_say_what_is_new_of_a_visit_and_keep_the_focus(
    run: Run, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=two_texts())
    script = f"""
      {SHOW}
      await ready()
      const on = await app.screens_visit.visitScreen({{ redraw () {{}} }}, visit)
      const screens = globalThis.screens = [on, await app.screens_list.listScreen({{}})]
      screens.forEach(show)
      document.querySelector(`ul a[href="#visit/${{visit}}"]`).focus()
      return screens.map(wordsOf)"""
    on_visit, on_list = run(script, one)
    day = datetime.now(LONDON).date() - timedelta(days=900)
    assert "Do not go in" not in on_visit
    assert f"{day:%A %-d %B}" not in on_list
    with stack.database() as connection:
        moved = "UPDATE peer_monitoring_visit SET day = %s, meeting_point = 'At the gate' WHERE id = %s"
        connection.execute(moved, [day, one])
    script = f"""
      {AGAIN}
      for (const screen of globalThis.screens) await screen.refresh()
      return [...globalThis.screens.map(wordsOf), document.activeElement.getAttribute('href')]"""
    on_visit, on_list, focused = run(script, one)
    assert "No permission of this place holds on that day. Do not go in." in on_visit
    assert "At the gate" in on_visit
    assert f"{day:%A %-d %B}" in on_list
    assert focused == f"#visit/{one}"


def test_before_its_day_a_visit_says_when_it_begins_and_begins_where_only_the_clock_is_wrong(
    run: Run, planned: Planned
) -> None:
    script = f"""
      {SHOW}
      await ready()
      await app.kept.keepAll({{ [`visit:${{visit}}`]: {{ ...await here(), day: '2099-12-31' }} }})
      const went = new Promise(resolve => {{ globalThis.went = resolve }})
      const screen = await app.screens_visit.visitScreen({{ go: globalThis.went, trouble: globalThis.went }}, visit)
      show(screen)
      const before = [wordsOf(screen).includes('It is on Thursday 31 December. You can begin on that day.'),
        buttons().some(one => one.checkVisibility())]
      await app.kept.keepAll({{ [`visit:${{visit}}`]: {{ ...await here(), day: '2099-12-30' }} }})
      await screen.refresh()
      before.push(wordsOf(screen).includes('It is on Wednesday 30 December. You can begin on that day.'))
      document.querySelector('summary').click()
      press('Begin')
      return [...before, await went]"""
    one = planned.visit(form=two_texts())
    assert run(script, one) == [True, False, True, f"#visit/{one}/ask"]


@pytest.mark.parametrize(
    ("changed", "is_said"),
    [
        ("held_back: true", [False, True, False]), ("held_back: false", [False] * 3),
        ("held_back: true, day: '2099-12-31'", [True] * 3),
        ("held_back: true, gone: true, why: 'cancelled'", [True, True, False]),
    ],
)  # fmt: skip
def test_beside_an_answer_stands_that_the_place_is_not_told_of_a_visit_that_is_held_back(
    changed: str, is_said: list[bool], run: Run, planned: Planned
) -> None:
    script = f"""
      {SHOW}
      await ready()
      await app.kept.keepAll({{ [`visit:${{visit}}`]: {{ ...await here(), {changed} }} }})
      const screen = await app.screens_concern.concernScreen({{}}, visit)
      show(screen)
      const said = ['inside', 'inside-no'].map(id => {{
        const hint = document.getElementById(document.getElementById(id).getAttribute('aria-describedby'))
        return hint?.textContent.includes('hey are not told which place it is') ?? false
      }})
      return [...said, wordsOf(screen).includes('Once its day has come and your team has been let in')]"""
    assert run(script, planned.visit(form=two_texts())) == is_said


def test_where_only_the_scheme_is_shut_the_screen_of_a_visit_says_that(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      const { mine } = await app.mine.askForMine()
      for (const { host } of mine.visits) Object.assign(host ?? {}, { lets_in: false, scheme_shut: true })
      await app.mine.takeIn(mine)
      return wordsOf(await app.screens_visit.visitScreen({ redraw () {} }, visit))"""
    said = run(script, planned.visit(form=two_texts()))
    assert "are closed. Do not go in before those who lead your group say that you can." in said
    assert "No permission of this place" not in said


@pytest.mark.parametrize(
    ("leads", "then", "as_well"),
    [
        ("lead", "Then tell your lead.", "Tell your lead as well."),
        ("others", "Then tell the other leads of your group.", "Tell the other leads of your group as well."),
        ("nobody", "", ""),
    ],
)
def test_with_a_concern_leads_are_not_told_to_tell_their_lead(
    run: Run, planned: Planned, leads: str, then: str, as_well: str
) -> None:
    script = f"""
      await ready()
      await app.kept.keepAll({{ [`visit:${{visit}}`]: {{ ...await here(), told_of_concerns: '{leads}' }} }})
      const id = await app.concerns.raise({{ visit, words: 'Somebody', inside: false }})
      const said = []
      await app.delivering.deliver()
      for (const one of [undefined, id]) said.push(wordsOf(await app.screens_concern.concernScreen({{}}, visit, one)))
      return said"""
    before, after = run(script, planned.visit(form=two_texts()))
    assert then in before and then in after and as_well in after
    assert ("tell your lead" in before, "your lead" in after.lower()) == (leads == "lead", leads == "lead")


def test_what_was_changed_elsewhere_stands_in_place_of_what_was_sent_from_here(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    # The change is sent from here too, and the phone then knows what it knew before.
    script = f"""
      await ready()
      const {{ id }} = await app.drafts.begin(await here())
      await app.drafts.finish(id, {{ kind: 'cut_short', why: '' }})
      const {{ words, more }} = await app.states.stateOf(await here())
      const off = await app.states.stateOf({{ ...await here(), gone: true, why: 'cancelled' }})
      await app.delivering.deliver()
      {AGAIN}
      const said = async () => wordsOf(await app.screens_visit.visitScreen({{ line: 'ours' }}, visit))
      const [first, sent] = [await said(), await app.kept.read(`sent:${{visit}}`)]
      const next = await app.drafts.begin(await here(), {{ record: await app.drafts.lastRecord(visit) }})
      const begun = await said()
      await app.drafts.change(next.id, () => ({{ answers: {{ seen: 'A clean room' }} }}))
      const changing = await said()
      await app.drafts.finish(next.id)
      await app.delivering.deliver()
      {AGAIN}
      await app.kept.keepAll({{ [`sent:${{visit}}`]: sent }})
      return [[words, ...more], off.more.at(-1), first, begun, changing, await said()]"""
    waits, off, first, begun, changing, then = run(script, one)
    assert waits == ["Waiting for signal", "It is not sent yet. It says that it is not finished."]
    assert off == "This visit was called off. What is to be sent is still on this phone."
    began = "Sent. You began to change it."
    assert "You sent what you had. It says that it is not finished." in first
    assert [began in said for said in (first, begun, changing, then)] == [False, False, True, False]
    assert "Sent: 1 answer received" in then
    assert "It says that it is not finished." not in then
    assert "Change what I sent" in then


def test_what_cannot_be_kept_of_one_visit_holds_no_other_back(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = f"""
      {SHOW}
      await ready()
      await app.drafts.begin(await here())
      await app.unkept.keep(async () => {{ {FULL} }}, 'of another visit').catch(() => {{}})
      let went
      const goes = new Promise(resolve => {{ went = resolve }})
      const pressed = {{ go: went, trouble: went, deliver () {{}}, keepAgain () {{}}, redraw: () => went('It waits.') }}
      show(await app.screens_review.reviewScreen(pressed, visit))
      press('Finish and send')
      return goes"""
    assert run(script, one) == f"#visit/{one}"


def test_a_photo_belongs_to_the_draft_before_it_is_drawn(run: Run, planned: Planned) -> None:
    script = f"""
      {SHOW}
      await ready()
      const draft = await app.drafts.begin(await here())
      const happened = []
      const moment = () => new Promise(resolve => setTimeout(resolve, 20))
      const wait = async many => {{ while (happened.length < many) await moment() }}
      const read = createImageBitmap
      globalThis.createImageBitmap = given => {{ happened.push('read'); return read(given) }}
      const field = app.photo_field.photoField({{
        question: {{ label: {{ en: 'Photo' }} }}, id: 'q-photo', language: 'en', draft, photosAllowed: true,
        place: {{ section: {{}}, question: {{ name: 'photo' }} }}, trouble () {{}},
        changed: ({{ photos }}) => happened.push(`has ${{Object.keys(photos).length}}`),
        during: async (act, words) => {{ happened.push(words); await act() }}
      }})
      show({{ content: field.control }})
      const given = new DataTransfer()
      given.items.add(new File([await picture()], 'taken.jpg', {{ type: 'image/jpeg' }}))
      field.focus.files = given.files
      field.focus.dispatchEvent(new Event('change'))
      await wait(4)
      press('Take the photo away')
      await wait(6)
      return happened"""
    happened = ["Keeping the photo…", "read", "has 1", "read", "Taking the photo away…", "has 0"]
    assert run(script, planned.visit(form=photo_form())) == happened


def test_where_photos_are_off_one_that_was_taken_before_is_shown_and_can_be_taken_away(
    run: Run, planned: Planned
) -> None:
    script = f"""
      {SHOW}
      await ready()
      const {{ id }} = await app.drafts.begin(await here())
      await app.drafts.addPhoto(id, 'photo', await picture())
      const kept = async () => Object.keys((await app.drafts.draft(id)).photos)
      await app.kept.keepAll({{ [`visit:${{visit}}`]: {{ ...await here(), photos: false }} }})
      show(await app.screens_ask.askScreen({{ trouble () {{}} }}, visit, 'photo'))
      const moment = () => new Promise(resolve => setTimeout(resolve, 20))
      const shown = () => [
        document.querySelector('.app-visits-photo')?.checkVisibility(),
        Boolean(document.querySelector('input[type=file]')), document.body.innerText.includes('Go on without one')
      ]
      while (!shown()[0]) await moment()
      const before = [...shown(), await kept()]
      press('Take the photo away')
      while (shown()[0]) await moment()
      return [before, [...shown(), await kept()]]"""
    before, after = run(script, planned.visit(form=photo_form()))
    assert before == [True, False, False, ["photo"]]
    assert after == [False, False, True, []]


def test_another_language_shows_what_is_said_first_and_is_kept_for_the_next_visit(run: Run, planned: Planned) -> None:
    one, other = planned.visit(), planned.visit()
    script = f"""
      {SHOW}
      await ready()
      await app.drafts.begin(await here())
      let drawn
      const anew = new Promise(resolve => {{ drawn = resolve }})
      const tries = {{ trouble () {{}}, redraw: () => drawn(location.hash) }}
      show(await app.screens_ask.askScreen(tries, visit))
      const said = document.querySelector('.app-visits-question').textContent
      press('Easy Read')
      const address = await anew
      const {{ language }} = await app.drafts.begin(await app.kept.read('visit:{other}'))
      await app.signing_out.clearPhone()
      await ready()
      return [said.includes('If somebody is in danger, tell the person in charge now.'), address, language]"""
    assert run(script, one) == [True, f"#visit/{one}/ask/before_you_start", "en-x-easy"]


def test_beside_a_time_it_is_said_at_once_how_it_was_read_and_on_the_last_screen_again(
    run: Run, planned: Planned
) -> None:
    script = f"""
      {SHOW}
      await ready()
      await app.drafts.begin(await here())
      const screen = await app.screens_ask.askScreen({{ trouble () {{}} }}, visit)
      show(screen)
      const [input, read] = [document.getElementById('q-came'), document.querySelector('.app-visits-read')]
      const said = [read.textContent]
      for (const typed of ['2:05', '2:05 p', '2:05 pm', '2.05']) {{
        input.value = typed
        input.dispatchEvent(new Event('input'))
        said.push(read.textContent)
      }}
      await screen.leave()
      const again = await app.screens_ask.askScreen({{}}, visit)
      const last = await app.screens_review.reviewScreen({{}}, visit)
      return [said, read.getAttribute('aria-live'), ...[again, last].map(wordsOf)]"""
    asked = a_question("came", Kind.TIME)
    said, live, *later = run(script, planned.visit(form=a_form(Section("room", words("Room"), (asked,)))))
    assert said == ["", "2:05 in the night", "", "2:05 in the afternoon", "2:05 in the night"]
    assert live == "polite"
    assert all("2:05 in the night" in one for one in later)


def test_without_the_pin_a_phone_says_how_a_concern_is_raised_and_of_what_waits_only_how_much(
    run: Run, planned: Planned
) -> None:
    script = """
      await ready()
      const { site } = await here()
      await app.concerns.raise({ visit, words: 'It is cold', inside: true })
      await app.concerns.keepWords(await here(), 'It is cold')
      await app.pin.choosePin('271828')
      const key = app.keys.keyInMemory()
      const many = (await app.queue.waiting()).length + (await app.concerns.begunOn()).size
      const outWords = async () => wordsOf(await app.screens_out.outScreen({}))
      const open = await outWords()
      app.keys.openWith(null)
      const locked = [wordsOf(await app.screens_pin.lockedScreen({})), await outWords()]
      app.keys.openWith(key)
      await app.pin.takePinAway()
      await app.signing_out.clearPhone()
      return [site, many, open, ...locked]"""
    site, many, opened, locked, out = run(script, planned.visit(form=two_texts()))
    begun = ("You began to write a concern", "A concern that you raised has not gone")
    assert [one in opened for one in begun] == [True, True]
    assert [one in out for one in begun] == [False, False]
    assert many >= 2
    assert f"{many} things wait on this phone. Type your PIN to see more." in out
    assert "call 999 or tell the person in charge" in locked
    assert "To raise a concern, type your PIN, then press “Concern now”. If you cannot, tell the person" in locked
    assert not [one for one in (locked, out) if site in one]


@pytest.mark.parametrize("how", ["cancelled_at", "closed_at", "left"])
def test_a_visit_that_is_over_reads_the_same_after_signing_in_again(run: Run, planned: Planned, how: str) -> None:
    one = planned.visit(form=two_texts())
    sends = f"""
      await ready()
      const {{ id }} = await app.drafts.begin(await here())
      await app.drafts.change(id, () => ({{ answers: {{ seen: 'A clean room' }} }}))
      await app.drafts.finish(id, {{ kind: 'cut_short', why: '' }})
      await app.delivering.deliver()
      {AGAIN}"""
    run(sends, one)
    planned.leave(one) if how == "left" else planned.end(one, how)
    script = f"""
      const stands = async () => {{
        const {{ words, more, colour }} = await app.states.stateOf(await here())
        const listed = wordsOf(await app.screens_list.listScreen({{}})).includes(more.at(-1))
        return [words, more, colour, listed, (await app.kept.readAll('record')).map(({{ answers }}) => answers)]
      }}
      {AGAIN}
      const before = await stands()
      await app.signing_out.clearPhone()
      await ready()
      return [before, await stands()]"""
    before, after = run(script, one)
    assert before == after
    words, _, _, is_listed, answers = after
    assert (words, is_listed, {} in answers) == ("Sent: 1 answer received", True, True)
    assert not [one for one in answers if one.get("seen") == "A clean room"], "nothing of what they wrote"


def test_visits_to_one_place_at_one_time_are_told_apart_by_what_is_asked(run: Run, planned: Planned) -> None:
    planned.visit(form=two_texts())
    script = """
      await ready()
      const mine = await here()
      const at = (id, starts, questions) => ({ ...mine, id, starts_at: starts, questions })
      const made = [at('one', '22:30', 'Custody'), at('two', '22:30', 'Courts'), at('three', '09:00', 'Courts')]
      await app.kept.keepAll(Object.fromEntries(made.map(one => [`visit:${one.id}`, one])))
      const wayIn = (node, href) => node?.querySelector?.(`a[href="${href}"]`)?.textContent ?? ''
      const names = ({ content }, start) => made.map(({ id }) =>
        content.flat(9).map(node => wayIn(node, `#${start}/${id}`)).join('').replace(mine.site, ''))
      const { listScreen } = app.screens_list
      return [names(await listScreen({}), 'visit'), names(await app.screens_concern.concernScreen({}), 'concern')]"""
    apart = [", Today at 10:30pm, Custody", ", Today at 10:30pm, Courts", ", Today at 9am"]
    assert run(script, planned.made[-1]) == [apart, apart]


def test_a_phone_that_was_shut_out_promises_to_send_nothing(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await db.put('phones', { ...phone, shutOut: true }, phone.owner)
      const said = [
        await app.screens_out.outScreen({}), await app.screens_pin.pinScreen({}),
        await app.screens_review.reviewScreen({}, visit)
      ]
      // What is said once above every screen stands beside no visit.
      const mine = await here()
      const { more } = await app.states.stateOf(mine)
      const last = async (visit) => {
        await app.kept.keepAll({ [`visit:${mine.id}`]: visit })
        const { reviewScreen } = app.screens_review
        return [await reviewScreen({}, mine.id), await app.screens_stop.stopScreen({}, mine.id)].map(wordsOf)
      }
      const ends = [...await last({ ...mine, gone: true, why: 'cancelled' }), ...await last(mine)]
      await app.drafts.finish(id)
      const waits = wordsOf(await app.screens_visit.visitScreen({ line: 'signed out' }, visit))
      await app.signing_out.clearPhone()
      said.push(await app.screens_out.outScreen({}, 'done'), await app.screens_pin.clearedScreen({}))
      said.push(await app.screens_start.startScreen({ line: 'no signal' }))
      await ready()
      await app.delivering.deliver({ again: true })
      return [more.join(' '), ends, waits, ...said.map(wordsOf)]"""
    more, ends, waits, *said = run(script, planned.visit(form=two_texts()))
    assert "shut out" not in more
    # Nor that what is sent of a visit that is theirs no more can be changed.
    assert ["you can read and change it here again." in one for one in ends] == [False, False, True, True]
    assert ["This phone cannot read it any more." in one for one in ends] == [True, True, False, False]
    assert "To change it, make this phone ready again first." in waits
    assert all(re.search("ma[dk]e[s]? (it )?ready again", one) for one in said), said
    assert not any("is sent to us" in one or "sent when there is signal" in one for one in said)


def test_whoever_signed_out_reads_on_the_phone_whether_what_waited_has_gone(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      await app.drafts.begin(await here())
      await app.concerns.keepWords(await here(), 'It is cold')
      await app.signing_out.clearPhone()
      const screens = [
        await app.screens_start.startScreen({ line: 'signed out' }), await app.screens_out.outScreen({}, 'done')
      ]
      const before = screens.map(wordsOf)
      await app.delivering.deliver({ again: true })
      for (const screen of screens) await screen.refresh()
      const after = screens.map(wordsOf)
      await ready()
      await app.drafts.throwAway((await app.drafts.draftOf(visit)).id)
      await app.concerns.keepWords(await here(), '')
      return [before, after]"""
    before, after = run(script, planned.visit(form=two_texts()))
    gone = "All that was finished has gone. Did you begin something and not send it, such as a concern?"
    assert ["wait" in said for said in before] == [True, True]
    assert ([gone in said for said in before], [gone in said for said in after]) == ([False] * 2, [True] * 2)


@pytest.mark.parametrize("where", ["ask", "concern", "stop"])
def test_no_browser_keeps_in_its_own_store_what_is_typed(where: str, run: Run, planned: Planned) -> None:
    script = f"""
      {SHOW}
      await ready()
      await app.drafts.begin(await here())
      const screens = {{
        ask: () => app.screens_ask.askScreen({{}}, visit, 'seen'),
        concern: () => app.screens_concern.concernScreen({{}}, visit),
        stop: () => app.screens_stop.stopScreen({{}}, visit)
      }}
      show(await screens.{where}())
      return [...document.querySelectorAll('textarea')].map(one => one.autocomplete)"""
    assert run(script, planned.visit(form=two_texts())) == ["off"]
