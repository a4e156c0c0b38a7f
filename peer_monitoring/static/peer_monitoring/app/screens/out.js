// Signing out of this phone, with or without signal.
import { begunOn } from '../concerns.js';
import { note } from '../database.js';
import { sendLater } from '../delivering.js';
import { button, h, heading, putIfOther, spoken } from '../drawing.js';
import { hasPin } from '../pin.js';
import { waiting } from '../queue.js';
import { endSession, sessionIsToEnd } from '../session.js';
import { clearPhone } from '../signing_out.js';
import { isAnyShutOut, isShutOut } from '../shut_out.js';
import { list, out, raised } from '../words.js';
import { wayToSignIn } from './signing_in.js';

export async function outScreen (app, how) {
  if (how === 'done') return doneScreen(app)
  const said = spoken()
  const leave = async () => {
    said.textContent = out.going
    try {
      await clearPhone({ ends: true })
      sendLater()
      if (await endSession()) location.assign('/sign-in/')
      else app.go('#out/done')
    } catch (error) {
      said.textContent = ''
      app.trouble(error)
    }
  }
  const [isShut, owner, parts] = await Promise.all([isShutOut(), note('owner'), waiting()])
  // Nobody reads afterwards that it waits: it would be told to whoever holds the phone.
  const concernWaits = parts.some((part) => part.what === 'concern' && part.owner === owner)
  const begun = await begunOn()
  return {
    title: out.heading,
    back: '#',
    content: [
      heading(out.heading), concernWaits ? h('p', h('strong', list.concernWaits)) : '',
      begun.size ? h('p', h('strong', raised.begun)) : '',
      h('p', isShut ? out.whatShut : out.what), await hasPin() ? h('p', out.pin) : '',
      h('p', isShut ? out.staysShut : out.stays), h('p', out.before),
      button(out.go, leave), said, h('p', h('a', { href: '#' }, out.stay))
    ]
  }
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
  return { title: out.done, refresh, content: [heading(out.done), h('p', out.doneMore), state, wayToSignIn(app)] }
}

async function whatWaits () {
  if (!(await waiting()).length) return out.sent
  return await isAnyShutOut() ? out.staysShut : out.stays
}
