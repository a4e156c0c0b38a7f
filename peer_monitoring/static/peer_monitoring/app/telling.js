// What one tab, or the worker, did is told to all the others, so that no screen shows what is no longer so.
const NAME = 'alongside-visits'
const listeners = new Set()
const channel = new BroadcastChannel(NAME)

channel.addEventListener('message', ({ data }) => hear(data))

function hear (news) {
  for (const listen of listeners) listen(news)
}

// `what` is `state` (something was sent, sealed or refused), `draft` with an `id` (and `late`, where it was typed on a
// page that ended), `words` of a concern with the `id` of its visit (the same), `arrived` (the worker sent something of
// which the server tells more), `pin` (another one), or `cleared`, where `ends` says that somebody signed out, and not
// that somebody else is signed in. To its own screens alone a page says `again`: something that could not be kept before
// was tried again.
export function tell (what, more = {}) {
  channel.postMessage({ what, ...more })
  hear({ what, own: true, ...more })
}

export function onNews (listen) {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
