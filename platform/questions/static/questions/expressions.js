// Expressions of question sets: the part of XPath 1.0, with the functions of ODK, that docs/adr/0070 names. The server has
// an evaluator of its own (questions.expressions); tests/expression_cases.json says what both must find. Nothing here
// makes code out of text: an expression is read into functions that ask one another.
//
// evaluate('${age} > 17', { age: '20' }, { today: '2026-11-30' }) is true.
//
// Answers are text, and an array for a repeat, with one object of texts for each round. Around them stand: `today`, the
// day in London; `repeat` and `index`, the round in which the question stands; `own`, the answer that `.` is; and
// `names`, in which repeat each question stands (null for none, '' for a repeat itself). Without `names`, where a
// question stands is read off the answers, which cannot tell it of a repeat that has no round yet.
const LONGEST = 1000 // characters of an expression
const DEEPEST = 20 // brackets, calls and signs in one another
const LONGEST_TEXT = 100_000 // characters of a text that is put together
const KEPT = 500 // expressions that are not read again

export class BadExpression extends Error {}

// --- Values: text, a number, true or false, or the texts of a repeat in their order -----------------------------------

const isList = Array.isArray
const listOf = (value) => isList(value) ? value : [value]
const truth = (value) => isList(value) ? value.length > 0 : Boolean(value)
const NUMBER = /^[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*$/

function text (value) {
  if (isList(value)) return value[0] ?? ''
  return typeof value === 'number' ? written(value) : String(value)
}

// XPath writes numbers without an exponent, and whole ones with all their digits.
function written (number) {
  if (!Number.isFinite(number)) return String(number)
  if (Number.isInteger(number)) return String(BigInt(number))
  const [digits, power] = String(number).split('e-')
  if (!power) return digits
  const [, minus, first, others] = /^(-?)([0-9])\.?([0-9]*)$/.exec(digits)
  return `${minus}0.${'0'.repeat(power - 1)}${first}${others}`
}

function number (value) {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const words = text(value)
  return NUMBER.test(words) ? Number(words) : daysUntil(words) ?? partOfTheDay(words) ?? NaN
}

const lowest = (numbers) => numbers.reduce((best, one) => one < best ? one : best)
const highest = (numbers) => numbers.reduce((best, one) => one > best ? one : best)
const MEET = {
  '<': (left, right) => lowest(left) < highest(right),
  '<=': (left, right) => lowest(left) <= highest(right),
  '>': (left, right) => highest(left) > lowest(right),
  '>=': (left, right) => highest(left) >= lowest(right)
}

// XPath 1.0, 3.4: of a list, one text will do. No pair is looked at twice, however long two lists are.
function compare (sign, left, right) {
  const some = (kind) => typeof left === kind || typeof right === kind
  const asksForOrder = sign in MEET
  if (some('boolean') && (!asksForOrder || isList(left) || isList(right))) {
    left = Number(truth(left))
    right = Number(truth(right))
  }
  if (!asksForOrder && !some('number')) return sameText(sign, new Set(listOf(left)), new Set(listOf(right)))
  const [lefts, rights] = [left, right].map((value) => listOf(value).map(number))
  if (!asksForOrder) return lefts.some((one) => rights.some((other) => (one === other) === (sign === '=')))
  const [from, to] = [lefts, rights].map((numbers) => numbers.filter((one) => !Number.isNaN(one)))
  return from.length > 0 && to.length > 0 && MEET[sign](from, to)
}

function sameText (sign, lefts, rights) {
  const shared = [...lefts].some((one) => rights.has(one))
  if (sign === '=') return shared
  return lefts.size > 0 && rights.size > 0 && (lefts.size > 1 || rights.size > 1 || !shared)
}

// --- Days and times ---------------------------------------------------------------------------------------------------

const A_DAY = 24 * 60 * 60 * 1000 // milliseconds
const FIRST_DAY = -719_162 // 0001-01-01, in days since 1970-01-01
const LAST_DAY = 2_932_896 // 9999-12-31
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

// Null for what is no day, such as 2026-02-30.
function daysUntil (words) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(words)
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number)
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  const isADay = year > 0 && moment.getUTCMonth() === month - 1 // a day too many is one of another month
  return isADay ? moment.getTime() / A_DAY : null
}

