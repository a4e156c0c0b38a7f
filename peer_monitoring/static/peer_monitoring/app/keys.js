// The key of what is kept on this phone: made here, never given out, gone with signing out. And the server's public
// key, for which is sealed what leaves the phone.
import { database, note } from './database.js';

export const OWN = 'own'
const SERVER = 'server'
const NONCE = 12

export class NothingOpens extends Error {}
export class Locked extends Error {}
export class SignedOut extends Error {}

// What a PIN opened stands in the memory of this page alone: `{ key, salt }`. Where another tab chose another PIN since
// then, nothing is kept with this key any more.
let opened = null

export function openWith (found) {
  opened = found
}

export const keyInMemory = () => opened

const opens = ({ salt }) => Boolean(opened) && String(opened.salt) === String(salt)

export async function isLocked () {
  const pin = await note('pin')
  return Boolean(pin) && !opens(pin)
}

async function ownKey () {
  const db = await database()
  // All at once: every answer is kept and read again under this key, on phones that are slow.
  const [owner, pin, found] = await Promise.all([note('owner'), note('pin'), db.get('keys', OWN)])
  // Whoever signed out meanwhile has no key, and gets no other one.
  if (!owner) throw new SignedOut()
  if (pin) {
    if (opens(pin)) return opened.key
    throw new Locked()
  }
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
export async function encrypt (name, bytes, key) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
  const text = await crypto.subtle.encrypt(around(name, nonce), key ?? await ownKey(), bytes)
  return { nonce, text }
}

export async function decrypt (name, { nonce, text }, key) {
  const own = key ?? await ownKey()
  try {
    return new Uint8Array(await crypto.subtle.decrypt(around(name, nonce), own, text))
  } catch {
    throw new NothingOpens(name)
  }
}

const around = (name, iv) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) })

export async function keepServerKey ({ spki }) {
  await (await database()).put('keys', { spki }, SERVER)
}

// `{ name, key }`: eight bytes, and what wraps.
export async function serverKey () {
  const { spki } = await (await database()).get('keys', SERVER)
  const bytes = Uint8Array.from(atob(spki), (letter) => letter.charCodeAt(0))
  const name = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 8)
  const key = await crypto.subtle.importKey('spki', bytes, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt'])
  return { name, key }
}
