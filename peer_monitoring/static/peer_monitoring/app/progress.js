// How far somebody has come in each section.
import { isAnswered, readAnswers, today } from './asking.js';
import { stepsOf } from './steps.js';
import { states } from './words.js';

export const readingOf = (compiled, draft) =>
  readAnswers(compiled, draft.answers, { today: today(), language: draft.language })

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
