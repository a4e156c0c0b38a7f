// "Concern now": words that go to the scheme's safeguarding lead before all else.
import { nowWritten, readClock } from './clock.js';
import { asSealed, empty, sealedCopy, write } from './drafts.js';
import { read } from './kept.js';
import { encrypt } from './keys.js';
import { alone } from './locks.js';
import { addressOf } from './queue.js';
import { tell } from './telling.js';

const nameOf = (visitId) => `concern:${visitId}`
const written = (value) => new TextEncoder().encode(JSON.stringify(value))
const copyOf = (id) => ({ instance: id, what: 'draft' })

// What somebody has begun to write and not sent.
export async function begun (visitId) {
  return (await read(nameOf(visitId)))?.words ?? ''
}

// Kept like a draft; if somebody signs out before they send it, it comes back to them as one without an answer.
export async function keepWords (visit, words) {
  return alone('drafts', () => writeWords(visit, words))
}

// The same, for whoever has the drafts to themselves already.
export async function writeWords (visit, words) {
  const name = nameOf(visit.id)
  const draft = (await read(name))?.draft ?? await empty(visit)
  if (!words) return write({ without: [name], withoutParts: [addressOf(copyOf(draft.id))] })
  return write({
    kept: { [name]: await encrypt(name, written({ words, draft })) },
    parts: [await sealedCopy(copyOf(draft.id), written(asSealed({ ...draft, concern: words })))]
  })
}

// Sealed at once; gives the id by which its receipt is found.
export async function raise ({ visit, words, inside }) {
  const id = crypto.randomUUID()
  await readClock()
  const told = { id, visit, words, inside, raised_at: nowWritten() }
  await alone('drafts', async () => {
    const before = await read(nameOf(visit))
    const part = await sealedCopy({ instance: id, what: 'concern' }, written(told))
    await write({
      parts: [{ ...part, turn: '' }],
      without: [nameOf(visit)],
      withoutParts: before ? [addressOf(copyOf(before.draft.id))] : []
    })
  })
  tell('state')
  return id
}
