"""Turns at a phone, its PIN, its sign-in and its lists, by the parts of the app."""

from e2e.app_parts import AGAIN, Run, photo_form, two_photos
from e2e.phones import Planned
from e2e.stack import Stack


def test_whoever_signs_out_while_something_comes_keeps_nothing_of_it(run: Run) -> None:
    script = """
      await ready()
      let go
      app.database.alone('drafts', () => new Promise(resolve => { go = resolve }))
      const { mine } = await app.mine.askForMine()
      const comes = app.mine.takeIn(mine)
      await app.database.note('owner')
      const goes = app.signing_out.clearPhone()
      go()
      await Promise.all([comes, goes])
      const late = await app.kept.keepAll({ 'visit:late': { site: 'Late' } }).catch(error => error.constructor.name)
      return [late, ...await all('kept'), ...await all('keys')]"""
    assert run(script) == ["SignedOut"]


def test_a_try_that_went_wrong_stops_saying_that_it_goes_on(run: Run, planned: Planned) -> None:
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
    assert run(script, one) == [True, False, ["Broken"]]


def test_a_service_that_cannot_end_a_session_just_now_is_not_told_as_no_signal(run: Run) -> None:
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
        const { left, isSilent } = await app.delivering.deliver()
        said.push([left, isSilent])
      }
      return said"""
    assert run(script) == [[1, False], [1, False], [1, True]]


def test_the_mark_of_a_session_goes_with_its_end(run: Run) -> None:
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
    assert run(script) == [True, True, False]


def test_visits_of_today_come_first_and_what_is_over_last(run: Run) -> None:
    script = """
      const today = app.asking.today()
      const days = [['2020-01-02', ''], ['9999-01-02', '09:00'], [today, '18:00'], ['2020-01-03', ''], [today, '09:30'],
        ['9999-01-01', '']]
      const visits = days.map(([day, at]) => ({ day, starts_at: at || null }))
      return app.moments.nextFirst(visits).map(({ day, starts_at: at }) => `${day === today ? 'today' : day} ${at}`)"""
    assert run(script) == [
        "today 09:30", "today 18:00", "9999-01-01 null", "9999-01-02 09:00", "2020-01-03 null", "2020-01-02 null",
    ]  # fmt: skip


def test_visits_of_a_day_come_by_their_time_and_those_without_one_last(run: Run) -> None:
    script = """
      const today = app.asking.today()
      const visits = [today, '2020-01-02', '9999-01-02'].flatMap(day =>
        [null, '18:00', '09:30'].map(at => ({ day, starts_at: at })))
      return app.moments.nextFirst(visits).map(({ day, starts_at: at }) => [day === today ? 'today' : day, at])"""
    times = ("09:30", "18:00", None)
    assert run(script) == [[day, at] for day in ("today", "9999-01-02", "2020-01-02") for at in times]


def test_only_the_service_itself_says_that_a_session_is_over(run: Run) -> None:
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
    assert run(script) == [False, False, False, True, False]


def test_one_visit_that_cannot_be_shown_hides_no_other(run: Run, planned: Planned) -> None:
    one, other = planned.visit(form=photo_form()), planned.visit(form=two_photos())
    script = """
      await ready()
      const { version } = await app.drafts.begin(await here())
      await (await app.database.database()).delete('kept', `version:${version}`)
      const shown = await app.screens_list.listScreen({})
      return shown.content.flat(9).map(node => node.outerHTML ?? '').join(' ')"""
    shown = str(run(script, one))
    assert "Cannot be shown" in shown
    assert f"#visit/{other}" in shown


def test_of_very_many_visits_those_to_come_without_a_word_are_shown_when_asked_for(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      const many = Array.from({ length: 13 }, (_, at) => ({ id: `many-${at}`, day: `2099-12-${at + 10}` }))
      many.push({ id: 'before', day: '2020-01-01' })
      const one = await here()
      await app.kept.keepAll(Object.fromEntries(many.map(other => [`visit:${other.id}`, { ...one, ...other }])))
      await app.drafts.begin({ ...one, id: 'many-11' })
      await app.concerns.keepWords({ ...one, id: 'many-12' }, 'Somebody')
      const screen = await app.screens_list.listScreen({})
      document.body.append(...screen.content.flat(9).filter(Boolean))
      const rows = [...document.querySelectorAll('.app-rows > li')]
      const folded = rows.filter(row => !row.checkVisibility())
      const states = folded.map(row => row.querySelector('.nhsuk-tag').textContent)
      const shown = ['many-11', 'many-12', 'before'].map(id =>
        rows.find(row => row.querySelector('a').hash === `#visit/${id}`).checkVisibility())
      const more = [...document.querySelectorAll('button')].find(button => button.textContent.startsWith('Show '))
      const said = [rows.slice(0, 10).some(row => folded.includes(row)), [...new Set(states)], shown,
        more.textContent.includes(` ${folded.length} more visit`)]
      more.click()
      for (let turn = 0; turn < 100 && !folded[0].contains(document.activeElement); turn++) {
        await new Promise(resolve => setTimeout(resolve, 100))
      }
      said.push(folded[0].contains(document.activeElement), rows.every(row => row.checkVisibility()))
      await app.drafts.throwAway((await app.drafts.draftOf('many-11')).id)
      await app.concerns.keepWords({ ...one, id: 'many-12' }, '')
      await ready()
      return said"""
    expected = [False, ["Ready on this phone"], [True] * 3, True, True, True]
    assert run(script, planned.visit(form=photo_form())) == expected


