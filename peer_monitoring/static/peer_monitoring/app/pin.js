// A PIN, for whoever wants one. The key of what is kept is then made of it and of a key that never leaves the phone,
// and is only in memory: whoever unlocks the phone opens nothing without the PIN.
import { alone, database, note, noteOf, phoneOf } from './database.js';
import { encryptAnew } from './kept.js';
import { decrypt, encrypt, NothingOpens, openWith, OWN } from './keys.js';
import { allTries, giveTriesBack, mustWait, noTries, takeTry } from './pin_tries.js';
import { clearPhone } from './signing_out.js';
import { tell } from './telling.js';

const MIXING = 'mixing'
const ROUNDS = 600_000
const SHAPE = /^[0-9]{4,12}$/
const RUNS = ['0123456789'.repeat(3), '9876543210'.repeat(3)]

// Why nobody may choose a PIN: `shape`, or `easy` where each digit is as far from the one before, or every second digit
// is the same.
export function wrongWithPin (pin) {
  if (!SHAPE.test(pin)) return 'shape'
  const later = [...pin].slice(2)
  const isEven = later.every((digit, at) => digit - pin[at + 1] === pin[1] - pin[0])
  const isPairs = later.every((digit, at) => digit === pin[at])
  return isEven || isPairs || RUNS.some((run) => run.includes(pin)) ? 'easy' : ''
}

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
    await encryptAnew(key, { keys: { [OWN]: null, [MIXING]: mixing }, notes: { pin: { salt, check }, ...allTries() } })
    openWith({ key, salt })
    await noteWhether(true)
  })
  tell('pin')
}

export async function takePinAway () {
  await alone('drafts', async () => {
    const own = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    await encryptAnew(own, { keys: { [OWN]: own, [MIXING]: null }, notes: { pin: null, ...noTries() } })
    openWith(null)
    await noteWhether(false)
  })
  tell('pin')
}

// `{ how, left }`: `open`; `wrong`, with how many tries are left; `wait`; or `cleared`, after too many.
export async function tryPin (pin) {
  return alone('pin', async () => {
    const told = await toldOfPin()
    // Another tab took it away, or signed out.
    if (!told) return { how: 'open' }
    if (await mustWait()) return { how: 'wait' }
    if (await opens(pin, told)) {
      await giveTriesBack()
      return { how: 'open' }
    }
    // Counted before it is said: ending the app in the middle gives no further try.
    const { left, waits } = await takeTry()
    if (left) return { how: waits ? 'wait' : 'wrong', left }
    await clearPhone({ ends: true })
    return { how: 'cleared' }
  })
}

async function toldOfPin () {
  const reading = (await database()).transaction(['notes', 'keys'])
  const [told, mixing] = await Promise.all([
    reading.objectStore('notes').get('pin'), reading.objectStore('keys').get(MIXING)
  ])
  return told && { ...told, mixing }
}

async function opens (pin, { salt, check, mixing }) {
  const key = await keyOf(pin, salt, mixing)
  try {
    await decrypt('pin', check, key)
  } catch (error) {
    if (error instanceof NothingOpens) return false
    throw error
  }
  openWith({ key, salt })
  return true
}
