// Sends what waits, one part at a time, and keeps each until a receipt names it. One tab, or the worker, does it at a
// time; a concern goes beside all that.
import { database, putIfRoom } from './database.js';
import { alone, aloneOrNot } from './locks.js';
import { addressOf, arrived, bodyOf, tried, waiting } from './queue.js';
import { endSession } from './session.js';
import { noteShutOut } from './shut_out.js';
import { tell } from './telling.js';

const LONGEST = 120_000 // milliseconds for one part, on a line that is hardly one
const LONGEST_CONCERN = 30_000 // it is short: on a line that says nothing it is sent again sooner
const LATER = new Set([408, 409, 425, 429])
const NO_SIGNAL = 3 // parts after which nobody answers
export const SOONEST = 5_000 // milliseconds until the next try, each time twice as long
export const LATEST = 300_000

// What became of a round: `left` parts still wait, `silent` of them got no answer at the end, and `news` says that
// something arrived of which the server tells more. `again`, where somebody asks for it, tries what was refused too,
// and waits for whoever is at it.
export async function deliver ({ again = false } = {}) {
  const round = await deliverConcerns({ again })
  if (round.stuck) return round
  const went = again
    ? await alone('deliver', () => go(round, again))
    : await aloneOrNot('deliver', () => go(round, again))
  if (!went) round.left += 1
  return round
}

// Words about harm wait for nothing that is on its way: they go beside it, whoever sends that.
export async function deliverConcerns ({ again = false } = {}) {
  const round = {
    left: 0, news: false, stuck: false, silent: 0, shut: new Set(), done: new Set(), unheard: new Set()
  }
  if (!await endSession()) return { ...round, left: 1, silent: 1, stuck: true }
  await sendConcerns(round, again)
  return round
}

async function sendConcerns (round, again) {
  const parts = (await waiting())
    .filter((part) => isConcern(part) && (goes(round, part, again) || round.unheard.has(once(part))))
  await Promise.all(parts.map((part) => aloneOrNot(addressOf(part), () => sendIn(round, part))))
}

async function go (round, again) {
  for (let part; (part = await first(round, again));) await sendIn(round, part)
  return true
}

// The queue is read anew for each part: a concern that comes while photos go is before the next.
async function first (round, again) {
  await sendConcerns(round, again)
  if (round.silent >= NO_SIGNAL) return undefined
  return (await waiting()).find((part) => !isConcern(part) && goes(round, part, again))
}

const isConcern = ({ what }) => what === 'concern'
const goes = ({ shut, done }, part, again) =>
  !done.has(once(part)) && !shut.has(part.owner) && (again || !part.refused)

// What was sealed anew meanwhile may go once more.
const once = (part) => `${addressOf(part)} ${part.hash}`

// A concern to which nobody answers goes once more before the next part: there may be signal by then.
async function sendIn (round, part) {
  const name = once(part)
  const isTriedTwice = round.unheard.delete(name)
  if (isTriedTwice) round.left -= 1
  round.done.add(name)
  const how = await sendOrLater(part)
  if (how === 'silent' && isConcern(part) && !isTriedTwice) round.unheard.add(name)
  round.silent = how === 'silent' ? round.silent + 1 : 0
  if (how === 'shut out') round.shut.add(part.owner)
  if (how === 'silent' || how === 'later') round.left += 1
  if (how === 'arrived') round.news = true
  tell('state')
}

// What goes wrong with one part holds back no other.
async function sendOrLater (part) {
  try {
    return await send(part)
  } catch (error) {
    console.info(error)
    return 'later'
  }
}

async function send (part) {
  const phone = await (await database()).get('phones', part.owner)
  const body = await bodyOf(part)
  if (!body) return 'gone'
  const answer = await put(part, body, phone.token)
  if (!answer) return later(part, 'silent')
  if (answer.status === 401) return shutOut(phone)
  if (LATER.has(answer.status) || answer.status >= 500) return later(part, 'later')
  if (answer.status >= 400) return refused(part, await sentenceIn(answer))
  const receipt = await answer.json().catch(() => null)
  if (!names(receipt, part)) return later(part, 'later')
  await arrived(part, receipt)
  if (phone.shutOut) await putIfRoom('phones', { ...phone, shutOut: false }, phone.owner)
  return 'arrived'
}

async function put ({ instance, what }, body, token) {
  try {
    return await fetch(`/app/deliveries/${instance}/${what}/`, {
      method: 'PUT',
      headers: { Authorization: `Phone ${token}`, 'Content-Type': 'application/octet-stream' },
      credentials: 'omit',
      redirect: 'error',
      body,
      signal: AbortSignal.timeout(what === 'concern' ? LONGEST_CONCERN : LONGEST)
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
  await tried(part)
  return how
}

async function refused (part, sentence) {
  await tried(part, { refused: sentence })
  return 'refused'
}

async function shutOut (phone) {
  await noteShutOut(phone)
  return 'shut out'
}

async function sentenceIn (answer) {
  const told = await answer.json().catch(() => null)
  return typeof told?.sentence === 'string' && told.sentence ? told.sentence : '?'
}

// The browser sends what waits as soon as there is signal, also when the app is closed; where it can.
export function sendLater () {
  navigator.serviceWorker?.ready.then(({ sync }) => sync?.register('deliver')).catch(() => {})
}