def test_a_pin_that_is_easy_to_guess_is_refused(run: Run) -> None:
    script = """
      await ready()
      const shown = await app.screens_pin.pinScreen({ go () {} })
      document.body.append(...shown.content.flat(9).filter(Boolean))
      const press = words => [...document.querySelectorAll('button')].find(one => one.textContent === words).click()
      const said = {}
      const easy = ['1234', '0000', '4321', '1111', '7890', '0987', '123456789012', '2468', '1357', '8642', '0369',
        '1212', '909090', '12121']
      for (const pin of [...easy, '1235', '123', '2580', '1975', '2468013', '1221']) {
        const wrong = app.pin.wrongWithPin(pin)
        for (const id of ['pin', 'again']) document.getElementById(id).value = wrong ? pin : 'other'
        press('Use this PIN')
        await new Promise(resolve => setTimeout(resolve))
        said[pin] = [wrong, document.querySelector('.nhsuk-error-summary').textContent.includes('easy to guess')]
      }
      return [said, easy, await app.pin.hasPin()]"""
    said, easy, has_pin = run(script)
    taken = dict.fromkeys(("1235", "2580", "1975", "2468013", "1221"), ["", False])
    assert said == dict.fromkeys(easy, ["easy", True]) | taken | {"123": ["shape", False]}
    assert len(easy) == 14 and not has_pin


# A PIN was chosen; `change` opens its screen, types the old one and a new one, and presses a button.
WHO_CHANGES = """
  await ready()
  await app.pin.choosePin('271828')
  const change = async (old, pressed, anew = '314159') => {
    document.querySelector('main').replaceChildren()
    let went = false
    const one = { go () { went = true }, trouble (error) { throw error } }
    document.querySelector('main').append(...(await app.screens_pin.pinScreen(one)).content.flat(9).filter(Boolean))
    Object.entries({ old, pin: anew, again: anew }).forEach(([id, typed]) => {
      document.getElementById(id).value = typed
    })
    const buttons = [...document.querySelectorAll('main button, main a')]
    buttons.find(({ textContent }) => textContent === pressed).click()
    const said = () => document.querySelector('main .nhsuk-error-summary a')
    while (!went && !said()) await new Promise(resolve => setTimeout(resolve, 20))
    return went || [said().textContent, said().hash]
  }
  const left = async () => (await all('notes')).filter(name => name.startsWith('pin try')).length
"""


def test_a_pin_is_changed_and_taken_away_by_nobody_who_does_not_know_it(run: Run) -> None:
    script = (
        WHO_CHANGES
        + """
      const said = []
      for (const pressed of ['Use this PIN', 'Use no PIN any more']) {
        said.push(await change('', pressed), await left(), await change('999999', pressed), await left())
      }
      said.push(await app.pin.hasPin(), await change('271828', 'Use this PIN'), await left())
      said.push(await change('271828', 'Use no PIN any more'), await change('314159', 'Use no PIN any more'))
      return [...said, await app.pin.hasPin()]"""
    )
    nothing, wrong = ["Type your PIN", "#old"], "This is not your PIN. You can try {} more times."
    refused = [nothing, 10, [wrong.format(9), "#old"], 9, nothing, 9, [wrong.format(8), "#old"], 8]
    assert run(script) == [*refused, True, True, 10, [wrong.format(9), "#old"], True, False]


def test_that_a_pin_went_is_said_once(run: Run) -> None:
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
    assert run(script) == [True, False]


