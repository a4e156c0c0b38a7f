// Days and moments as people say them.
import { today } from './asking.js';
import { moments } from './words.js';

const LONG = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }
const DAY = new Intl.DateTimeFormat('en-GB', LONG)
const WHOLE_DAY = new Intl.DateTimeFormat('en-GB', { ...LONG, year: 'numeric' })
// As 2026-11-30 14:05, which is how Swedes write it.
const ON_THE_CLOCK = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/London'
})

export const dayOf = (day, how = DAY) => how.format(new Date(`${day}T00:00Z`)).replace(',', '')
// As it is answered, which may be of any year.
export const wholeDay = (day) => dayOf(day, WHOLE_DAY)
export const dayInWords = (day) => day === today() ? moments.today : dayOf(day)

// A time of the clock, such as 22:30, as 10:30pm (`kit.dates.clock_time`).
export function clockTime (time) {
  const [hour, minutes] = time.split(':')
  return moments.named[time] ?? `${hour % 12 || 12}${minutes === '00' ? '' : `:${minutes}`}${hour < 12 ? 'am' : 'pm'}`
}

// A moment with its time, and with its day where that is not today.
export function momentInWords (iso) {
  const [day, time] = ON_THE_CLOCK.format(new Date(iso)).split(' ')
  return day === today() ? moments.at(clockTime(time)) : moments.on(dayInWords(day), clockTime(time))
}

export function whenInWords ({ day, starts_at: at }) {
  return [dayInWords(day), at && moments.at(clockTime(at))].filter(Boolean).join(' ')
}

// The same in a list: where another visit is at the same place and time, also what is asked.
export function whenAmong (visits) {
  const where = (visit) => [visit.site, visit.day, visit.starts_at].join()
  const places = visits.map(where)
  const isAlike = (visit) => places.filter((one) => one === where(visit)).length > 1
  return (visit) => [whenInWords(visit), isAlike(visit) && visit.questions].filter(Boolean).join(', ')
}

// A time as it is kept, such as 02:05, or empty: so that nobody takes the night for the afternoon (`kit.dates.spoken_time`).
export function timeInWords (time) {
  const [hour, minutes] = time.split(':')
  if (!minutes) return ''
  const [, part] = moments.parts.find(([until]) => hour < until)
  return moments.named[time] ?? `${hour % 12 || 12}:${minutes} ${part}`
}

// Today's visits, then those to come, then those before, the last day first; of a day by their time, and those without
// one last.
export function nextFirst (visits) {
  const now = today()
  const rank = ({ day }) => day === now ? 0 : day > now ? 1 : 2
  const timed = ({ starts_at: at }) => at ?? '24:00'
  return [...visits].sort((one, other) => rank(one) - rank(other) ||
    (rank(one) < 2 ? 1 : -1) * one.day.localeCompare(other.day) || timed(one).localeCompare(timed(other)))
}
