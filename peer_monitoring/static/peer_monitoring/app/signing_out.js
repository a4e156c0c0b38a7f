// Signing out: unfinished drafts are sealed, then what could be read goes with the key; the sealed queue stays.
import { asSealed, sealedParts } from './drafts.js';
import { database, note } from './database.js';
import { readAll } from './kept.js';
import { alone } from './locks.js';
import { addressOf } from './queue.js';
import { ENDS } from './session.js';
import { tell } from './telling.js';

const EMPTIED = ['kept', 'keys']

// `ends` notes in the same step that their session is to end; `losing` seals nothing, where there is no room for it.
export async function clearPhone ({ ends = false, losing = false } = {}) {
  await alone('drafts', async () => {
    const owner = await note('owner')
    const parts = losing ? [] : await sealedDrafts()
    const change = (await database()).transaction(['queue', 'notes', ...EMPTIED], 'readwrite')
    for (const part of parts) change.objectStore('queue').put(part, addressOf(part))
    if (ends && owner) change.objectStore('notes').put(owner, ENDS)
    for (const store of EMPTIED) change.objectStore(store).clear()
    for (const name of ['owner', 'clock', 'mode']) change.objectStore('notes').delete(name)
    await change.done
  })
  tell('cleared')
}

async function sealedDrafts () {
  const parts = []
  for (const draft of await draftsWithConcerns()) {
    const body = asSealed(draft)
    parts.push(...await sealedParts({ instance: draft.id, what: 'draft', body, photos: body.photos }))
  }
  return parts
}

// Words of a concern that nobody sent go with the draft of their visit.
async function draftsWithConcerns () {
  const [drafts, concerns, visits] = await Promise.all(['draft', 'concern', 'visit'].map(readAll))
  for (const { visit, words } of concerns) {
    const found = drafts.find((one) => one.visit === visit)
    if (found) found.concern = words
    else drafts.push(empty(visits.find(({ id }) => id === visit), words))
  }
  return drafts
}

const empty = ({ id, version }, concern) => ({
  id: crypto.randomUUID(),
  visit: id,
  version,
  supersedes: null,
  began_at: new Date().toISOString(),
  answers: {},
  photos: {},
  language: 'en',
  mode: 'question',
  concern
})
