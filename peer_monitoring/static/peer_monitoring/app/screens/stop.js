// A visit that cannot be finished, as one that was called off or cut short at the door: what there is goes, with why.
import { answered, asked } from '../asking.js';
import { change, draftOf, finish, Gone, sentBeside } from '../drafts.js';
import { button, errorSummary, h, heading, inset, spoken } from '../drawing.js';
import { read } from '../kept.js';
import { sentAlready } from '../states.js';
import { readingOf } from '../steps.js';
import { whenTyped, whileKept } from '../typing.js';
import { forget, keep, whyUnkept } from '../unkept.js';
import { review, states, stop, troubles } from '../words.js';

const LONGEST = 500 // letters, as the server keeps

export const wayToStop = (here) => h('p', h('a.app-visits-way', { href: `${here}/stop` }, stop.way))

// What was sent of a visit that is theirs no more cannot be changed.
export const afterwards = ({ gone }, words) => h('p', `${words} ${gone ? review.never : review.later}`)

// What they sent of the visit already, elsewhere, before they finish it here too.
export async function insteadOf (draft) {
  const already = await sentBeside(draft)
  return already ? inset(sentAlready(already), review.instead) : ''
}

export async function stopScreen (app, visitId) {
  const [visit, draft] = await Promise.all([read(`visit:${visitId}`), draftOf(visitId)])
  const here = `#visit/${visitId}`
  if (!visit || !draft) return { move: here }
  const { compiled } = await read(`version:${draft.version}`)
  const reading = readingOf(compiled, draft, visit)
  const before = draft.stopped ?? { kind: visit.why === 'cancelled' ? 'called_off' : '', why: '' }
  const [wrong, said] = [h('div'), spoken()]
  const kinds = Object.keys(stop.kinds).map((kind, at) => h('input.nhsuk-radios__input', {
    type: 'radio', name: 'kind', id: at ? `kind-${at}` : 'kind', value: kind, checked: kind === before.kind
  }))
  const why = h('textarea.nhsuk-textarea', {
    id: 'why', rows: 3, maxlength: LONGEST, autocomplete: 'off', value: before.why, 'aria-describedby': 'why-hint'
  })
  const chosen = () => ({ kind: kinds.find((one) => one.checked)?.value ?? '', why: why.value.trim() })
  const name = `${draft.id} stopped`
  const keepChosen = async () => {
    try {
      await keep(() => change(draft.id, () => ({ stopped: chosen() })), name)
      said.textContent = states.safe
      app.trouble(null)
    } catch (error) {
      app.trouble(error)
    }
  }
  const told = () => ({ draft: draft.id, stopped: chosen() })
  const keeping = whenTyped(why, keepChosen, told)
  for (const one of kinds) one.addEventListener('change', () => whileKept(keepChosen(), told))
  const beside = h('span.nhsuk-error-message')
  const group = h('div.nhsuk-form-group', h('fieldset.nhsuk-fieldset',
    h('legend.nhsuk-fieldset__legend.nhsuk-fieldset__legend--m', stop.kind), beside,
    h('div.nhsuk-radios', kinds.map((one) => h('div.nhsuk-radios__item', one,
      h('label.nhsuk-label.nhsuk-radios__label', { for: one.id }, stop.kinds[one.value]))))))
  const send = async () => {
    const stopped = chosen()
    if (!stopped.kind) {
      beside.textContent = stop.empty
      group.classList.add('nhsuk-form-group--error')
      wrong.replaceChildren(errorSummary(troubles.check, [{ id: 'kind', words: stop.empty }]))
      return wrong.firstChild.focus()
    }
    await keeping.now()
    // What is not kept yet belongs to it.
    if (whyUnkept(draft.id)) await app.keepAgain()
    if (whyUnkept(draft.id)) return
    try {
      await keeping.stop()
      said.textContent = review.sealing
      await finish(draft.id, stopped)
    } catch (error) {
      said.textContent = ''
      app.trouble(error instanceof Gone ? troubles.gone : error)
      return keeping.goOn()
    }
    forget(name)
    app.deliver()
    app.go(here)
  }
  return {
    title: stop.heading,
    back: `${here}/review`,
    concern: visitId,
    leave: keeping.now,
    content: [
      wrong, heading(stop.heading), h('p', stop.what),
      h('p', states.answered(answered(reading, draft.photos), asked(reading))),
      group,
      h('div.nhsuk-form-group', h('label.nhsuk-label.nhsuk-label--m', { for: 'why' }, stop.why),
        h('div.nhsuk-hint', { id: 'why-hint' }, stop.whyHint), why),
      await insteadOf(draft), afterwards(visit, stop.after), button(stop.send, send), said
    ]
  }
}
