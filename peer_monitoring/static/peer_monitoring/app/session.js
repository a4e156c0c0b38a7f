// A session that somebody ended on the phone, and that is to end on the server before anything else is asked of it.
import { database, forgetNote, note } from './database.js';
import { alone } from './locks.js';

// The note that says so, with whose session it is.
export const ENDS = 'session ends'

export async function sessionIsToEnd () {
  return Boolean(await note(ENDS))
}

// Whether none is left that is to end.
export async function endSession () {
  if (!await sessionIsToEnd()) return true
  return alone('session', async () => {
    const owner = await note(ENDS)
    if (!owner) return true
    const phone = await (await database()).get('phones', owner)
    const answer = await askToEnd(phone.token)
    // Whatever else the server answers, there is nothing of this phone's to end.
    if (!answer || answer.status >= 500 || answer.status === 429) return false
    await forgetNote(ENDS)
    return true
  })
}

async function askToEnd (token) {
  try {
    return await fetch('/app/session-over/', {
      method: 'POST', headers: { Authorization: `Phone ${token}` }, credentials: 'same-origin', redirect: 'error'
    })
  } catch {
    return null
  }
}
