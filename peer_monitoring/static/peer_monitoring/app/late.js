// What somebody typed on a page that ended before it had kept it: the worker keeps it, under the key that the page had.
import { withAnswer } from './asking.js';
import { keepWords } from './concerns.js';
import { change, Gone } from './drafts.js';
import { read } from './kept.js';
import { openWith } from './keys.js';
import { tell } from './telling.js';

let before = Promise.resolve()

// `typed` is a list of `{ draft, place, answer }`, of `{ draft, stopped }`, which is why it is not finished, and of
// `{ concern, words, inside }` with the visit that those are about; `key` is what a PIN opened, or null.
// The worker has one key: what a page hands over waits for what came before.
export function keepLate (handed) {
  before = before.then(() => keepUnder(handed))
  return before
}

async function keepUnder ({ typed, key }) {
  openWith(key)
  try {
    for (const one of typed) await keepOrGoOn(one)
  } finally {
    openWith(null)
  }
}

// What goes wrong with one answer loses no other.
async function keepOrGoOn (one) {
  try {
    await keepOne(one)
  } catch (error) {
    console.info(error)
  }
}

async function keepOne ({ draft, place, answer, stopped, concern, words, inside }) {
  if (concern) return keepConcern(concern, words, inside)
  const how = ({ answers }) => stopped ? { stopped } : { answers: withAnswer(answers, place, answer) }
  try {
    await change(draft, how, { late: true })
  } catch (error) {
    if (!(error instanceof Gone)) throw error
  }
}

async function keepConcern (id, words, inside) {
  const visit = await read(`visit:${id}`)
  if (!visit) return
  await keepWords(visit, words, inside)
  tell('words', { id })
}
