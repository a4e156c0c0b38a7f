// One question as it is asked: with what was answered, and what is wrong with it beside it.
import { answerAt, asTime, EASY_READ, keyOf, wordsIn } from './asking.js';
import { asLink, h } from './drawing.js';
import { timeInWords } from './moments.js';
import { photoField } from './photo_field.js';
import { whenTyped, whileKept } from './typing.js';
import { ask } from './words.js';

// Pictures of ours, by their names; their addresses come with the shell, and each is kept with it.
const PICTURES = JSON.parse(document.getElementById('visits').dataset.pictures)
const CHOSEN = new Set(['yes_no', 'grade', 'scale', 'one'])
const PARTS = ['day', 'month', 'year']
// What may follow in a time that somebody still writes.
const MORE = ['00', '0', ':00', 'pm', 'm']

// Where on a screen the question of a key stands.
export const idOf = (key) => `q-${key.replace('.', '-')}`

// `{ node, key, show(answer), say(problem), takeBack(problem), isBusy() }`: `say` where somebody goes on, and `takeBack`
// with what is wrong since. `isBusy` says that it is being written. `answer(value)` is called whenever it changes, and
// `typed(value)` says how the worker is told of it. `isHeading`: the question is the heading of its screen.
export function field (place, { answers, language, answer, isHeading, ...around }) {
  const id = idOf(keyOf(place))
  const { question } = place
  const said = question.kind === 'note' ? note(question, language, isHeading) : null
  if (said) return { node: said, key: keyOf(place), show () {}, say () {}, takeBack () {} }
  const kind = CHOSEN.has(question.kind) ? choices : BUILDERS[question.kind] ?? text
  const value = answerAt(answers, place)
  const made = kind({ question, id, value, language, answer, place, ...around })
  return wrapped(place, id, made, { language, isHeading })
}

function note (question, language, isHeading) {
  const words = wordsIn(question.label, language)
  const inside = isHeading ? h('h1.nhsuk-heading-m.app-visits-note', { tabindex: '-1' }, words) : h('p', words)
  return h('div.app-visits-question', ownPicture(question, language), h('div.nhsuk-inset-text', inside))
}

function picture (name, size) {
  if (!Object.hasOwn(PICTURES, name)) return null
  return h('img.app-easy__picture', { src: PICTURES[name], alt: '', width: size, height: size })
}

const ownPicture = (question, language) =>
  language === EASY_READ && question.picture ? picture(question.picture, 96) : null

function wrapped (place, id, { control, grouped, show, focus, isBusy = () => false }, { language, isHeading }) {
  const { question } = place
  const label = wordsIn(question.label, language)
  const example = question.kind === 'time' && h('span', { lang: 'en' }, ask.time)
  const said = wordsIn(question.hint, language) || example
  const required = question.required ? h('span.app-visits-required', { lang: 'en' }, ask.required) : ''
  const hint = said || required ? h('div.nhsuk-hint', { id: `${id}-hint` }, said, required) : null
  const problem = h('span.nhsuk-error-message', { id: `${id}-error`, hidden: true })
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ')
  const node = h('div.nhsuk-form-group.app-visits-question', { 'data-key': keyOf(place) },
    ownPicture(question, language),
    grouped
      ? h('fieldset.nhsuk-fieldset', { 'aria-describedby': described },
        h(`legend.nhsuk-fieldset__legend.nhsuk-fieldset__legend--${isHeading ? 'm' : 's'}`,
          isHeading ? h('h1.nhsuk-fieldset__heading', { tabindex: '-1' }, label) : label),
        hint, problem, control)
      : [labelOf(label, focus.id, isHeading), hint, problem, control])
  if (!grouped) focus.setAttribute('aria-describedby', described)
  const at = { node, problem, focus }
  return { node, key: keyOf(place), show, isBusy, say: (words) => say(at, words), takeBack: (now) => takeBack(at, now) }
}

function labelOf (words, id, isHeading) {
  const label = h(`label.nhsuk-label.nhsuk-label--${isHeading ? 'm' : 's'}`, { for: id }, words)
  return isHeading ? h('h1.nhsuk-label-wrapper', { tabindex: '-1' }, label) : label
}

function say ({ node, problem, focus }, words) {
  problem.style.minHeight = ''
  problem.textContent = words
  problem.hidden = !words
  node.classList.toggle('nhsuk-form-group--error', Boolean(words))
  node.classList.remove('app-visits-righted')
  focus.classList.toggle('nhsuk-input--error', Boolean(words) && focus.matches('input[type=text], textarea'))
}

// What was said and is so no more goes, and its room stays: a button that somebody is pressing does not move.
function takeBack ({ node, problem, focus }, now) {
  if (!problem.textContent || problem.textContent === now) return
  problem.style.minHeight = `${problem.getBoundingClientRect().height}px`
  problem.textContent = ''
  node.classList.add('app-visits-righted')
  focus.classList.remove('nhsuk-input--error')
}

// --- One of several, or several --------------------------------------------------------------------------------

