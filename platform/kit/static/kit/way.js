// A way of several pages, one thing a page (ADR 0040). Without this file each page is posted to the next. With it the
// pages change in place: the browser's own Back works, a cut line loses nothing, and what is typed stays in this tab
// until it is sent. Leaving empties it with everything else that the tab holds.
const NOT_KEPT = ['csrfmiddlewaretoken', '_for', 'go']
const PARTS = ['.app-before', 'main']

let draw, sayCut // what makes the components of a page work, and what says at a form that it could not be sent
const key = (path) => `draft:${path}`
const theForm = () => document.querySelector('form#way')
const stepOf = (typed) => typed.find(([name]) => name === 'step')?.[1]

// The tab's storage may be switched off or full: then nothing is kept, and everything else works.
function keep (typed) {
  try { sessionStorage.setItem(key(window.location.pathname), JSON.stringify(typed)) } catch { /* see above */ }
}

function kept () {
  try { return JSON.parse(sessionStorage.getItem(key(window.location.pathname))) ?? [] } catch { return [] }
}

function forget (path) {
  try { sessionStorage.removeItem(key(path)) } catch { /* see above */ }
}

// What was sent is kept no longer, from the moment that the answer is here.
function endIn (page) {
  const ended = page.querySelector('[data-way-ends]')
  if (ended) forget(ended.dataset.wayEnds)
}

function typedIn (form) {
  return [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name))
}

function bodyOf (form, typed) {
  const body = new FormData()
  body.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value)
  for (const [name, value] of typed) body.append(name, value)
  return body
}

// Post what was typed, and put the page that answers in the place of this one.
async function go (typed, { forward }) {
  const form = theForm()
  let answer, words
  try {
    answer = await fetch(window.location.pathname, { method: 'POST', body: bodyOf(form, typed) })
    words = await answer.text()
  } catch {
    return sayCut(form, true)
  }
  const page = new DOMParser().parseFromString(words, 'text/html')
  endIn(page)
  if (answer.redirected) return window.location.assign(answer.url)
  if (!page.querySelector('form#way')) return form.submit()
  show(page)
  const step = stepOf(typedIn(theForm()))
  if (forward && step !== window.history.state?.step) window.history.pushState({ step }, '')
}

function show (page) {
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)))
  document.title = page.title
  const main = document.querySelector('main')
  draw({ scope: main })
  window.scrollTo(0, 0)
  const first = main.querySelector('.nhsuk-error-summary, h1')
  first.tabIndex = -1
  first.focus()
  begin()
}

function begin () {
  const form = theForm()
  if (stepOf(typedIn(form)) !== 'start') {
    keep(typedIn(form))
    form.addEventListener('input', () => keep(typedIn(form)))
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!navigator.onLine) return
    const pressed = event.submitter?.name ? [[event.submitter.name, event.submitter.value]] : []
    go([...typedIn(form), ...pressed], { forward: true })
  })
}

function offerToGoOn () {
  const offer = document.querySelector('[data-way-offer]')
  if (!offer || !kept().length) return
  offer.hidden = false
  offer.querySelector('[data-way-on]').addEventListener('click', () => {
    go([...kept(), ['go', stepOf(kept())]], { forward: true })
  })
  offer.querySelector('[data-way-forget]').addEventListener('click', () => {
    forget(window.location.pathname)
    offer.hidden = true
  })
}

export function startWay (given) {
  ({ draw, sayCut } = given)
  endIn(document)
  if (!theForm()) return
  begin()
  // Whoever pressed Start before this file was here stands on a page that was posted: Back leads there too.
  const step = stepOf(typedIn(theForm()))
  if (step !== 'start') window.history.replaceState({ ...window.history.state, step }, '')
  offerToGoOn()
  let { hash } = window.location
  window.addEventListener('popstate', ({ state }) => {
    const isWithinThePage = window.location.hash !== hash // the skip link, or a link of the error summary
    hash = window.location.hash
    if (isWithinThePage) return
    if (!state?.step) return window.location.reload()
    go([...kept(), ['go', state.step]], { forward: false })
  })
}
