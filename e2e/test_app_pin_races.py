"""A PIN that one tab chooses while another one opens, keeps or signs out: parts of the app by themselves."""

from e2e.app_parts import Run, photo_form
from e2e.phones import Planned


def test_a_tab_that_was_opened_with_an_older_pin_keeps_nothing_that_no_pin_opens(run: Run, planned: Planned) -> None:
    script = """
      await ready()
      const there = await here()
      await app.pin.choosePin('271828')
      const older = app.keys.keyInMemory()
      await app.pin.choosePin('314159')
      const newer = app.keys.keyInMemory()
      app.keys.openWith(older)
      const kept = await app.concerns.keepWords(there, 'Somebody').then(() => 'kept', error => error.constructor.name)
      const isLocked = await app.keys.isLocked()
      app.keys.openWith(newer)
      const begun = await app.concerns.begunWith(visit).then(({ words }) => words, error => error.constructor.name)
      await app.pin.takePinAway()
      return [kept, isLocked, begun]"""
    assert run(script, planned.visit(form=photo_form())) == ["Locked", True, ""]


def test_a_pin_that_is_chosen_while_somebody_signs_out_locks_out_nobody_who_comes_next(run: Run) -> None:
    script = """
      await ready()
      let go
      await new Promise(held => {
        app.database.alone('drafts', () => new Promise(resolve => { go = resolve; held() }))
      })
      const gone = app.signing_out.clearPhone()
      const chosen = app.pin.choosePin('271828').then(() => 'chosen', error => error.constructor.name)
      go()
      await gone
      const said = await chosen
      const left = (await all('notes')).filter(name => name.startsWith('pin'))
      await app.signing_out.clearPhone()
      return [said, left]"""
    assert run(script) == ["SignedOut", []]


def test_a_pin_that_is_tried_while_another_tab_signs_out_does_not_stay(run: Run) -> None:
    script = """
      await ready()
      await app.pin.choosePin('271828')
      app.keys.openWith(null)
      const tried = app.pin.tryPin('271828').catch(() => {})
      await app.database.note('owner')
      await app.signing_out.clearPhone()
      await tried
      const left = (await all('notes')).filter(name => name.startsWith('pin'))
      await app.signing_out.clearPhone()
      return left"""
    assert run(script) == []


def test_a_pin_that_is_tried_while_another_tab_chooses_one_leaves_the_new_one_in_its_place(run: Run) -> None:
    script = """
      await ready()
      await app.pin.choosePin('271828')
      const tried = app.pin.tryPin('271828')
      await app.database.note('owner')
      await app.pin.choosePin('314159')
      await tried
      app.keys.openWith(null)
      const opens = (await app.pin.tryPin('314159')).how
      await app.signing_out.clearPhone()
      return opens"""
    assert run(script) == "open"
