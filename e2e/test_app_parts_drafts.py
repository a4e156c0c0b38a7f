"""What becomes of drafts and their photos on a phone, by the parts of the app."""

from e2e.app_parts import AGAIN, Run, photo_form, two_photos, two_texts
from e2e.phones import Planned


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
      return [(await app.states.stateOf(await here())).more[0], wordsOf(review)]"""
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
