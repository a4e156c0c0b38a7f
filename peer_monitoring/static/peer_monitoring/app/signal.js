// Whether anybody answers, for a screen that has to say it: asked while it is shown, and anew as the line changes.
import { askWhetherShutOut } from './shut_out.js';

const PATIENCE = 5_000 // milliseconds without an answer, which is no signal to somebody who waits
const AGAIN = 15_000 // milliseconds

// Calls `say(isThere)` with each answer, as long as `place` is on the page: never while somebody presses something, which
// would move away.
export function watchSignal (place, say) {
  const over = new AbortController()
  const on = (name, how) => addEventListener(name, how, { signal: over.signal })
  let [waits, pressed, release, number] = [null, null, null, 0]
  const tell = async (isThere, mine) => {
    await pressed
    if (mine === number) say(isThere)
  }
  const ask = async () => {
    if (number && !place.isConnected) return over.abort()
    const mine = ++number
    clearTimeout(waits)
    waits = setTimeout(tell, PATIENCE, false, mine)
    const isThere = await askWhetherShutOut()
    if (mine !== number) return
    clearTimeout(waits)
    waits = setTimeout(ask, AGAIN)
    tell(isThere, mine)
  }
  on('pointerdown', () => { pressed = new Promise((resolve) => { release = resolve }) })
  for (const one of ['pointerup', 'pointercancel']) on(one, () => setTimeout(release))
  for (const one of ['online', 'offline']) on(one, ask)
  ask()
}
