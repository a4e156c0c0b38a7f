// What is kept on this phone and can be read on it again: each thing encrypted under its name, such as `draft:<id>`.
import { database } from './database.js';
import { decrypt, encrypt } from './keys.js';

const written = (value) => new TextEncoder().encode(JSON.stringify(value))
const readAgain = (bytes) => JSON.parse(new TextDecoder().decode(bytes))

export async function keep (name, value) {
  return keepBytes(name, written(value))
}

export async function keepBytes (name, bytes) {
  const sealed = await encrypt(name, bytes)
  await (await database()).put('kept', sealed, name)
}

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

export async function letGo (name) {
  return (await database()).delete('kept', name)
}
