// Stands before every request to the platform (docs/adr/0074): gives the app from what it keeps, and ends a session
// that was ended without signal before it lets anything else through. It keeps what a page that ended had no time for.
import { deliver } from './delivering.js';
import { keepLate } from './late.js';
import { noteMark } from './mine.js';
import { endSession } from './session.js';
import { clearIfEnded, clearPhone } from './signing_out.js';
import { tell } from './telling.js';
import { forgetWhose } from './turns.js';
import { closed, noSignal } from './words.js';

const BEGINNING = 'visits-'
const SIGN_IN = '/sign-in/'
// The second one ends all sign-ins at once.
const SIGN_OUTS = ['/sign-out/', '/my/sign-ins/']
// What the session's end itself is made of, and what goes without one.
const PASSED = ['/app/session-over/', '/app/deliveries/']
// Where somebody who is signed in shows once more that it is they: the same session goes on.
const AGAIN = '/sign-in/again/'
// A sign-out from which somebody comes back at once: to show once more that it is they, or from half a sign-in.
const TURNS_BACK = ['again', 'next']

// `shell` is `{ mark, page, files }`: its mark stands in the page too, so that both are of one version.
export function start (shell) {
  const name = BEGINNING + shell.mark
  const files = new Set(shell.files)
  addEventListener('install', (event) => {
    event.waitUntil(keepShell(name, shell))
    askFirst(event)
  })
  addEventListener('activate', (event) => event.waitUntil(letGoOfOlder(name).then(() => self.clients.claim())))
  addEventListener('message', (event) => {
    if (event.data === 'start') self.skipWaiting()
    if (event.data?.typed) event.waitUntil(keepLate(event.data))
  })
  addEventListener('sync', (event) => event.waitUntil(deliverOrFail()))
  addEventListener('fetch', (event) => answer(event, { name, files, page: shell.page }))
}

// A browser that asks the server while the worker still wakes up would let something through before the session's end.
function askFirst (event) {
  const all = { condition: { urlPattern: { pathname: '/*' } }, source: 'fetch-event' }
  if (event.addRoutes) event.waitUntil(event.addRoutes(all))
}

async function keepShell (name, { mark, page, files }) {
  const cache = await caches.open(name)
  const shown = await fetch(page, { cache: 'reload', credentials: 'omit', redirect: 'error' })
  if (!(await shown.clone().text()).includes(mark)) throw new Error('The page is of another version.')
  await cache.addAll(files.map((file) => new Request(file, { credentials: 'omit' })))
  await cache.put(page, shown)
}

async function letGoOfOlder (name) {
  const others = (await caches.keys()).filter((one) => one.startsWith(BEGINNING) && one !== name)
  await Promise.all(others.map((one) => caches.delete(one)))
}

async function deliverOrFail () {
  const { left, news } = await deliver()
  if (news) tell('arrived')
  // The browser tries again later what failed.
  if (left) throw new Error('Something waits.')
}

function answer (event, { name, files, page }) {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  const isApp = pathname === page && request.mode === 'navigate' && request.method === 'GET'
  if (isApp || files.has(pathname)) event.respondWith(kept(name, pathname, request))
  else if (SIGN_OUTS.includes(pathname) && request.method === 'POST') event.respondWith(signOut(request))
  else if (!PASSED.some((one) => pathname.startsWith(one))) event.respondWith(letThrough(event))
}

async function kept (name, path, request) {
  const cache = await caches.open(name)
  return await cache.match(path, { ignoreVary: true }) ?? fetch(request)
}

async function letThrough (event) {
  const { request } = event
  let ended
  try {
    if (SIGN_OUTS.includes(new URL(request.url).pathname)) await clearIfEnded(request.url)
    ended = await endSession()
    if (ended && signsIn(request)) await forgetWhose()
  } catch (error) {
    console.info(error)
    return asAVisitor(request)
  }
  if (!ended) return request.mode === 'navigate' ? Response.redirect('/app/#out/done') : Response.error()
  const answer = fetch(request)
  if (request.mode !== 'navigate') return answer
  event.waitUntil(beside(answer, request))
  // What a form was to send is left to the browser, which can try it once more.
  return request.method === 'GET' ? answer.catch(() => pageOf(noSignal)) : answer
}

function signsIn ({ method, url }) {
  const { pathname } = new URL(url)
  return method === 'POST' && pathname.startsWith(SIGN_IN) && !pathname.startsWith(AGAIN)
}

// Somebody who signed out is not in the app any more: what waits goes with whatever they open. And whoever has signed in
// may not come to the app with signal: whose session it is is asked once the page is there.
async function beside (answer, { method }) {
  const noted = method === 'GET' && answer.then(noteMark).catch((error) => console.info(error))
  await Promise.all([deliver(), noted])
}

// Where the database cannot be asked whether a session is to end, what is public is shown as to a visitor, and what is
// somebody's own is not.
async function asAVisitor ({ url, method, mode }) {
  const answer = method === 'GET' ? await fetch(url, { credentials: 'omit', redirect: 'manual' }) : Response.error()
  const isClosed = answer.type === 'opaqueredirect' || answer.type === 'error'
  return mode === 'navigate' && isClosed ? pageOf(closed) : answer
}

function pageOf ({ title, more, on, way }) {
  const words = `<main><h1>${title}</h1><p>${more}</p><p><a href="${way}">${on}</a></p></main>`
  const size = '<meta name="viewport" content="width=device-width, initial-scale=1">'
  const page = `<!doctype html><html lang="en"><meta charset="utf-8">${size}<title>${title}</title>${words}</html>`
  return new Response(page, { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } })
}

// The platform's own forms of signing out.
async function signOut (request) {
  if (await turnsBack(request.clone())) return fetch(request)
  try {
    if (!await endSession()) return Response.redirect('/app/#out/done')
    await clearPhone({ ends: true })
  } catch (error) {
    // To sign out on the server is better than not at all.
    console.info(error)
    return fetch(request)
  }
  return fetch(request).catch(() => Response.redirect('/app/#out/done'))
}

async function turnsBack (request) {
  const form = await request.formData().catch(() => new FormData())
  return TURNS_BACK.some((name) => form.has(name))
}
