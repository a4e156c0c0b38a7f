// Everything that was answered and what is missing; then it is sealed.
import { answerAt, asTime, keyOf, missing, wordsIn, wrongDay } from '../asking.js';
import { CHANGED, sawAll } from '../changing.js';
import { draftOf, finish, Gone, NotFinished } from '../drafts.js';
import { button, errorSummary, h, heading, inset, languageTag, spoken } from '../drawing.js';
import { read } from '../kept.js';
import { timeInWords, wholeDay } from '../moments.js';
import { isShutOut } from '../shut_out.js';
import { readingOf, stepsOf } from '../steps.js';
import { whyUnkept } from '../unkept.js';
import { limits, review, troubles } from '../words.js';
import { afterwards, insteadOf, wayToStop } from './stop.js';

// `key` is the question that they have just changed, if they come from there.
export async function reviewScreen (app, visitId, key) {
  const [visit, draft] = await Promise.all([read(`visit:${visitId}`), draftOf(visitId)])
  const here = `#visit/${visitId}`
  if (!visit || !draft) return { move: here }
  const { compiled } = await read(`version:${draft.version}`)
  const reading = readingOf(compiled, draft, visit)
  sawAll(visitId, stepsOf(compiled, reading, draft.mode))
  const rows = rowsOf(reading, draft)
  const wrong = h('div')
  const open = h('div', { hidden: !rows.some(({ problem }) => problem) }, inset(review.problems))
  const said = spoken()
  const end = async () => {
    // What is not kept yet belongs to it, and to what they look at.
    if (whyUnkept(draft.id)) {
      await app.keepAgain()
      return app.redraw()
    }
    said.textContent = review.sealing
    try {
      await finish(draft.id)
      app.deliver()
      app.go(here)
    } catch (error) {
      said.textContent = ''
      open.hidden = true
      if (error instanceof NotFinished) show(wrong, rows, here)
      else app.trouble(error instanceof Gone ? troubles.gone : error)
    }
  }
  return {
    title: review.heading,
    back: here,
    concern: visitId,
    focus: key && wayId(key),
    refresh: ({ what, own }) => { if (what === 'draft' && !own) app.redraw() },
    content: [
      wrong, heading(review.heading), open,
      h('dl.nhsuk-summary-list', rows.map((row) => drawn(row, here, draft.language))),
      await insteadOf(draft), afterwards(visit, await isShutOut() ? review.afterShut : review.after),
      button(review.finish, end), said,
      wayToStop(here)
    ]
  }
}

function rowsOf (reading, draft) {
  const open = new Set(missing(reading).map(keyOf))
  return reading.places.filter(({ question }) => question.kind !== 'note').map((place) => ({
    key: keyOf(place),
    label: `${wordsIn(place.question.label, draft.language)}${place.section.repeats ? ` (${place.index + 1})` : ''}`,
    answer: draft.photos[keyOf(place)]
      ? review.photo
      : inWords(place.question, answerAt(reading.answers, place), draft.language),
    problem: open.has(keyOf(place)) ? limits.missing : reading.problems[keyOf(place)]
  }))
}

const wayId = (key) => `change-${key.replace('.', '-')}`
const wayTo = (here, key) => `${here}/ask/${key}/${CHANGED}`

function inWords ({ kind, choices }, answer, language) {
  if (kind === 'time') return timeInWords(asTime(answer)) || answer
  if (kind === 'date' && answer && !wrongDay(answer)) return wholeDay(answer)
  if (!choices || !answer) return answer
  const chosen = choices.filter(({ value }) => answer.split(' ').includes(value))
  return chosen.map(({ label }) => wordsIn(label, language)).join(', ')
}

function drawn ({ key, label, answer, problem }, here, language) {
  return h('div.nhsuk-summary-list__row',
    h('dt.nhsuk-summary-list__key', { lang: languageTag(language) }, label),
    h('dd.nhsuk-summary-list__value', h('span.app-typed', { lang: languageTag(language) }, answer || review.not),
      problem ? h('span.nhsuk-error-message.app-visits-problem', problem) : ''),
    h('dd.nhsuk-summary-list__actions',
      h('a', { id: wayId(key), href: wayTo(here, key) }, review.change, h('span.nhsuk-u-visually-hidden', `: ${label}`))))
}

const withEnd = (label) => /[.?!]$/.test(label) ? label : `${label}:`

function show (wrong, rows, here) {
  const wrongs = rows.filter(({ problem }) => problem)
    .map(({ key, label, problem }) => ({ href: wayTo(here, key), words: `${withEnd(label)} ${problem}` }))
  wrong.replaceChildren(errorSummary(review.problems, wrongs))
  wrong.firstChild.focus()
}
