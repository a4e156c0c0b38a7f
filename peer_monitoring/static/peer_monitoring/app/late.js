// What somebody typed on a page that ended before it had kept it: the worker keeps it, under the key that the page had.
import { withAnswer } from './asking.js';
import { keepWords } from './concerns.js';
import { change, Gone } from './drafts.js';
import { read } from './kept.js';
import { openWith } from './keys.js';
import { tell } from './telling.js';

// `typed` is a list of `{ draft, place, answer }`, and of `{ concern, words }` with the visit that those are about; `key`
// is what a PIN opened, or null.
export async function keepLate ({ typed, key }) {
  openWith(key)
  try {
    for (const one of typed) await keepOne(one)
  } finally {
    openWith(null)
  }
}

async function keepOne ({ draft, place, answer, concern, words }) {
  if (concern) return keepConcern(concern, words)
  try {
    await change(draft, ({ answers }) => ({ answers: withAnswer(answers, place, answer) }), { late: true })
  } catch (error) {
    if (!(error instanceof Gone)) throw error
  }
}

async function keepConcern (id, words) {
  const visit = await read(`visit:${id}`)
  if (!visit) return
  await keepWords(visit, words)
  tell('words', { id })
}
