// The database of this browser (docs/adr/0071). Words of anybody stand in `kept` alone, encrypted, and in
// `bodies`, sealed; what stands in `tries`, `phones`, `receipts` and `notes` says nothing of a visit.
import { openDB } from '../../idb/index.js';

const NAME = 'alongside-visits'
const EDITION = 2
export const TAKEN = 'taken' // the note of when the answer was given that was kept last
const STORES = ['keys', 'kept', 'queue', 'bodies', 'tries', 'receipts', 'phones', 'notes']
let opened

export function database () {
  opened ??= openDB(NAME, EDITION, {
    // What waits on a phone outlives the app that wrote it: a newer edition adds, and takes nothing away.
    upgrade (made) {
      for (const name of STORES) if (!made.objectStoreNames.contains(name)) made.createObjectStore(name)
    },
    // Another tab runs a newer app: it must not wait for this one.
    async blocking () {
      (await opened)?.close()
      forget()
    },
    terminated: forget
  })
  opened.catch(forget)
  return opened
}

function forget () {
  opened = undefined
}

export async function note (name) {
  return (await database()).get('notes', name)
}

export async function writeNote (name, value) {
  return (await database()).put('notes', value, name)
}

// What is good to have and not needed: where a full phone does not take it, this page alone knows it.
const unkept = new Map()

export async function putIfRoom (store, value, name) {
  try {
    await (await database()).put(store, value, name)
    unkept.delete(`${store} ${name}`)
  } catch {
    unkept.set(`${store} ${name}`, value)
  }
}

// The same of what stands there already, read and written in one step.
export async function changeIfRoom (store, name, how) {
  const known = await getOrKnown(store, name)
  try {
    const change = (await database()).transaction(store, 'readwrite')
    const now = await change.store.get(name)
    await Promise.all([now && change.store.put(how(now), name), change.done])
    unkept.delete(`${store} ${name}`)
  } catch {
    if (known) unkept.set(`${store} ${name}`, how(known))
  }
}

// What this page alone knows.
export const known = (store, name) => unkept.get(`${store} ${name}`)

export async function getOrKnown (store, name) {
  return known(store, name) ?? (await database()).get(store, name)
}

// --- What only one tab, or the worker, may do at a time ------------------------------------------------------

// A browser without Web Locks does it with nobody to wait for.
const named = (name) => `alongside-visits-${name}`

export function alone (name, act) {
  return navigator.locks ? navigator.locks.request(named(name), act) : act()
}

// Nothing at all where somebody else is at it.
export function aloneOrNot (name, act) {
  if (!navigator.locks) return act()
  return navigator.locks.request(named(name), { ifAvailable: true }, (lock) => lock ? act() : undefined)
}

// --- Phones, each by its owner -------------------------------------------------------------------------------

// Its id, its token, and whether it was shut out. On a full phone what could not be noted is known in memory, until
// there is another token.
export async function phoneOf (owner) {
  if (!owner) return undefined
  const kept = await (await database()).get('phones', owner)
  const noted = known('phones', owner)
  return noted && noted.token === kept?.token ? noted : kept
}

// Another tab may have made it ready again meanwhile: that is another token.
export async function noteOf (phone, noted) {
  await changeIfRoom('phones', phone.owner, (now) => now?.token === phone.token ? { ...now, ...noted } : now)
}
