// The first screen: the visits on this phone, how it stands with each, and what waits to be sent.
import { today } from '../asking.js';
import { begunOn } from '../concerns.js';
import { asLink, h, heading, hint, inset, tag } from '../drawing.js';
import { readAll } from '../kept.js';
import { nextFirst, whenAmong } from '../moments.js';
import { isHeldBack, stateOf } from '../states.js';
import { inWords } from '../trouble.js';
import { app as words, list, raised, states } from '../words.js';
import { raisedBeforeLines } from './raised.js';
import { drawQueue } from './waiting.js';

const AT_ONCE = 10 // visits; of more, those to come on which nothing is written yet are shown when asked for

// Whether the browser promised to keep what is on this phone, also where the phone gets full. Asked at each start.
let asked

function stays () {
  asked ??= (async () => await navigator.storage?.persist?.() ?? false)().catch(() => false)
  return asked
}

export async function listScreen (app) {
  const place = h('div')
  let [stands, count] = [[], 0]
  const queue = h('div', { 'aria-live': 'polite' })
  const concerns = h('div', { 'aria-live': 'polite' })
  const mayGo = h('p', { hidden: true }, list.mayGo)
  stays().then((sure) => { mayGo.hidden = sure })
  let isWhole = false
  const showAll = asLink('', async () => {
    const { parentNode: first } = stands.find(isFolded)
    isWhole = true
    await refresh()
    first.querySelector('a').focus()
  })
  const more = h('p', { hidden: true }, showAll)
  const refresh = async () => {
    const number = ++count
    const before = h('div', await raisedBeforeLines())
    if (before.textContent !== concerns.textContent) concerns.replaceChildren(before)
    const visits = nextFirst(await readAll('visit'))
    const [begun, now, found] = [await begunOn(), today(), []]
    for (const visit of visits) found.push(await stateOrTrouble(visit))
    if (number === count) {
      stands = drawVisits(place, visits) ?? stands
      stands.forEach((one, at) => {
        const { id, day } = visits[at]
        one.replaceChildren(...stateLines(found[at], visits[at]), begun.has(id) ? h('p', raised.begun) : '')
        const canWait = day > now && found[at].words === states.ready && !begun.has(id)
        one.parentNode.hidden = !isWhole && at >= AT_ONCE && canWait
      })
      const folded = stands.filter(isFolded).length
      more.hidden = !folded
      showAll.textContent = list.more(folded)
    }
    await drawQueue(queue, app)
  }
  await refresh()
  return {
    title: list.heading,
    refresh,
    leave: () => { app.done = '' },
    content: [
      heading(list.heading),
      app.done ? inset(app.done) : '',
      queue,
      place,
      more,
      concerns,
      mayGo,
      h('ul.nhsuk-list.app-visits-ways',
        h('li', h('a', { href: '/visits/' }, list.page)),
        h('li', h('a', { href: '#pin' }, list.pin)),
        h('li', h('a', { href: '#out' }, words.signOut)))
    ]
  }
}

const isFolded = ({ parentNode }) => parentNode.hidden

// Where they are other visits than were drawn, or say something else: the places of how each stands.
function drawVisits (place, visits) {
  const when = whenAmong(visits)
  const now = JSON.stringify(visits.map((visit) => [visit.id, visit.site, visit.group, when(visit)]))
  if (place.dataset.for === now) return
  place.dataset.for = now
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  const stands = visits.map(() => h('div'))
  place.replaceChildren(visits.length
    ? h('ul.nhsuk-list.app-rows', visits.map((visit, at) => h('li', nameOf(visit, when(visit)), stands[at])))
    : h('p', list.none))
  if (focused) place.querySelector(`[href="${focused}"]`)?.focus()
  return stands
}

// What is wrong with one visit hides no other.
async function stateOrTrouble (visit) {
  try {
    return await stateOf(visit)
  } catch (error) {
    return { words: states.unreadable, more: [inWords(error)], colour: 'red' }
  }
}

function nameOf (visit, when) {
  return [
    h('a.app-visits-way', { href: `#visit/${visit.id}` }, visit.site, h('span.nhsuk-u-visually-hidden', `, ${when}`)),
    hint(`${when}. ${list.with(visit.group)}.`)
  ]
}

// With the visit, also whether the scheme is told nothing of it.
export const stateLines = ({ words, more, colour }, visit) => [
  h('p.app-visits-tags', tag(words, colour), isHeldBack(visit) && tag(states.heldBack, 'purple')),
  ...more.map((one) => h('p', one))
]
