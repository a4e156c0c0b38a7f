// "Concern now", from every screen: goes first, and says whom to tell in person where there is no signal.
import { today } from '../asking.js';
import { begunWith, keepWords, raise, raisedOn } from '../concerns.js';
import { button, errorSummary, h, heading, inset, linkButton, putIfOther, spoken } from '../drawing.js';
import { read, readAll } from '../kept.js';
import { nextFirst, whenAmong, whenInWords } from '../moments.js';
import { concern, states, troubles } from '../words.js';
import { isShutOut } from '../shut_out.js';
import { watchSignal } from '../signal.js';
import { whenTyped, whileKept } from '../typing.js';
import { forget, keep, whyUnkept } from '../unkept.js';
import { standsAs } from './raised.js';
import { canBeRung, mayOpen, personToTell } from './visit.js';

const PATIENCE = 5_000 // milliseconds

const NONE = 'none' // in place of a visit

export async function concernScreen (app, visitId, sentId) {
  if (visitId === NONE) return ofNoVisit()
  const visit = visitId && await read(`visit:${visitId}`)
  if (!visit) return whichVisit()
  return sentId ? sentScreen(app, visit, sentId) : writeScreen(app, visit)
}

// The question that they were at, or the visit.
function backTo ({ from }, { id }) {
  const visit = `#visit/${id}`
  const isWithin = from?.startsWith(`${visit}/`)
  return isWithin ? { href: from, words: concern.onwardTo } : { href: visit, words: concern.onward }
}

async function whichVisit () {
  const visits = nextFirst(await readAll('visit'))
  return {
    title: concern.heading,
    back: '#',
    content: [heading(concern.heading), inset(concern.danger), ...visits.length
      ? waysTo(visits)
      : [h('p', concern.noVisit), ...withoutVisit()]]
  }
}

// The service takes a concern about a visit alone, which says whose safeguarding lead gets it.
const ofNoVisit = () => ({
  title: concern.heading,
  back: '#concern',
  content: [heading(concern.noneHeading), inset(concern.danger), ...withoutVisit(), h('p', concern.noneWhy)]
})

const withoutVisit = () => [...inPerson({ tell: [] }), h('p', concern.website)]

function waysTo (visits) {
  const when = whenAmong(visits)
  const way = (one) => h('li', h('a.app-visits-way', { href: `#concern/${one.id}` }, `${one.site}, ${when(one)}`))
  return [
    h('h2.nhsuk-heading-m', concern.which),
    h('ul.nhsuk-list.app-rows', visits.map(way),
      h('li', h('a.app-visits-way', { href: `#concern/${NONE}` }, concern.none)))
  ]
}

