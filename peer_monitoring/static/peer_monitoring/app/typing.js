// What is typed is kept a moment after somebody stops, and at once where they go on or put the phone away. A page that
// ends keeps nothing more: it hands what is typed to the worker, which keeps it in its place.
import { keyInMemory } from './keys.js';

const PAUSE = 400 // milliseconds
const open = new Map()
const running = new Map()

addEventListener('pagehide', handOver)
document.addEventListener('visibilitychange', keepTyping)

// Waits for what is under way too: of a day, one part may still be kept while the next one is typed.
export function keepTyping () {
  for (const keep of [...open.keys()]) keep()
  return Promise.all(running.keys())
}

function handOver () {
  const typed = [...open.values(), ...running.values()].map((told) => told?.()).filter(Boolean)
  if (typed.length) navigator.serviceWorker?.controller?.postMessage({ typed, key: keyInMemory() })
  keepTyping()
}

// The same for what is chosen, which is kept at once: `kept` is under way.
export function whileKept (kept, told) {
  running.set(kept, told)
  kept.finally(() => running.delete(kept))
}

// `now()` keeps what is not kept yet, `stop()` ends it: both wait for what is under way. `goOn()` begins again, with
// what was typed meanwhile. `isOpen()` says that not all of it is kept. `told()` says what is
// typed as the worker keeps it (`late.js`).
export function whenTyped (input, keep, told) {
  let [waits, kept, stopped] = [null, Promise.resolve(), false]
  const run = () => {
    const mine = kept = kept.then(keep)
    running.set(mine, told)
    mine.finally(() => running.delete(mine))
  }
  const now = () => {
    clearTimeout(waits)
    if (open.delete(now) && !stopped) run()
    return kept
  }
  const stop = () => {
    stopped = true
    return now()
  }
  const isOpen = () => open.has(now) || [...running.values()].includes(told)
  const goOn = () => {
    stopped = false
    open.set(now, told)
    return now()
  }
  input.addEventListener('input', () => {
    clearTimeout(waits)
    open.set(now, told)
    waits = setTimeout(now, PAUSE)
  })
  input.addEventListener('change', now)
  return { now, stop, goOn, isOpen }
}
