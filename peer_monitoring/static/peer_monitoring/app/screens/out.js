// Signing out of this phone, with or without signal.
import { begunOn } from '../concerns.js';
import { note } from '../database.js';
import { sendLater } from '../delivering.js';
import { button, h, heading, inset, putIfOther, spoken } from '../drawing.js';
import { isLocked } from '../keys.js';
import { hasPin } from '../pin.js';
import { waiting } from '../queue.js';
import { endSession, sessionIsToEnd } from '../session.js';
import { clearPhone } from '../signing_out.js';
import { isAnyShutOut, isShutOut } from '../shut_out.js';
import { concern, list, out, raised } from '../words.js';
import { wayToSignIn } from './signing_in.js';

export async function outScreen (app, how) {
  if (how === 'done') return doneScreen(app)
  const said = spoken()
  const leave = async () => {
    said.textContent = out.going
    try {
      await clearPhone({ ends: true })
      sendLater()
      await endSession()
      app.go('#out/done')
      await app.deliver({ again: true })
    } catch (error) {
      said.textContent = ''
      app.trouble(error)
    }
  }
  const isShut = await isShutOut()
  return {
    title: out.heading,
    back: '#',
    content: [
      heading(out.heading), (await unsent()).map((words) => h('p', h('strong', words))),
      h('p', isShut ? out.whatShut : out.what), await hasPin() ? h('p', out.pin) : '',
      h('p', isShut ? out.staysShut : out.stays), h('p', out.before),
      button(out.go, leave), said, h('p', h('a', { href: '#' }, out.stay))
    ]
  }
}

// Nobody reads afterwards that a concern waits: it would be told to whoever holds the phone. Nor is it without the PIN.
async function unsent () {
  const [owner, parts, begun] = [await note('owner'), await waiting(), await begunOn()]
  const many = parts.length + begun.size
  if (await isLocked()) return many ? [out.waits(many)] : []
  const isConcern = ({ what, owner: whose }) => what === 'concern' && whose === owner
  return [parts.some(isConcern) && list.concernWaits, begun.size && raised.begun].filter(Boolean)
}

async function doneScreen (app) {
  const state = h('div', { 'aria-live': 'polite' })
  const refresh = async () => {
    const later = await sessionIsToEnd()
    putIfOther(state, [
      later ? h('p', out.later) : '', h('p', await whatWaits()), later ? h('p', out.needsSignal) : ''
    ])
  }
  await refresh()
  return {
    title: out.done,
    refresh,
    content: [heading(out.done), h('p', out.doneMore), state, inDanger(), wayToSignIn(app)]
  }
}

// Whoever signed out can raise nothing here: what the screen of the PIN says too. That one waits is told to nobody.
export const inDanger = () => inset(concern.danger, out.concern)

async function whatWaits () {
  if (!(await waiting()).length) return `${out.sent} ${out.signIn}`
  return await isAnyShutOut() ? out.staysShut : out.stays
}
