// What somebody writes down on a visit, until they finish it: kept after every answer, encrypted for this phone, and
// beside it sealed as it leaves the phone if they sign out. So nothing has to be read, or to find room, at that moment.
import { ENGLISH, keyOf, missing, readAnswers, roundsOf, today, withRounds } from './asking.js';
import { nowWritten, readClock } from './clock.js';
import { alone, database, getOrKnown, note, putIfRoom } from './database.js';
import { read, readAll, readBytes } from './kept.js';
import { encrypt, serverKey } from './keys.js';
import { addressOf, dropPart, makePart, PART_STORES, putPart, waiting } from './queue.js';
import { sha256 } from './sealing.js';
import { tell } from './telling.js';
import { limits } from './words.js';

// What the server takes: what is bigger is not kept either, so that nothing is locked that nobody can send.
const MOST_PHOTOS = 50
const MOST_DRAFTS = 50
const THROWN_AWAY = 'thrown away'
const MOST_BYTES = 2 * 1024 * 1024 - 1000 // a record says a little more than its draft

export class Gone extends Error {}
export class NotFinished extends Error {}
export class TooMuch extends Error {}

const written = (value) => new TextEncoder().encode(JSON.stringify(value))
function inBounds (value) {
  const bytes = written(value)
  if (bytes.length > MOST_BYTES) throw new TooMuch(limits.big)
  return bytes
}
const draftName = (id) => `draft:${id}`
const photoName = (id) => `photo:${id}`
export const photoPart = (instance, id) => ({ instance, what: `photos/${id}` })

export const allDrafts = () => readAll('draft')

export async function draftOf (visitId) {
  return (await allDrafts()).find(({ visit }) => visit === visitId)
}

export async function draft (id) {
  return read(draftName(id))
}

export async function photo (id) {
  return readBytes(photoName(id))
}

// Their own draft of a visit: the one there is, or a new one, which keeps its version of the questions from now on: the
// one that is asked now, which a screen that stood open may not know. `record` is what it will replace.
export async function begin (visit, { record } = {}) {
  return alone('drafts', async () => {
    const found = await draftOf(visit.id)
    // Nothing was changed of what it would replace, which may have been replaced elsewhere since.
    if (found?.isAsSent) await write(without(found))
    else if (found) return found
    const made = await empty(await read(`visit:${visit.id}`) ?? visit)
    if (record) Object.assign(made, inPlaceOf(record))
    made.language = await languageFor(made)
    await write(await changed(made))
    return made
  })
}

// The one that they chose last, if these questions are asked in it.
async function languageFor ({ version }) {
  const chosen = await getOrKnown('notes', 'language')
  const kept = chosen && await read(`version:${version}`)
  return kept?.compiled.languages.some(({ code }) => code === chosen) ? chosen : ENGLISH
}

export async function empty (visit) {
  return {
    id: crypto.randomUUID(),
    visit: visit.id,
    version: visit.version,
    supersedes: null,
    began_at: nowWritten(),
    answers: {},
    photos: {},
    language: ENGLISH,
    mode: await getOrKnown('notes', 'mode') ?? 'question'
  }
}

function inPlaceOf ({ id, version, answers, photos }) {
  const held = photos.map(({ key, id, sha256 }) => [key, { id, sha256 }])
  return { supersedes: id, version, answers, photos: Object.fromEntries(held), isAsSent: true }
}

// Changes what is kept now, and not what a tab has seen: two tabs on one draft lose nothing of each other. `how` gives
// what is other in the draft, and `news` what is told of it besides.
export async function change (id, how, news) {
  return changeWith(id, async (found) => ({ next: { ...found, isAsSent: false, ...how(found) } }), news)
}

// How somebody reads the questions, as `mode` or `language`: on the next visit too.
export async function choose (id, how) {
  for (const [name, value] of Object.entries(how)) await putIfRoom('notes', value, name)
  return change(id, ({ isAsSent }) => ({ ...how, isAsSent }))
}

export async function addPhoto (id, key, bytes) {
  const taken = { id: crypto.randomUUID(), sha256: await sha256(bytes) }
  return changeWith(id, async ({ photos: { [key]: before, ...photos }, ...rest }) => {
    if (Object.keys(photos).length >= MOST_PHOTOS) throw new TooMuch(limits.photos(MOST_PHOTOS))
    return {
      next: { ...rest, isAsSent: false, photos: { ...photos, [key]: taken } },
      taken: [{ ...taken, bytes }],
      gone: before ? [before] : []
    }
  })
}

