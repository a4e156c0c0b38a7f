// The database of this browser (docs/adr/0071). Words of anybody stand in `kept` alone, encrypted, and in `queue`,
// sealed; what stands in `phones`, `receipts` and `notes` says nothing of a visit.
import { openDB } from '../../idb/index.js';

const NAME = 'alongside-visits'
const EDITION = 1
const STORES = ['keys', 'kept', 'queue', 'receipts', 'phones', 'notes']
let opened

export function database () {
  opened ??= openDB(NAME, EDITION, {
    upgrade (made) {
      for (const name of STORES) made.createObjectStore(name)
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

export async function forgetNote (name) {
  return (await database()).delete('notes', name)
}
