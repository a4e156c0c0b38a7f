// What was sealed and waits to be sent. Each part stands under its address, `<instance id>/<what>`, and can be read by
// nobody on this phone. A part with a `turn` is a copy of what is not finished: it goes when that turn at the phone is
// over, which it is with signing out.
import { database, note } from './database.js';
import { seal, sha256 } from './sealing.js';

// The order in which parts go: whoever is in danger first.
const ORDER = ['concern', 'record', 'draft', 'photos']
const kindOf = (what) => what.split('/')[0]

// `owner` is who sealed it: it goes with their credential. `hash` is what a receipt names.
export async function makePart ({ instance, what, owner, turn = '', bytes, key }) {
  return {
    instance,
    what,
    owner,
    turn,
    hash: await sha256(bytes),
    body: await seal(bytes, `${instance}/${what}`, key),
    added: Date.now(),
    tries: 0,
    refused: ''
  }
}

export const addressOf = ({ instance, what }) => `${instance}/${what}`

export async function waiting () {
  const turn = await note('turn')
  const parts = (await (await database()).getAll('queue')).filter((part) => !part.turn || part.turn !== turn)
  const place = (part) => ORDER.indexOf(kindOf(part.what))
  return parts.sort((one, other) => place(one) - place(other) || one.tries - other.tries || one.added - other.added)
}

// What was tried and did not go: with how often, and why not if that is for good.
export async function changePart (part, change) {
  const writing = (await database()).transaction('queue', 'readwrite')
  const now = await writing.store.get(addressOf(part))
  if (now) writing.store.put({ ...now, ...change }, addressOf(part))
  await writing.done
}

// A receipt names it: the server holds it, and the phone lets go.
export async function arrived (part, receipt) {
  const change = (await database()).transaction(['queue', 'receipts'], 'readwrite')
  const now = await change.objectStore('queue').get(addressOf(part))
  // What was sealed anew under the same address meanwhile has not arrived.
  if (now?.hash === part.hash) change.objectStore('queue').delete(addressOf(part))
  change.objectStore('receipts').put(receipt, `${part.instance}/${kindOf(part.what)}`)
  await change.done
}

export async function receiptOf (instance, kind) {
  return (await database()).get('receipts', `${instance}/${kind}`)
}
