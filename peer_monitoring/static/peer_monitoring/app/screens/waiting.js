// What waits to be sent, with the way to try at once; and what was not taken, with the way to let go of it.
import { afterAsking } from '../asking_first.js';
import { note } from '../database.js';
import { button, h, spoken } from '../drawing.js';
import { throwPartAway } from '../drafts.js';
import { addressOf, waiting } from '../queue.js';
import { list } from '../words.js';

export async function drawQueue (place, app) {
  const [owner, parts] = [await note('owner'), await waiting()]
  const refused = parts.filter((part) => part.refused && part.owner === owner)
  const wait = parts.filter((part) => !part.refused).length
  // A question that is open stays open while nothing changes.
  const shown = [wait, ...refused.map(addressOf)].join(' ')
  if (place.dataset.for === shown) return
  place.dataset.for = shown
  if (!wait && !refused.length) return place.replaceChildren()
  const said = spoken()
  const tryNow = button(list.tryNow, async () => {
    said.textContent = list.trying
    await app.deliver({ again: true })
    said.textContent = ''
  }, 'secondary')
  place.replaceChildren(h('div.nhsuk-inset-text',
    wait ? h('p', list.waits(wait)) : '', refused.map((part) => drawRefused(part, app)), tryNow, said))
}

function drawRefused (part, app) {
  const [kind] = part.what.split('/')
  return h('div', h('p', list.notTaken[kind]), part.refused === '?' ? '' : h('p', part.refused),
    afterAsking(list.letGo, list.letGoAsk, list.letGoYes, async () => {
      try {
        await throwPartAway(part)
        app.redraw()
      } catch (error) {
        app.trouble(error)
      }
    }))
}
