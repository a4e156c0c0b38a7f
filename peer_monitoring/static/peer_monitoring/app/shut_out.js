// Whether this phone was shut out: asked of the service first of all, so that it is said before anything is tried.
import { database, note, putIfRoom } from './database.js';
import { get } from './server.js';
import { tell } from './telling.js';

const phoneOf = async (owner) => owner ? (await database()).get('phones', owner) : undefined

// Whether the credential of whoever this phone is ready for is taken no more.
export async function isShutOut () {
  return Boolean((await phoneOf(await note('owner')))?.shutOut)
}

// Who among several was shut out on this phone.
export async function shutOutAmong (owners) {
  const phones = await Promise.all([...new Set(owners)].map(phoneOf))
  return new Set(phones.filter((phone) => phone?.shutOut).map(({ owner }) => owner))
}

export async function noteShutOut (phone) {
  const now = await (await database()).get('phones', phone.owner)
  // Another tab may have made it ready again meanwhile.
  if (now?.token === phone.token) await putIfRoom('phones', { ...now, shutOut: true }, phone.owner)
  tell('state')
}

export async function askWhetherShutOut () {
  const phone = await phoneOf(await note('owner'))
  if (!phone || phone.shutOut) return
  const answer = await get('/app/phones/this/', { Authorization: `Phone ${phone.token}` })
  if (answer?.status !== 401) return
  // The page of a network that asks for a sign-in of its own is no answer.
  const said = await answer.json().catch(() => null)
  if (typeof said?.sentence === 'string') await noteShutOut(phone)
}
