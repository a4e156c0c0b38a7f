// What could not be kept yet, such as on a full phone: it is tried again, also from another screen.
import { Gone } from './drafts.js';
import { SignedOut } from './keys.js';

// By what it is: of one thing only what was said last is kept.
const open = new Map()
// By the same: what was said last, which may be under way still.
const newest = new Map()
let count = 0

// Keeps something, or remembers that it has to be kept. `what` names it, such as the place of an answer; it begins with
// the id of the draft, or of the visit, to which that belongs.
export function keep (act, what) {
  const number = ++count
  const kept = attempt(act, what, number)
  newest.set(what, { number, tried: kept.catch(() => {}) })
  return kept
}

// There is nothing any more to which it belongs.
const isOver = (error) => error instanceof Gone || error instanceof SignedOut

async function attempt (act, what, number) {
  const isLast = () => !(newest.get(what)?.number > number)
  try {
    const done = await act()
    if (isLast()) open.delete(what)
    return done
  } catch (error) {
    if (isLast()) isOver(error) ? open.delete(what) : open.set(what, { act, error, number })
    throw error
  }
}

// It went another way.
export const forget = (what) => open.delete(what)

// Whoever signed out leaves nothing behind for whoever comes next.
export function forgetAll () {
  open.clear()
  newest.clear()
}

export async function keepAgain () {
  for (const what of [...open.keys()]) {
    await newestTried(what)
    const one = open.get(what)
    if (one) await attempt(one.act, what, one.number).catch(() => {})
  }
}

// What was said since comes first: what went wrong before is not to be kept over it.
async function newestTried (what) {
  let last
  while (last !== newest.get(what)) {
    last = newest.get(what)
    await last.tried
  }
}

// Of one draft, or of all.
export const whyUnkept = (id = '') => [...open].find(([what]) => what.startsWith(id))?.[1].error
