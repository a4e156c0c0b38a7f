// What somebody writes down on a visit, until they finish it: kept after every answer, sealed at the end.
import { ENGLISH, keyOf, missing, readAnswers, today } from './asking.js';
import { database, note } from './database.js';
import { keep, keepBytes, letGo, read, readAll, readBytes } from './kept.js';
import { encrypt, serverKey } from './keys.js';
import { alone } from './locks.js';
import { addressOf, makePart } from './queue.js';
import { sha256 } from './sealing.js';
import { tell } from './telling.js';

export class Gone extends Error {}
export class NotFinished extends Error {}

const written = (value) => new TextEncoder().encode(JSON.stringify(value))
const photoName = (id) => `photo:${id}`

export const allDrafts = () => readAll('draft')

export async function draftOf (visitId) {
  return (await allDrafts()).find(({ visit }) => visit === visitId)
}

export async function draft (id) {
  return read(`draft:${id}`)
}

// Their own draft of a visit: the one there is, or a new one, which keeps its version of the questions from now on.
// `record` is what it will replace.
export async function begin (visit, { language = ENGLISH, record } = {}) {
  return alone('drafts', async () => {
    const found = await draftOf(visit.id)
    if (found) return found
    const photos = (record?.photos ?? []).map(({ key, id, sha256 }) => [key, { id, sha256, held: true }])
    const made = {
      id: crypto.randomUUID(),
      visit: visit.id,
      version: record?.version ?? visit.version,
      supersedes: record?.id ?? null,
      began_at: new Date().toISOString(),
      answers: record?.answers ?? {},
      photos: Object.fromEntries(photos),
      language,
      mode: (await note('mode')) ?? 'question'
    }
    await keep(`draft:${made.id}`, made)
    return made
  })
}

// Changes what is kept now, and not what a tab has seen: two tabs on one draft lose nothing of each other.
export async function change (id, how) {
  const changed = await alone('drafts', async () => {
    const found = await draft(id)
    if (!found) throw new Gone(id)
    const next = { ...found, ...await how(found) }
    await keep(`draft:${id}`, next)
    return next
  })
  tell('draft', { id })
  return changed
}

export async function addPhoto (id, key, bytes) {
  const photo = { id: crypto.randomUUID(), sha256: await sha256(bytes) }
  await keepBytes(photoName(photo.id), bytes)
  return change(id, async ({ photos }) => {
    if (photos[key]) await letGo(photoName(photos[key].id))
    return { photos: { ...photos, [key]: photo } }
  })
}

export async function takePhotoAway (id, key) {
  return change(id, async ({ photos: { [key]: gone, ...photos } }) => {
    if (gone) await letGo(photoName(gone.id))
    return { photos }
  })
}

export async function photo (id) {
  return readBytes(photoName(id))
}

// The photos of the places that are asked, as a record names them.
function photosOf ({ places }, photos) {
  const kept = new Set(places.map(keyOf))
  return Object.entries(photos).filter(([key]) => kept.has(key)).map(([key, { id, sha256 }]) => ({ id, sha256, key }))
}

// A draft as it leaves the phone: what it says of itself, with its photos named as in a record.
export function asSealed ({ photos, ...rest }) {
  return { ...rest, photos: Object.entries(photos).map(([key, { id, sha256 }]) => ({ id, sha256, key })) }
}

// Seals the record and each photo, and lets go of the draft, in one step: the phone can read none of it from now on.
export async function finish (id) {
  await alone('drafts', async () => {
    const found = await draft(id)
    if (!found) throw new Gone(id)
    const { compiled } = await read(`version:${found.version}`)
    const reading = readAnswers(compiled, found.answers, { today: today() })
    if (missing(reading).length || Object.keys(reading.problems).length) throw new NotFinished(id)
    const photos = photosOf(reading, found.photos)
    const record = { ...recordOf(found, reading), photos }
    const parts = await sealedParts({ instance: id, what: 'record', body: record, photos })
    const name = `sent:${found.visit}`
    const sent = { instance: id, visit: found.visit, at: Date.now() }
    await swap(parts, namesIn(found), { [name]: await encrypt(name, written(sent)) })
  })
  tell('state')
}

// The salt keeps anybody from finding out by trying which answers the hash beside the sealed part belongs to.
function recordOf ({ id, visit, version, supersedes, began_at: began }, { answers }) {
  const times = { began_at: began, finished_at: new Date().toISOString() }
  return { id, visit, version, supersedes, ...times, answers, salt: crypto.randomUUID() }
}

// The parts of a record or a draft: itself, and each of its photos that is on this phone.
export async function sealedParts ({ instance, what, body, photos }) {
  const [owner, key] = [await note('owner'), await serverKey()]
  const named = photos.map((one) => one.id)
  const parts = [await makePart({ instance, what, owner, key, bytes: written(body), named })]
  for (const { id } of photos) {
    const bytes = await photo(id)
    if (bytes) parts.push(await makePart({ instance, what: `photos/${id}`, owner, key, bytes }))
  }
  return parts
}

const namesIn = ({ id, photos }) =>
  [`draft:${id}`, ...Object.values(photos).map((one) => photoName(one.id))]

// What was sealed comes into the queue and what it was made of goes, both or neither.
export async function swap (parts, names, kept = {}) {
  const both = (await database()).transaction(['queue', 'kept'], 'readwrite')
  for (const part of parts) both.objectStore('queue').put(part, addressOf(part))
  for (const name of names) both.objectStore('kept').delete(name)
  for (const [name, value] of Object.entries(kept)) both.objectStore('kept').put(value, name)
  await both.done
}
