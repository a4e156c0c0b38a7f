// Reads a page aloud with a voice of this device (docs/adr/0057). No word leaves the device: a voice that speaks over
// the network is never used, and where there is no other the button stays hidden.
const PARTS = 'h1, h2, h3, h4, p, li, dt, dd, blockquote, figcaption, summary, th, td'
// What is no part of what the page says, or was typed by whoever reads.
const NOT_READ = '.app-tools, .app-not-on-paper, form, nav, [aria-hidden=true]'
const { speechSynthesis: speech } = window

function voiceFor (language) {
  const [tongue] = language.toLowerCase().split('-')
  const here = speech.getVoices().filter((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === tongue)
  return here.find((one) => /^en[-_]gb/i.test(one.lang)) ?? here[0]
}

// The smallest parts of the page that hold words, in order: a heading, a paragraph, an item, an idea.
function partsOf (main) {
  return [...main.querySelectorAll(PARTS)].filter((one) =>
    !one.querySelector(PARTS) && !one.closest(NOT_READ) && one.getClientRects().length && wordsOf(one))
}

function wordsOf (part) {
  const copy = part.cloneNode(true)
  copy.querySelectorAll('[aria-hidden=true]').forEach((one) => one.remove())
  return copy.textContent.replace(/\s+/g, ' ').trim()
}

export function startAloud (bar) {
  if (!speech) return
  const go = bar.querySelector('[data-aloud-go]')
  const end = bar.querySelector('[data-aloud-stop]')
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  const start = go.textContent
  let parts = []
  let at = 0
  let turn = 0 // which reading this is: what ended an earlier one says nothing of this one
  let isReading = false

  const offer = () => { bar.hidden = !voiceFor(document.documentElement.lang) }

  function show (part) {
    document.querySelector('.app-aloud-now')?.classList.remove('app-aloud-now')
    part?.classList.add('app-aloud-now')
    part?.scrollIntoView({ block: 'center', behavior: still.matches ? 'auto' : 'smooth' })
  }

  function say () {
    if (at >= parts.length) return stop()
    const mine = turn
    const words = new SpeechSynthesisUtterance(wordsOf(parts[at]))
    words.voice = voiceFor(document.documentElement.lang)
    words.lang = words.voice.lang
    words.onend = () => {
      if (mine !== turn) return
      at += 1
      say()
    }
    words.onerror = () => { if (mine === turn) stop() }
    show(parts[at])
    speech.speak(words)
  }

  // Not every device can hold a voice in the middle of a word: a part that was stopped is read again from its start.
  function quiet () {
    turn += 1
    isReading = false
    speech.cancel()
  }

  function read () {
    quiet()
    isReading = true
    if (!parts.length) parts = partsOf(document.querySelector('main'))
    go.textContent = 'Pause'
    end.hidden = false
    bar.classList.add('app-aloud--on')
    say()
  }

  function stop () {
    quiet()
    show(null)
    parts = []
    at = 0
    go.textContent = start
    if (document.activeElement === end) go.focus()
    end.hidden = true
    bar.classList.remove('app-aloud--on')
  }

  go.addEventListener('click', () => {
    if (!isReading) return read()
    quiet()
    go.textContent = 'Go on reading'
  })
  end.addEventListener('click', stop)
  // A voice goes on after its page is gone, unless it is told.
  window.addEventListener('pagehide', stop)
  speech.addEventListener?.('voiceschanged', offer)
  offer()
}