async function writeScreen (app, visit) {
  const before = await begunWith(visit.id)
  const words = h('textarea.nhsuk-textarea', {
    id: 'words', rows: 5, maxlength: 5000, autocomplete: 'off', value: before.words, 'aria-describedby': 'words-hint'
  })
  let isSent = false
  const said = spoken()
  const keepBoth = async () => {
    try {
      const { words: typed, inside } = written()
      await keep(async () => isSent || await keepWords(visit, typed, inside), visit.id)
      said.textContent = words.value.trim() ? states.safe : ''
      app.trouble(null)
    } catch (error) {
      app.trouble(error)
    }
  }
  const told = () => isSent ? null : { concern: visit.id, ...written() }
  const keeping = whenTyped(words, keepBoth, told)
  const inside = ['yes', 'no'].map((value, at) => h('input.nhsuk-radios__input', {
    type: 'radio', name: 'inside', id: at ? 'inside-no' : 'inside', value, checked: value === before.inside,
    change: () => whileKept(keepBoth(), told),
    'aria-describedby': hintOf(visit, value) ? `${value}-hint` : null
  }))
  const written = () => ({ words: words.value.trim(), inside: inside.find((one) => one.checked)?.value })
  const letIn = h('div.nhsuk-form-group', h('fieldset.nhsuk-fieldset',
    h('legend.nhsuk-fieldset__legend.nhsuk-fieldset__legend--m', concern.inside),
    h('div.nhsuk-radios', inside.map((input) => insideOf(visit, input)))))
  const wrong = h('div')
  const [shut, learns] = [h('div', { 'aria-live': 'polite', tabindex: '-1' }), h('div')]
  const person = h('div', inPerson(visit))
  let isWithout = false
  const signal = signalLines(visit, async (isThere) => {
    isWithout = !isThere
    await sayWhoLearns()
  })
  const send = async () => {
    const text = words.value.trim()
    const chosen = inside.find((input) => input.checked)
    const wrongs = []
    if (!text) wrongs.push({ id: 'words', words: concern.empty })
    if (!chosen) wrongs.push({ id: 'inside', words: concern.insideEmpty })
    if (wrongs.length) {
      wrong.replaceChildren(errorSummary(troubles.check, wrongs))
      return wrong.firstChild.focus()
    }
    let id
    try {
      await keeping.now()
      // Where it does not go, nobody could read it any more to write it on the page.
      if (await isShutOut()) {
        await sayWhoLearns()
        return shut.focus()
      }
      await keeping.stop()
      said.textContent = concern.going
      id = await raise({ visit: visit.id, words: text, inside: chosen.value === 'yes' })
    } catch (error) {
      said.textContent = ''
      app.trouble(error)
      return keeping.goOn()
    }
    isSent = true
    forget(visit.id)
    const goes = app.deliverConcern().catch((error) => app.trouble(error))
    // Where the line says nothing, whom to tell in person stands there soon, and it goes on being sent.
    await Promise.race([goes, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
    app.go(`#concern/${visit.id}/${id}`)
  }
  const sending = button(concern.send, send, 'warning')
  const sayWhoLearns = async () => {
    const isShut = await isShutOut()
    putIfOther(shut, isShut ? [h('p', concern.shut), ...onThePage(visit)] : [])
    putIfOther(learns, isShut ? [h('p', concern.shutKept)] : whoLearns(visit, isWithout))
    // Said above then, with those who can be rung.
    person.hidden = isWithout && !isShut
    for (const one of [letIn, sending]) one.hidden = isShut
    signal.hidden = isShut
  }
  await sayWhoLearns()
  return {
    title: concern.heading,
    back: backTo(app, visit).href,
    leave: keeping.now,
    // Kept by the worker, or by "Try again" on another screen; what is typed here comes first.
    refresh: async ({ what, id }) => {
      await sayWhoLearns()
      const isEmpty = () => !words.value && !keeping.isOpen() && !whyUnkept(visit.id)
      const isNews = what === 'again' || (what === 'words' && id === visit.id)
      if (!isNews || !isEmpty()) return
      const kept = await begunWith(visit.id)
      if (!isEmpty()) return
      words.value = kept.words
      for (const one of inside) one.checked ||= one.value === kept.inside
    },
    content: [
      wrong, heading(concern.heading), h('p', `${visit.site}, ${whenInWords(visit)}`), inset(concern.danger), shut,
      signal,
      h('div.nhsuk-form-group', h('label.nhsuk-label.nhsuk-label--m', { for: 'words' }, concern.words),
        h('div.nhsuk-hint', { id: 'words-hint' }, concern.wordsHint), words),
      letIn, learns, sending, said, person
    ]
  }
}

// Said before they write: that there is no signal, what becomes of their words, and whom to tell now. What was said keeps
// its room once there is signal, so that nothing moves away from whoever writes.
function signalLines ({ tell, told_of_concerns: leads }, tellScreen) {
  const node = h('div.app-visits-signal', { 'aria-live': 'polite' })
  const none = () => inset(concern.noSignal, `${concern.know} ${concern.inCharge(leads)}`, ...numbersOf(tell))
  watchSignal(node, (isThere) => {
    if (isThere && !node.firstChild) return
    tellScreen(isThere)
    node.style.minHeight = `${node.getBoundingClientRect().height}px`
    putIfOther(node, isThere ? inset(concern.signal) : none())
  })
  return node
}

// Said beside the answer that hides it, for whoever has to know the place; before the day of the visit, and once it was
// called off, both do.
function hintOf ({ held_back: isHeldBack, scheme_is_open: isOpen, day, why }, value) {
  if (!isHeldBack || isOpen === false) return ''
  if (day > today() || why === 'cancelled') return concern.placeNotToldEither
  return value === 'no' ? concern.placeNotTold : ''
}

function insideOf (visit, input) {
  const hint = hintOf(visit, input.value)
  return h('div.nhsuk-radios__item', input,
    h('label.nhsuk-label.nhsuk-radios__label', { for: input.id }, concern[input.value]),
    hint ? h('div.nhsuk-hint.nhsuk-radios__hint', { id: `${input.value}-hint` }, hint) : '')
}

// Said before they send it: who gets the words, and what goes with them.
function whoLearns (visit, isWithout) {
  const { scheme, scheme_is_open: isOpen, held_back: isHeldBack, told_of_concerns: leads, day } = visit
  const heldBack = day > today() ? concern.heldBackYet : concern.heldBack
  const withIt = { true: heldBack, false: concern.announced }[isHeldBack] ?? ''
  // What a phone kept before this was told does not say it.
  const goes = concern.first(scheme, isWithout ? concern.goesLater : undefined)
  const first = isOpen === false ? concern.firstShut(scheme) : [goes, withIt].filter(Boolean).join(' ')
  return [h('p', first), h('p', concern.leads[leads] ?? '')]
}

// Where this phone sends nothing: the page that does, or whom else to write to.
const onThePage = (visit) => mayOpen(visit)
  ? [h('p', concern.fromPage), linkButton(concern.page, `${visit.page}concern/`, 'warning')]
  : [h('p', concern.website)]

async function sentScreen (app, visit, id) {
  const state = h('div', { 'aria-live': 'assertive' })
  const title = heading(concern.going)
  const refresh = async () => {
    const { words, more } = await how(await read(`visit:${visit.id}`) ?? visit, id)
    title.textContent = words
    putIfOther(state, more.map((one) => typeof one === 'string' ? h('p', one) : one))
  }
  await refresh()
  const { href, words } = backTo(app, visit)
  return {
    title: concern.heading,
    refresh,
    back: href,
    content: [title, state, ...inPerson(visit), linkButton(words, href)]
  }
}

// The same as the screen of the visit says, with what to do about it.
async function how (visit, id) {
  const now = (await raisedOn(visit)).find((one) => one.id === id)
  if (!now) return { words: concern.notHere, more: [] }
  const danger = inset(concern.danger)
  if (now.state === 'waits') return { words: concern.waits, more: [danger, concern.waitsMore] }
  if (now.state === 'refused') {
    return { words: concern.refused, more: [danger, states.refused(now.why), ...onThePage(visit)] }
  }
  if (now.state === 'shut') {
    return { words: concern.refused, more: [danger, concern.shutMore, ...onThePage(visit)] }
  }
  // Of what is sent just now the server has told nothing more yet; that nobody there can read it is known.
  const stands = now.at || visit.scheme_is_open === false ? [standsAs(now, visit)] : []
  return { words: concern.sent, more: [...stands, concern.sentMore(visit.told_of_concerns)] }
}

// Whom somebody can go to, or ring: a name without a number is nobody who is there.
function inPerson ({ tell, told_of_concerns: leads }) {
  return [h('h2.nhsuk-heading-s', concern.inPerson), h('p', concern.inCharge(leads)), ...numbersOf(tell)]
}

function numbersOf (tell) {
  const reached = tell.filter(canBeRung)
  return reached.length ? [h('ul.nhsuk-list.nhsuk-list--bullet', reached.map(personToTell))] : []
}
