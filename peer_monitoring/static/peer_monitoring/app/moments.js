// Days and moments as people say them.
import { today } from './asking.js';
import { moments } from './words.js';

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

export function dayInWords (day) {
  return day === today() ? moments.today : DAY.format(new Date(`${day}T00:00Z`)).replace(',', '')
}

export function whenInWords ({ day, starts_at: at }) {
  return [dayInWords(day), at?.slice(0, 5)].filter(Boolean).join(', ')
}
