"""What the app takes for a refusal, what it says of it, and to whom: parts of the app by themselves."""

from e2e.app_parts import Run, photo_form
from e2e.phones import Planned

# What the locked screen says to everybody, whatever waits.
ALWAYS = "To raise a concern, type your PIN, then press “Concern now”. If you cannot, tell the person in charge of "
ALWAYS += "the place, and ring whoever leads your group."
# What waits of a concern that was raised here, with why it was refused.
CONCERN = """
  await ready()
  await app.concerns.raise({ visit, words: 'Somebody', inside: false })
  const asks = fetch
  const answering = (words, status) => {
    globalThis.fetch = async (path, how) =>
      path.includes('/deliveries/') ? new Response(words, { status }) : asks(path, how)
  }
  const part = async () => (await app.queue.waiting()).find(({ what }) => what === 'concern')"""
# What it becomes in the end, for no test after this one to find it.
SENT = """
  globalThis.fetch = asks
  await app.delivering.deliver({ again: true })"""


def test_only_the_service_itself_refuses_a_part_or_shuts_a_phone_out(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = f"""{CONCERN}
      const said = []
      for (const status of [401, 403, 404]) {{
        answering('<h1>Sign in to this network</h1>', status)
        const {{ left }} = await app.delivering.deliver()
        said.push([left > 0, (await part()).refused, await app.shut_out.isShutOut()])
      }}
      globalThis.fetch = asks
      await app.delivering.deliver()
      return [said, Boolean(await part())]"""
    assert run(script, one) == [[[True, "", False]] * 3, False]
    assert planned.concerns(one) == 1


def test_a_phone_that_was_taken_for_shut_out_is_asked_again(run: Run) -> None:
    script = """
      await ready()
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await db.put('phones', { ...phone, shutOut: true }, phone.owner)
      const before = await app.shut_out.isShutOut()
      await app.shut_out.askWhetherShutOut()
      return [before, await app.shut_out.isShutOut()]"""
    assert run(script) == [True, False]


def test_a_phone_that_another_tab_made_ready_again_is_not_shut_out_with_its_older_token(run: Run) -> None:
    script = """
      await ready()
      const db = await app.database.database()
      const [phone] = await db.getAll('phones')
      await app.shut_out.noteShutOut({ ...phone, token: 'older' })
      return [await app.shut_out.isShutOut(), (await db.get('phones', phone.owner)).token === phone.token]"""
    assert run(script) == [False, True]


def test_what_to_do_about_a_concern_that_was_refused_is_said_first_and_on_its_own_screen(
    run: Run, planned: Planned
) -> None:
    script = f"""{CONCERN}
      answering('{{"sentence": "We cannot read this."}}', 400)
      await app.delivering.deliver()
      const place = document.createElement('div')
      await app.screens_waiting.drawQueue(place, {{}})
      const own = wordsOf(await app.screens_concern.concernScreen({{}}, visit, (await part()).instance))
      {SENT}
      return [place.textContent, own]"""
    said, own = run(script, planned.visit(form=photo_form()))
    assert "call 999" in own and "Concern now, with signal" in own
    assert "A concern that you raised could not be sent. Tell somebody in person now." in said
    assert "We cannot read this." in said


def test_before_the_pin_it_is_said_to_nobody_that_a_concern_was_raised(run: Run, planned: Planned) -> None:
    script = f"""{CONCERN}
      await app.pin.choosePin('271828')
      const key = app.keys.keyInMemory()
      const said = []
      for (const words of ['{{}}', '{{"sentence": "We cannot read this."}}']) {{
        answering(words, 400)
        await app.delivering.deliver()
        app.keys.openWith(null)
        said.push(wordsOf(await app.screens_pin.lockedScreen({{}})))
        app.keys.openWith(key)
      }}
      await app.pin.takePinAway()
      {SENT}
      return said"""
    waits, refused = run(script, planned.visit(form=photo_form()))
    assert "waits on this phone" in waits
    assert "could not be sent. Type your PIN to see what to do." in refused
    for said in (waits, refused):
        assert ALWAYS in said
        of_it = said.replace(ALWAYS, "")
        assert not [word for word in ("oncern", "in person", "We cannot read this", "Delete") if word in of_it]


def test_what_cannot_be_said_of_a_concern_hides_no_visit(run: Run, planned: Planned) -> None:
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const told = { id: 'one', visit, site: 'Somewhere', scheme: 'Here', raised_at: new Date().toISOString() }
      await app.kept.keepAll({ 'told:one': { ...told, state: 'of a newer service' } })
      const shown = async () => [
        wordsOf(await app.screens_list.listScreen({})), wordsOf(await app.screens_visit.visitScreen({}, visit))
      ]
      const newer = await shown()
      const db = await app.database.database()
      await db.put('kept', { nonce: new Uint8Array(12), text: new ArrayBuffer(32) }, 'told:one')
      const broken = await shown()
      await db.delete('kept', 'told:one')
      return [(await here()).site, newer, broken]"""
    site, newer, broken = run(script, one)
    assert all(site in said for said in (*newer, *broken))
    assert all("This app is too old to say how it stands." in said for said in newer)
    assert all("What was kept on this phone cannot be opened any more." in said for said in broken)


def test_a_photo_of_what_was_thrown_away_elsewhere_can_be_let_go_of(run: Run, planned: Planned) -> None:
    """As long as what it belongs to waits here too, it waits for that."""
    one = planned.visit(form=photo_form())
    script = """
      await ready()
      const { id } = await app.drafts.begin(await here())
      await app.drafts.addPhoto(id, 'photo', await picture())
      await app.signing_out.clearPhone()
      const asks = fetch
      const answer = (sentence, status) => new Response(JSON.stringify({ sentence }), { status })
      let tries = 0
      globalThis.fetch = (path, how) => {
        if (!path.includes(id)) return asks(path, how)
        if (/photos/.test(path)) return answer('It is not here.', 409)
        return /draft/.test(path) && !tries++ ? answer('', 503) : asks(path, how)
      }
      // What else somebody has begun may have come back to this phone.
      const own = async () => (await app.queue.waiting()).filter(({ instance }) => instance === id)
      const said = []
      for (let round = 0; round < 2; round++) {
        await app.delivering.deliver()
        said.push((await own()).map(({ what, refused }) => [what.split('/')[0], refused]))
      }
      globalThis.fetch = asks
      const [part] = await own()
      await app.drafts.throwPartAway(part)
      return [...said, (await own()).length]"""
    first, then, left = run(script, one)
    assert first == [["draft", ""], ["photos", ""]]
    assert (then, left) == ([["photos", "It is not here."]], 0)
