// How things stand with a visit, in plain words.
import { answered, asked } from './asking.js';
import { begunOn } from './concerns.js';
import { getOrKnown, note, TAKEN } from './database.js';
import { draftOf, lastRecord, sentBeside } from './drafts.js';
import { read } from './kept.js';
import { momentInWords } from './moments.js';
import { receiptOf, waiting } from './queue.js';
import { isShutOut } from './shut_out.js';
import { readingOf } from './steps.js';
import { states, troubles } from './words.js';

const WRONG_CLOCK = 5 // minutes

// What was sent of a visit already while a draft of it is on this phone that would not replace it.
export const sentAlready = ({ received_at: at }) => states.already(momentInWords(at))

// Whether the scheme is told nothing of a visit.
export const isHeldBack = ({ held_back: is, gone, state }) => is && !gone && !['logged', 'closed'].includes(state)

// `{ words, more, colour, draft, sent, record, isShut }`: one short state, and lines under it. That this phone was shut
// out is said above every screen, once.
export async function stateOf (visit) {
  const draft = await draftOf(visit.id)
  // A change that changed nothing is none.
  if (draft && !draft.isAsSent) return ofDraft(visit, draft)
  const record = await lastRecord(visit.id)
  const sent = await sentFromHere(visit.id, record)
  if (sent || record) {
    const found = sent ? await ofSent(sent) : ofRecord(record)
    const { unfinished, next } = found.isWaiting ? states.onItsWay : states.arrivedThere
    const more = (sent ?? record).unfinished ? [unfinished, ...found.more] : found.more
    return whyGone(visit, next, { ...found, more })
  }
  if (visit.gone) {
    const nothing = (await begunOn()).has(visit.id) ? '' : states.goneNothing
    return whyGone(visit, nothing, { words: nothing ? states.over : states.safe, more: [], colour: 'grey' })
  }
  return { words: states.ready, more: [], colour: 'white' }
}

// Of a visit that is theirs to log no more: why, and what becomes of what they wrote.
function whyGone (visit, next, found) {
  if (!visit.gone) return found
  const why = states.gone[visit.why] ?? states.gone.unknown
  const reason = visit.reason ? [states.reason(visit.reason)] : []
  return { ...found, more: [...found.more, `${why} ${next}`.trim(), ...reason] }
}

async function ofDraft (visit, draft) {
  const version = await read(`version:${draft.version}`)
  const reading = readingOf(version.compiled, draft, visit)
  const many = Object.keys(draft.photos).length
  const more = [states.answered(answered(reading, draft.photos), asked(reading))]
  if (many) more.push(states.photos(many))
  const already = await sentBeside(draft)
  if (already) more.unshift(sentAlready(already))
  else if (draft.supersedes) more.unshift(states.changing)
  if (!visit.gone && draft.version !== visit.version) more.push(states.otherVersion)
  return whyGone(visit, states.goneDraft, { words: states.safe, more, colour: 'green', draft, already })
}

// What was sealed here last; nothing where it arrived, and the server names it no more: they changed it elsewhere since,
// or the team chose another.
async function sentFromHere (visitId, record) {
  const sent = await read(`sent:${visitId}`)
  if (!sent || !record || record.id === sent.instance) return sent
  const at = (await receiptOf(sent.instance, 'record'))?.at ?? sent.at
  const isTold = await getOrKnown('notes', TAKEN) > at + (await note('clock') ?? 0)
  if (!isTold || await read(`record:${sent.instance}`)) return sent
  return (await waiting()).some(({ instance }) => instance === sent.instance) ? sent : undefined
}

async function ofSent (sent) {
  const isShut = await isShutOut()
  const parts = (await waiting()).filter(({ instance }) => instance === sent.instance)
  const refused = parts.filter((part) => part.refused).map((part) => states.refused(part.refused))
  const record = parts.find(({ what }) => what === 'record')
  if (record) {
    const words = record.refused || isShut ? states.safe : states.waiting
    return { words, more: refused, colour: 'yellow', sent, isWaiting: true, isRefused: Boolean(record.refused), isShut }
  }
  const receipt = await receiptOf(sent.instance, 'record')
  if (!receipt) return withoutReceipt(sent, refused)
  const held = await receiptOf(sent.instance, 'photos') ?? receipt
  const more = [...refused]
  const still = parts.filter((part) => !part.refused).length
  const elsewhere = held.photos.missing.length - parts.length
  if (still) more.push(isShut ? states.photosHere(still) : states.photosWait(still))
  if (elsewhere > 0) more.push(states.photosElsewhere(elsewhere))
  // Until the server tells that the team chose.
  if (receipt.conflict && (await read(`record:${sent.instance}`))?.state !== 'counts') more.push(states.conflict)
  const words = states.sent(receipt.answers, held.photos.held.length)
  return { words, more, colour: still || refused.length ? 'yellow' : 'green', sent, isShut }
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
  return { words: states.sent(record.answered ?? countIn(record.answers), held), more, colour: 'green', record }
}

const countIn = (answers) => Object.values(answers).flat()
  .reduce((sum, one) => sum + (typeof one === 'string' ? Boolean(one) : Object.values(one).filter(Boolean).length), 0)

// What is to be said of the phone's clock above everything, if it is wrong.
export async function clockWords () {
  const clock = await note('clock') ?? 0
  const minutes = Math.round(Math.abs(clock) / 60_000)
  return minutes >= WRONG_CLOCK ? troubles.clock(minutes, clock > 0) : ''
}
