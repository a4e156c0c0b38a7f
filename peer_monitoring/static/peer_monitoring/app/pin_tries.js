// How often a wrong PIN may still be typed. A wrong one takes a try away, for which there is room on a full phone too.
import { database, getOrKnown, putIfRoom } from './database.js';

const MOST = 10 // wrong tries, then the phone is cleared
const BEFORE_WAITING = 5 // wrong tries
const WAIT = 60_000 // milliseconds
const WAITS = 'pin waits'
const TRIES = Array.from({ length: MOST }, (_, at) => `pin try ${at}`)

// Notes, each by its name.
export const allTries = () => Object.fromEntries(TRIES.map((name) => [name, true]))
export const noTries = () => Object.fromEntries([...TRIES, WAITS].map((name) => [name, null]))

const triesIn = ({ store }) => store.getAllKeys(IDBKeyRange.bound(TRIES[0], TRIES.at(-1)))

export async function mustWait () {
  return Date.now() < (await getOrKnown('notes', WAITS) ?? 0)
}

// How many are left, and whether the next one has to wait.
export async function takeTry () {
  const change = (await database()).transaction('notes', 'readwrite')
  const [one, ...others] = await triesIn(change)
  if (one) change.store.delete(one)
  await change.done
  const waits = others.length <= MOST - BEFORE_WAITING
  if (waits) await putIfRoom('notes', Date.now() + WAIT, WAITS)
  return { left: others.length, waits }
}

// After a right one there are all of them again; on a full phone only once there is room.
export async function giveTriesBack () {
  const change = (await database()).transaction('notes', 'readwrite')
  const [pin, tries] = await Promise.all([change.store.get('pin'), triesIn(change)])
  const given = pin && tries.length < MOST ? TRIES.map((name) => change.store.put(true, name)) : []
  await Promise.all([...given, change.done]).catch(() => {})
}
