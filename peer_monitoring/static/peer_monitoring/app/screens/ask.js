// The questions: one at a time, or a section at a time. Everything is kept as it is answered.
import { isAnswered, keyOf, MOST_ROUNDS, withAnswer, withRounds, wordsIn } from '../asking.js';
import { askedAnew, CHANGED, comesBy } from '../changing.js';
import { change, choose, draftOf, takeRoundAway } from '../drafts.js';
import { afterAsking, asLink, button, errorSummary, h, heading, languageTag, spoken } from '../drawing.js';
import { field, idOf } from '../fields.js';
import { read } from '../kept.js';
import { firstOpen, readingOf, roundsIn, stepOf, stepsOf } from '../steps.js';
import { keepTyping } from '../typing.js';
import { keep, whyUnkept } from '../unkept.js';
import { ask, states, troubles } from '../words.js';

// `how` is `change` where somebody came from the last screen, to which they go back.
export async function askScreen (app, visitId, key, how) {
  const [visit, draft] = await Promise.all([read(`visit:${visitId}`), draftOf(visitId)])
  if (!visit || !draft) return { move: `#visit/${visitId}` }
  const { compiled } = await read(`version:${draft.version}`)
  const asking = new Asking(app, visit, draft, compiled, how === CHANGED)
  return asking.draw(key) ?? { move: `#visit/${visitId}` }
}

const LANGUAGE = '' // in place of the name of a question

// Of a place what says where its answer stands, and no words.
const named = ({ section: { name, repeats }, question, index }) =>
  ({ section: { name, repeats }, question: { name: question.name }, index })

class Asking {
  constructor (app, visit, draft, compiled, isChange) {
    Object.assign(this, { app, visit, draft, compiled, isChange })
    this.saving = Promise.resolve()
    this.taking = Promise.resolve()
    this.said = spoken()
    this.wrong = h('div')
    this.fields = []
  }

  // Once for each state of the draft: a long set takes a slow phone a while.
  get reading () {
    if (this.readOf !== this.draft) {
      this.readOf = this.draft
      this.lastReading = readingOf(this.compiled, this.draft, this.visit)
    }
    return this.lastReading
  }

  get steps () {
    const reading = this.reading
    if (this.stepsRead !== reading) {
      Object.assign(this, { stepsRead: reading, lastSteps: stepsOf(this.compiled, reading, this.draft.mode) })
    }
    return this.lastSteps
  }

  get here () { return `#visit/${this.visit.id}` }

  draw (key) {
    this.key = key
    const reading = this.reading
    const steps = this.steps
    this.step = key ? stepOf(steps, key) : firstOpen(steps, isAnswered(reading, this.draft.photos))
    if (!this.step) return null
    if (this.isChange) comesBy(this.visit.id, steps, this.step)
    const label = wordsIn(this.step.section.label, this.draft.language)
    const questions = this.draft.mode === 'section' ? this.section(label) : this.single(label)
    const sayIfWrong = () => this.isWrong && !whyUnkept(this.draft.id) && this.sayKept()
    sayIfWrong()
    // Once somebody has left what they were writing, and stands in nothing else of it.
    const left = () => requestAnimationFrame(sayIfWrong)
    return {
      title: label,
      back: this.isChange ? this.review(key) : this.before(),
      focus: this.isChange && this.draft.mode === 'section' ? idOf(key) : '',
      concern: this.visit.id,
      at: this.way(this.step.key),
      refresh: (news) => this.hear(news),
      leave: () => this.leave(),
      content: [
        this.wrong,
        h('div', { lang: languageTag(this.draft.language), focusout: left }, questions),
        h('div.app-visits-on', button(this.onward, () => this.next()), this.said),
        this.languages(),
        this.isChange ? '' : h('p', h('a', { href: this.here }, ask.toVisit))
      ]
    }
  }

  get onward () {
    if (this.isChange) return ask.goOn
    return this.steps.at(-1)?.key === this.step.key ? ask.toReview : ask.next
  }

