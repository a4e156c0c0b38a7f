// Makes what is on a screen, from words and never from markup, in the design system's own classes.
import { app, first } from './words.js';

// h('p.nhsuk-hint', { id: 'x' }, 'words', another): what is empty is left out; a function listens.
export function h (what, ...rest) {
  const [tag, ...classes] = what.split('.')
  const node = document.createElement(tag)
  if (classes.length) node.className = classes.join(' ')
  const [first] = rest
  const hasProps = first && typeof first === 'object' && !(first instanceof Node) && !Array.isArray(first)
  if (hasProps) give(node, rest.shift())
  node.append(...rest.flat(Infinity).filter((one) => one !== null && one !== false && one !== undefined && one !== ''))
  return node
}

function give (node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === false || value === undefined) continue
    if (typeof value === 'function') node.addEventListener(name, value)
    else if (name === 'value' || name === 'checked') node[name] = value
    else node.setAttribute(name, value === true ? '' : value)
  }
}

export const heading = (words, size = 'l') => h(`h1.nhsuk-heading-${size}`, { tabindex: '-1' }, words)
export const hint = (words) => h('p.nhsuk-hint', words)
export const inset = (...said) =>
  h('div.nhsuk-inset-text', said.map((one) => typeof one === 'string' ? h('p', one) : one))
export const tag = (words, colour) => h(`strong.nhsuk-tag.nhsuk-tag--${colour}`, words)
export const backLink = (href) => h('a.nhsuk-back-link', { href }, app.back)

export function button (words, click, kind = '') {
  return h(`button.nhsuk-button${kind && `.nhsuk-button--${kind}`}`, { type: 'button', click: once(click) }, words)
}

export const asLink = (words, click) => h('button.app-as-link', { type: 'button', click: once(click) }, words)

export function linkButton (words, href, kind = '') {
  return h(`a.nhsuk-button${kind && `.nhsuk-button--${kind}`}`, { href, draggable: 'false' }, words)
}

// What stays the same stays where it is, with whatever has the focus in it.
export function putIfOther (place, content) {
  const now = h('div', content)
  if (now.innerHTML !== place.innerHTML) place.replaceChildren(...now.childNodes)
}

// A second press while the first one is still at work does nothing.
function once (act) {
  let busy = false
  return async (event) => {
    event.preventDefault()
    if (busy) return
    busy = true
    try { await act(event) } finally { busy = false }
  }
}

// `wrongs` is a list of `{ words, id }` or `{ words, href }`: what is wrong, and which field or screen it is about.
export function errorSummary (title, wrongs) {
  return h('div.nhsuk-error-summary', { tabindex: '-1', role: 'alert', 'data-summary': true },
    h('h2.nhsuk-error-summary__title', title),
    h('div.nhsuk-error-summary__body',
      h('ul.nhsuk-list.nhsuk-error-summary__list',
        wrongs.map((one) => h('li', wayTo(one))))))
}

function wayTo ({ words, id, href }) {
  if (id) return h('a', { href: `#${id}`, click: (event) => goTo(event, id) }, words)
  return href ? h('a', { href }, words) : words
}

// The address of the screen stands behind the `#`, so a link into the page goes by hand.
function goTo (event, id) {
  event.preventDefault()
  document.getElementById(id)?.focus()
}

// Words that a screen reader says when they change.
export function spoken (kind = 'status') {
  return h('p.app-visits-said', { role: kind, 'aria-live': kind === 'alert' ? 'assertive' : 'polite' })
}

// Which language words are in, for whoever has them read aloud.
export const languageTag = (code) => code === 'en-x-easy' ? 'en' : code

// What cannot be undone is done after a question: `words` say what is done, `question` what is lost by it, and `yes`
// that it is to be done all the same.
export function afterAsking (words, question, yes, act) {
  const place = h('div.app-visits-first')
  const way = asLink(words, () => {
    const said = h('p', { tabindex: '-1' }, question)
    place.replaceChildren(h('div.nhsuk-inset-text', said, button(yes, act, 'warning'), h('p', asLink(first.no, close))))
    said.focus()
  })
  const close = () => {
    place.replaceChildren(h('p', way))
    way.focus()
  }
  place.append(h('p', way))
  return place
}
