// The page's side of the service worker: it is put in place, and a newer one is offered and never forced.
const { worker } = document.getElementById('visits').dataset

// `offer(start)` is called when a newer version waits; `fail` where this browser can have none.
export async function watchWorker ({ offer, fail }) {
  let registration
  try {
    const how = { type: 'module', scope: '/', updateViaCache: 'none' }
    registration = await navigator.serviceWorker.register(worker, how)
  } catch {
    return fail()
  }
  const say = () => { if (registration.waiting && navigator.serviceWorker.controller) offer(() => start(registration)) }
  say()
  registration.addEventListener('updatefound', () => registration.installing.addEventListener('statechange', say))
}

function start ({ waiting }) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('start')
}