  // What was asked before; from the first question back to the visit.
  before () {
    const steps = this.steps
    const at = steps.findIndex(({ key }) => key === this.step.key)
    return at > 0 ? this.way(steps[at - 1].key) : this.here
  }

  // The address of a step, from which they go back to the last screen if they came from there.
  way (key) { return `${this.here}/ask/${key}${this.isChange ? `/${CHANGED}` : ''}` }

  review (key) { return `${this.here}/review${key ? `/${key}` : ''}` }

  single (label) {
    const { places, rounds } = this.step
    const number = this.numberOf(places[0])
    const caption = h('p.nhsuk-caption-m', number ? `${label}: ${number}` : label)
    if (rounds) return this.rounds(heading(label, 'm'))
    this.fields = places.map((place) => this.field(place, true))
    return [this.roundCaption(caption, places[0]), this.fields.map(({ node }) => node)]
  }

  roundCaption (caption, { section, index }) {
    if (!section.repeats) return caption
    return [caption, h('p.nhsuk-hint', ask.of(index + 1, roundsIn(section, this.draft.answers)))]
  }

  numberOf (place) {
    const all = this.reading.places.filter(({ question }) => question.kind !== 'note')
    const at = place && all.findIndex((one) => keyOf(one) === keyOf(place))
    return place && at >= 0 ? ask.of(at + 1, all.length) : ''
  }

  section (label) {
    const { section, rounds } = this.step
    const many = section.repeats ? roundsIn(section, this.draft.answers) : 1
    const roundOf = (index) => section.questions.map((question) => this.field({ section, question, index }, false))
    const made = Array.from({ length: many }, (_, index) => roundOf(index))
    this.fields = made.flat()
    this.showAsked()
    const nothing = !section.repeats && !this.step.places.length ? h('p', ask.nothing) : ''
    return [
      heading(label, 'm'), nothing,
      made.map((round, index) => [
        section.repeats ? h('h2.nhsuk-heading-s', String(index + 1)) : '', round.map(({ node }) => node)
      ]),
      rounds ? this.rounds() : ''
    ]
  }

  field (place, isHeading) {
    return field(place, {
      answers: this.draft.answers,
      language: this.draft.language,
      isHeading,
      draft: this.draft,
      photosAllowed: this.visit.photos,
      changed: (draft) => { this.kept(draft); this.app.trouble(null) },
      trouble: (error) => this.trouble(error),
      during: (act, words) => this.during(act, words),
      answer: (value) => this.keep(keyOf(place), ({ answers }) => ({ answers: withAnswer(answers, place, value) })),
      typed: (answer) => ({ draft: this.draft.id, place: named(place), answer })
    })
  }

  rounds (title = '') {
    const { section } = this.step
    const many = roundsIn(section, this.draft.answers)
    const more = async () => {
      await this.keep(section.name, ({ answers }) => ({ answers: withRounds(answers, section, many + 1) }))
      const first = `${section.questions[0].name}.${many}`
      if (this.draft.mode === 'section') this.app.redraw({ focus: idOf(first) })
      else this.app.go(this.way(first))
    }
    const fewer = async () => {
      await this.act(section.name, () => takeRoundAway(this.draft.id, section))
      this.app.redraw()
    }
    return h('div.nhsuk-form-group', title, h('p', ask.rounds(many)),
      many < MOST_ROUNDS ? h('p.app-ways', button(many ? ask.another : ask.more, more, 'secondary')) : '',
      many ? afterAsking(ask.fewer, ask.fewerAsk, ask.fewerYes, fewer) : '')
  }

  languages () {
    const others = this.compiled.languages.filter(({ code }) => code !== this.draft.language)
    return h('p.app-ways', others.map(({ code, name }) => {
      const way = asLink(name, async () => {
        await this.act(LANGUAGE, () => choose(this.draft.id, { language: code }))
        // Also where the address says no more than to go on: the same question in another language.
        if (!this.key) history.replaceState(null, '', this.way(this.step.key))
        this.app.redraw()
      })
      way.lang = languageTag(code)
      return way
    }))
  }

  keep (what, how) { return this.act(what, () => change(this.draft.id, how)) }

