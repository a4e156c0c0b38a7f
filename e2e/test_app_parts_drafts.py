"""What becomes of drafts and their photos on a phone, by the parts of the app."""

from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Json

from e2e.app_parts import AGAIN, Run, photo_form, two_photos, two_texts
from e2e.phones import Planned, _columns, _insert


def test_a_phone_that_is_made_ready_again_sends_the_photos_of_before(run: Run, planned: Planned) -> None:
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
    run(script, one)
    assert len(planned.records(one)) == len(planned.photos(one)) == 1


def test_a_photo_whose_sealed_copy_is_gone_is_sealed_anew(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      const { photos } = await app.drafts.addPhoto(id, 'photo', await picture())
      await (await app.database.database()).delete('queue', `${id}/photos/${photos.photo.id}`)
      await app.drafts.finish(id)
      await app.delivering.deliver()"""
    run(script, one)
    assert len(planned.photos(one)) == 1


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


def test_a_draft_comes_back_whole_also_where_its_visit_is_no_longer_theirs(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_photos())
    run(HALF, one)
    old = planned.retire(one, photo_form())
    planned.leave(one)
    first = run(f"await ready(); {BACK}", one)
    assert first["answers"] == {"seen": "Written before"}
    assert (first["version"], first["gone"], first["taken"], first["left"]) == (str(old), True, 1, 1)
    assert "There are other questions now." not in first["words"]
    second = run(f"await app.delivering.deliver(); await ready(); {BACK}", one)
    assert (second["answers"], second["taken"], second["left"]) == (first["answers"], 2, 0)


def test_what_a_draft_says_comes_once_while_a_photo_of_it_is_missing_and_again_where_the_phone_was_cleared(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    run(HALF, one)
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
    said = run(script, one)
    whole, nothing = said["before"][0], len("[null]")
    assert whole > 100
    assert said["before"] == [whole, whole, nothing, nothing]
    assert said["after"] == [whole, nothing]
    assert said["now"] == said["then"] == "Written before"
    # The photo that was still to come ends it.
    back = run(f"await app.delivering.deliver(); await ready(); {BACK}", one)
    assert (back["taken"], back["left"]) == (2, 0)
    # Where the answer to that was lost, the next contact ends it on the phone.
    given = f"{AGAIN}; return (await app.kept.readAll('given')).filter(one => one.visit === visit)"
    assert run(given, one) == []


def test_questions_come_once_and_again_where_the_phone_has_them_no_more(run: Run, planned: Planned) -> None:
    one, other = planned.visit(form=two_photos()), planned.visit(form=two_texts())
    script = """
      const came = []
      const asks = fetch
      globalThis.fetch = async (path, how) => {
        const answer = await asks(path, how)
        if (path === '/app/mine.json') came.push(Object.keys((await answer.clone().json()).versions))
        return answer
      }
      await ready()
      came.length = 0
      const again = async () => app.mine.takeIn((await app.mine.askForMine()).mine)
      await again()
      const { version } = await here()
      await (await app.database.database()).delete('kept', `version:${version}`)
      await again()
      await again()
      globalThis.fetch = asks
      const { versions } = await (await asks('/app/mine.json')).json()
      const names = (await all('kept')).filter(name => name.startsWith('version:')).map(name => name.slice(8))
      const whole = await app.kept.read(`version:${version}`)
      return { came, version, all: Object.keys(versions), kept: names, whole }"""
    said = run(script, one)
    assert said["came"] == [[], [said["version"]], []]
    assert said["version"] in said["all"] and set(said["all"]) <= set(said["kept"]), (
        "an app from before says nothing, and gets all of them"
    )
    assert said["whole"]["compiled"]["sections"]
    planned.leave(other)
    gone = run("const { version } = await here(); await ready(); return [version, await all('kept')]", other)
    assert f"version:{gone[0]}" not in gone[1]


def test_a_photo_that_came_to_the_server_only_when_its_draft_was_finished_goes_to_the_record(
    run: Run, planned: Planned
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
    run(HALF, one)
    assert str(one) not in run(script, one)
    assert len(planned.records(one)) == 1
    assert len(planned.photos(one)) == 2


def test_what_is_begun_on_a_screen_that_stood_open_keeps_the_questions_that_are_asked_now(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    run("await ready(); globalThis.older = await here()", one)
    planned.newer_version(one, two_texts())
    script = f"""
      {AGAIN}
      const {{ version }} = await app.drafts.begin(globalThis.older)
      const {{ compiled }} = await app.kept.read(`version:${{version}}`)
      return compiled.sections[0].questions.map(one => one.name)"""
    assert run(script, one) == ["seen", "heard"]


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


def test_what_two_pages_that_end_together_hand_over_is_kept_of_both(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = WITH_A_PIN % "await Promise.allSettled([late(typed('seen', 'One')), late(typed('heard', 'Two'))])"
    assert run(script, one) == {"seen": "One", "heard": "Two"}


def test_one_answer_that_cannot_be_kept_late_loses_no_other(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = (
        WITH_A_PIN
        % """
      await late(typed('seen', 'x'.repeat(3_000_000)), typed('heard', 'Two')).catch(() => {})"""
    )
    assert run(script, one) == {"heard": "Two"}


def test_why_a_visit_is_not_finished_is_kept_late_too(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      const stopped = { kind: 'cut_short', why: 'The alarm went' }
      await app.late.keepLate({ typed: [{ draft: id, stopped }], key: null })
      return (await app.drafts.draft(id)).stopped"""
    assert run(script, one) == {"kind": "cut_short", "why": "The alarm went"}


STANDS = """
  const state = await app.states.stateOf(await here())
  return [state.words, ...state.more]"""


def test_where_photos_are_off_none_is_asked_for_or_counted_and_one_that_is_there_stays(
    run: Run, planned: Planned
) -> None:
    on, off = (planned.visit(form=two_photos(), photos=photos) for photos in (True, False))
    for one, asked in ((on, 3), (off, 1)):
        script = f"await ready(); await app.drafts.begin(await here()); {STANDS}"
        assert run(script, one)[1] == f"0 of {asked} answered"
    with_one = """
      const draft = await app.drafts.draftOf(visit)
      await app.drafts.addPhoto(draft.id, 'first', await picture())
      const review = await app.screens_review.reviewScreen({}, visit)
      const [counted] = (await app.states.stateOf(await here())).more
      await app.drafts.throwAway(draft.id)
      return [counted, wordsOf(review)]"""
    counted, words = run(with_one, off)
    assert counted == "1 of 2 answered"
    assert "first" in words and "second" not in words


def test_once_the_team_chose_between_two_that_differ_the_phone_says_it_no_more(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    sent = run(
        f"""
      await ready()
      const {{ id }} = await app.drafts.begin(await here())
      await app.drafts.finish(id)
      await app.delivering.deliver()
      const db = await app.database.database()
      const receipt = await db.get('receipts', `${{id}}/record`)
      await db.put('receipts', {{ ...receipt, conflict: true }}, `${{id}}/record`)
      {STANDS}""",
        one,
    )
    assert "We got two that differ. Your team will choose one." in sent
    assert "We got two that differ. Your team will choose one." not in run(f"{AGAIN}; {STANDS}", one)


SENT = """
  await ready()
  const { id } = await app.drafts.begin(await here())
  await app.drafts.change(id, () => ({ answers: { seen: 'First' } }))
  await app.drafts.finish(id)
  await app.delivering.deliver()"""
RECORD = "const record = async () => ({ record: await app.drafts.lastRecord(visit) })"
# As from another phone of theirs that the draft came back to.
OTHER_PHONE = """
  const [phone] = await (await app.database.database()).getAll('phones')
  const put = async (id, what, told) => {
    const bytes = new TextEncoder().encode(JSON.stringify(told))
    const key = await app.keys.serverKey()
    const part = await app.queue.makePart({ instance: id, what, owner: phone.owner, bytes, key })
    const headers = { Authorization: `Phone ${phone.token}`, 'Content-Type': 'application/octet-stream' }
    const how = { method: 'PUT', headers, body: part.body, credentials: 'omit' }
    return (await fetch(`/app/deliveries/${id}/${what}/`, how)).json()
  }"""


def beside(planned: Planned, visit: UUID, *, state: str, after: str) -> None:
    """Another record of the same person, from elsewhere."""
    with planned.stack.database() as connection:
        columns = _columns(connection, "peer_monitoring_record")
        row = connection.execute(
            f"SELECT {', '.join(columns)} FROM peer_monitoring_record WHERE visit_id = %s", [visit]
        ).fetchone()
        assert row
        new = dict(zip(columns, row, strict=True))
        new |= {"id": uuid4(), "state": state, "supersedes_id": None, "problems": Json({})}
        _insert(connection, "peer_monitoring_record", new | {"answers": Json({"seen": "Elsewhere"})})
        connection.execute(
            f"UPDATE peer_monitoring_record SET received_at = received_at + interval '{after}' WHERE id = %s",
            [new["id"]],
        )


def test_where_the_team_chose_what_came_first_the_phone_says_so_and_lets_it_be_changed(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=two_texts())
    run(
        f"""{SENT}
      const db = await app.database.database()
      const receipt = await db.get('receipts', `${{id}}/record`)
      await db.put('receipts', {{ ...receipt, conflict: true }}, `${{id}}/record`)""",
        one,
    )
    beside(planned, one, state="counts", after="-5 minutes")
    with planned.stack.database() as connection:
        connection.execute(
            "UPDATE peer_monitoring_record SET state = 'replaced' WHERE visit_id = %s AND answers->>'seen' = 'First'",
            [one],
        )
    screen = "wordsOf(await app.screens_visit.visitScreen({ line: 'ours' }, visit))"
    said = run(f"{AGAIN}; const state = await app.states.stateOf(await here()); return [...state.more, {screen}]", one)
    assert "Your team will choose one" not in " ".join(said)
    assert "Change what I sent" in said[-1]


def test_what_somebody_only_looked_at_is_not_sealed_and_keeps_nothing_of_theirs_away(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=two_texts())
    script = f"""{SENT}
      {AGAIN}
      {RECORD}
      const next = await app.drafts.begin(await here(), await record())
      await app.drafts.choose(next.id, {{ mode: 'section' }})
      const looked = (await all('queue')).filter(name => name.startsWith(next.id))
      await app.drafts.change(next.id, () => ({{ answers: {{ seen: 'Changed on another phone' }} }}))
      await app.signing_out.clearPhone()
      await app.delivering.deliver()
      const asks = fetch
      globalThis.fetch = async (path, how) => {{
        const answer = await asks(path, how)
        if (path !== '/app/mine.json') return answer
        return new Response(JSON.stringify({{ ...await answer.json(), drafts: [] }}), {{ status: 200 }})
      }}
      await ready()
      globalThis.fetch = asks
      await app.drafts.begin(await here(), await record())
      {AGAIN}
      const drafts = (await app.drafts.allDrafts()).filter(one => one.visit === visit)
      return [looked, drafts.map(({{ answers }}) => answers.seen)]"""
    assert run(script, one) == [[], ["Changed on another phone"]]


@pytest.mark.parametrize("record", ["", "{ record: await app.drafts.lastRecord(visit) }"], ids=["begun", "looked at"])
def test_what_comes_back_takes_no_place_of_what_is_begun_while_its_photos_come(
    record: str, run: Run, planned: Planned
) -> None:
    one = planned.visit(form=two_photos())
    script = f"""
      await ready()
      const {{ id: first }} = await app.drafts.begin(await here())
      await app.drafts.finish(first, {{ kind: 'other', why: 'Nobody was there' }})
      await app.delivering.deliver()
      {AGAIN}
      const {{ id }} = await app.drafts.begin(await here(), {{ record: await app.drafts.lastRecord(visit) }})
      await app.drafts.addPhoto(id, 'first', await picture())
      await app.signing_out.clearPhone()
      await app.delivering.deliver()
      const asks = fetch
      let begun
      globalThis.fetch = async (path, how) => {{
        if (path.startsWith(`/app/drafts/${{id}}/`)) begun ??= (await app.drafts.begin(await here(), {record})).id
        return asks(path, how)
      }}
      await ready()
      globalThis.fetch = asks
      await app.drafts.change(begun, () => ({{ answers: {{ seen: 'Written now' }} }}))
      const drafts = (await app.drafts.allDrafts()).filter(one => one.visit === visit)
      const {{ mine }} = await app.mine.askForMine()
      const left = mine.drafts.filter(one => one.visit.id === visit).length
      return [drafts.map(({{ answers }}) => answers.seen), left]"""
    assert run(script, one) == [["Written now"], 1]


def test_what_was_only_looked_at_begins_anew_with_what_is_there_by_then(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_texts())
    script = f"""{SENT}
      {AGAIN}
      {RECORD}
      const first = await app.drafts.begin(await here(), await record())
      await app.drafts.choose(first.id, {{ language: 'easy-read', mode: 'section' }})
      const state = await app.states.stateOf(await here())
      const next = await app.drafts.begin(await here(), await record())
      const drafts = (await app.drafts.allDrafts()).filter(one => one.visit === visit)
      return [Boolean(state.draft), first.id !== next.id, drafts.length]"""
    assert run(script, one) == [False, True, 1]


def test_a_change_takes_the_place_of_what_it_changed_also_where_something_came_beside_it(
    run: Run, planned: Planned
) -> None:
    one = planned.visit(form=two_texts())
    run(
        f"""{SENT}
      {AGAIN}
      {RECORD}
      const next = await app.drafts.begin(await here(), await record())
      await app.drafts.change(next.id, () => ({{ answers: {{ seen: 'Changed' }} }}))""",
        one,
    )
    with planned.stack.database() as connection:
        connection.execute("UPDATE peer_monitoring_record SET state = 'conflict' WHERE visit_id = %s", [one])
    beside(planned, one, state="conflict", after="1 second")
    run(
        f"""{AGAIN}
      await app.drafts.finish((await app.drafts.draftOf(visit)).id)
      await app.delivering.deliver()""",
        one,
    )
    states = {row["answers"]["seen"]: row["state"] for row in planned.records(one)}
    assert states == {"First": "replaced", "Elsewhere": "conflict", "Changed": "conflict"}


def test_what_another_phone_made_of_the_same_draft_comes_once_this_one_is_finished(run: Run, planned: Planned) -> None:
    one = planned.visit(form=two_photos())
    run(HALF, one)
    script = f"""
      await ready()
      {OTHER_PHONE}
      const mine = await app.drafts.draftOf(visit)
      await put(mine.id, 'draft', app.drafts.asSealed({{ ...mine, answers: {{ seen: 'From the other phone' }} }}))
      {AGAIN}
      await app.delivering.deliver()
      {AGAIN}
      const drafts = async () => (await app.drafts.allDrafts()).filter(one => one.visit === visit)
        .map(({{ answers }}) => answers.seen)
      const before = await drafts()
      await app.drafts.finish(mine.id)
      await app.delivering.deliver()
      {AGAIN}
      const after = await drafts()
      const {{ id }} = await app.drafts.draftOf(visit)
      await app.drafts.finish(id)
      await app.delivering.deliver()
      {AGAIN}
      const {{ mine: {{ drafts: given }} }} = await app.mine.askForMine()
      return [before, after, await drafts(), given.filter(one => one.visit.id === visit).length]"""
    assert run(script, one) == [["Written before"], ["From the other phone"], [], 0]
    states = {row["answers"]["seen"]: row["state"] for row in planned.records(one)}
    assert states == {"Written before": "replaced", "From the other phone": "counts"}
    assert len(planned.photos(one)) == 2


def test_a_visit_that_was_finished_and_changed_on_another_phone_comes_back_as_no_draft(
    run: Run, planned: Planned
) -> None:
    """A photo of it is still on the first phone, so that its draft waits on the server."""
    one = planned.visit(form=two_photos())
    run(HALF, one)
    script = f"""
      const asks = fetch
      globalThis.fetch = (path, how) => {{
        if (/deliveries.*photos/.test(path)) throw new TypeError('no signal')
        return asks(path, how)
      }}
      await ready()
      {RECORD}
      await app.drafts.finish((await app.drafts.draftOf(visit)).id)
      await app.delivering.deliver()
      {AGAIN}
      const {{ id }} = await app.drafts.begin(await here(), await record())
      await app.drafts.change(id, () => ({{ answers: {{ seen: 'Changed' }} }}))
      await app.drafts.finish(id)
      await app.delivering.deliver()
      await app.signing_out.clearPhone()
      await ready()
      const before = await app.drafts.draftOf(visit)
      globalThis.fetch = asks
      await app.delivering.deliver()
      {AGAIN}
      return [before, await app.drafts.draftOf(visit), (await app.states.stateOf(await here())).words]"""
    before, after, words = run(script, one)
    assert (before, after) == (None, None)
    assert words == "Sent: 1 answer and 2 photos received"
    assert {row["answers"]["seen"]: row["state"] for row in planned.records(one)} == {
        "Written before": "replaced",
        "Changed": "counts",
    }


def test_a_record_that_nobody_would_take_is_not_locked(run: Run, planned: Planned) -> None:
    """A draft that just fits says more once it is a record: it can still be read, and made shorter."""
    one = planned.visit(form=two_texts())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      const most = 2 * 1024 * 1024 - 1000 - JSON.stringify(app.drafts.asSealed(await app.drafts.draft(id))).length
      await app.drafts.change(id, () => ({ answers: { seen: 'x'.repeat(most - 100) } }))
      const how = await app.drafts.finish(id, { kind: 'other', why: 'y'.repeat(400) }).catch(error => error.message)
      return [how, (await app.drafts.allDrafts()).filter(one => one.visit === visit).length]"""
    said, left = run(script, one)
    assert left == 1 and said
