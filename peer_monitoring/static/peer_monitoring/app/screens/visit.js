// One visit: how it stands, and the way on.
import { today, wordsIn } from '../asking.js';
import { begin, choose, lastRecord, throwAway } from '../drafts.js';
import { afterAsking, button, h, heading, inset, linkButton, languageTag, putIfOther } from '../drawing.js';
import { read } from '../kept.js';
import { dayInWords, dayOf, whenInWords } from '../moments.js';
import { isHeldBack, stateOf } from '../states.js';
import { progressOf, readingOf } from '../steps.js';
import { list, review, states, stop, visit as said } from '../words.js';
import { stateLines } from './list.js';
import { begunLines, raisedLines } from './raised.js';
import { wayToStop } from './stop.js';
import { drawQueue, noQueue } from './waiting.js';

export async function visitScreen (app, id) {
  let visit = await read(`visit:${id}`)
  if (!visit) return missing(app, id)
  const title = heading(visit.site)
  const [when, more] = [h('div', { 'aria-live': 'polite' }), h('div')]
  const state = h('div', { 'aria-live': 'polite' })
  const queue = h('div', { 'aria-live': 'polite' })
  const way = h('div')
  const [begun, concerns] = [h('div', { 'aria-live': 'polite' }), h('div', { 'aria-live': 'polite' })]
  const refresh = async () => {
    // It may have been called off, or their place on its team be gone, while they look at it.
    const kept = await read(`visit:${id}`)
    if (kept?.gone !== visit.gone || kept.why !== visit.why) return app.redraw()
    visit = kept
    if (title.textContent !== visit.site) title.textContent = visit.site
    putIfOther(when, whenIn(visit))
    putIfOther(more, moreOf(visit))
    putIfOther(begun, await begunLines(visit))
    putIfOther(concerns, await raisedLines(visit))
    const now = await stateOf(visit)
    state.replaceChildren(...stateLines(now, visit), isHeldBack(visit) ? h('p', states.heldBackWhy) : '')
    if (now.sent) await drawQueue(queue, app)
    else noQueue(queue)
    const shown = now.draft?.id ?? now.sent?.instance ?? now.record?.id ?? ''
    const early = isTooEarly(visit) && [visit.day, today()]
    const how = [now.isRefused, now.isShut, isSignedOut(app), await read(`record:${shown}`)].map(Boolean)
    const next = [shown, Boolean(await lastRecord(id)), now.already?.id, ...how, early].join(' ')
    if (way.dataset.for !== next) way.replaceChildren(...await wayOn(app, visit, now))
    way.dataset.for = next
  }
  await refresh()
  return {
    // Titles stay in the history of the browser: none says where somebody goes.
    title: said.title,
    back: '#',
    concern: id,
    refresh,
    content: [
      title, when, begun, state, queue, way, concerns, more,
      mayOpen(visit) ? h('p', h('a', { href: visit.page }, said.page)) : ''
    ]
  }
}

const whenIn = (visit) => [h('p', whenInWords(visit)), visit.host?.lets_in === false ? inset(whyNot(visit)) : '']
const whyNot = ({ host, scheme }) => host.scheme_shut ? said.schemeShut(scheme) : said.notLetIn
const moreOf = (visit) => [visit.gone ? '' : whileThere(visit), facts(visit)]
const whileThere = ({ photos }) => [inset(said.noNames), h('p', photos ? said.photosOn : said.photosOff)]

// Who is off its team may be out of the group too, to whom alone the page is shown.
export const mayOpen = ({ gone, why }) => !gone || why === 'cancelled' || why === 'closed'

// What is new comes with signal; where the sign-in has ended, only after signing in.
const isSignedOut = ({ line }) => line === 'signed out'

function missing (app, id) {
  const comes = h('p', said.comes[app.line])
  const refresh = async () => {
    if (await read(`visit:${id}`)) return app.redraw()
    comes.textContent = said.comes[app.line] ?? ''
  }
  return {
    title: said.missing,
    back: '#',
    refresh,
    content: [
      heading(said.missing), h('p', said.missingWhy), comes, linkButton(said.toList, '#'),
      h('p', h('a', { href: '/visits/' }, list.page))
    ]
  }
}

async function wayOn (app, visit, now) {
  if (now.draft) return ofDraft(app, visit, now)
  const record = await lastRecord(visit.id)
  // What is not theirs any more is neither begun nor changed, and what was refused cannot be read here to be changed.
  if (now.isRefused) return []
  if (visit.gone) return [linkButton(said.toList, '#')]
  if (!now.sent && !record) return wayToBegin(app, visit)
  // What the server holds is what a change begins with: it has told of all that was sent from here.
  const held = record && (!now.sent || await read(`record:${now.sent.instance}`))
  if (!held) return [h('p.nhsuk-hint', needs(app, now))]
  return [button(said.change, () => goOn(app, visit, 'review'), 'secondary'), h('p.nhsuk-hint', said.changeHint)]
}

function needs (app, { isShut }) {
  if (isShut) return said.needsReady
  return isSignedOut(app) ? said.needsSignIn : said.needsSignal
}

// As on the pages, it begins on its day. The phone's clock may be wrong since the service told the time: whoever stands
// there begins all the same.
const isTooEarly = ({ day, state }) => day > today() && state !== 'under_way'