function choices ({ question, id, value, language, answer, typed: told }) {
  const inputs = inputsOf('radio', question, id)
  const choose = (chosen) => whileKept(answer(chosen), () => told(chosen))
  const clear = asLink(ask.clear, () => { show(''); inputs[0].focus(); choose('') })
  const show = (chosen) => {
    for (const one of inputs) one.checked = one.value === chosen
    clear.hidden = !chosen
  }
  for (const one of inputs) one.addEventListener('change', () => { clear.hidden = false; choose(one.value) })
  show(value)
  return { control: [items('radios', question, inputs, language), clear], grouped: true, show, focus: inputs[0] }
}

function several ({ question, id, value, language, answer, typed: told }) {
  const inputs = inputsOf('checkbox', question, id)
  const show = (chosen) => { for (const one of inputs) one.checked = chosen.split(' ').includes(one.value) }
  const chosen = () => inputs.filter((one) => one.checked).map((one) => one.value).join(' ')
  for (const one of inputs) {
    one.addEventListener('change', () => {
      if (one.checked) letGoOfOthers(one, inputs, question.alone)
      whileKept(answer(chosen()), () => told(chosen()))
    })
  }
  show(value)
  return { control: items('checkboxes', question, inputs, language), grouped: true, show, focus: inputs[0] }
}

// “None of these” goes with no other answer: whichever was ticked last stays.
function letGoOfOthers (ticked, inputs, alone) {
  if (!alone) return
  for (const one of inputs) if (one !== ticked && (ticked.value === alone || one.value === alone)) one.checked = false
}

function inputsOf (type, { choices }, id) {
  const kind = type === 'radio' ? 'radios' : 'checkboxes'
  return choices.map(({ value }, at) =>
    h(`input.nhsuk-${kind}__input`, { type, id: at ? `${id}-${at + 1}` : id, name: id, value }))
}

function items (kind, { choices }, inputs, language) {
  return h(`div.nhsuk-${kind}.app-visits-choices`, choices.map((one, at) => h(`div.nhsuk-${kind}__item`,
    inputs[at],
    h(`label.nhsuk-label.nhsuk-${kind}__label`, { for: inputs[at].id },
      one.picture ? picture(one.picture, 40) : null, wordsIn(one.label, language)))))
}

// --- What is typed --------------------------------------------------------------------------------------------

function text ({ id, value, answer, typed: told }) {
  const input = h('textarea.nhsuk-textarea', { id, rows: 4, autocomplete: 'off', value })
  return typed(input, answer, told)
}

function digits (id, width, more) {
  const how = { type: 'text', inputmode: 'numeric', autocomplete: 'off' }
  return h(`input.nhsuk-input.nhsuk-input--width-${width}`, { id, ...how, ...more })
}

function count ({ id, value, answer, typed: told }) {
  return typed(digits(id, 5, { value }), answer, told)
}

function time ({ id, value, answer, typed: told }) {
  const input = h('input.nhsuk-input.nhsuk-input--width-10', { id, type: 'text', autocomplete: 'off', value })
  const read = h('p.nhsuk-hint.app-visits-read', { lang: 'en', 'aria-live': 'polite' })
  const { show, ...made } = typed(input, answer, told)
  const sayRead = () => { read.textContent = timeInWords(asTime(input.value.trim())) }
  input.addEventListener('input', sayRead)
  sayRead()
  return {
    ...made,
    control: [input, read],
    show: (words) => { show(words); sayRead() },
    isBusy: () => input === document.activeElement && MORE.some((more) => asTime(input.value.trim() + more))
  }
}

function typed (input, answer, told) {
  const { isOpen } = whenTyped(input, () => answer(input.value), () => told(input.value))
  const show = (words) => { if (document.activeElement !== input && !isOpen()) input.value = words }
  return { control: input, show, focus: input }
}

function day ({ id, value, answer, typed: told }) {
  const inputs = PARTS.map((part, at) => digits(at ? `${id}-${part}` : id, part === 'year' ? 4 : 2))
  const put = (words) => {
    const [year, month, date] = words.split('-')
    const given = month ? [Number(date), Number(month), year] : words.split(' ')
    inputs.forEach((one, at) => { if (document.activeElement !== one) one.value = given[at] ?? '' })
  }
  put(value)
  const part = (input, at) => h('div.nhsuk-date-input__item', h('div.nhsuk-form-group',
    h('label.nhsuk-label.nhsuk-date-input__label', { for: input.id }, ask.day[PARTS[at]]), input))
  const control = h('div.nhsuk-date-input', inputs.map(part))
  const { isOpen } = whenTyped(control, () => answer(asDay(inputs)), () => told(asDay(inputs)))
  const show = (words) => { if (!isOpen()) put(words) }
  const isBusy = () => control.contains(document.activeElement) && inputs.some((one) => !one.value)
  return { control, grouped: true, show, isBusy, focus: inputs[0] }
}

// As it is kept; what is no day stays as it was typed, for the limits to say what is wrong.
function asDay (inputs) {
  const [date, month, year] = inputs.map((one) => one.value.trim())
  if (!date && !month && !year) return ''
  const isWhole = [date, month].every((one) => /^[0-9]{1,2}$/.test(one)) && /^[0-9]{4}$/.test(year)
  return isWhole ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : `${date} ${month} ${year}`
}

const BUILDERS = { many: several, text, count, date: day, time, photo: photoField }
