// What the server knows of whoever is signed in: their visits, the versions of the questions, what they sent.
import { database, note, writeNote } from './database.js';
import { begun, keepWords } from './concerns.js';
import { allDrafts, putBack } from './drafts.js';
import { keepAll, namesOf, read, readAll } from './kept.js';
import { isLocked, keepServerKey } from './keys.js';
import { alone } from './locks.js';
import { clearPhone } from './signing_out.js';
import { tell } from './telling.js';

const LONGEST = 20_000 // milliseconds
const SHOWN_FOR = 7 * 24 * 60 * 60 * 1000 // milliseconds for which a visit that is over still says that it was sent

// `{ how, mine }`, where how is `ours`, `signed out`, or `no signal`.
export async function askForMine () {
  const answer = await get('/app/mine.json')
  if (answer?.status === 401) return { how: 'signed out' }
  const mine = answer?.ok ? await answer.json().catch(() => null) : null
  return mine ? { how: 'ours', mine } : { how: 'no signal' }
}

async function get (path) {
  try {
    return await fetch(path, { signal: AbortSignal.timeout(LONGEST), redirect: 'error' })
  } catch {
    return null
  }
}

async function post (path, csrf, body) {
  try {
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': csrf }
    return await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error' })
  } catch {
    return null
  }
}

// Takes in what came: for whom the phone is ready. Another person's things are sealed and go first.
export async function takeIn (mine) {
  const owner = await note('owner')
  if (owner && owner !== mine.person.id) await clearPhone()
  await writeNote('clock', Date.parse(mine.now) - Date.now())
  if (owner !== mine.person.id || await isLocked()) return
  await alone('drafts', () => keepMine(mine))
  for (const given of mine.drafts) await takeBack(given, mine.csrf)
  tell('state')
}

// What was sealed lately is still looked for on the phone, also where the visit is over.
const isShown = ({ at }) => Date.now() - at < SHOWN_FOR

async function keepMine ({ key, visits, versions, records }) {
  const drafts = await allDrafts()
  await keepServerKey(key)
  const fresh = {}
  for (const visit of visits) fresh[`visit:${visit.id}`] = visit
  for (const [id, version] of Object.entries(versions)) fresh[`version:${id}`] = version
  for (const record of records) fresh[`record:${record.id}`] = record
  const known = new Set(visits.map(({ id }) => id))
  const needs = new Set([...drafts, ...(await readAll('sent')).filter(isShown)].map(({ visit }) => visit))
  // Of a visit that is no longer theirs stays what a draft needs, and the visit says so.
  for (const visit of await readAll('visit')) {
    if (known.has(visit.id)) continue
    fresh[`visit:${visit.id}`] = needs.has(visit.id) ? { ...visit, gone: true } : null
    if (!needs.has(visit.id)) fresh[`sent:${visit.id}`] = null
  }
  for (const name of await namesOf('record')) if (!(name in fresh)) fresh[name] = null
  await keepAll(fresh)
}

// A draft that was sealed at signing out comes back with its photos, and then leaves the server.
async function takeBack ({ id, draft, photos }, csrf) {
  const { concern, salt, photos: named, ...rest } = draft
  const isHere = concern ? await takeWordsBack(draft.visit, concern) : await takeDraftBack(rest, named, photos.held)
  if (isHere) await post(`/app/drafts/${id}/fetched/`, csrf, {})
}

// Words of a concern that nobody sent; where they have begun to write others, those come first.
async function takeWordsBack (visitId, words) {
  const [visit, now] = [await read(`visit:${visitId}`), await begun(visitId)]
  if (!visit || now) return now === words
  await keepWords(visit, words)
  return true
}

// Whether it is on the phone now. Where they have begun another one of this visit, that comes first.
async function takeDraftBack (draft, named, held) {
  const others = (await allDrafts()).filter(({ visit }) => visit === draft.visit)
  if (others.length) return others.some(({ id }) => id === draft.id)
  const taken = []
  for (const id of held) {
    const answer = await get(`/app/drafts/${draft.id}/photos/${id}/`)
    if (!answer?.ok) return false
    taken.push({ id, bytes: new Uint8Array(await answer.arrayBuffer()) })
  }
  await putBack({ ...draft, photos: Object.fromEntries(named.map(({ key, ...one }) => [key, one])) }, taken)
  return true
}

// Gives this phone its credential, and keeps what it needs without signal. Null where it went well, else what is wrong.
export async function makeReady (mine, name) {
  const db = await database()
  const phone = await db.get('phones', mine.person.id)
  if (!phone || phone.shutOut) {
    const answer = await post('/app/phones/new/', mine.csrf, { name })
    if (!answer?.ok) return (await answer?.json().catch(() => null))?.sentence ?? 'no signal'
    const { phone: id, token } = await answer.json()
    await db.put('phones', { owner: mine.person.id, id, token, shutOut: false }, mine.person.id)
  }
  await writeNote('turn', crypto.randomUUID())
  await writeNote('owner', mine.person.id)
  // What was sealed when they signed out of this phone may have arrived meanwhile.
  await takeIn((await askForMine()).mine ?? mine)
  await navigator.storage?.persist?.()
  return null
}