function partOfTheDay (words) {
  const found = /^([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(words)
  return found ? (Number(found[1]) * 60 + Number(found[2])) / (24 * 60) : null
}

// The text of a day, of such a text or of a number of days; empty for all else.
function day (value) {
  if (typeof value !== 'number') return daysUntil(text(value)) === null ? '' : text(value)
  const whole = Math.floor(value)
  return whole >= FIRST_DAY && whole <= LAST_DAY ? new Date(whole * A_DAY).toISOString().slice(0, 10) : ''
}

function formatDate (value, pattern) {
  const words = day(value)
  if (!words) return ''
  const [year, month, date] = words.split('-')
  const weekday = WEEKDAYS[new Date(daysUntil(words) * A_DAY).getUTCDay()]
  const parts = {
    Y: year, y: year.slice(2), m: month, n: Number(month), b: MONTHS[month - 1], d: date, e: Number(date), a: weekday
  }
  return text(pattern).replace(/%([Yymnbdea])/g, (all, letter) => parts[letter])
}

// --- Numbers ----------------------------------------------------------------------------------------------------------

// Math.pow may differ in its last digit between browsers and from the server. Products and square roots do not.
function power (base, exponent) {
  if (exponent === 0 || base === 1) return 1
  if (Number.isNaN(base) || Number.isNaN(exponent)) return NaN
  const size = Math.abs(base)
  if (!Number.isFinite(exponent)) {
    if (size === 1) return 1
    return (size > 1) === (exponent > 0) ? Infinity : 0
  }
  const whole = Math.floor(Math.abs(exponent))
  const part = Math.abs(exponent) - whole
  if (part && base < 0 && Number.isFinite(base)) return NaN
  const found = product(part ? size : base, whole) * roots(size, part)
  return exponent < 0 ? 1 / found : found
}

function product (factor, times) {
  let found = 1
  for (let left = times; left > 0; left = Math.floor(left / 2)) {
    if (left % 2) found *= factor
    factor *= factor
  }
  return found
}

function roots (size, part) {
  let found = 1
  for (let root = Math.sqrt(size); part > 0; root = Math.sqrt(root)) {
    part *= 2
    if (part < 1) continue
    found *= root
    part -= 1
  }
  return found
}

function round (value, places) {
  const digits = Math.trunc(places)
  if (Number.isNaN(digits)) return NaN
  const step = power(10, Math.min(Math.abs(digits), 308))
  const moved = digits < 0 ? value / step : value * step
  if (!(Math.abs(moved) < 2 ** 53)) return value // nothing stands behind its point, or it is no number
  return digits < 0 ? Math.round(moved) * step : Math.round(moved) / step
}

const numbersIn = (values) => values.flatMap(listOf).map(number)

function best (pick, values) {
  const numbers = numbersIn(values)
  return numbers.length && !numbers.some(Number.isNaN) ? pick(numbers) : NaN
}

// --- Texts ------------------------------------------------------------------------------------------------------------

const letters = (words) => [...words] // characters, where a text's own length counts halves of some
const cut = (words) => words.length > LONGEST_TEXT ? letters(words).slice(0, LONGEST_TEXT).join('') : words
const choices = (words) => words.split(/[ \t\r\n]+/).filter(Boolean)

function joined (between, values) {
  let made = ''
  for (const [at, part] of values.flatMap(listOf).map(text).entries()) {
    made += at ? between + part : part
    if (made.length > 2 * LONGEST_TEXT) break
  }
  return cut(made)
}

function translate (words, from, to) {
  const others = letters(to)
  const places = new Map(letters(from).map((letter, at) => [letter, others[at] ?? '']).reverse())
  return letters(words).map((letter) => places.get(letter) ?? letter).join('')
}

function before (words, mark) {
  return words.includes(mark) ? words.slice(0, words.indexOf(mark)) : ''
}

function after (words, mark) {
  return words.includes(mark) ? words.slice(words.indexOf(mark) + mark.length) : ''
}

// --- Functions: how few and how many values each takes, and what it finds ---------------------------------------------

const ofTexts = (find) => (...values) => find(...values.map(text))
const ofNumbers = (find) => (...values) => find(...values.map(number))

const FUNCTIONS = new Map(Object.entries({
  true: [0, 0, () => true],
  false: [0, 0, () => false],
  not: [1, 1, (value) => !truth(value)],
  boolean: [1, 1, truth],
  if: [3, 3, (condition, then, otherwise) => truth(condition) ? then : otherwise],
  coalesce: [2, 2, (first, second) => text(first) || text(second)],

  string: [1, 1, text],
  concat: [1, Infinity, (...values) => joined('', values)],
  join: [2, Infinity, (between, ...values) => joined(text(between), values)],
  contains: [2, 2, ofTexts((words, part) => words.includes(part))],
  'starts-with': [2, 2, ofTexts((words, part) => words.startsWith(part))],
  'ends-with': [2, 2, ofTexts((words, part) => words.endsWith(part))],
  'substring-before': [2, 2, ofTexts(before)],
  'substring-after': [2, 2, ofTexts(after)],
  substr: [2, 3, (words, ...places) => letters(text(words)).slice(...places.map(number)).join('')],
  'string-length': [1, 1, (words) => letters(text(words)).length],
  'normalize-space': [1, 1, (words) => choices(text(words)).join(' ')],
  translate: [3, 3, ofTexts(translate)],

  selected: [2, 2, (words, choice) => choices(text(words)).includes(text(choice))],
  'selected-at': [2, 2, (words, place) => choices(text(words))[Math.trunc(number(place))] ?? ''],
  'count-selected': [1, 1, (words) => choices(text(words)).length],

  number: [1, 1, number],
  int: [1, 1, ofNumbers(Math.trunc)],
  floor: [1, 1, ofNumbers(Math.floor)],
  ceiling: [1, 1, ofNumbers(Math.ceil)],
  round: [1, 2, ofNumbers((value, places = 0) => round(value, places))],
  abs: [1, 1, ofNumbers(Math.abs)],
  pow: [2, 2, ofNumbers(power)],
  sum: [1, 1, (value) => numbersIn([value]).reduce((total, one) => total + one, 0)],
  min: [1, Infinity, (...values) => best(lowest, values)],
  max: [1, Infinity, (...values) => best(highest, values)],
  count: [1, 1, (value) => listOf(value).length],
  'count-non-empty': [1, 1, (value) => listOf(value).filter((one) => text(one)).length],

  date: [1, 1, day],
  'decimal-date-time': [1, 1, (value) => typeof value === 'number' ? value : daysUntil(text(value)) ?? NaN],
  'decimal-time': [1, 1, (value) => partOfTheDay(text(value)) ?? NaN],
  'format-date': [2, 2, formatDate]
}))

// --- Answers ----------------------------------------------------------------------------------------------------------

const has = (thing, name) => Object.prototype.hasOwnProperty.call(thing, name)
const get = (thing, name) => thing && has(thing, name) ? thing[name] ?? '' : ''
const roundsOf = (answers, repeat) => isList(get(answers, repeat)) ? answers[repeat] : []

function answerOf (name, { answers, names, repeat, index }) {
  const home = names ? has(names, name) && names[name] : homeOf(name, answers)
  if (home === '') return roundsOf(answers, name).map(() => '')
  if (!home) return text(get(answers, name))
  const rounds = roundsOf(answers, home)
  return home === repeat ? get(rounds[index], name) : rounds.map((round) => get(round, name))
}

// The repeat in which a question stands, as `names` would say it.
function homeOf (name, answers) {
  if (has(answers, name)) return isList(answers[name]) ? '' : null
  return Object.keys(answers).find((key) => roundsOf(answers, key).some((round) => has(round, name)))
}

// --- Reading an expression --------------------------------------------------------------------------------------------

const START = 'A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F' +
  '\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}'
const NAME = `[${START}][${START}\\-.0-9\u00B7\u0300-\u036F\u203F-\u2040]*`
const TOKEN = new RegExp([
  '(?<space>[ \\t\\r\\n]+)',
  '(?<text>"[^"]*"|\'[^\']*\')',
  '(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)',
  `\\$\\{(?<answer>${NAME})\\}`,
  `(?<name>${NAME})`,
  '(?<sign>\\.\\.|!=|<=|>=|[-+*=<>(),.])'
].join('|'), 'uy')

function tokensOf (expression) {
  const tokens = []
  for (let at = 0; at < expression.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(expression)
    if (!found) throw new BadExpression(`“${expression.slice(at)}” cannot stand here.`)
    const [kind, words] = Object.entries(found.groups).find(([, words]) => words !== undefined)
    if (kind === 'text' && words.includes('${')) throw new BadExpression('An answer cannot stand inside quotes.')
    if (kind !== 'space') tokens.push({ kind, words })
  }
  return tokens
}

// From what binds least to what binds most. Each is given the value on its left, and what finds that on its right.
const comparison = (sign) => (left, right) => compare(sign, left, right())
const arithmetic = (find) => (left, right) => find(number(left), number(right()))
const LEVELS = [
  { or: (left, right) => truth(left) || truth(right()) },
  { and: (left, right) => truth(left) && truth(right()) },
  { '=': comparison('='), '!=': comparison('!=') },
  { '<': comparison('<'), '<=': comparison('<='), '>': comparison('>'), '>=': comparison('>=') },
  { '+': arithmetic((left, right) => left + right), '-': arithmetic((left, right) => left - right) },
  {
    '*': arithmetic((left, right) => left * right),
    div: arithmetic((left, right) => left / right),
    mod: arithmetic((left, right) => left % right)
  }
]

// Each method reads one part of the grammar, and gives a function that finds its value among answers.
class Reader {
  constructor (expression) {
    this.tokens = tokensOf(expression)
    this.at = 0
    this.depth = 0
  }

  read () {
    const find = this.level(0)
    if (this.at < this.tokens.length) throw this.unexpected()
    return find
  }

  level (at) {
    if (at === LEVELS.length) return this.signed()
    const first = this.level(at + 1)
    const rest = []
    while (has(LEVELS[at], this.sign)) rest.push([LEVELS[at][this.next().words], this.level(at + 1)])
    if (!rest.length) return first
    return (scope) => rest.reduce((left, [apply, right]) => apply(left, () => right(scope)), first(scope))
  }

  signed () {
    if (!this.accept('-')) return this.single()
    const find = this.deeper(() => this.signed())
    return (scope) => -number(find(scope))
  }

  single () {
    const { kind, words } = this.next()
    if (kind === 'text') return () => words.slice(1, -1)
    if (kind === 'number') return () => Number(words)
    if (kind === 'answer') return (scope) => answerOf(words, scope)
    if (kind === 'name') return this.deeper(() => this.call(words))
    if (words === '.') return ({ own }) => own
    if (words !== '(') throw this.unexpected(-1)
    const find = this.deeper(() => this.level(0))
    this.expect(')')
    return find
  }

  call (name) {
    this.expect('(')
    if (name === 'position') return this.position()
    const values = this.values()
    if (name === 'today' && !values.length) return ({ today }) => today
    const [fewest, most, find] = FUNCTIONS.get(name) ?? []
    if (!find) throw new BadExpression(`There is no function called “${name}”.`)
    if (values.length < fewest || values.length > most) {
      throw new BadExpression(`${name}() does not take ${values.length} values.`)
    }
    return (scope) => find(...values.map((value) => value(scope)))
  }

  position () {
    this.expect('..')
    this.expect(')')
    return ({ index }) => index + 1
  }

  values () {
    if (this.accept(')')) return []
    const found = [this.level(0)]
    while (this.accept(',')) found.push(this.level(0))
    this.expect(')')
    return found
  }

  // What stands next, where it may be an operator or a bracket: never a text that only looks like one.
  get sign () {
    const token = this.tokens[this.at]
    return token && (token.kind === 'sign' || token.kind === 'name') ? token.words : ''
  }

  next () {
    if (this.at === this.tokens.length) throw this.unexpected()
    return this.tokens[this.at++]
  }

  accept (sign) {
    const isNext = this.sign === sign
    if (isNext) this.at += 1
    return isNext
  }

  expect (sign) {
    if (!this.accept(sign)) throw this.unexpected()
  }

  deeper (read) {
    this.depth += 1
    if (this.depth > DEEPEST) throw new BadExpression('There are too many brackets in one another.')
    const found = read()
    this.depth -= 1
    return found
  }

  unexpected (back = 0) {
    const token = this.tokens[this.at + back]
    return new BadExpression(token ? `“${token.words}” cannot stand here.` : 'Something is missing at the end.')
  }
}

// --- What others ask of this file -------------------------------------------------------------------------------------

const kept = new Map()

function readOnce (expression) {
  if (kept.has(expression)) return kept.get(expression)
  if (letters(expression).length > LONGEST) throw new BadExpression(`More than ${LONGEST} characters are too many.`)
  const find = new Reader(expression).read()
  if (kept.size === KEPT) kept.delete(kept.keys().next().value)
  kept.set(expression, find)
  return find
}

// A function of answers and of what stands around them; throws BadExpression where the expression is none.
export function compile (expression) {
  const find = readOnce(expression)
  return (answers, { today, repeat, index, own, names } = {}) =>
    find({ answers, names, repeat, index: index ?? 0, own: own ?? '', today: today ?? '' })
}

export function evaluate (expression, answers, around) {
  return compile(expression)(answers, around)
}

// Whether it is true of the answers: what `relevant` and `constraint` ask.
export function holds (expression, answers, around) {
  return truth(evaluate(expression, answers, around))
}
