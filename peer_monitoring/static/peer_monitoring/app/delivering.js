// Sends what waits, one part at a time, and keeps each until a receipt names it. One tab, or the worker, does it at a
// time.
import { database } from './database.js';
import { alone, aloneOrNot } from './locks.js';
import { arrived, changePart, waiting } from './queue.js';
import { endSession } from './session.js';
import { tell } from './telling.js';

const LONGEST = 120_000 // milliseconds for one part, on a line that is hardly one
const LATER = new Set([408, 409, 425, 429])
const NO_SIGNAL = 3 // parts after which nobody answers
export const SOONEST = 5_000 // milliseconds until the next try, each time twice as long
export const LATEST = 300_000

// What became of a round: `left` parts still wait, and `news` says that something arrived of which the server tells
// more. `again`, where somebody asks for it, tries what was refused too, and waits for whoever is at it.
export async function deliver ({ again = false } = {}) {
  if (again) return alone('deliver', () => go(again))
  return await aloneOrNot('deliver', () => go(again)) ?? { left: 1, news: false }
}

async function go (again) {
  if (!await endSession()) return { left: 1, news: false }
  const round = { left: 0, news: false, silent: 0, shut: new Set() }
  for (const part of await waiting()) {
    if (round.shut.has(part.owner) || (part.refused && !again)) continue
    if (round.silent < NO_SIGNAL) await sendIn(round, part)
    else round.left += 1
  }
  return round
}

async function sendIn (round, part) {
  const how = await send(part)
  round.silent = how === 'silent' ? round.silent + 1 : 0
  if (how === 'shut out') round.shut.add(part.owner)
  if (how === 'silent' || how === 'later') round.left += 1
  if (how === 'arrived' && part.what !== 'concern') round.news = true
  tell('state')
}

async function send (part) {
  const phone = await (await database()).get('phones', part.owner)
  const answer = await put(part, phone.token)
  if (!answer) return later(part, 'silent')
  if (answer.status === 401) return shutOut(phone)
  if (LATER.has(answer.status) || answer.status >= 500) return later(part, 'later')
  if (answer.status >= 400) return refused(part, await sentenceIn(answer))
  const receipt = await answer.json().catch(() => null)
  if (!names(receipt, part)) return later(part, 'later')
  await arrived(part, receipt)
  if (phone.shutOut) await (await database()).put('phones', { ...phone, shutOut: false }, phone.owner)
  return 'arrived'
}

async function put ({ instance, what, body }, token) {
  try {
    return await fetch(`/app/deliveries/${instance}/${what}/`, {
      method: 'PUT',
      headers: { Authorization: `Phone ${token}`, 'Content-Type': 'application/octet-stream' },
      credentials: 'omit',
      redirect: 'error',
      body,
      signal: AbortSignal.timeout(LONGEST)
    })
  } catch {
    return null
  }
}

// Whether a receipt says that the server holds this very part.
function names (receipt, { instance, what, hash }) {
  if (receipt?.id !== instance) return false
  const [kind, id] = what.split('/')
  return kind === 'photos' ? Boolean(receipt.photos?.held?.includes(id)) : receipt.sha256 === hash
}

async function later (part, how) {
  await changePart(part, { tries: part.tries + 1 })
  return how
}

async function refused (part, sentence) {
  await changePart(part, { tries: part.tries + 1, refused: sentence })
  return 'refused'
}

async function shutOut (phone) {
  await (await database()).put('phones', { ...phone, shutOut: true }, phone.owner)
  return 'shut out'
}

async function sentenceIn (answer) {
  const told = await answer.json().catch(() => null)
  return typeof told?.sentence === 'string' && told.sentence ? told.sentence : '?'
}
