// Whose turn at this phone it is: it begins when the phone is made ready, and ends with signing out.
import { alone, database, note } from './database.js';
import { MARK, SESSION } from './session.js';

// The note that the service has said whose session it is, since somebody signed in last.
export const KNOWN = 'known'

// Somebody signs in: it is another session from now on, and may be another person's.
export async function forgetWhose () {
  const change = (await database()).transaction('notes', 'readwrite')
  for (const name of [KNOWN, MARK]) change.store.delete(name)
  await change.done
}

// `{ owner, turn }`, with nothing between the two.
export async function whoseTurn () {
  const { store } = (await database()).transaction('notes')
  const [owner, turn] = await Promise.all([store.get('owner'), store.get('turn')])
  return { owner, turn }
}

// Where it is theirs already, as after the phone was shut out, their turn goes on: what they have begun is theirs still.
export async function beginTurn (owner, mark) {
  const change = (await database()).transaction('notes', 'readwrite')
  if (await change.store.get('owner') !== owner) change.store.put(crypto.randomUUID(), 'turn')
  change.store.put(owner, 'owner')
  change.store.put(owner, SESSION)
  change.store.put(mark, MARK)
  await change.done
}

// Whoever signed out while something came keeps nothing of it; whether it was kept.
export async function inTurn (turn, keep) {
  return alone('drafts', async () => {
    if (await note('turn') !== turn) return false
    await keep()
    return true
  })
}
