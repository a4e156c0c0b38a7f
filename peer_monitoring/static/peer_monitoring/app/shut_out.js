// Whether this phone was shut out: asked of the service first of all, so that it is said before anything is tried.
import { note, noteOf, phoneOf } from './database.js';
import { waiting } from './queue.js';
import { get, sentenceIn } from './server.js';
import { tell } from './telling.js';

// Whether the credential of whoever this phone is ready for is taken no more.
export async function isShutOut () {
  return Boolean((await phoneOf(await note('owner')))?.shutOut)
}

// Who among several was shut out on this phone.
export async function shutOutAmong (owners) {
  const phones = await Promise.all([...new Set(owners)].map(phoneOf))
  return new Set(phones.filter((phone) => phone?.shutOut).map(({ owner }) => owner))
}

// Whether that is so of anybody whose things wait here, also after they signed out.
export async function isAnyShutOut () {
  return (await shutOutAmong((await waiting()).map(({ owner }) => owner))).size > 0
}

export async function noteShutOut (phone, shutOut = true) {
  await noteOf(phone, { shutOut })
  tell('state')
}

// Gives whether the service answered.
export async function askWhetherShutOut () {
  const phone = await phoneOf(await note('owner'))
  if (!phone) return false
  const answer = await get('/app/phones/this/', { Authorization: `Phone ${phone.token}` })
  if (answer?.status === 204 && phone.shutOut) await noteShutOut(phone, false)
  if (answer?.status === 204) return true
  const isOurs = Boolean(answer && await sentenceIn(answer))
  if (answer?.status === 401 && isOurs && !phone.shutOut) await noteShutOut(phone)
  return isOurs
}