def test_of_a_visit_that_somebody_left_nothing_stays_of_how_its_team_goes(
    run: Run, stack: Stack, planned: Planned
) -> None:
    one = planned.visit(form=photo_form())
    with stack.database() as connection:
        connection.execute(
            "UPDATE peer_monitoring_visit SET to_ring = 'Robin, 07700 900 982', meeting_point = 'At the bus stop',"
            " note = 'Bring water',"
            " to_ring_of_id = (SELECT person_id FROM peer_monitoring_seat WHERE visit_id = %s LIMIT 1) WHERE id = %s",
            [one, one],
        )
    hold = """
      const { meeting_point: point, note, host, tell } = await here()
      return [point, note, host, tell.map(({ way }) => way)]"""
    point, note, host, ways = run(f"await ready(); await app.drafts.begin(await here()); {hold}", one)
    assert (point, note, ways[0]) == ("At the bus stop", "Bring water", "Robin, 07700 900 982")
    assert host["conditions"] == "Ring at the side door. No phones beyond the desk."
    planned.leave(one)
    left = run(f"{AGAIN}; {hold}", one)
    assert left == ["", "", None, ways[1:]]
    run("await app.drafts.throwAway((await app.drafts.draftOf(visit)).id)", one)


def test_of_other_questions_nothing_is_said_to_whoever_left(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    said = "return (await app.states.stateOf(await here())).more.some(words => words.includes('other questions'))"
    run("await ready(); await app.drafts.begin(await here())", one)
    planned.newer_version(one, two_photos())
    assert run(f"{AGAIN}; {said}", one) is True
    planned.leave(one)
    assert run(f"{AGAIN}; {said}", one) is False
    run("await app.drafts.throwAway((await app.drafts.draftOf(visit)).id)", one)


def test_what_waits_on_a_phone_is_still_there_after_an_update_that_keeps_more(run: Run) -> None:
    script = """
      const asked = request => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
      await asked(indexedDB.deleteDatabase('alongside-visits'))
      const opening = indexedDB.open('alongside-visits', 1)
      opening.onupgradeneeded = () => {
        const made = opening.result
        for (const store of ['queue', 'bodies']) made.createObjectStore(store).put({ what: 'record' }, 'one/record')
      }
      const older = await asked(opening)
      older.close()
      const kept = []
      for (const store of ['queue', 'bodies', 'tries']) kept.push(await all(store))
      for (const store of ['queue', 'bodies']) await (await app.database.database()).clear(store)
      return kept"""
    assert run(script) == [["one/record"], ["one/record"], []]


def test_an_answer_that_was_asked_for_before_somebody_elses_turn_is_asked_for_anew(run: Run) -> None:
    script = """
      await ready()
      const asks = fetch
      let asked = 0
      globalThis.fetch = async (path, how) => {
        const answer = await asks(path, how)
        if (path === '/app/mine.json' && ++asked === 1) await app.turns.beginTurn('somebody else', '')
        return answer
      }
      const { how } = await app.mine.askForMine()
      globalThis.fetch = asks
      await ready()
      return [how, asked]"""
    assert run(script) == ["ours", 2]


def test_a_full_phone_is_given_one_credential_however_often_it_is_made_ready(run: Run) -> None:
    script = """
      await ready()
      const db = await app.database.database()
      await db.clear('phones')
      const [asks, put] = [fetch, IDBObjectStore.prototype.put]
      let given = 0
      globalThis.fetch = (path, how) => {
        if (path === '/app/phones/new/') given += 1
        return asks(path, how)
      }
      IDBObjectStore.prototype.put = function (...one) {
        if (this.name === 'phones') throw new DOMException('Full', 'QuotaExceededError')
        return put.apply(this, one)
      }
      const said = [await ready(), await ready()]
      IDBObjectStore.prototype.put = put
      said.push(await ready())
      const [{ token }] = await db.getAll('phones')
      return [said.map(Boolean), given, Boolean(token)]"""
    assert run(script) == [[True, True, False], 1, True]


def test_an_answer_that_a_later_one_has_overtaken_takes_no_questions_away(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      const { mine } = await app.mine.askForMine()
      const before = await here()
      const older = { ...mine, now: new Date(Date.parse(mine.now) - 10_000).toISOString(), versions: {}, visits:
        mine.visits.map(one => one.id === visit ? { ...one, version: 'an older one' } : one) }
      await app.mine.takeIn(mine)
      await app.mine.takeIn(older)
      const { version } = await here()
      return [version === before.version, (await all('kept')).includes(`version:${version}`)]"""
    assert run(script, planned.visit(form=photo_form())) == [True, True]


def test_of_many_versions_that_are_held_a_request_names_some(run: Run) -> None:
    script = """
      await ready()
      const many = Array.from({ length: 70 }, (_, at) => [`version:x-${at}`, { at }])
      await app.kept.keepAll(Object.fromEntries(many))
      const asks = fetch
      let held
      globalThis.fetch = (path, how) => {
        held ??= how.headers['X-Held'].split(' ').filter(one => one.startsWith('x-'))
        return asks(path, how)
      }
      await ready()
      return held.length"""
    assert run(script) == 60
