// What cannot be undone is done after a question.
import { asLink, button, h } from './drawing.js';
import { first } from './words.js';

// `words` say what is done, `question` what is lost by it, and `yes` that it is to be done all the same.
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
