// Sends what waits, one part at a time, and keeps each until a receipt names it. One tab, or the worker, does it at a
// time; a concern goes beside all that.
import { alone, aloneOrNot, phoneOf } from './database.js';
import { addressOf, arrived, bodyOf, kindOf, tried, waiting } from './queue.js';
import { sentenceIn } from './server.js';
import { sessionsEnd } from './session.js';
import { noteShutOut } from './shut_out.js';
import { tell } from './telling.js';

const LONGEST = 120_000 // milliseconds for one part, on a line that is hardly one
const LONGEST_CONCERN = 30_000 // it is short: on a line that says nothing it is sent again sooner
const LATER = new Set([408, 425, 429])
const NO_SIGNAL = 3 // parts after which nobody answers
const PATIENCE = 3_000 // milliseconds for which a concern holds back what goes after it
export const SOONEST = 5_000 // milliseconds until the next try, each time twice as long
export const LATEST = 300_000

// What became of a round: `left` parts still wait, `isSilent` says that nobody answered what was asked last, and `news`
// that something arrived of which the server tells more. `again`, where somebody asks for it, tries what was refused
// too, and waits for whoever is at it.
export async function deliver ({ again = false } = {}) {
  const round = begin()
  await sendConcerns(round, again)
  const session = await sessionsEnd()
  if (session !== 'over') round.isSilent = session === 'silent'
  const went = session === 'over' && await (again ? alone : aloneOrNot)('deliver', () => go(round, again))
  if (!went) round.left += 1
  // Those that still go, and once more those to which nobody answered.
  while (round.going.length) {
    await Promise.all(round.going.splice(0))
    await sendConcerns(round, again)
  }
  return round
}

// Words about harm wait for nothing that is on its way, and for no session that is to end: they show none.
export async function deliverConcerns () {
  const round = begin()
  await sendConcerns(round)
  await Promise.all(round.going)
  return round
}

const begin = () => ({
  left: 0, news: false, isSilent: false, silent: 0, shut: new Set(), done: new Set(), unheard: new Set(), going: []
})

// They are waited for a moment, to go first; on a line that says nothing all else goes beside them.
async function sendConcerns (round, again) {
  const parts = (await waiting())
    .filter((part) => isConcern(part) && (goes(round, part, again) || round.unheard.has(once(part))))
  if (!parts.length) return
  const all = Promise.all(parts.map((part) => sendConcern(round, part, again)))
  round.going.push(all)
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
}

async function go (round, again) {
  for (let part; (part = await first(round, again));) await sendPart(round, part)
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

// A concern to which nobody answers goes once more before the next part: there may be signal by then. Where another tab
// is at it, it is left to that one.
async function sendConcern (round, part, again) {
  const name = once(part)
  const isTriedTwice = round.unheard.delete(name)
  if (isTriedTwice) round.left -= 1
  round.done.add(name)
  const send = () => sendOrLater(part)
  const how = await (again ? alone(addressOf(part), send) : aloneOrNot(addressOf(part), send))
  if (how === 'silent' && !isTriedTwice) round.unheard.add(name)
  if (how) noteIn(round, part, how)
  else round.left += 1
}

// The silence of concerns counts for itself: they are tried twice, and hold back nothing.
async function sendPart (round, part) {
  round.done.add(once(part))
  const how = await sendOrLater(part)
  if (how === 'silent') round.silent += 1
  noteIn(round, part, how)
}

function noteIn (round, part, how) {
  round.isSilent = how === 'silent'
  if (!round.isSilent) round.silent = 0
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
  const phone = await phoneOf(part.owner)
  const body = await bodyOf(part)
  if (!body) return 'gone'
  const answer = await put(part, body, phone.token)
  if (!answer) return later(part, 'silent')
  const isLater = answer.status === 409 ? await hasWhole(part) : LATER.has(answer.status)
  if (isLater || answer.status >= 500) return later(part, 'later')
  if (answer.status >= 400) return notTaken(part, phone, answer)
  const receipt = await answer.json().catch(() => null)
  if (!names(receipt, part)) return later(part, 'later')
  await arrived(part, receipt)
  if (phone.shutOut) await noteShutOut(phone, false)
  return 'arrived'
}

// Whether what a photo belongs to goes from this phone: it may have gone long ago, and was thrown away since.
const hasWhole = async ({ instance }) =>
  (await waiting()).some((one) => one.instance === instance && kindOf(one.what) !== 'photos')

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

// Only the service itself refuses: what stands between may answer otherwise a moment later.
async function notTaken (part, phone, answer) {
  const sentence = await sentenceIn(answer)
  if (!sentence) return later(part, 'later')
  if (answer.status === 401) {
    await noteShutOut(phone)
    return 'shut out'
  }
  await tried(part, { refused: sentence })
  return 'refused'
}

// The browser sends what waits as soon as there is signal, also when the app is closed; where it can.
export function sendLater () {
  navigator.serviceWorker?.ready.then(({ sync }) => sync?.register('deliver')).catch(() => {})
}
