// "Change" on the last screen leads back to it, through whatever is asked anew because of the change.
import { isAnswered, keyOf } from './asking.js';
import { roundsIn } from './steps.js';

// The end of an address: this question is changed, and then comes the last screen again.
export const CHANGED = 'change'

// What had been asked when somebody saw the last screen, and what they have come by since: by the visit.
const seen = new Map()

const keysOf = (steps) => steps.flatMap(({ key, places }) => [key, ...places.map(keyOf)])

export function sawAll (visitId, steps) {
  seen.set(visitId, new Set(keysOf(steps)))
}

// A phone that was opened anew in the middle knows only what is asked now.
export function comesBy (visitId, steps, step) {
  if (!seen.has(visitId)) sawAll(visitId, steps)
  for (const key of keysOf([step])) seen.get(visitId).add(key)
}

// The first step that is asked since and that nobody has answered, or none.
export function askedAnew (visitId, steps, draft, reading) {
  const known = seen.get(visitId) ?? new Set()
  const isOpen = (place) => !known.has(keyOf(place)) && !isAnswered(reading, draft.photos)(place)
  const isNew = ({ key, section, places, rounds }) =>
    places.some(isOpen) || (rounds && !known.has(key) && !roundsIn(section, draft.answers))
  return steps.find(isNew)
}
