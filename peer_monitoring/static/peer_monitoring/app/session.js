// A session that somebody ended on the phone, and that is to end on the server before anything else is asked of it.
import { alone, database, note, phoneOf } from './database.js';
import { sentenceIn } from './server.js';

// The note of whose session began when the phone was made ready. It stays when they sign out and their name goes, which
// says that it is to end: on a full phone something can be taken away, and nothing be written.
export const SESSION = 'session'
// The mark of that session, which the service gave with what they need: it ends the session and opens nothing, also
// where the browser was closed meanwhile and their cookie is gone.
export const MARK = 'mark'

const LONGEST = 20_000 // milliseconds

export async function sessionIsToEnd () {
  return Boolean(await whoseEnds())
}

async function whoseEnds () {
  const { store } = (await database()).transaction('notes')
  const [owner, whose] = await Promise.all([store.get('owner'), store.get(SESSION)])
  return owner ? undefined : whose
}

// Whether none is left that is to end.
export const endSession = async () => await sessionsEnd() === 'over'

// `over` where none is left that is to end; else `silent` where nobody answers, or `later`.
export async function sessionsEnd () {
  if (!await sessionIsToEnd()) return 'over'
  return alone('session', async () => {
    const owner = await whoseEnds()
    if (!owner) return 'over'
    const phone = await phoneOf(owner)
    const answer = await askToEnd(phone.token, await note(MARK))
    if (!answer) return 'silent'
    if (!await isOurs(answer)) return 'later'
    await forgetSession()
    return 'over'
  })
}

// Unless somebody's began meanwhile, which is another one.
async function forgetSession () {
  const change = (await database()).transaction('notes', 'readwrite')
  if (!await change.store.get('owner')) for (const name of [SESSION, MARK]) change.store.delete(name)
  await change.done
}

// Whether the service itself answered: it ended the session, or there is none of this phone's to end. The page of a
// network that asks for a sign-in of its own is no answer.
async function isOurs (answer) {
  if (answer.status === 401) return Boolean(await sentenceIn(answer))
  const said = await answer.json().catch(() => null)
  return answer.status === 200 && typeof said?.ended === 'boolean'
}

async function askToEnd (token, session = '') {
  try {
    return await fetch('/app/session-over/', {
      method: 'POST',
      headers: { Authorization: `Phone ${token}`, 'Content-Type': 'application/json' },
      credentials: 'same-origin',
      redirect: 'manual',
      body: JSON.stringify({ session }),
      signal: AbortSignal.timeout(LONGEST)
    })
  } catch {
    return null
  }
}
