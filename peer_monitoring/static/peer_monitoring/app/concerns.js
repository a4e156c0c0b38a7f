// "Concern now": words that go to the scheme's safeguarding lead before all else.
import { nowWritten, readClock } from './clock.js';
import { asSealed, empty, sealedCopy, write } from './drafts.js';
import { namesOf, read, readAll } from './kept.js';
import { encrypt } from './keys.js';
import { alone } from './locks.js';
import { addressOf, receiptOf, waiting } from './queue.js';
import { tell } from './telling.js';

const nameOf = (visitId) => `concern:${visitId}`
const raisedName = (id) => `raised:${id}`
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
    const raised = { id, visit, raised_at: told.raised_at }
    await write({
      kept: { [raisedName(id)]: await encrypt(raisedName(id), written(raised)) },
      parts: [{ ...part, turn: '' }],
      without: [nameOf(visit)],
      withoutParts: before ? [addressOf(copyOf(before.draft.id))] : []
    })
  })
  tell('state')
  return id
}

// What they raised on a visit, the last one first: when, and how it stands, as `{ raised_at, state, whom, at }`. None of
// its words is on this phone any more.
export async function raisedOn ({ id: visitId, concerns = [] }) {
  const told = new Set(concerns.map(({ id }) => id))
  const own = (await readAll('raised')).filter(({ id, visit }) => visit === visitId && !told.has(id))
  const queue = await waiting()
  const found = [...concerns, ...await Promise.all(own.map((one) => asItStands(one, queue)))]
  return found.sort((one, other) => one.raised_at < other.raised_at ? 1 : -1)
}

async function asItStands (raised, queue) {
  if (await receiptOf(raised.id, 'concern')) return { ...raised, state: 'received' }
  const part = queue.find(({ instance }) => instance === raised.id)
  // On a full phone it arrives without a receipt.
  return { ...raised, state: part ? part.refused ? 'refused' : 'waits' : 'received' }
}

// The names of those that the server tells of itself by now, or whose visit is on this phone no more.
export async function toldElsewhere (visits) {
  const told = new Set(visits.flatMap(({ concerns = [] }) => concerns.map(({ id }) => id)))
  const here = new Set(visits.map(({ id }) => id))
  const names = await namesOf('raised')
  const all = await Promise.all(names.map(read))
  return names.filter((name, at) => told.has(all[at].id) || !here.has(all[at].visit))
}
