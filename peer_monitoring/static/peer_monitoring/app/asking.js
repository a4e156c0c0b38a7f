// Which questions are asked, what was answered, and what is wrong with it: the same as `questions.answering` on the
// server, which goes through everything again. Answers are plain values as XLSForm keeps them.
import { holds } from '../../questions/expressions.js';
import { now } from './clock.js';
import { limits } from './words.js';

export const ENGLISH = 'en'
export const EASY_READ = 'en-x-easy'
export const MOST_ROUNDS = 50
const MOST_LETTERS = 5000
const isList = Array.isArray

// What to show in a language: its own words, else the English ones.
export function wordsIn (words, language) {
  return words?.[language] || words?.[ENGLISH] || ''
}

// What a form calls the place of an answer: `rights_told`, or `age.2` in the third round.
export function keyOf ({ section, question, index }) {
  return section.repeats ? `${question.name}.${index}` : question.name
}

export function roundsOf (answers, section) {
  const rounds = answers[section.name]
  if (!isList(rounds)) return []
  return rounds.slice(0, MOST_ROUNDS).map((one) => one && typeof one === 'object' && !isList(one) ? one : {})
}

export function answerAt (answers, { section, question, index }) {
  const home = section.repeats ? roundsOf(answers, section)[index] : answers
  const given = home && Object.hasOwn(home, question.name) ? home[question.name] : ''
  return typeof given === 'string' ? given : ''
}

// The same answers with another one at a place.
export function withAnswer (answers, { section, question, index }, answer) {
  if (!section.repeats) return { ...answers, [question.name]: answer }
  const rounds = roundsOf(answers, section)
  const next = rounds.map((one, at) => at === index ? { ...one, [question.name]: answer } : one)
  return { ...answers, [section.name]: next }
}

export function withRounds (answers, section, many) {
  const rounds = roundsOf(answers, section).slice(0, many)
  while (rounds.length < many) rounds.push({})
  return { ...answers, [section.name]: rounds }
}

// In which repeat each question stands: null for none, '' for a repeat itself.
function repeatOfEach (compiled) {
  const known = {}
  for (const section of compiled.sections) {
    if (section.repeats) known[section.name] = ''
    for (const { name } of section.questions) known[name] = section.repeats ? section.name : null
  }
  return known
}

// `{ answers, places, problems, sections }`: what counts as answered, each place that is asked, what is wrong by the
// place's key, and the names of the sections that are asked.
export function readAnswers (compiled, given, { today, language = ENGLISH }) {
  const names = repeatOfEach(compiled)
  const reading = { names, answers: {}, places: [], problems: {}, sections: [], today, language }
  for (const section of compiled.sections) {
    if (!asks(section, reading)) continue
    reading.sections.push(section.name)
    if (section.repeats) readRounds(section, given, reading)
    else for (const question of section.questions) readOne({ section, question, index: 0 }, given, reading)
  }
  return reading
}

function readRounds (section, given, reading) {
  reading.answers[section.name] = []
  for (const index of roundsOf(given, section).keys()) {
    reading.answers[section.name].push({})
    for (const question of section.questions) readOne({ section, question, index }, given, reading)
  }
}

function readOne (place, given, reading) {
  if (!asks(place.question, reading, place)) return
  reading.places.push(place)
  if (place.question.kind === 'note') return
  const typed = answerAt(given, place).trim()
  const answer = (place.question.kind === 'time' && asTime(typed)) || typed
  const home = place.section.repeats ? reading.answers[place.section.name][place.index] : reading.answers
  home[place.question.name] = answer
  const problem = answer && wrongWith(place, answer, reading)
  if (problem) reading.problems[keyOf(place)] = problem
}

function asks (thing, reading, place) {
  return !thing.relevant || holds(thing.relevant, reading.answers, around(reading, place))
}

function around ({ today, names }, place, more) {
  const here = place?.section.repeats ? { repeat: place.section.name, index: place.index } : {}
  return { today, names, ...here, ...more }
}

function wrongWith (place, answer, reading) {
  const { question } = place
  const wrong = (WRONG[question.kind] ?? wrongText)(answer, question)
  if (wrong) return wrong
  const own = around(reading, place, { own: answer })
  if (!question.constraint || holds(question.constraint, reading.answers, own)) return ''
  return wordsIn(question.message, reading.language) || limits.outside
}

const chosenFrom = (chosen, { choices }) =>
  chosen.every((one) => choices.some(({ value }) => value === one)) ? '' : limits.choice
const wrongChoice = (answer, question) => chosenFrom([answer], question)
const wrongText = (answer) => [...answer].length <= MOST_LETTERS ? '' : limits.long(MOST_LETTERS)

export function wrongDay (answer) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(answer)
  const [year, month, day] = found ? found.slice(1).map(Number) : [0, 0, 0]
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  return year > 0 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day ? '' : limits.day
}

const BY_NAME = new Map([['midday', '12:00'], ['noon', '12:00'], ['midnight', '00:00']])
const TYPED = /^([0-9]{1,2})(?:[:.]?([0-9]{2}))? *(?:([ap])\.?m\.?)?$/i

// A time as people type it, in the form in which it is kept: empty where it is none (`kit.dates.typed_time`).
export function asTime (typed) {
  const [, hour, minutes, half] = TYPED.exec(typed) ?? []
  if (!minutes && !half) return BY_NAME.get(typed.toLowerCase()) ?? ''
  if (minutes > 59 || (half ? hour < 1 || hour > 12 : hour > 23)) return ''
  const whole = half ? hour % 12 + (/p/i.test(half) ? 12 : 0) : hour
  return `${String(whole).padStart(2, '0')}:${minutes ?? '00'}`
}

const WRONG = {
  yes_no: wrongChoice,
  grade: wrongChoice,
  scale: wrongChoice,
  one: wrongChoice,
  many: (answer, question) => chosenFrom(answer.split(' '), question),
  count: (answer) => /^-?[0-9]{1,9}$/.test(answer) ? '' : limits.number,
  date: wrongDay,
  time: (answer) => /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(answer) ? '' : limits.time
}

// Whether a place is answered, with nothing wrong in it; a photo of it counts as its answer.
export const isAnswered = ({ answers, problems }, photos = {}) => (place) =>
  Boolean(photos[keyOf(place)] || (answerAt(answers, place) && !problems[keyOf(place)]))

export const answered = (reading, photos) => reading.places.filter(isAnswered(reading, photos)).length

export function asked ({ places }) {
  return places.filter(({ question }) => question.kind !== 'note').length
}

// Asked, required, and not answered; a photo never is, for there are places that let nobody take one.
export function missing ({ places, answers }) {
  return places.filter((place) =>
    place.question.required && place.question.kind !== 'photo' && !answerAt(answers, place))
}

const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'short' })

// The day in London, which "today" means on every phone.
export function today (moment = now()) {
  const { day, month, year } = Object.fromEntries(LONDON.formatToParts(moment).map(({ type, value }) => [type, value]))
  return `${year}-${month}-${day}`
}
