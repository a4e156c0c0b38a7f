// What is kept on this phone and can be read on it again: each thing encrypted under its name, such as `draft:<id>`.
import { database, note } from './database.js';
import { decrypt, encrypt, SignedOut } from './keys.js';

const written = (value) => new TextEncoder().encode(JSON.stringify(value))
const readAgain = (bytes) => JSON.parse(new TextDecoder().decode(bytes))

// Several at once, all of them or none; what is null is let go of.
export async function keepAll (values) {
  const sealed = []
  for (const [name, value] of Object.entries(values)) {
    sealed.push([name, value === null ? null : await encrypt(name, written(value))])
  }
  const change = (await database()).transaction('kept', 'readwrite')
  for (const [name, value] of sealed) value === null ? change.store.delete(name) : change.store.put(value, name)
  await change.done
}

export async function read (name) {
  const bytes = await readBytes(name)
  return bytes && readAgain(bytes)
}

export async function readBytes (name) {
  const sealed = await (await database()).get('kept', name)
  return sealed && decrypt(name, sealed)
}

export async function namesOf (kind) {
  return (await database()).getAllKeys('kept', IDBKeyRange.bound(`${kind}:`, `${kind};`, false, true))
}

export async function readAll (kind) {
  return Promise.all((await namesOf(kind)).map(read))
}

// Everything anew under another key, together with what stands beside it: `keys` and `notes` by name, null for none.
export async function encryptAnew (key, beside) {
  const db = await database()
  const sealed = []
  // Whoever signed out meanwhile leaves no key, and no PIN for whoever comes next.
  if (!await note('owner')) throw new SignedOut()
  for (const name of await db.getAllKeys('kept')) sealed.push([name, await encrypt(name, await readBytes(name), key)])
  const change = db.transaction(['kept', 'keys', 'notes'], 'readwrite')
  for (const [name, value] of sealed) change.objectStore('kept').put(value, name)
  for (const [store, values] of Object.entries(beside)) {
    for (const [name, value] of Object.entries(values)) {
      if (value === null) change.objectStore(store).delete(name)
      else change.objectStore(store).put(value, name)
    }
  }
  await change.done
}
