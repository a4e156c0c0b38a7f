// The key of what is kept on this phone: made here, never given out, gone with signing out. And the server's public
// key, for which is sealed what leaves the phone.
import { database } from './database.js';

const OWN = 'own'
const SERVER = 'server'
const NONCE = 12

export class NothingOpens extends Error {}

async function ownKey () {
  const db = await database()
  const found = await db.get('keys', OWN)
  if (found) return found
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const change = db.transaction('keys', 'readwrite')
  // Another tab may have been quicker: there is one key.
  const first = await change.store.get(OWN)
  if (!first) change.store.put(made, OWN)
  await change.done
  return first ?? made
}

// The name under which it is kept is bound to it: one thing cannot be put in the place of another.
export async function encrypt (name, bytes) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
  const text = await crypto.subtle.encrypt(around(name, nonce), await ownKey(), bytes)
  return { nonce, text }
}

export async function decrypt (name, { nonce, text }) {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(around(name, nonce), await ownKey(), text))
  } catch {
    throw new NothingOpens(name)
  }
}

const around = (name, iv) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) })

export async function keepServerKey ({ name, spki }) {
  await (await database()).put('keys', { name, spki }, SERVER)
}

// `{ name, key }`: eight bytes, and what wraps.
export async function serverKey () {
  const { spki } = await (await database()).get('keys', SERVER)
  const bytes = Uint8Array.from(atob(spki), (letter) => letter.charCodeAt(0))
  const name = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 8)
  const key = await crypto.subtle.importKey('spki', bytes, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt'])
  return { name, key }
}
