// The way to sign in. The page that asks for it comes from the service: without signal it leads nowhere, and says so.
import { button, h, spoken } from '../drawing.js';
import { app as words, out } from '../words.js';

export const SIGN_IN = '/sign-in/?next=/app/'

export function wayToSignIn (app) {
  const said = spoken()
  const go = async () => {
    said.textContent = words.opening
    await app.askWhose()
    if (app.line === 'no signal') said.textContent = out.stillNoSignal
    else location.assign(SIGN_IN)
  }
  return h('div', button(words.signIn, go), said)
}
