// Signing out: what could be read goes, with the key; the sealed queue stays. With the end of this turn at the phone
// the sealed copies of what was not finished belong to it too.
import { alone, database, note } from './database.js';
import { noTries } from './pin_tries.js';
import { sha256 } from './sealing.js';
import { MARK, SESSION } from './session.js';
import { KNOWN } from './turns.js';
import { tell } from './telling.js';

const EMPTIED = ['kept', 'keys', 'receipts']
const FORGOTTEN = ['owner', 'turn', KNOWN, 'pin', 'clock', 'taken', 'mode', 'language', ...Object.keys(noTries())]

// `ends` leaves the note of their session, which is to end. Nothing is written: a full phone can be signed out of.
export async function clearPhone ({ ends = false } = {}) {
  await alone('drafts', async () => {
    const change = (await database()).transaction(['notes', ...EMPTIED], 'readwrite')
    for (const store of EMPTIED) change.objectStore(store).clear()
    for (const name of FORGOTTEN) change.objectStore('notes').delete(name)
    if (!ends) for (const name of [SESSION, MARK]) change.objectStore('notes').delete(name)
    await change.done
  })
  tell('cleared', { ends })
}

// The same where another page of ours, as that of a scheme, ended the sign-in of whoever's turn it is: the address of the
// page that says so names it by a hash of its mark.
export async function clearIfEnded (address) {
  const ended = new URL(address).searchParams.get('ended')
  if (!ended || !await note('owner')) return
  const mark = await note(MARK) // none yet where it could not be asked for
  if (mark === '') return // somebody else is signed in
  const hash = mark === undefined ? ended : await sha256(new TextEncoder().encode(mark))
  if (hash.slice(0, 32) === ended) await clearPhone({ ends: true })
}
