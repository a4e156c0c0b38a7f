// Signing out of this phone, with or without signal.
import { button, errorSummary, h, heading, linkButton, spoken } from '../drawing.js';
import { endSession, sessionIsToEnd } from '../session.js';
import { clearPhone } from '../signing_out.js';
import { app as words, out } from '../words.js';

const SIGN_IN = '/sign-in/'

export async function outScreen (app, how) {
  if (how === 'done') return doneScreen()
  const said = spoken()
  const wrong = h('div')
  const leave = async (losing) => {
    said.textContent = out.going
    try {
      await clearPhone({ ends: true, losing })
    } catch {
      said.textContent = ''
      return full(wrong, leave)
    }
    if (await endSession()) location.assign(SIGN_IN)
    else app.go('#out/done')
  }
  if (how === 'full') full(wrong, leave)
  return {
    title: out.heading,
    back: '#',
    content: [
      wrong, heading(out.heading), h('p', out.what), h('p', out.stays),
      button(out.go, () => leave(false)), said, h('p', h('a', { href: '#' }, out.stay))
    ]
  }
}

function full (wrong, leave) {
  wrong.replaceChildren(
    errorSummary(out.full, []),
    button(out.again, () => leave(false), 'secondary'),
    button(out.lose, () => leave(true), 'warning'))
  wrong.firstChild.focus()
}

async function doneScreen () {
  const later = await sessionIsToEnd()
  return {
    title: out.done,
    content: [
      heading(out.done), h('p', out.doneMore), later ? h('p', out.later) : '', h('p', out.stays),
      linkButton(words.signIn, `${SIGN_IN}?next=/app/`)
    ]
  }
}
