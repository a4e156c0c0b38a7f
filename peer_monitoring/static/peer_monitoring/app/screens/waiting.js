// What waits to be sent, with the way to try at once and what came of it; and what was not taken, with the way to let go
// of it.
import { note } from '../database.js';
import { afterAsking, button, h, spoken } from '../drawing.js';
import { throwPartAway } from '../drafts.js';
import { addressOf, waiting } from '../queue.js';
import { shutOutAmong } from '../shut_out.js';
import { list } from '../words.js';

const LONG = 8_000 // milliseconds after which it is said that this may take a while

// Before a PIN was typed it says only that something waits: not what, and with no way to let go of it. `none` are the
// words for that nothing does.
export async function drawQueue (place, app, { isLocked = false, none = '' } = {}) {
  const [owner, parts] = [await note('owner'), await waiting()]
  const shut = await shutOutAmong(parts.map((part) => part.owner))
  const refused = parts.filter((part) => part.refused && part.owner === owner)
  const sendable = parts.filter((part) => !part.refused)
  const held = sendable.filter((part) => shut.has(part.owner)).length
  const wait = sendable.length - held
  const concerns = sendable.filter((part) => part.what === 'concern' && part.owner === owner).length
  tried.count(wait, held + refused.length)
  // A question that is open stays open while nothing changes.
  const shown = [wait, held, concerns, ...refused.map(addressOf)].join(' ')
  if (place.dataset.for === shown) return
  place.dataset.for = shown
  tried.forget()
  if (!wait && !held && !refused.length) {
    return place.replaceChildren(none && !parts.length ? h('p', none) : '', tried.said)
  }
  const canGo = wait || (refused.length && !shut.has(owner))
  place.replaceChildren(h('div.nhsuk-inset-text',
    concerns && !isLocked ? h('p', h('strong', list.concernWaits)) : '',
    wait ? h('p', list.waits(wait)) : '', held ? h('p', list.waitsShut(held)) : '',
    isLocked ? hidden(refused) : refused.map((part) => drawRefused(part, app)),
    canGo ? button(list.tryNow, () => tried.now(app), 'secondary') : '', tried.said))
}

export function noQueue (place) {
  place.dataset.for = ''
  place.replaceChildren()
}

// What is being tried, and what came of it: it goes on where somebody opens another screen meanwhile.
class Tries {
  constructor () {
    Object.assign(this, { said: spoken(), all: 0, left: 0, stay: 0, isSlow: false })
  }

  // How many parts still wait, which is said while it is tried, and how many do not go.
  count (left, stay = 0) {
    Object.assign(this, { left, stay })
    if (this.all) this.say()
  }

  // Nothing is left while the app still asks for what is new: then it need not say that it tries.
  say () {
    if (!this.left && !this.stay) {
      this.said.textContent = list.allSent
      return
    }
    const sent = Math.max(0, this.all - this.left)
    this.said.textContent = `${list.trying(sent, this.all)} ${this.isSlow ? list.slow : ''}`.trim()
  }

  // What came of it is no longer so once something else waits.
  forget () {
    if (!this.all) this.said.textContent = ''
  }

  async now (app) {
    if (this.all) return
    Object.assign(this, { all: this.left || 1, isSlow: false })
    this.say()
    const slow = setTimeout(() => { this.isSlow = true; this.say() }, LONG)
    try {
      const round = await app.deliver({ again: true })
      await app.refresh()
      this.said.textContent = outcome(round, this.left + this.stay)
    } catch (error) {
      this.said.textContent = ''
      app.trouble(error)
    } finally {
      this.all = 0
      clearTimeout(slow)
    }
  }
}

const tried = new Tries()

// What was refused, or whether the phone was shut out, stands there in words of its own.
function outcome ({ left, isSilent }, still) {
  if (left && isSilent) return list.noSignal
  if (left) return list.later
  return still ? '' : list.allSent
}

const hidden = ({ length }) => length ? h('p', list.notTakenHidden(length)) : ''

function drawRefused (part, app) {
  const [kind] = part.what.split('/')
  return h('div', h('p', list.notTaken[kind]), h('p', part.refused), h('p', list.notTakenNext),
    afterAsking(list.letGo, list.letGoAsk, list.letGoYes, async () => {
      try {
        await throwPartAway(part)
        app.redraw()
      } catch (error) {
        app.trouble(error)
      }
    }))
}
