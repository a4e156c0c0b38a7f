// "Concern now": words that go to the scheme's safeguarding lead before all else.
import { nowWritten, readClock } from './clock.js';
import { alone } from './database.js';
import { asSealed, empty, noteThrown, sealedCopy, write } from './drafts.js';
import { namesOf, read, readAll } from './kept.js';
import { encrypt } from './keys.js';
import { addressOf, receiptOf, waiting } from './queue.js';
import { isShutOut } from './shut_out.js';
import { tell } from './telling.js';

const WAITED_FOR = 60 * 24 * 60 * 60 * 1000 // milliseconds, as long as the server tells of it

const nameOf = (visitId) => `concern:${visitId}`
const raisedName = (id) => `raised:${id}`
const written = (value) => new TextEncoder().encode(JSON.stringify(value))
const copyOf = (id) => ({ instance: id, what: 'draft' })

// What somebody has begun to write and not sent, with `inside`, `yes` or `no`, where they said whether they were let in.
export async function begunWith (visitId) {
  const { words = '', inside } = await read(nameOf(visitId)) ?? {}
  return { words, inside }
}

// As what they leave the phone.
export const wordsDraft = async (visitId) => (await read(nameOf(visitId)))?.draft

// The visits on which somebody has begun to write one and has not sent it.
export async function begunOn () {
  return new Set((await namesOf('concern')).map((name) => name.slice(nameOf('').length)))
}

// Kept like a draft; if somebody signs out before they send it, it comes back to them as one without an answer.
export async function keepWords (visit, words, inside) {
  return alone('drafts', () => writeWords(visit, words, inside))
}

// The same, for whoever has the drafts to themselves already.
export async function writeWords (visit, words, inside, given) {
  const name = nameOf(visit.id)
  const draft = given ?? await wordsDraft(visit.id) ?? await empty(visit)
  if (!words) {
    await write({ without: [name], withoutParts: [addressOf(copyOf(draft.id))] })
    return noteThrown(draft)
  }
  return write({
    kept: { [name]: await encrypt(name, written({ words, inside, draft })) },
    parts: [await sealedCopy(copyOf(draft.id), written(asSealed({ ...draft, concern: words, inside })))]
  })
}

// Sealed at once; gives the id by which its receipt is found.
export async function raise ({ visit, words, inside }) {
  const id = crypto.randomUUID()
  await readClock()
  const told = { id, visit, words, inside, raised_at: nowWritten(), salt: crypto.randomUUID() }
  await alone('drafts', async () => {
    const before = await wordsDraft(visit)
    const part = await sealedCopy({ instance: id, what: 'concern' }, written(told))
    const raised = { id, visit, raised_at: told.raised_at }
    await write({
      kept: { [raisedName(id)]: await encrypt(raisedName(id), written(raised)) },
      parts: [{ ...part, turn: '' }],
      without: [nameOf(visit)],
      withoutParts: before ? [addressOf(copyOf(before.id))] : []
    })
    // The server may not have heard that they had come back.
    if (before) await noteThrown(before)
  })
  tell('state')
  return id
}

// What they raised on a visit, the last one first: when, and how it stands, as `{ id, raised_at, state, whom, at }`, and
// `why` where it was refused. None of its words is on this phone any more.
export async function raisedOn ({ id: visitId, concerns = [] }) {
  const onVisit = ({ visit }) => visit === visitId
  const told = [...concerns, ...(await readAll('told')).filter(onVisit)]
  const ids = new Set(told.map(({ id }) => id))
  const own = (await readAll('raised')).filter((one) => onVisit(one) && !ids.has(one.id))
  const [queue, isShut] = [await waiting(), await isShutOut()]
  return lastFirst([...told, ...await Promise.all(own.map((one) => asItStands(one, queue, isShut)))])
}

// What they raised in the last weeks on visits that are theirs to log no more, as the server told it.
export const raisedBefore = async () => lastFirst(await readAll('told'))

const lastFirst = (all) => all.sort((one, other) => one.raised_at < other.raised_at ? 1 : -1)

async function asItStands (raised, queue, isShut) {
  if (await receiptOf(raised.id, 'concern')) return { ...raised, state: 'received' }
  const part = queue.find(({ instance }) => instance === raised.id)
  // On a full phone it arrives without a receipt.
  if (!part) return { ...raised, state: 'received' }
  if (part.refused) return { ...raised, state: 'refused', why: part.refused }
  return { ...raised, state: isShut ? 'shut' : 'waits' }
}

// Of those that the server does not tell of itself by now: the visits that they were raised on.
export async function visitsRaisedOn (told) {
  const all = await readAll('raised')
  return all.filter(({ id, raised_at: at }) => !told.has(id) && Date.now() - Date.parse(at) < WAITED_FOR)
    .map(({ visit }) => visit)
}

// The names of those that the server tells of itself by now, or whose visit is on this phone no more.
export async function toldElsewhere (told, visits) {
  const names = await namesOf('raised')
  const all = await Promise.all(names.map(read))
  // Another tab may have let go of one meanwhile.
  return names.filter((name, at) => told.has(all[at]?.id) || !visits.has(all[at]?.visit))
}
