// What was sealed and waits to be sent. Each part stands under its address, `<instance id>/<what>`, and can be read by
// nobody on this phone. A part with a `turn` is a copy of what is not finished: it goes when that turn at the phone is
// over, which it is with signing out. What is sealed stands beside, so that counting what waits reads no photo.
import { database, getOrKnown, putIfRoom } from './database.js';
import { seal, sha256 } from './sealing.js';

// The order in which parts go: whoever is in danger first.
const ORDER = ['concern', 'record', 'draft', 'photos']
export const kindOf = (what) => what.split('/')[0]

// `owner` is who sealed it: it goes with their credential. `hash` is what a receipt names.
export async function makePart ({ instance, what, owner, turn = '', bytes, key }) {
  return {
    instance,
    what,
    owner,
    turn,
    hash: await sha256(bytes),
    body: await seal(bytes, `${instance}/${what}`, key),
    added: Date.now()
  }
}

export const addressOf = ({ instance, what }) => `${instance}/${what}`

// Where a part stands: a change that has these can put parts, and drop them.
export const PART_STORES = ['queue', 'bodies', 'tries']

export function putPart (change, { body, ...part }) {
  const address = addressOf(part)
  change.objectStore('queue').put(part, address)
  change.objectStore('bodies').put(body, address)
  change.objectStore('tries').delete(address)
}

export function dropPart (change, address) {
  for (const store of PART_STORES) change.objectStore(store).delete(address)
}

// What waits, in the order in which it goes: with how often each was tried, and why it was refused.
export async function waiting () {
  const reading = (await database()).transaction(['notes', 'queue'])
  const [turn, all] = await Promise.all([
    reading.objectStore('notes').get('turn'), reading.objectStore('queue').getAll()
  ])
  const parts = await Promise.all(all.filter((part) => !part.turn || part.turn !== turn).map(withTries))
  const place = (part) => ORDER.indexOf(kindOf(part.what))
  return parts.sort((one, other) => place(one) - place(other) || one.tries - other.tries || one.added - other.added)
}

async function withTries (part) {
  return { ...part, tries: 0, refused: '', ...await getOrKnown('tries', addressOf(part)) }
}

export async function bodyOf (part) {
  return (await database()).get('bodies', addressOf(part))
}

// What was tried and did not go: why not, if that is for good.
export async function tried (part, { refused = part.refused } = {}) {
  await putIfRoom('tries', { tries: part.tries + 1, refused }, addressOf(part))
}

// A receipt names it: the server holds it, and the phone lets go. On a full phone nothing can be put, also where what is
// let go of makes room; so what arrived goes without its receipt then.
export async function arrived (part, told) {
  const receipt = { ...told, at: Date.now() }
  const name = `${part.instance}/${kindOf(part.what)}`
  try {
    await letGo(part, ['receipts', 'notes'], async (change) => {
      // Nobody asks any more for one of whoever has signed out.
      if (await change.objectStore('notes').get('owner') !== part.owner) return
      // What was said of the photos of its draft says nothing of those of the record.
      if (part.what === 'record') change.objectStore('receipts').delete(`${part.instance}/photos`)
      return change.objectStore('receipts').put(receipt, name)
    })
  } catch {
    await letGo(part)
    await putIfRoom('receipts', receipt, name)
  }
}

async function letGo (part, others = [], besides = () => {}) {
  const change = (await database()).transaction([...PART_STORES, ...others], 'readwrite')
  const now = await change.objectStore('queue').get(addressOf(part))
  // What was sealed anew under the same address meanwhile has not arrived.
  if (now?.hash === part.hash) dropPart(change, addressOf(part))
  await Promise.all([besides(change), change.done])
}

export async function receiptOf (instance, kind) {
  return getOrKnown('receipts', `${instance}/${kind}`)
}
