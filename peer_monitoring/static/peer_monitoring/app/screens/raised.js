// The concerns that somebody raised, each with how it stands and with no word of it.
import { begunOn, raisedBefore, raisedOn } from '../concerns.js';
import { h } from '../drawing.js';
import { momentInWords } from '../moments.js';
import { inWords } from '../trouble.js';
import { raised } from '../words.js';

export async function raisedLines (visit) {
  return rows(() => raisedOn(visit), ({ raised_at: at }) => raised.one(momentInWords(at)), visit)
}

// What somebody has begun to write, which nobody has.
export async function begunLines ({ id }) {
  if (!(await begunOn()).has(id)) return []
  return [h('p', h('strong', raised.begun)), h('p', h('a.app-visits-way', { href: `#concern/${id}` }, raised.goOn))]
}

// Those of visits that are theirs to log no more: each says where it was.
export async function raisedBeforeLines () {
  return rows(raisedBefore, ({ raised_at: at, site }) => raised.oneAt(momentInWords(at), site))
}

// What cannot be read here hides nothing else of its screen.
async function rows (find, name, visit) {
  const title = h('h2.nhsuk-heading-s', raised.heading)
  try {
    const drawn = (await find()).map((one) => h('li',
      h('strong', name(one)), h('p.nhsuk-hint', standsAs(one, visit ?? one))))
    return drawn.length ? [title, h('ul.nhsuk-list.app-rows', drawn)] : []
  } catch (error) {
    return [title, h('p', inWords(error))]
  }
}

// The service may be newer than this app, and know of more states.
export const standsAs = ({ state, at, whom, because }, { scheme, scheme_is_open: isOpen = true }) =>
  (raised[state] ?? raised.unknown)(scheme, at && momentInWords(at), whom, because, isOpen)
