// Leaving comes first and needs nothing else: it works even if the components below fail to load.
const leave = document.querySelector('[data-leave]')
const MILLISECONDS_FOR_THREE = 2000

function forget () {
  try { sessionStorage.clear() } catch { /* storage may be switched off */ }
  for (const form of document.forms) {
    for (const input of form.elements) {
      if (input.type === 'checkbox' || input.type === 'radio') input.checked = false
      else if (input.type === 'file' || input.matches('input:not([type=hidden]), textarea')) input.value = ''
    }
  }
}

// What is open in this browser is closed for whoever comes after; the browser sends it while the page goes away.
function close () {
  for (const form of document.querySelectorAll('form[data-close]')) {
    navigator.sendBeacon(form.action, new FormData(form))
  }
}

function go () {
  document.body.hidden = true
  window.speechSynthesis?.cancel()
  document.title = 'Weather'
  close()
  forget()
  window.location.replace(leave.href)
}

if (leave) {
  leave.addEventListener('click', (event) => {
    event.preventDefault()
    go()
  })

  const hint = document.createElement('span')
  hint.className = 'nhsuk-u-visually-hidden'
  hint.textContent = leave.dataset.leaveHint ?? ''
  leave.append(hint)

  let presses = []
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') {
      presses = []
      return
    }
    const now = Date.now()
    presses = [...presses.filter((moment) => now - moment < MILLISECONDS_FOR_THREE), now]
    if (presses.length === 3) go()
  })

  // A page that the Back button brings out of the browser's memory must not show what was left behind.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && document.body.hidden) window.location.reload()
  })
}

// Back makes a form anew. It is the same form all the same, so it keeps the mark it had at this place in the browser's
// history: what is sent with it again is then known to be the same. At any other place it is another form.
for (const mark of document.querySelectorAll('input[type=hidden][name=send]:not([data-carried])')) {
  mark.value = window.history.state?.send ?? window.crypto.randomUUID?.() ?? mark.value
  window.history.replaceState({ ...window.history.state, send: mark.value }, '')
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// Sent without a network, a form would be lost with the page: it stays, and says so.
const CUT = 'You are not connected to the internet. What you typed is still here. Send it again when you are connected.'

function sayCut (form, isCut) {
  form.querySelector('[data-cut]')?.remove()
  if (!isCut) return
  const words = document.createElement('p')
  words.className = 'nhsuk-error-message'
  words.dataset.cut = ''
  words.role = 'alert'
  words.textContent = CUT
  const place = form.querySelector('.app-actions') || form
  place.append(words)
}

document.addEventListener('submit', (event) => {
  sayCut(event.target, !navigator.onLine)
  if (!navigator.onLine) event.preventDefault()
})

const aloud = document.querySelector('[data-aloud]')
if (aloud) import('./aloud.js').then(({ startAloud }) => startAloud(aloud))

const { components } = document.querySelector('script[data-components]').dataset
const { initAll } = await import(components)
initAll()
if (document.querySelector('#way, [data-way-ends]')) {
  const { startWay } = await import('./way.js')
  startWay({ draw: initAll, sayCut })
}
