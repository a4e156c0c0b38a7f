// What could not be kept yet, such as on a full phone: it is tried again, also from another screen.
import { Gone } from './drafts.js';
import { SignedOut } from './keys.js';

// By what it is: of one thing only what was said last is kept.
const open = new Map()
let count = 0

// Keeps something, or remembers that it has to be kept. `what` names it, such as the place of an answer.
export const keep = (act, what = act) => attempt(act, what, ++count)

// There is nothing any more to which it belongs.
const isOver = (error) => error instanceof Gone || error instanceof SignedOut

async function attempt (act, what, number) {
  const isLast = () => !(open.get(what)?.number > number)
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
export const forgetAll = () => open.clear()

export async function keepAgain () {
  for (const what of [...open.keys()]) {
    const one = open.get(what)
    if (one) await attempt(one.act, what, one.number).catch(() => {})
  }
}

export const whyUnkept = () => open.values().next().value?.error