export async function takePhotoAway (id, key) {
  return changeWith(id, async ({ photos: { [key]: away, ...photos }, ...rest }) => ({
    next: { ...rest, isAsSent: false, photos },
    gone: away ? [away] : []
  }))
}

// Takes the last round of a section that repeats away, with its answers and its photos.
export async function takeRoundAway (id, section) {
  return changeWith(id, async ({ answers, photos, ...rest }) => {
    const index = Math.max(0, roundsOf(answers, section).length - 1)
    const lost = new Set(section.questions.map((question) => keyOf({ section, question, index })))
    const [gone, kept] = [[], {}]
    for (const [key, one] of Object.entries(photos)) lost.has(key) ? gone.push(one) : kept[key] = one
    return { next: { ...rest, isAsSent: false, answers: withRounds(answers, section, index), photos: kept }, gone }
  })
}

async function changeWith (id, how, news) {
  const next = await alone('drafts', async () => {
    const found = await draft(id)
    if (!found) throw new Gone(id)
    const { next, taken, gone } = await how(found)
    await write(await changed(next, taken, gone))
    return next
  })
  tell('draft', { ...news, id })
  return next
}

// A draft that comes back from the server, with those of its photos that it gives out; for whoever has the drafts to
// themselves.
export async function putBack (draft, photos) {
  await write(await changed(draft, photos))
}

// What is written for a draft as it is now, with the photos that came and without those that went.
async function changed (draft, taken = [], gone = []) {
  const kept = { [draftName(draft.id)]: await encrypt(draftName(draft.id), written(draft)) }
  const copy = inBounds(asSealed(draft))
  // Nothing of it is lost where nothing was changed, and it would come back beside what was.
  const parts = draft.isAsSent ? [] : [await sealedCopy({ instance: draft.id, what: 'draft' }, copy)]
  for (const { id, bytes } of taken) {
    kept[photoName(id)] = await encrypt(photoName(id), bytes)
    parts.push(await sealedCopy(photoPart(draft.id, id), bytes))
  }
  return {
    kept,
    parts,
    without: gone.map(({ id }) => photoName(id)),
    withoutParts: gone.map(({ id }) => addressOf(photoPart(draft.id, id)))
  }
}

// Sealed, and not sent while this turn at the phone lasts.
export async function sealedCopy ({ instance, what }, bytes) {
  const [owner, turn, key] = [await note('owner'), await note('turn'), await serverKey()]
  return makePart({ instance, what, owner, turn, key, bytes })
}

// A draft as it leaves the phone: its photos are named as in a record. The salt keeps anybody from finding out by
// trying which words the hash beside a sealed part belongs to.
export function asSealed ({ photos, ...rest }) {
  const named = Object.entries(photos).map(([key, { id, sha256 }]) => ({ id, sha256, key }))
  return { ...rest, photos: named, salt: crypto.randomUUID() }
}

// All of it or nothing.
export async function write ({ kept = {}, parts = [], without = [], withoutParts = [], free = [] }) {
  const all = (await database()).transaction([...PART_STORES, 'kept'], 'readwrite')
  const [queue, own] = [all.objectStore('queue'), all.objectStore('kept')]
  for (const part of parts) putPart(all, part)
  for (const [name, value] of Object.entries(kept)) own.put(value, name)
  for (const name of without) own.delete(name)
  for (const address of withoutParts) dropPart(all, address)
  for (const address of free) {
    const part = await queue.get(address)
    if (part) queue.put({ ...part, turn: '' }, address)
  }
  await all.done
}

// Lets go of a draft with its photos and its sealed copies.
export async function throwAway (id) {
  await alone('drafts', async () => {
    const found = await draft(id)
    if (!found) throw new Gone(id)
    await write(without(found))
    await noteThrown(found)
  })
  tell('draft', { id })
}

export function without ({ id, photos }) {
  const all = Object.values(photos)
  return {
    without: [draftName(id), ...all.map((one) => photoName(one.id))],
    withoutParts: [{ instance: id, what: 'draft' }, ...all.map((one) => photoPart(id, one.id))].map(addressOf)
  }
}

