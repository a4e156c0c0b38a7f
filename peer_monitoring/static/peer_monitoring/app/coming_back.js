// What was sealed at signing out comes back with the next sign-in (docs/adr/0074), and leaves the server once this phone
// has all of it.
import { wordsDraft, writeWords } from './concerns.js';
import { database } from './database.js';
import { allDrafts, draft as draftHere, photo, putBack, thrownAway, without, write } from './drafts.js';
import { keepAll, namesOf, read } from './kept.js';
import { addressOf } from './queue.js';
import { get, post } from './server.js';
import { inTurn } from './turns.js';

export async function takeBack (given, { csrf, records }, turn) {
  const draft = given.draft ?? await read(nameOf(given))
  // What went from this phone meanwhile comes with the next answer.
  if (!draft) return
  const here = await broughtBack({ ...given, draft }, records, turn)
  const answer = here && await post(`/app/drafts/${given.id}/fetched/`, csrf, { photos: here, sha256: given.sha256 })
  const { gone } = await answer?.json().catch(() => null) ?? {}
  if (gone || given.draft) await inTurn(turn, () => keepGiven(given, gone ? null : draft))
}

// What was given back and stays on the server is kept as it came, so that it comes once.
const nameOf = ({ sha256 }) => `given:${sha256}`

export async function heldHere () {
  return (await namesOf('given')).map((name) => name.slice('given:'.length))
}

async function keepGiven (given, draft) {
  try {
    await keepAll({ [nameOf(given)]: draft })
  } catch (error) {
    // Where there is no room it comes again.
    if (error.name !== 'QuotaExceededError') throw error
  }
}

// The photos that it names and that the server need not keep for it any more; null where all of it is to stay there.
// `after` says which one of what stands on the server under this id it is, for another phone may have changed it too.
async function broughtBack ({ id, sha256, draft, visit, version, photos: { held } }, records, turn) {
  const { concern, inside, salt, photos: named, ...rest } = draft
  // Of what was only looked at, an older app sealed a copy too.
  if (draft.isAsSent || (await thrownAway()).includes(sha256)) return named.map(({ id }) => id)
  const given = { ...rest, id, version, after: sha256 }
  if (concern) return await takeWordsBack(visit, concern, inside, given, turn) ? [] : null
  if (await isSealed(given)) return null
  const now = await takeDraftBack(given, named, held, turn)
  return now && letGoOf(now, named, new Set(records.flatMap(({ photos }) => photos.map(({ id }) => id))))
}

// Words of a concern that nobody sent; where they have begun to write others, those come first.
async function takeWordsBack (visit, words, inside, draft, turn) {
  let isHere = false
  await inTurn(turn, async () => {
    const mine = await wordsDraft(visit.id)
    if (!mine) await writeWords(visit, words, inside, { ...draft, photos: {} })
    isHere = !mine || mine.after === draft.after
  })
  return isHere
}

// Finished on this phone, and on its way.
async function isSealed ({ id, visit }) {
  if ((await read(`sent:${visit}`))?.instance === id) return true
  return Boolean(await (await database()).getKey('queue', addressOf({ instance: id, what: 'record' })))
}

// As it is on the phone now, or null. Where they have begun another one of this visit, or changed this one on two phones,
// that comes first; what they only looked at is none.
async function takeDraftBack (draft, named, held, turn) {
  const others = (await allDrafts()).filter(({ visit }) => visit === draft.visit)
  const mine = others.find(({ id }) => id === draft.id)
  if (mine ? mine.after !== draft.after : others.some(({ isAsSent }) => !isAsSent)) return null
  const whole = mine ?? { ...draft, photos: Object.fromEntries(named.map(({ key, ...one }) => [key, one])) }
  const taken = await fetched(draft.id, await lacking(whole, held))
  if (!taken) return null
  if (mine && !taken.length) return mine
  let now = null
  await inTurn(turn, async () => {
    const there = (await allDrafts()).filter(({ visit }) => visit === draft.visit)
    const seen = (one) => one.isAsSent && others.some(({ id }) => id === one.id)
    // Finished, changed or begun while its photos came.
    if (!mine && !there.every(seen)) return
    now = mine ? await draftHere(draft.id) : whole
    for (const one of there) if (one.isAsSent) await write(without(one))
    if (now) await putBack(now, taken.filter(({ id }) => idsIn(now).has(id)))
  })
  return now
}

const idsIn = ({ photos }) => new Set(Object.values(photos).map(({ id }) => id))

// Those that it names, that the server holds and that are not on this phone.
async function lacking (draft, held) {
  const missing = []
  for (const id of held) if (idsIn(draft).has(id) && !await photo(id)) missing.push(id)
  return missing
}

async function fetched (draftId, ids) {
  const taken = []
  for (const id of ids) {
    const answer = await get(`/app/drafts/${draftId}/photos/${id}/`)
    if (!answer?.ok) return null
    taken.push({ id, bytes: new Uint8Array(await answer.arrayBuffer()) })
  }
  return taken
}

// On this phone, taken away by whoever took it, or held with a record already.
async function letGoOf (draft, named, recorded) {
  const gone = []
  for (const { id } of named) if (!idsIn(draft).has(id) || recorded.has(id) || await photo(id)) gone.push(id)
  return gone
}
