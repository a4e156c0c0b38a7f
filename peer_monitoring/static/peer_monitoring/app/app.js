// The app on a phone: which screen is shown, and when it speaks with the server.
import { readClock } from './clock.js';
import { note } from './database.js';
import { deliver, deliverConcerns, LATEST, sendLater, SOONEST } from './delivering.js';
import { asLink, backLink, button, h, heading, inset } from './drawing.js';
import { isLocked, openWith } from './keys.js';
import { askForMine, makeReady, takeIn } from './mine.js';
import { askScreen } from './screens/ask.js';
import { concernScreen } from './screens/concern.js';
import { listScreen } from './screens/list.js';
import { outScreen } from './screens/out.js';
import { clearedScreen, lockedScreen, pinScreen } from './screens/pin.js';
import { reviewScreen } from './screens/review.js';
import { SIGN_IN, wayToSignIn } from './screens/signing_in.js';
import { startScreen } from './screens/start.js';
import { stopScreen } from './screens/stop.js';
import { visitScreen } from './screens/visit.js';
import { clockWords } from './states.js';
import { endSession } from './session.js';
import { askWhetherShutOut, isShutOut } from './shut_out.js';
import { onNews } from './telling.js';
import { inWords } from './trouble.js';
import { KNOWN } from './turns.js';
import { keepTyping } from './typing.js';
import { forgetAll, keepAgain, whyUnkept } from './unkept.js';
import { app as words, start, troubles } from './words.js';
import { watchWorker } from './worker_of_page.js';

const LOCKS_AFTER = 5 * 60_000 // milliseconds
const PATIENCE = 1_500 // milliseconds for the server to say whose phone this is, before what is kept is shown
const signIn = () => h('p', h('a', { href: SIGN_IN }, words.signIn))
const place = (name) => document.querySelector(`[data-visits=${name}]`)

class App {
  constructor () {
    this.line = 'no signal'
    this.mine = null
    this.cleared = false
    this.stuck = '' // why what came from the server could not be kept
    this.done = '' // what somebody did on the screen before, said once on the first one
    this.alone = '' // why the app does not open without signal
    this.shown = 0
    this.wait = SOONEST
    this.screen = {}
    this.reading = Promise.resolve() // the screen, and after it once more, if something arrived meanwhile
    this.next = null
    this.from = '' // the screen before a concern, to which they go back
  }

  async begin () {
    try {
      await this.start()
    } catch (error) {
      this.fail(error)
    }
  }

