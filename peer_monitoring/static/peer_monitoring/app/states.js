// How things stand with a visit, in plain words.
import { answered, asked, readAnswers, today } from './asking.js';
import { database, note } from './database.js';
import { draftOf } from './drafts.js';
import { read, readAll } from './kept.js';
import { receiptOf, waiting } from './queue.js';
import { states, troubles } from './words.js';

const WRONG_CLOCK = 5 // minutes

// `{ words, more, colour, draft, sent, record }`: one short state, and lines under it.
export async function stateOf (visit) {
  const draft = await draftOf(visit.id)
  if (draft) return ofDraft(visit, draft)
  const sent = await read(`sent:${visit.id}`)
  if (sent) return ofSent(sent)
  const record = await lastRecord(visit.id)
  if (record) return ofRecord(record)
  return { words: states.ready, more: [], colour: 'white' }
}

async function ofDraft (visit, draft) {
  const version = await read(`version:${draft.version}`)
  const reading = readAnswers(version.compiled, draft.answers, { today: today() })
  const many = Object.keys(draft.photos).length
  const more = [states.answered(answered(reading, draft.photos), asked(reading))]
  if (many) more.push(states.photos(many))
  if (visit.gone) more.push(states.gone)
  if (draft.version !== visit.version) more.push(states.otherVersion)
  return { words: states.safe, more, colour: 'green', draft }
}

async function ofSent (sent) {
  const parts = (await waiting()).filter(({ instance }) => instance === sent.instance)
  const refused = parts.filter((part) => part.refused).map((part) => states.refused(part.refused))
  const record = parts.find(({ what }) => what === 'record')
  if (record) {
    const isShut = await isShutOut()
    const more = isShut ? [troubles.shutOut] : refused
    return { words: record.refused || isShut ? states.safe : states.waiting, more, colour: 'yellow', sent }
  }
  const receipt = await receiptOf(sent.instance, 'record')
  if (!receipt) return withoutReceipt(sent, refused)
  const held = await receiptOf(sent.instance, 'photos') ?? receipt
  const more = [...refused]
  const still = parts.filter((part) => !part.refused).length
  const elsewhere = held.photos.missing.length - parts.length
  if (still) more.push(states.photosWait(still))
  if (elsewhere > 0) more.push(states.photosElsewhere(elsewhere))
  if (receipt.conflict) more.push(states.conflict)
  const words = states.sent(receipt.answers, held.photos.held.length)
  return { words, more, colour: still || refused.length ? 'yellow' : 'green', sent }
}

// On a full phone a part that arrived goes, and its receipt finds no room.
async function withoutReceipt (sent, more) {
  const record = await lastRecord(sent.visit)
  if (record?.id === sent.instance) return { ...ofRecord(record), sent }
  return { words: states.arrived, more, colour: 'green', sent }
}

function ofRecord (record) {
  const held = record.photos.filter((photo) => photo.held).length
  const elsewhere = record.photos.length - held
  const more = elsewhere ? [states.photosElsewhere(elsewhere)] : []
  return { words: states.sent(countIn(record.answers), held), more, colour: 'green', record }
}

const countIn = (answers) => Object.values(answers).flat()
  .reduce((sum, one) => sum + (typeof one === 'string' ? Boolean(one) : Object.values(one).filter(Boolean).length), 0)

// What they sent last of a visit, as the server holds it.
export async function lastRecord (visitId) {
  const found = (await readAll('record')).filter(({ visit, state }) => visit === visitId && state !== 'replaced')
  return found.sort((one, other) => one.received_at < other.received_at ? 1 : -1)[0]
}

// What is to be said of the phone's clock above everything, if it is wrong.
export async function clockWords () {
  const clock = await note('clock') ?? 0
  const minutes = Math.round(Math.abs(clock) / 60_000)
  return minutes >= WRONG_CLOCK ? troubles.clock(minutes, clock > 0) : ''
}

// Whether the credential of whoever this phone is ready for is taken no more.
export async function isShutOut () {
  const phone = await (await database()).get('phones', await note('owner') ?? '')
  return Boolean(phone?.shutOut)
}