  // One after the other, so that what was answered last is what is kept.
  act (what, how) {
    this.saving = this.saving.then(async () => {
      try {
        await keep(async () => this.kept(await how()), `${this.draft.id} ${what}`)
        // What went wrong before is put right; what is not kept yet is still said.
        this.app.trouble(null)
      } catch (error) {
        this.trouble(error)
      }
    })
    return this.saving
  }

  // A photo takes a slow phone a while: nobody finishes a visit before it is kept.
  during (act, words) {
    this.said.textContent = words
    this.taking = this.taking.then(act)
    return this.taking
  }

  kept (draft) {
    this.draft = draft
    this.showAsked()
    this.sayKept()
  }

  // Nobody is told so while they still write it.
  get isWrong () { return this.wrongs.some(({ isBusy }) => !isBusy()) }

  get wrongs () { return this.fields.filter(({ key }) => this.reading.problems[key]) }

  // What is wrong is kept as it was typed too, and not called safe; nor is what is still written.
  sayKept () {
    const words = this.wrongs.length ? '' : states.safe
    this.said.textContent = this.isWrong ? states.asTyped : words
    this.said.classList.toggle('app-visits-unsure', this.isWrong)
  }

  trouble (error) {
    this.said.textContent = ''
    this.app.trouble(error)
  }

  // Hides what is not asked any more, and shows what is, as things are answered now; what was wrong and is not goes.
  showAsked () {
    const { places, problems } = this.reading
    const asked = new Set(places.map(keyOf))
    for (const one of this.fields) {
      if (this.draft.mode === 'section') one.node.hidden = !asked.has(one.key)
      one.takeBack(problems[one.key])
    }
  }

  // What another tab kept is shown here too, but for what is being typed.
  async hear (news) {
    // What could not be kept before is kept now, perhaps from another screen.
    const isAgain = news.what === 'again' && !whyUnkept(this.draft.id)
    if (!isAgain && (news.what !== 'draft' || news.own || news.id !== this.draft.id)) return
    // After what is kept just now, so that nothing older is shown in its place.
    const shown = this.saving.then(() => this.showAnew(news))
    this.saving = shown.catch(() => {})
    await shown
  }

  async showAnew ({ what, late }) {
    const now = await draftOf(this.visit.id)
    if (!now) return this.app.go(this.here)
    this.draft = now
    for (const [at, one] of this.fields.entries()) one.show(this.answerOf(at))
    this.showAsked()
    if (what === 'again') return
    if (late) this.sayKept()
    else this.said.textContent = ask.elsewhere
  }

  answerOf (at) {
    const found = this.reading.places.find((place) => keyOf(place) === this.fields[at].key)
    return found ? this.valueAt(found) : ''
  }

  valueAt ({ section, question, index }) {
    const home = section.repeats ? this.draft.answers[section.name]?.[index] : this.draft.answers
    return home?.[question.name] ?? ''
  }

  async leave () {
    await keepTyping()
    await Promise.all([this.saving, this.taking])
  }

  async next () {
    await this.leave()
    if (whyUnkept(this.draft.id)) return
    const { problems } = this.reading
    for (const one of this.fields) one.say(problems[one.key] ?? '')
    const wrongs = this.wrongs.map(({ key }) => ({ id: idOf(key), words: problems[key] }))
    if (wrongs.length) {
      this.wrong.replaceChildren(errorSummary(troubles.check, wrongs))
      return this.wrong.firstChild.focus()
    }
    this.app.go(this.isChange ? this.afterChange() : this.following())
  }

  following () {
    const steps = this.steps
    const at = steps.findIndex(({ key }) => key === this.step.key)
    return at + 1 < steps.length ? this.way(steps[at + 1].key) : this.review()
  }

  afterChange () {
    // As a whole: what a section at a time asks anew in itself was seen on its screen.
    comesBy(this.visit.id, this.steps, this.steps.find(({ key }) => key === this.step.key) ?? this.step)
    const anew = askedAnew(this.visit.id, this.steps, this.draft, this.reading)
    return anew ? this.way(anew.key) : this.review(this.key)
  }
}
