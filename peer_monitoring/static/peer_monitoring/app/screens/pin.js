// A PIN for this phone: choose it, type it, take it away.
import { asLink, button, errorSummary, h, heading, inset, spoken } from '../drawing.js';
import { choosePin, forgetOlderPin, hadPin, hasPin, takePinAway, tryPin, wrongWithPin } from '../pin.js';
import { endSession } from '../session.js';
import { isAnyShutOut, isShutOut } from '../shut_out.js';
import { concern, pin as words, troubles } from '../words.js';
import { inDanger } from './out.js';
import { wayToSignIn } from './signing_in.js';
import { drawQueue } from './waiting.js';

function field (id, label, hint) {
  const input = h('input.nhsuk-input.nhsuk-input--width-10', {
    id, type: 'password', inputmode: 'numeric', autocomplete: 'off', 'aria-describedby': hint ? `${id}-hint` : null
  })
  const node = h('div.nhsuk-form-group', h('label.nhsuk-label', { for: id }, label),
    hint ? h('div.nhsuk-hint', { id: `${id}-hint` }, hint) : '', input)
  return { node, input }
}

function say (wrong, said, id) {
  wrong.replaceChildren(errorSummary(troubles.check, [{ id, words: said }]))
  wrong.firstChild.focus()
}

export async function pinScreen (app) {
  const [wrong, said, isThere, isGone] = [h('div'), spoken(), await hasPin(), await hadPin()]
  const [title, label] = isThere ? [words.change, words.chooseNew] : [words.heading, words.choose]
  const [old, first, again] = [field('old', words.old), field('pin', label, words.hint), field('again', words.again)]
  const forgotten = await isShutOut() ? words.forgottenShut : words.forgotten
  const choose = async () => {
    const unfit = wrongWithPin(first.input.value)
    if (unfit) return say(wrong, words[unfit], 'pin')
    if (first.input.value !== again.input.value) return say(wrong, words.differ, 'again')
    await act(() => choosePin(first.input.value), words.wasSet)
  }
  // Whoever was handed the phone while the app is open changes nothing without the PIN.
  const act = async (change, done) => {
    if (isThere && !old.input.value) return say(wrong, words.locked, 'old')
    said.textContent = words.locking
    try {
      if (!await isOpened(app, wrong, old.input)) {
        said.textContent = ''
        return
      }
      await change()
      app.done = done
      app.go('#')
    } catch (error) {
      said.textContent = ''
      app.trouble(error)
    }
  }
  return {
    title,
    back: '#',
    leave: forgetOlderPin,
    content: [
      wrong, heading(title), isThere ? h('p', words.isSet) : '', isGone ? h('p', words.gone) : '', h('p', words.what),
      inset(forgotten),
      isThere ? old.node : '', first.node, again.node,
      button(words.use, choose), said, isThere ? h('p', asLink(words.away, () => act(takePinAway, words.wasTaken))) : ''
    ]
  }
}

export async function lockedScreen (app) {
  const { node, input } = field('pin', words.type)
  const [wrong, said, queue] = [h('div'), spoken(), h('div', { 'aria-live': 'polite' })]
  const open = async () => {
    said.textContent = words.opening
    try {
      if (await isOpened(app, wrong, input)) await app.unlocked()
    } catch (error) {
      app.trouble(error)
    }
    said.textContent = ''
  }
  input.addEventListener('keydown', ({ key }) => { if (key === 'Enter') send.click() })
  const send = button(words.open, open)
  const refresh = () => drawQueue(queue, app, { isLocked: true })
  await refresh()
  return {
    title: words.locked,
    refresh,
    content: [
      wrong, heading(words.locked), queue, node, send, said, inset(concern.danger, words.concern),
      h('p', words.unknown, ' ', h('a', { href: '#out' }, words.signOut))
    ]
  }
}

// Whether the PIN that was typed is this phone's, or it has none; if not, it is said, and counted.
async function isOpened (app, wrong, input) {
  const { how, left } = await tryPin(input.value)
  if (how === 'open') return true
  input.value = ''
  if (how === 'cleared') {
    await endSession()
    app.go('#locked')
  } else say(wrong, how === 'wait' ? words.wait(left) : words.wrong(left), input.id)
  return false
}

export async function clearedScreen (app) {
  const more = await isAnyShutOut() ? words.clearedMoreShut : words.clearedMore
  return {
    title: words.cleared,
    content: [heading(words.cleared), h('p', more), inDanger(), wayToSignIn(app)]
  }
}
