// Before anything is on this phone: make it ready, sign in first, or wait for signal.
import { button, errorSummary, h, heading, inset, linkButton, spoken } from '../drawing.js';
import { makeReady } from '../mine.js';
import { app as words, start, troubles } from '../words.js';
import { drawQueue } from './waiting.js';

export async function startScreen (app) {
  const queue = h('div', { 'aria-live': 'polite' })
  const refresh = () => drawQueue(queue, app)
  await refresh()
  return { title: start.heading, refresh, content: [heading(start.heading), queue, ...body(app)] }
}

function body (app) {
  if (app.line === 'ours') return ready(app)
  if (app.line === 'no signal') return [h('p', start.noSignal)]
  return [h('p', start.what), h('p', start.signIn), linkButton(words.signIn, '/sign-in/?next=/app/')]
}

function ready (app) {
  const hintId = 'phone-hint'
  const input = h('input.nhsuk-input', {
    id: 'phone', type: 'text', maxlength: 60, autocomplete: 'off', value: start.phoneDefault, 'aria-describedby': hintId
  })
  const said = spoken()
  const wrong = h('div')
  const make = button(start.make, async () => {
    said.textContent = words.opening
    const trouble = await makeReady(app.mine, input.value)
    said.textContent = ''
    if (!trouble) return app.redraw()
    wrong.replaceChildren(errorSummary(troubles.check, [{ words: trouble === 'no signal' ? start.noSignal : trouble }]))
    wrong.firstChild.focus()
  })
  return [
    wrong,
    app.cleared ? inset(start.other) : null,
    h('p', start.what),
    h('p', start.whose(app.mine.person.name)),
    inset(start.held, start.lost),
    h('div.nhsuk-form-group',
      h('label.nhsuk-label', { for: 'phone' }, start.phone),
      h('div.nhsuk-hint', { id: hintId }, start.phoneHint), input),
    make, said
  ]
}
