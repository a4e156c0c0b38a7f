// In which pieces a set is asked, one question or a section at a time, and how far somebody has come in it.
import { isAnswered, keyOf, readAnswers, roundsOf, today } from './asking.js';
import { states } from './words.js';

// Where the visit allows no photos, none is asked for; one that was taken before stays.
export function readingOf (compiled, draft, { photos }) {
  const reading = readAnswers(compiled, draft.answers, { today: today(), language: draft.language })
  if (photos) return reading
  const places = reading.places.filter((place) => place.question.kind !== 'photo' || draft.photos[keyOf(place)])
  const asks = new Set(places.map(({ section }) => section.name))
  const repeats = new Set(compiled.sections.filter((section) => section.repeats).map(({ name }) => name))
  return { ...reading, places, sections: reading.sections.filter((name) => asks.has(name) || repeats.has(name)) }
}

// `[{ key, section, places, rounds }]`: where `rounds` is true the step lets somebody add one more, or take one away.
export function stepsOf (compiled, reading, mode) {
  const asked = compiled.sections.filter(({ name }) => reading.sections.includes(name))
  return asked.flatMap((section) => mode === 'section' ? [whole(section, reading)] : singly(section, reading))
}

const placesIn = (section, reading) => reading.places.filter((place) => place.section === section)

function whole (section, reading) {
  return { key: section.name, section, places: placesIn(section, reading), rounds: Boolean(section.repeats) }
}

function singly (section, reading) {
  const places = placesIn(section, reading)
  const steps = places.map((place) => ({ key: keyOf(place), section, places: [place], rounds: false }))
  if (section.repeats) steps.push({ key: section.name, section, places: [], rounds: true })
  return steps
}

// The step in which a place stands: what "Change" leads to.
export function stepOf (steps, key) {
  return steps.find((step) => step.key === key || step.places.some((place) => keyOf(place) === key))
}

const isNote = ({ question }) => question.kind === 'note'

// The first step in which something that is asked has no answer yet, with what is said right before it; else the last.
export function firstOpen (steps, isDone) {
  const isOpen = (place) => !isNote(place) && !isDone(place)
  let at = steps.findIndex(({ places }) => places.some(isOpen))
  const onlySays = ({ places }) => places.length && places.every(isNote)
  while (at > 0 && onlySays(steps[at - 1])) at -= 1
  return steps.at(at)
}

export const roundsIn = (section, answers) => roundsOf(answers, section).length

// `{ section, first, many }` for each section that is asked: its first step, and how much of it is answered, in words.
export function progressOf (compiled, draft, reading) {
  const steps = stepsOf(compiled, reading, draft.mode)
  const done = isAnswered(reading, draft.photos)
  return compiled.sections.filter(({ name }) => reading.sections.includes(name)).map((section) => {
    const places = reading.places.filter((place) => place.section === section && place.question.kind !== 'note')
    return {
      section,
      first: steps.find((step) => step.section === section)?.key,
      many: states.answered(places.filter(done).length, places.length)
    }
  })
}
