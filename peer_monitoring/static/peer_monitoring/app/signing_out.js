// Signing out: what could be read goes, with the key; the sealed queue stays. With the end of this turn at the phone
// the sealed copies of what was not finished belong to it too.
import { database, note } from './database.js';
import { alone } from './locks.js';
import { ENDS } from './session.js';
import { tell } from './telling.js';

const EMPTIED = ['kept', 'keys']
const FORGOTTEN = ['owner', 'turn', 'pin', 'clock', 'mode']

// `ends` notes in the same step that their session is to end.
export async function clearPhone ({ ends = false } = {}) {
  await alone('drafts', async () => {
    const owner = await note('owner')
    const change = (await database()).transaction(['notes', ...EMPTIED], 'readwrite')
    if (ends && owner) change.objectStore('notes').put(owner, ENDS)
    for (const store of EMPTIED) change.objectStore(store).clear()
    for (const name of FORGOTTEN) change.objectStore('notes').delete(name)
    await change.done
  })
  tell('cleared')
}