  async start () {
    onNews((news) => this.hear(news))
    addEventListener('hashchange', () => this.draw())
    addEventListener('online', () => this.meet())
    document.addEventListener('visibilitychange', () => {
      this.putAway()
      if (!document.hidden) this.takeUp()
    })
    const met = this.meet({ again: true }).catch((error) => console.info(error))
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE))
    // Somebody signed in since: who it is comes first, however slow the line.
    await (await note('owner') && await note(KNOWN) ? Promise.race([met, patience]) : this.known.catch(() => {}))
    // Whoever went on to a screen meanwhile stays there.
    if (!this.shown) await this.draw({ isFirst: true })
    // On a slow line all that the worker fetches would stand before the first screen.
    watchWorker({ offer: (start) => this.offerNewer(start), fail: () => this.withoutWorker() })
  }

  // Whenever there may be signal: what is new comes, and what waits goes.
  async meet ({ again = false } = {}) {
    await (this.known = this.askWhose())
    await this.refresh()
    await this.deliver({ again })
  }

  async askWhose () {
    askWhetherShutOut().catch((error) => console.info(error))
    const { how, mine } = await endSession() ? await askForMine() : { how: 'no signal' }
    this.line = how
    if (how !== 'ours') return
    this.mine = mine
    const before = await note('owner')
    try {
      await takeIn(mine)
      this.stuck = ''
    } catch (error) {
      this.stuck = error.name === 'QuotaExceededError' ? troubles.full : inWords(error)
    }
    this.cleared ||= Boolean(before) && before !== mine.person.id
  }

  // Sends what waits, and tries again later, each time after a longer while. What arrived is read again. What became of
  // it, as `deliver` says it.
  async deliver ({ again = false } = {}) {
    clearTimeout(this.later)
    const round = await deliver({ again })
    const { left, news } = round
    clearTimeout(this.later)
    if (left) {
      this.later = setTimeout(() => this.deliver(), this.wait)
      sendLater()
    }
    this.wait = left ? Math.min(LATEST, this.wait * 2) : SOONEST
    // What arrived did so with signal, whatever was found before.
    if (news && this.line !== 'signed out') await this.meet()
    return round
  }

  // A concern waits for nothing else; what is to be told of it afterwards follows.
  async deliverConcern () {
    this.wait = SOONEST
    const { news } = await deliverConcerns()
    const follows = news && this.line !== 'signed out' ? this.meet() : this.deliver()
    follows.catch((error) => this.trouble(error))
  }

  go (hash) {
    if (location.hash === hash) return this.draw()
    location.hash = hash
  }

  redraw (options) { return this.draw(options) }

  // `focus` is the id of what has the focus afterwards, instead of the heading.
  async draw ({ isFirst = false, focus } = {}) {
    const number = ++this.shown
    await this.screen.leave?.()
    const found = this.find().catch((error) => ({ content: [], error }))
    const [screen, mark] = await Promise.all([found, this.markNow()])
    if (number !== this.shown) return
    if (screen.move) return location.replace(screen.move)
    Object.assign(this, { screen, mark })
    if (!location.hash.startsWith('#concern')) this.from = screen.at ?? location.hash
    place('back').replaceChildren(screen.back ? backLink(screen.back) : '')
    place('screen').replaceChildren(...screen.content.flat(Infinity).filter(Boolean))
    document.title = words.title(screen.title ?? words.name)
    // At once: whoever has gone on by then is not brought back.
    if (!isFirst) this.focus(focus ?? screen.focus)
    await this.concern(screen)
    this.trouble(screen.error ?? null)
    await this.sayAbove()
  }

  focus (id) {
    const target = document.getElementById(id) ?? place('screen').querySelector('h1')
    target?.focus()
    if (!id) scrollTo(0, 0)
  }

  async find () {
    await readClock()
    const [name, id, what, key, how] = location.hash.slice(1).split('/').map(decodeURIComponent)
    if (name === 'out') return outScreen(this, id)
    if (!await note('owner')) return name === 'locked' ? clearedScreen(this) : startScreen(this)
    if (await isLocked()) return lockedScreen(this)
    if (name === 'pin') return pinScreen(this)
    if (name === 'concern') return concernScreen(this, id, what)
    if (name !== 'visit') return listScreen(this)
    if (what === 'ask') return askScreen(this, id, key, how)
    if (what === 'stop') return stopScreen(this, id)
    return what === 'review' ? reviewScreen(this, id, key) : visitScreen(this, id)
  }

  async concern ({ concern }) {
    const way = place('concern')
    way.hidden = !await note('owner') || await isLocked() || location.hash.startsWith('#concern')
    way.querySelector('a').href = concern ? `#concern/${concern}` : '#concern'
  }

  async hear (news) {
    if (news.what === 'cleared') {
      forgetAll()
      if (news.ends || !news.own) this.forgetWho()
      if (!news.own && !/^#(out|locked)/.test(location.hash)) this.go('#out/done')
      return
    }
    if (news.what === 'arrived') return this.meet().catch((error) => this.trouble(error))
    if (news.what === 'pin' && !news.own) openWith(null)
    await this.refresh(news)
  }

  // What was known of whoever was signed in is said to nobody who comes next.
  forgetWho () {
    this.mine = null
    if (this.line === 'ours') this.line = 'signed out'
  }

  // However much arrives while a screen is read anew, it is read once more for all of it: a list of many visits takes a
  // slow phone a while.
  refresh (news = { what: 'state' }) {
    if (news.what !== 'state') return this.readAnew(news)
    this.next ??= this.reading.catch(() => {}).then(() => {
      this.reading = this.readAnew(news)
      this.next = null
      return this.reading
    })
    return this.next
  }

  async readAnew (news) {
    if (!this.shown) return
    if (this.mark !== await this.markNow()) return this.draw()
    try {
      await this.screen.refresh?.(news)
      await this.sayAbove()
    } catch (error) {
      // A screen that cannot say how things stand does not keep anything from being sent.
      this.trouble(error)
    }
  }

  // For whom a screen was drawn: for somebody else, or where it is known now who is signed in, it is another one.
  async markNow () {
    const [owner, locked] = await Promise.all([note('owner'), isLocked()])
    return [owner ?? this.line, locked].join()
  }

  // A PIN was right: what came meanwhile is taken in now.
  async unlocked () {
    await this.draw()
    await this.meet()
  }

  // What a PIN closes goes from the screen at once, however slow the line is.
  async takeUp () {
    await this.refresh()
    await this.meet()
  }

  // A phone that was put away for a while asks for its PIN again.
  putAway () {
    if (document.hidden) this.away = Date.now()
    else if (Date.now() - this.away > LOCKS_AFTER) openWith(null)
  }

  async sayAbove () {
    const said = []
    for (const one of [this.alone, this.stuck, await clockWords()]) if (one) said.push(inset(one))
    // To sign in helps in both cases; that it will be sent is true in one of them alone.
    const way = () => this.line === 'ours' ? this.readyAgain() : wayToSignIn(this)
    if (await isShutOut()) said.push(inset(troubles.shutOut, way()))
    else if (await note('owner') && this.line === 'signed out') said.push(inset(troubles.signedOut, signIn()))
    place('above').replaceChildren(...said)
  }

  readyAgain () {
    return button(start.make, async () => {
      const trouble = await makeReady(this.mine)
      if (trouble) this.trouble(trouble === 'no signal' ? troubles.noSignal : trouble)
      else await this.deliver({ again: true })
    }, 'secondary')
  }

  // Nothing can be shown, as in a browser that keeps nothing.
  fail (error) {
    place('screen').replaceChildren(heading(start.heading))
    this.trouble(error)
  }

  // What went wrong, in words; where something is not kept yet, with a way to try again.
  trouble (error) {
    const why = error ?? whyUnkept()
    // With each answer that is kept: a slow phone draws nothing anew for it.
    if (!why && place('trouble').hidden) return
    place('trouble').replaceChildren(...why
      ? [h('p', inWords(why)), whyUnkept() ? asLink(troubles.noRoomTry, () => this.keepAgain()) : '']
      : [])
    place('trouble').hidden = !why
  }

  async keepAgain () {
    await keepAgain()
    this.trouble(null)
    await this.refresh({ what: 'again' })
  }

  withoutWorker () {
    this.alone = troubles.noWorker
    this.refresh()
  }

  offerNewer (start) {
    const now = async () => {
      keepTyping()
      await this.screen.leave?.()
      start()
    }
    place('newer').replaceChildren(h('p', words.newer), button(words.startNewer, now, 'secondary'))
    place('newer').hidden = false
  }
}

new App().begin()
