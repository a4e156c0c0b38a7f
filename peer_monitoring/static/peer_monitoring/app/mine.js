// What the server knows of whoever is signed in: their visits, the versions of the questions, what they sent.
import { readClock } from './clock.js';
import { database, getOrKnown, note, phoneOf, putIfRoom, TAKEN, writeNote } from './database.js';
import { heldHere, takeBack } from './coming_back.js';
import { begunOn, toldElsewhere, visitsRaisedOn } from './concerns.js';
import { allDrafts } from './drafts.js';
import { keepAll, namesOf, readAll } from './kept.js';
import { isLocked, keepServerKey } from './keys.js';
import { get, post } from './server.js';
import { MARK, SESSION } from './session.js';
import { clearPhone } from './signing_out.js';
import { tell } from './telling.js';
import { beginTurn, inTurn, KNOWN, whoseTurn } from './turns.js';
import { troubles } from './words.js';

const ON_THE_DAY = 'To ring on the day' // as the server calls whom a team rings (`reaching.py`)
const ON_ITS_WAY = 60_000 // milliseconds; none takes longer
const MOST_SAID = 60 // versions; a line of what is asked has no room for very many
const SHOWN_FOR = 7 * 24 * 60 * 60 * 1000 // milliseconds for which a visit that is over still says that it was sent

// `{ how, mine }`, where how is `ours`, `signed out`, or `no signal`. What was asked before another turn at this phone
// began, in another tab, says nothing of whose it is now.
export async function askForMine () {
  const { turn } = await whoseTurn()
  const answer = await get('/app/mine.json', await saidHeld())
  const mine = answer?.ok ? await answer.json().catch(() => null) : null
  if (answer && (await whoseTurn()).turn !== turn) return askForMine()
  if (answer?.status === 401) return { how: 'signed out' }
  return mine ? { how: 'ours', mine } : { how: 'no signal' }
}

// The page “My phones” says which one this is. What never changes comes once: the phone says whose it is, which drafts
// it holds that stay on the server for their photos, and which versions of the questions.
async function saidHeld () {
  const [{ owner }, drafts, versions] = await Promise.all([whoseTurn(), heldHere(), namesOf('version')])
  const held = [...drafts, ...versions.map(idIn).slice(-MOST_SAID)]
  const phone = await phoneOf(owner)
  return { ...phone && { 'X-Phone': phone.id }, ...owner && held.length && { 'X-Held': [owner, ...held].join(' ') } }
}

const idIn = (name) => name.slice(name.indexOf(':') + 1)

// Takes in what came: for whom the phone is ready. Another person's things are sealed and go first.
export async function takeIn (mine) {
  const { owner, turn } = await whoseTurn()
  if (owner && owner !== mine.person.id) await clearPhone()
  await writeNote('clock', Date.parse(mine.now) - Date.now())
  await readClock()
  if (owner !== mine.person.id) return
  await writeNote(MARK, mine.session)
  await writeNote(KNOWN, true)
  if (await isLocked()) return
  let isNew = false
  await inTurn(turn, async () => { isNew = await keepMine(mine) })
  if (!isNew) return
  for (const given of mine.drafts) await takeBack(given, mine, turn)
  tell('state')
}

// The mark of the session of whoever signed in on the pages: to sign out on this phone has to end that one. Of anybody
// else's it says nothing, and is not asked again.
export async function noteMark () {
  const owner = await note('owner')
  if (!owner || await note(MARK) !== undefined) return
  const { mine } = await askForMine()
  if (!mine) return
  const change = (await database()).transaction('notes', 'readwrite')
  const [whose, mark] = await Promise.all([change.store.get(SESSION), change.store.get(MARK)])
  // The app may have noted it meanwhile, or it is over.
  if (whose === owner && mark === undefined) change.store.put(mine.person.id === owner ? mine.session : '', MARK)
  await change.done
}

// What was sealed lately is still looked for on the phone, also where the visit is over.
const isShown = ({ at }) => Date.now() - at < SHOWN_FOR