// What the server may hold of a draft that came from there is not to come back.
export async function noteThrown ({ after }) {
  if (after) await putIfRoom('notes', [...await thrownAway(), after].slice(-MOST_DRAFTS), THROWN_AWAY)
}

export const thrownAway = async () => await getOrKnown('notes', THROWN_AWAY) ?? []

// Lets go of what was not taken: a record goes with its photos, and is not looked for any more.
export async function throwPartAway ({ instance, what }) {
  await alone('drafts', async () => {
    const isWhole = what === 'record' || what === 'draft'
    const addresses = (await waiting()).filter((part) => part.instance === instance).map(addressOf)
    const sent = (await readAll('sent')).filter((one) => what === 'record' && one.instance === instance)
    await write({
      without: [...sent.map(({ visit }) => `sent:${visit}`), `raised:${instance}`],
      withoutParts: isWhole ? addresses : [addressOf({ instance, what })]
    })
  })
  tell('state')
}

// Seals the record, frees its photos, and lets go of the draft, in one step: the phone can read none of it before it
// has arrived. It takes the place of what they sent last, as the server named it, so that no two of one person count.
// `stopped` is `{ kind, why }` where somebody cannot finish it: then what there is goes.
export async function finish (id, stopped) {
  await alone('drafts', async () => {
    const found = await draft(id)
    if (!found) throw new Gone(id)
    const { compiled } = await read(`version:${found.version}`)
    await readClock()
    const reading = readAnswers(compiled, found.answers, { today: today() })
    if (!stopped && isOpen(reading)) throw new NotFinished(id)
    const last = await sentBeside(found)
    await write(await finished(last ? { ...found, supersedes: last.id } : found, reading, stopped))
  })
  tell('state')
}

// What they sent last of a visit, as the server holds it.
export async function lastRecord (visitId) {
  const found = (await readAll('record')).filter(({ visit, state }) => visit === visitId && state !== 'replaced')
  return found.sort((one, other) => one.received_at < other.received_at ? 1 : -1)[0]
}

// What they sent last, from the pages or another phone, where a draft was not begun in its place, nor in the place of
// another one that is there still: then the team chooses between the two.
export async function sentBeside ({ id, visit, supersedes }) {
  if (supersedes && await read(`record:${supersedes}`)) return undefined
  const record = await lastRecord(visit)
  return record && id !== record.id ? record : undefined
}

// Whether something that must be answered is not, or something is wrong.
const isOpen = (reading) => missing(reading).length > 0 || Object.keys(reading.problems).length > 0

async function finished (found, reading, stopped) {
  const { id, visit } = found
  const photos = photosOf(reading, found.photos)
  const told = { ...recordOf(found, reading), photos, ...stopped && { unfinished: stopped } }
  const record = await sealedCopy({ instance: id, what: 'record' }, inBounds(told))
  const sent = `sent:${visit}`
  const named = new Set(photos.map((one) => one.id))
  const all = Object.values(found.photos)
  return {
    kept: { [sent]: await encrypt(sent, written({ instance: id, visit, at: Date.now(), unfinished: stopped?.kind })) },
    parts: [record, ...await anew(id, photos)].map((part) => ({ ...part, turn: '' })),
    free: photos.map((one) => addressOf(photoPart(id, one.id))),
    without: [draftName(id), ...all.map((one) => photoName(one.id))],
    withoutParts: [
      addressOf({ instance: id, what: 'draft' }),
      ...all.filter((one) => !named.has(one.id)).map((one) => addressOf(photoPart(id, one.id)))
    ]
  }
}

// Photos of which the sealed copy went away are sealed once more.
async function anew (instance, photos) {
  const [db, parts] = [await database(), []]
  for (const { id } of photos) {
    if (await db.getKey('queue', addressOf(photoPart(instance, id)))) continue
    const bytes = await photo(id)
    if (bytes) parts.push(await sealedCopy(photoPart(instance, id), bytes))
  }
  return parts
}

// The photos of the places that are asked, as a record names them.
function photosOf ({ places }, photos) {
  const kept = new Set(places.map(keyOf))
  return Object.entries(photos).filter(([key]) => kept.has(key)).map(([key, { id, sha256 }]) => ({ id, sha256, key }))
}

function recordOf ({ id, visit, version, supersedes, after, began_at: began }, { answers }) {
  const times = { began_at: began, finished_at: nowWritten() }
  return { id, visit, version, supersedes, after, ...times, answers, salt: crypto.randomUUID() }
}
