// The concerns that somebody raised, each with how it stands and with no word of it.
import { raisedBefore, raisedOn } from '../concerns.js';
import { h } from '../drawing.js';
import { momentInWords } from '../moments.js';
import { raised } from '../words.js';

export async function raisedLines (visit) {
  return rows(await raisedOn(visit), ({ raised_at: at }) => raised.one(momentInWords(at)), visit)
}

// Those of visits that are theirs to log no more: each says where it was.
export async function raisedBeforeLines () {
  return rows(await raisedBefore(), ({ raised_at: at, site }) => raised.oneAt(momentInWords(at), site))
}

function rows (found, name, visit) {
  if (!found.length) return []
  return [h('h2.nhsuk-heading-s', raised.heading), h('ul.nhsuk-list.app-rows', found.map((one) => h('li',
    h('strong', name(one)), h('p.nhsuk-hint', standsAs(one, visit ?? one)))))]
}

export const standsAs = ({ state, at, whom, because }, { scheme }) =>
  raised[state](scheme, at && momentInWords(at), whom, because)
