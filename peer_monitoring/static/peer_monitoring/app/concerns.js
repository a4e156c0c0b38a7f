// "Concern now": words that go to the scheme's safeguarding lead before all else.
import { note } from './database.js';
import { swap } from './drafts.js';
import { keep, letGo, read } from './kept.js';
import { serverKey } from './keys.js';
import { alone } from './locks.js';
import { makePart } from './queue.js';
import { tell } from './telling.js';

const nameOf = (visitId) => `concern:${visitId}`

// What somebody has begun to write and not sent.
export async function begun (visitId) {
  return (await read(nameOf(visitId)))?.words ?? ''
}

export async function keepWords (visitId, words) {
  return alone('drafts', () => words ? keep(nameOf(visitId), { visit: visitId, words }) : letGo(nameOf(visitId)))
}

// Sealed at once; gives the address by which its receipt is found.
export async function raise ({ visit, words, inside }) {
  const id = crypto.randomUUID()
  const told = { id, visit, words, inside, raised_at: new Date().toISOString() }
  const bytes = new TextEncoder().encode(JSON.stringify(told))
  await alone('drafts', async () => {
    const [owner, key] = [await note('owner'), await serverKey()]
    const part = await makePart({ instance: id, what: 'concern', owner, key, bytes })
    await swap([part], [nameOf(visit)])
  })
  tell('state')
  return id
}
