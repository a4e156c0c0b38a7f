// A PIN, for whoever wants one. The key of what is kept is then made of it and of a key that never leaves the phone,
// and is only in memory: whoever unlocks the phone opens nothing without the PIN.
import { database, note, writeNote } from './database.js';
import { encryptAnew } from './kept.js';
import { decrypt, encrypt, NothingOpens, openWith, OWN } from './keys.js';
import { alone } from './locks.js';
import { noteOf, phoneOf } from './phones.js';
import { clearPhone } from './signing_out.js';
import { tell } from './telling.js';

const MIXING = 'mixing'
const ROUNDS = 600_000
const BEFORE_WAITING = 5 // wrong tries
export const MOST = 10 // wrong tries, then the phone is cleared
const WAIT = 60_000 // milliseconds
export const SHAPE = /^[0-9]{4,12}$/

export const hasPin = async () => Boolean(await note('pin'))

// A PIN goes with signing out; that there was one stands with the phone's credential, which stays.
export async function hadPin () {
  return !await hasPin() && Boolean((await ownPhone())?.pin)
}

// It is said once.
export async function forgetOlderPin () {
  if (await hadPin()) await noteWhether(false)
}

const ownPhone = async () => phoneOf(await note('owner'))

async function noteWhether (pin) {
  const phone = await ownPhone()
  if (phone) await noteOf(phone, { pin })
}

async function keyOf (pin, salt, mixing) {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }
  const bits = await crypto.subtle.deriveBits(slow, typed, 256)
  const mixed = await crypto.subtle.sign('HMAC', mixing, bits)
  return crypto.subtle.importKey('raw', mixed, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function choosePin (pin) {
  await alone('drafts', async () => {
    const salt = crypto.getRandomValues(new Uint8Array(16))
    const mixing = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])
    const key = await keyOf(pin, salt, mixing)
    const check = await encrypt('pin', new Uint8Array(16), key)
    const told = { salt, check, wrong: 0, until: 0 }
    await encryptAnew(key, { keys: { [OWN]: null, [MIXING]: mixing }, notes: { pin: told } })
    openWith(key)
    await noteWhether(true)
  })
  tell('pin')
}

export async function takePinAway () {
  await alone('drafts', async () => {
    const own = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    await encryptAnew(own, { keys: { [OWN]: own, [MIXING]: null }, notes: { pin: null } })
    openWith(null)
    await noteWhether(false)
  })
  tell('pin')
}

// `{ how, left }`: `open`; `wrong`, with how many tries are left; `wait`; or `cleared`, after too many.
export async function tryPin (pin) {
  return alone('pin', async () => {
    const told = await note('pin')
    if (Date.now() < told.until) return { how: 'wait' }
    // Counted before it is tried: ending the app in the middle gives no further try.
    const wrong = told.wrong + 1
    await writeNote('pin', { ...told, wrong, until: wrong >= BEFORE_WAITING ? Date.now() + WAIT : 0 })
    if (await opens(pin, told)) return { how: 'open' }
    if (wrong < MOST) return { how: wrong < BEFORE_WAITING ? 'wrong' : 'wait', left: MOST - wrong }
    await clearPhone({ ends: true })
    return { how: 'cleared' }
  })
}

async function opens (pin, told) {
  const key = await keyOf(pin, told.salt, await (await database()).get('keys', MIXING))
  try {
    await decrypt('pin', told.check, key)
  } catch (error) {
    if (error instanceof NothingOpens) return false
    throw error
  }
  openWith(key)
  await writeNote('pin', { ...told, wrong: 0, until: 0 })
  return true
}
