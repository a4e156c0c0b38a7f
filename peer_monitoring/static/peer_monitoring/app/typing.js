// What is typed is kept a moment after somebody stops, and at once where they go on or put the phone away.
const PAUSE = 400 // milliseconds
const open = new Set()
const running = new Set()

addEventListener('pagehide', keepTyping)
document.addEventListener('visibilitychange', keepTyping)

// Waits for what is under way too: of a day, one part may still be kept while the next one is typed.
export function keepTyping () {
  for (const keep of [...open]) keep()
  return Promise.all(running)
}

// `now()` keeps what is not kept yet, `stop()` ends it: both wait for what is under way.
export function whenTyped (input, keep) {
  let [waits, kept, stopped] = [null, Promise.resolve(), false]
  const run = () => {
    const mine = kept = kept.then(keep)
    running.add(mine)
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
  input.addEventListener('input', () => {
    clearTimeout(waits)
    open.add(now)
    waits = setTimeout(now, PAUSE)
  })
  input.addEventListener('change', now)
  return { now, stop }
}