// Whether it was kept: an answer that a later one has overtaken knows neither what is new, nor which questions this
// phone holds since.
async function keepMine ({ now, key, visits, versions, records, concerns, drafts: given, gone: whyGone, reasons }) {
  const at = Date.parse(now)
  const since = (await getOrKnown('notes', TAKEN) ?? 0) - at
  // By more it is no older answer: the service's clock was put back.
  if (since > 0 && since < ON_ITS_WAY) return false
  const drafts = await allDrafts()
  await keepServerKey(key)
  const fresh = {}
  const gone = (visit) => noLongerTheirs(visit, whyGone?.[visit.id], reasons?.[visit.id])
  const named = [...given.map(({ visit }) => visit), ...visits].map((visit) => visit.gone ? gone(visit) : visit)
  for (const visit of named) fresh[`visit:${visit.id}`] = visit
  for (const [id, version] of Object.entries(versions)) fresh[`version:${id}`] = version
  for (const record of records) fresh[`record:${record.id}`] = record
  for (const concern of concerns) fresh[`told:${concern.id}`] = concern
  const told = new Set([...concerns, ...named.flatMap((visit) => visit.concerns)].map(({ id }) => id))
  const known = new Set(named.map(({ id }) => id))
  const needs = new Set([...drafts, ...(await readAll('sent')).filter(isShown)].map(({ visit }) => visit))
  for (const id of await begunOn()) needs.add(id)
  for (const id of await visitsRaisedOn(told)) needs.add(id)
  // Of a visit that is no longer theirs stays what a draft, begun words or a concern on its way need; the visit says so.
  for (const visit of await readAll('visit')) {
    if (known.has(visit.id)) continue
    fresh[`visit:${visit.id}`] = needs.has(visit.id) ? { ...gone(visit), concerns: [] } : null
    if (!needs.has(visit.id)) fresh[`sent:${visit.id}`] = null
  }
  const here = new Set(Object.entries(fresh).filter(([name, value]) => name.startsWith('visit:') && value)
    .map(([, { id }]) => id))
  for (const name of await toldElsewhere(told, here)) fresh[name] = null
  const older = [...await namesOf('record'), ...await namesOf('told')]
  for (const name of older) if (!(name in fresh)) fresh[name] = null
  for (const name of await namesOf('given')) if (!given.some((one) => name === `given:${one.sha256}`)) fresh[name] = null
  const kept = Object.values(fresh).filter(Boolean)
  const asked = new Set([...kept, ...drafts, ...given].map(({ version }) => version))
  for (const name of await namesOf('version')) if (!(name in fresh) && !asked.has(idIn(name))) fresh[name] = null
  await keepAll(fresh)
  await putIfRoom('notes', at, TAKEN)
  return true
}

// What names it and whom to tell stays, and nothing of how its team goes.
const noLongerTheirs = ({ tell, ...visit }, why, reason) => ({
  ...visit,
  gone: true,
  why,
  reason,
  meeting_point: '',
  note: '',
  host: null,
  tell: tell.filter(({ who }) => who !== ON_THE_DAY)
})

// The credential that this phone has of somebody already, if it is taken: it keeps the name that they gave it.
export async function readyBefore (personId) {
  const phone = await phoneOf(personId)
  return phone?.shutOut ? undefined : phone
}

// Whether this phone was ready for anybody before, who has signed out of it since.
export const wasReady = async () => await (await database()).count('phones') > 0

// The credential for which a full phone had no room: the next press takes it, and asks for no other.
const made = new Map()

// Gives this phone its credential, and keeps what it needs without signal. Without a `name` it keeps the one that it had.
// Null where it went well, else what is wrong.
export async function makeReady (mine, name) {
  try {
    return await ready(mine, name)
  } catch (error) {
    if (error.name !== 'QuotaExceededError') throw error
    return troubles.full
  }
}

async function ready (mine, name) {
  const db = await database()
  const phone = await phoneOf(mine.person.id)
  if (!await readyBefore(mine.person.id)) {
    if (!made.has(mine.person.id)) {
      const answer = await post('/app/phones/new/', mine.csrf, { name, again: phone?.id })
      if (!answer?.ok) return (await answer?.json().catch(() => null))?.sentence ?? 'no signal'
      const { phone: id, token } = await answer.json()
      made.set(mine.person.id, { id, token })
    }
    const own = { ...phone, ...made.get(mine.person.id), owner: mine.person.id, shutOut: false }
    await db.put('phones', own, mine.person.id)
    made.delete(mine.person.id)
  }
  await beginTurn(mine.person.id, mine.session)
  // What was sealed when they signed out of this phone may have arrived meanwhile.
  await takeIn((await askForMine()).mine ?? mine)
  await navigator.storage?.persist?.()
  return null
}
