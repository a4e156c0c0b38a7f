// Before anything is on this phone: make it ready, sign in first, or wait for signal.
import { button, errorSummary, h, heading, inset, linkButton, spoken } from '../drawing.js';
import { makeReady, readyBefore, wasReady } from '../mine.js';
import { app as words, out, start, troubles } from '../words.js';
import { inDanger } from './out.js';
import { SIGN_IN, wayToSignIn } from './signing_in.js';
import { drawQueue } from './waiting.js';

const HINT = 'phone-hint'

export async function startScreen (app) {
  const queue = h('div', { 'aria-live': 'polite' })
  // Whoever signed out while something waited reads here that it went.
  const next = app.line === 'ours' ? out.makeReady : out.signIn
  const [none, danger] = await wasReady() ? [`${out.sent} ${next}`, app.line !== 'ours' && inDanger()] : []
  const refresh = () => drawQueue(queue, app, { none })
  await refresh()
  return { title: start.heading, refresh, content: [heading(start.heading), queue, danger, ...await body(app)] }
}

async function body (app) {
  if (app.line === 'ours') return ready(app, await readyBefore(app.mine.person.id))
  if (app.line !== 'no signal') return [h('p', start.what), h('p', start.signIn), linkButton(words.signIn, SIGN_IN)]
  if (!await wasReady()) return [h('p', start.noSignal)]
  return [h('p', start.signedOut), h('p', out.needsSignal), wayToSignIn(app)]
}

// `before` is what this phone has of them since an earlier time: then nobody is asked for its name again.
function ready (app, before) {
  const input = nameOfPhone()
  const said = spoken()
  const wrong = h('div')
  const make = button(start.make, async () => {
    said.textContent = words.opening
    const trouble = await makeReady(app.mine, input.value)
    said.textContent = ''
    if (!trouble) return before?.pin ? app.go('#pin') : app.redraw()
    wrong.replaceChildren(errorSummary(troubles.check, [{ words: trouble === 'no signal' ? start.noSignal : trouble }]))
    wrong.firstChild.focus()
  })
  return [
    wrong,
    app.cleared ? inset(start.other) : null,
    h('p', start.what),
    h('p', start.whose(app.mine.person.name)),
    inset(start.held, start.lost),
    before ? [h('p', start.before), before.pin ? h('p', start.pinGone) : ''] : nameGroup(input),
    make, said
  ]
}

function nameOfPhone () {
  return h('input.nhsuk-input', {
    id: 'phone', type: 'text', maxlength: 60, autocomplete: 'off', value: start.phoneDefault, 'aria-describedby': HINT
  })
}

function nameGroup (input) {
  return h('div.nhsuk-form-group',
    h('label.nhsuk-label', { for: 'phone' }, start.phone), h('div.nhsuk-hint', { id: HINT }, start.phoneHint), input)
}