function wayToBegin (app, visit) {
  const begins = () => goOn(app, visit, 'ask')
  if (!isTooEarly(visit)) return [button(said.begin, begins)]
  return [
    h('p', said.notYet(dayInWords(visit.day))),
    h('details.nhsuk-details',
      h('summary.nhsuk-details__summary', h('span.nhsuk-details__summary-text', said.itIs)),
      h('div.nhsuk-details__text',
        h('p', said.itIsMore(dayOf(today()))), button(said.begin, begins, 'secondary')))
  ]
}

// What was sent is changed from the last screen, which shows all of it.
async function goOn (app, visit, screen) {
  try {
    await begin(visit, { record: await lastRecord(visit.id) })
    app.go(`#visit/${visit.id}/${screen}`)
  } catch (error) {
    app.trouble(error)
  }
}

async function ofDraft (app, visit, { draft, already }) {
  const { compiled } = await read(`version:${draft.version}`)
  const here = `#visit/${visit.id}`
  // Nothing more is asked of whoever does not go there any more.
  if (visit.gone) {
    return [
      linkButton(stop.heading, `${here}/stop`),
      h('p', h('a.app-visits-way', { href: `${here}/review` }, review.heading)),
      throwing(app, draft)
    ]
  }
  const rows = progressOf(compiled, draft, readingOf(compiled, draft, visit))
  return [
    already ? changingInstead(app, visit, draft) : '',
    draft.supersedes ? linkButton(said.review, `${here}/review`) : linkButton(said.goOn, `${here}/ask`),
    draft.supersedes ? '' : h('p', h('a.app-visits-way', { href: `${here}/review` }, said.review)),
    wayToStop(here),
    h('h2.nhsuk-heading-m', said.sections),
    h('ul.nhsuk-list.app-rows', { lang: languageTag(draft.language) }, rows.map((row) => sectionOf(row, here, draft))),
    modes(app, draft),
    languages(app, compiled, draft),
    throwing(app, draft)
  ]
}

// Of what they sent elsewhere since: what is on this phone goes first, for there is one draft of a visit.
function changingInstead (app, visit, draft) {
  const change = async () => {
    await throwAway(draft.id)
    await goOn(app, visit, 'review')
  }
  return h('div.nhsuk-inset-text', h('p', said.instead),
    afterAsking(said.change, said.insteadAsk, said.insteadYes, () => change().catch((error) => app.trouble(error))))
}

function throwing (app, draft) {
  const words = draft.supersedes ? said.away.change : said.away.draft
  return afterAsking(words.way, words.ask, words.yes, async () => {
    try {
      await throwAway(draft.id)
      app.redraw()
    } catch (error) {
      app.trouble(error)
    }
  })
}

function sectionOf ({ section, first, many }, here, draft) {
  const words = wordsIn(section.label, draft.language)
  const way = first ? h('a.app-visits-way', { href: `${here}/ask/${first}` }, words) : words
  return h('li', way, h('p.nhsuk-hint', { lang: 'en' }, many))
}

function modes (app, draft) {
  const radio = (mode, at) => h('div.nhsuk-radios__item',
    h('input.nhsuk-radios__input', {
      type: 'radio',
      name: 'mode',
      id: `mode-${at}`,
      value: mode,
      checked: draft.mode === mode,
      change: () => set(app, draft, { mode })
    }),
    h('label.nhsuk-label.nhsuk-radios__label', { for: `mode-${at}` }, said.modes[mode]))
  return h('div.nhsuk-form-group', h('fieldset.nhsuk-fieldset',
    h('legend.nhsuk-fieldset__legend.nhsuk-fieldset__legend--s', said.mode),
    h('div.nhsuk-radios', Object.keys(said.modes).map(radio))))
}

function languages (app, compiled, draft) {
  if (compiled.languages.length < 2) return ''
  return h('div.nhsuk-form-group',
    h('label.nhsuk-label.nhsuk-label--s', { for: 'language' }, said.language),
    h('select.nhsuk-select', { id: 'language', change: ({ target }) => set(app, draft, { language: target.value }) },
      compiled.languages.map(({ code, name }) =>
        h('option', { value: code, lang: languageTag(code), selected: code === draft.language }, name))))
}

async function set (app, draft, chosen) {
  try {
    await choose(draft.id, chosen)
    if (chosen.language) app.redraw({ focus: 'language' })
  } catch (error) {
    app.trouble(error)
  }
}

function facts (visit) {
  return [
    visit.meeting_point && [h('h2.nhsuk-heading-s', said.where), h('p.app-typed', visit.meeting_point)],
    visit.host?.by && [h('h2.nhsuk-heading-s', said.letIn), h('p', visit.host.by)],
    visit.host?.conditions && [h('h2.nhsuk-heading-s', said.conditions), h('p.app-typed', visit.host.conditions)],
    visit.note && [h('h2.nhsuk-heading-s', said.note), h('p.app-typed', visit.note)],
    visit.tell.length && [
      h('h2.nhsuk-heading-s', said.tell), h('ul.nhsuk-list.nhsuk-list--bullet', visit.tell.map(personToTell))
    ]
  ].filter(Boolean).flat()
}

// Only who can be rung has a way, and a number only where it is clear which one is meant. What was kept on the phone
// before numbers were told may be an e-mail address, which reaches nobody without signal.
export const canBeRung = ({ way, number }) => Boolean(way && (number !== undefined || !way.includes('@')))

export const personToTell = (one) => h('li', one.who, canBeRung(one) ? [': ', wayTo(one)] : '')
const wayTo = ({ way, number }) => number ? h('a', { href: `tel:${number}` }, way) : way
