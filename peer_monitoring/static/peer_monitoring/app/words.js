// Every sentence of the app, in one place, so that it can be put into other languages. Short, for a reading age of 9 to
// 11.
const many = (number, one, more) => number === 1 ? `1 ${one}` : `${number.toLocaleString('en-GB')} ${more}`
const answers = (number) => many(number, 'answer', 'answers')
const photos = (number) => many(number, 'photo', 'photos')

// What is wrong with an answer: the same words as on the server.
export const limits = {
  outside: 'This answer is outside of its limits. Change it.',
  choice: 'Choose one of the answers that are offered.',
  number: 'Enter a number, like 12.',
  day: 'Write a real day in numbers, such as 30, 11 and 2026.',
  time: 'Give a time, such as 14:05 or 2:05pm.',
  long: (most) => `Write ${most.toLocaleString('en-GB')} letters at most.`,
  missing: 'This must be answered',
  photos: (most) => `You can take ${most} photos on one visit. Take one away before you take another one.`,
  big: 'This is more than can be sent. What you wrote last was not kept. Write less.'
}

export const states = {
  ready: 'Ready on this phone',
  safe: 'Safe on this phone',
  heldBack: 'Held back',
  heldBackWhy: 'Nobody at the scheme can see this visit before it is logged.',
  asTyped: 'Kept as typed. Please check it.',
  waiting: 'Waiting for signal',
  sent: (number, pictures) => `Sent: ${answers(number)}${pictures ? ` and ${photos(pictures)}` : ''} received`,
  arrived: 'Sent',
  unreadable: 'Cannot be shown',
  photosWait: (number) => `${photos(number)} ${number === 1 ? 'waits' : 'wait'} for signal`,
  photosHere: (number) => `${photos(number)} ${number === 1 ? 'is' : 'are'} still on this phone`,
  photosElsewhere: (number) =>
    `${photos(number)} ${number === 1 ? 'waits' : 'wait'} on another phone. Open the app there.`,
  conflict: 'We got two that differ. Your team will choose one.',
  refused: (sentence) => `This could not be taken. ${sentence}`,
  answered: (number, of) => of ? `${number} of ${of} answered` : 'Nothing to answer yet',
  photos,
  already: (when) => `You have already sent this visit, ${when}.`,
  changing: 'Sent. You began to change it.',
  over: 'Nothing to do',
  gone: {
    left: 'You are no longer on the team of this visit.',
    cancelled: 'This visit was called off.',
    closed: 'This visit is over. It was closed.',
    unknown: 'You are no longer on the team of this visit, or it is over.'
  },
  reason: (words) => `Why it was called off: ${words}`,
  goneDraft: 'What you wrote is still on this phone. You do not have to write more. You can send what you have to ' +
    'your group, or throw it away.',
  goneNothing: 'You wrote nothing on it, so nothing is lost. You do not have to do anything.',
  arrivedThere: {
    unfinished: 'You sent what you had. It says that it is not finished.',
    next: 'Your group keeps what arrived. Tell those who lead it if something in it is wrong.'
  },
  onItsWay: {
    unfinished: 'It is not sent yet. It says that it is not finished.',
    next: 'What is to be sent is still on this phone.'
  },
  otherVersion: 'There are other questions now. This visit keeps the ones it began with.'
}

export const troubles = {
  full: 'This phone is full, so nothing new can be kept on it. Delete some pictures or apps.',
  noRoom: 'This phone is full. What you typed last is not kept yet: leave this page open. Delete some pictures or ' +
    'apps, then try again.',
  noRoomTry: 'Try again',
  gone: 'You finished this visit in another tab, or threw it away there. What you finished is sent.',
  cleared: 'You signed out in another tab. What you wrote was locked and is not lost.',
  locked: 'Type your PIN first. Open the app again.',
  unreadable: 'What was kept on this phone cannot be opened any more.',
  other: 'Something went wrong. What you wrote before is safe on this phone. Open the app again.',
  noPhoto: 'This is no photo that the phone can read. Take it again.',
  noStore: 'This browser keeps nothing. Do not use a private window. You can also write on the pages of the visit, ' +
    'with signal.',
  noWorker: 'This browser cannot open the app without signal. Keep it open, or use another browser.',
  clock: (minutes, late) =>
    `The clock of this phone is ${span(minutes)} ${late ? 'slow' : 'fast'}. Put it right in the settings of the phone.`,
  shutOut: 'This phone may not send any more. It was shut out on the page “My phones”. All that you wrote is still ' +
    'here. If the phone is yours, make it ready again: then all of it is sent. If it is not, give it to your lead.',
  signedOut: 'Your sign-in has ended. What you write is safe on this phone and will be sent. Sign in again to get ' +
    'new visits.',
  noSignal: 'There is no signal. You can go on. It will be sent later.',
  check: 'There is a problem'
}

function span (minutes) {
  if (minutes < 120) return many(minutes, 'minute', 'minutes')
  const hours = Math.round(minutes / 60)
  return hours < 48 ? many(hours, 'hour', 'hours') : many(Math.round(hours / 24), 'day', 'days')
}

export const app = {
  name: 'Visits',
  title: (words) => `${words} – Visits – Alongside`,
  opening: 'Opening…',
  back: 'Back',
  concern: 'Concern now',
  signIn: 'Sign in',
  signOut: 'Sign out of this phone',
  newer: 'There is a newer version of this app. Nothing that you wrote is lost when it starts.',
  startNewer: 'Start it now'
}

export const start = {
  heading: 'Visits on this phone',
  what: 'You can write down what you find on a visit, also where there is no signal. It is sent when there is ' +
    'signal again.',
  lost: 'Until you finish what you write, or sign out, it is only on this phone. If the phone is lost then, it is ' +
    'lost too.',
  held: 'Whoever can unlock this phone can read what is not finished. Lock your phone. Sign out before you lend it.',
  whose: (name) => `You are signed in as ${name}.`,
  phone: 'What do you call this phone?',
  phoneHint: 'So that you find it in your list if it is lost.',
  phoneDefault: 'My phone',
  before: 'You have used this phone before. It keeps the name that you gave it in your list of phones.',
  pinGone: 'The PIN that you had here went when you signed out. You can choose a new one next.',
  make: 'Make ready on this phone',
  signIn: 'Sign in first. Then come back here.',
  noSignal: 'There is no signal, and no visit is on this phone yet. Come back when there is signal.',
  signedOut: 'You are signed out of this phone. Nothing that somebody wrote can be read on it.',
  other: 'Somebody else was signed in on this phone before. What they wrote was locked and will be sent. You cannot ' +
    'read it.'
}

export const list = {
  heading: 'My visits',
  none: 'You have no visit to go on. When you are put on the team of one, it comes here.',
  more: (number) => `Show ${many(number, 'more visit', 'more visits')}`,
  tryNow: 'Try to send now',
  concernWaits: 'A concern that you raised has not gone. Tell somebody in person now.',
  waits: (number) =>
    `${many(number, 'thing waits', 'things wait')} on this phone. We send what waits when there is signal.`,
  waitsShut: (number) =>
    `${many(number, 'thing waits', 'things wait')} on this phone. It was shut out, so nothing is sent until whoever ` +
    'wrote it signs in and makes it ready again.',
  notTaken: {
    concern: 'A concern that you raised could not be sent. Tell somebody in person now.',
    record: 'What you wrote on a visit could not be sent.',
    draft: 'What you began to write on a visit could not be sent.',
    photos: 'A photo could not be sent.'
  },
  notTakenHidden: (number) =>
    `${many(number, 'thing', 'things')} could not be sent. Type your PIN to see what to do.`,
  notTakenNext: 'It is safe on this phone. Tell your lead what it says here. “Try to send now” tries it once more.',
  letGo: 'Delete it from this phone',
  letGoAsk: 'Delete it? Nobody has it then, and it cannot come back. Tell your lead first.',
  letGoYes: 'Yes, delete it',
  mayGo: 'This browser may delete what you wrote if the phone gets full. Send it soon. It is safer if you add this ' +
    'app to your home screen.',
  trying: (sent, all) => all > 1 ? `Trying to send… ${sent} of ${all} sent.` : 'Trying to send…',
  slow: 'This takes a while: the signal is weak. All that you wrote is safe on this phone. You can go on meanwhile.',
  noSignal: 'There is still no signal. All that you wrote is safe on this phone. It is sent by itself when there is ' +
    'signal. You can close the app.',
  later: 'It could not be taken just now. All that you wrote is safe on this phone, and we try again by ourselves.',
  allSent: 'All of it was sent.',
  page: 'My visits with signal',
  pin: 'A PIN for this phone',
  with: (group) => `With ${group}`
}

export const visit = {
  begin: 'Begin',
  notYet: (day) => `It is on ${day}. You can begin on that day.`,
  itIs: 'Is it that day already?',
  itIsMore: (day) => `This phone thinks that today is ${day}. Its clock may be wrong. Begin only if you are there.`,
  goOn: 'Continue',
  review: 'Look at it all and send it',
  change: 'Change what I sent',
  changeHint: 'You change a copy. What you sent first is kept too.',
  instead: 'You can change what you sent. If you finish what is on this phone, it takes the place of what you sent.',
  insteadAsk: 'Throw away what is on this phone, and change what you sent?',
  insteadYes: 'Yes, change what I sent',
  needsSignal: 'You can change it here as soon as there is signal.',
  needsSignIn: 'To change it, sign in first.',
  needsReady: 'To change it, make this phone ready again first.',
  noNames: 'If somebody is in danger, tell the person in charge now. Write no names.',
  photosOff: 'You may not take photos here.',
  photosOn: 'You may take photos here. No people, no names, no screens.',
  title: 'A visit',
  away: {
    draft: {
      way: 'Throw away what I wrote',
      ask: 'Throw away what you wrote on this visit, with its photos? It cannot come back.',
      yes: 'Yes, throw it away'
    },
    change: {
      way: 'Throw my changes away',
      ask: 'Throw your changes away? What you sent before stays as it is.',
      yes: 'Yes, throw them away'
    }
  },
  sections: 'The questions',
  mode: 'How do you want to see the questions?',
  modes: { question: 'One at a time', section: 'A section at a time' },
  language: 'Language',
  tell: 'Whom to tell in person',
  notLetIn: 'No permission of this place holds on that day. Do not go in. Talk to those who lead your group.',
  schemeShut: (scheme) =>
    `The pages of ${scheme} are closed. Do not go in before those who lead your group say that you can.`,
  letIn: 'Who lets you in',
  conditions: 'What you agreed to keep to there',
  where: 'Where to meet',
  note: 'From whoever leads the group',
  page: 'The page of this visit (needs signal)',
  missing: 'This visit is not on this phone',
  missingWhy: 'It may be over or called off, or you are no longer on its team. What you sent stays with your group.',
  comes: {
    'no signal': 'If you were put on its team lately, it comes as soon as there is signal.',
    'signed out': 'If you were put on its team lately, sign in. The visit comes then.'
  },
  toList: 'Go to my visits'
}

export const ask = {
  of: (number, all) => `${number} of ${all}`,
  next: 'Next',
  toReview: 'Look at it all',
  toVisit: 'Go to the visit',
  goOn: 'Continue',
  clear: 'Take my answer away',
  more: 'Add one',
  another: 'Add another one',
  fewer: 'Take the last one away',
  fewerAsk: 'Take the last one away, with its answers and photos? They cannot come back.',
  fewerYes: 'Yes, take it away',
  rounds: (number) => number ? `${number} added` : 'Nobody and nothing has been added yet.',
  time: 'For example, 14:05 or 2:05pm.',
  day: { day: 'Day', month: 'Month', year: 'Year' },
  nothing: 'Nothing is asked here, as things were answered so far.',
  photo: 'Take a photo',
  photoAgain: 'Take it again',
  photoKeeping: 'Keeping the photo…',
  photoAway: 'Take the photo away',
  photoGoing: 'Taking the photo away…',
  photoOf: (what) => `Your photo: ${what}`,
  photoSealed: 'The photo is safe. It cannot be shown here.',
  photoOff: 'You may not take photos here. Go on without one.',
  required: 'Must be answered',
  elsewhere: 'This was changed in another tab. You see what is kept now.'
}

export const review = {
  heading: 'Look at what you wrote',
  not: 'Not answered',
  photo: 'A photo',
  change: 'Change',
  after: 'When you finish, it is locked and sent.',
  afterShut: 'When you finish, it is locked, and sent after this phone is made ready again.',
  later: 'This phone cannot read it before it has arrived. Then you can read and change it here again.',
  instead: 'What you finish here takes the place of it.',
  never: 'This phone cannot read it any more.',
  finish: 'Finish and send',
  problems: 'Some answers are missing or wrong. They are marked below.',
  sealing: 'Locking what you wrote…'
}

export const stop = {
  way: 'You cannot finish it? Send what you have',
  heading: 'Send what you have',
  what: 'Your team reads what you answered, that it is not finished, and why.',
  kind: 'Why is it not finished?',
  kinds: {
    called_off: 'The visit was called off',
    refused: 'We were not let in',
    delayed: 'We were let in late',
    cut_short: 'We had to leave early',
    other: 'Something else'
  },
  empty: 'Choose why it is not finished',
  why: 'What happened? You can leave this empty',
  whyHint: 'In a few words. Write no names.',
  send: 'Send what you have',
  after: 'When you send it, it is locked.'
}

const asWell = { lead: 'Tell your lead as well.', others: 'Tell the other leads of your group as well.', nobody: '' }

export const concern = {
  heading: 'Concern now',
  which: 'Which visit is it about?',
  none: 'None of these visits',
  noneHeading: 'A concern that is about none of your visits',
  noneWhy: 'This app sends a concern about one of your visits alone. Do not choose another visit: your words would ' +
    'go to the wrong people.',
  website: 'With signal, you can also write to the safeguarding lead of the service. Go to the website of the ' +
    'service, press “Tell us”, and choose “Somebody is being hurt, or may be hurt”.',
  danger: 'If somebody is in danger now, call 999 or tell the person in charge.',
  words: 'What are you worried about?',
  wordsHint: 'Say what you saw or heard, and where. Write no names: a cell or custody number is enough.',
  inside: 'Have you been let in?',
  yes: 'Yes',
  no: 'No',
  placeNotTold: 'Then they are not told which place it is, unless somebody of your team has been let in. If they have ' +
    'to know, write the name of the place above.',
  placeNotToldEither: 'They are not told which place it is. If they have to know, write the name of the place above.',
  send: 'Send it now',
  noSignal: 'There is no signal now. Send it all the same: it is kept on this phone, and goes by itself when there is ' +
    'signal.',
  know: 'Does somebody have to know now?',
  signal: 'There is signal now. It goes at once when you send it.',
  shut: 'This phone was shut out, so nothing is sent from this screen. Tell somebody in person.',
  shutKept: 'What you write here stays on this phone, and you can read it. If it went another way, delete it here. If ' +
    'it did not, make this phone ready again: then you can send it from here.',
  fromPage: 'With signal, sign in and write it on the page of this visit. From there it goes at once.',
  shutMore: 'Your words are locked on this phone. They are sent after it is made ready again, also if you write them ' +
    'on the page.',
  page: 'Concern now, with signal',
  empty: 'Write what you are worried about',
  insideEmpty: 'Say if you have been let in',
  going: 'Sending it…',
  sent: 'Your concern was sent',
  sentMore: (leads) => `The page of the visit says how it stands. ${asWell[leads] ?? asWell.lead}`.trim(),
  first: (scheme, goes = 'goes at once') =>
    `What you write ${goes} to the safeguarding lead of ${scheme}. If they are not there, its managers get it. ` +
    `If nobody is there, the national team is asked to ring ${scheme}, and does not read it.`,
  firstShut: (scheme) =>
    `The pages of ${scheme} are closed, so nobody there can read what you write. The national team is asked to ring ` +
    `${scheme}, and does not read it. Tell somebody in person now.`,
  announced: 'They are told your group, the place and the time, and not who you are.',
  heldBack: 'They are told nothing of this visit. Once your team has been let in, they are told the place and the ' +
    'time, and not who you are.',
  heldBackYet: 'They are told nothing of this visit. Once its day has come and your team has been let in, they are ' +
    'told the place and the time, and not who you are.',
  leads: {
    lead: 'Your lead gets a message that you raised a concern and when, and not what you write.',
    others: 'The other leads of your group get a message that you raised a concern and when, and not what you write.',
    nobody: 'Nobody else leads your group, so nobody in it gets a message.'
  },
  waits: 'Waiting for signal: tell somebody in person now',
  waitsMore: 'Your words are safe on this phone. They go first when there is signal.',
  refused: 'It could not be sent: tell somebody in person now',
  notHere: 'This concern is not on this phone any more',
  inPerson: 'Tell somebody in person',
  // What a phone kept before this was told does not say which leads.
  inCharge: (leads) => [
    'Tell the person in charge of the place.', concern.then[leads] ?? concern.then.lead,
    'Nobody waits beside a screen all the time.'
  ].filter(Boolean).join(' '),
  then: { lead: 'Then tell your lead.', others: 'Then tell the other leads of your group.', nobody: '' },
  noVisit: 'No visit is on this phone, so nothing can be sent from here.',
  onward: 'Go back to the visit',
  onwardTo: 'Go back to where you were',
  goesLater: 'goes, as soon as there is signal,'
}

// What became of a concern: the same words as on the page of the visit.
const sentTo = (who) => (scheme, when) =>
  `Sent to the ${who} of ${scheme}, ${when}. Nobody there has said yet that they see to it.`
const further = {
  late: (scheme, when) => `Nobody at ${scheme} has taken it up, ${when}.`,
  shut: (scheme, when) => `Nobody at ${scheme} can read it, ${when}: their pages are closed.`,
  away: (scheme, when) => `Nobody at ${scheme} was there, ${when}.`
}
const sentFurther = (more) => (scheme, when, because) => `${(further[because] ?? further.away)(scheme, when)} ${more}`
const told = {
  safeguarding_lead: sentTo('safeguarding lead'),
  manager: sentTo('managers'),
  national: sentFurther('The national team was asked to ring them. Tell somebody in person now.'),
  nobody: sentFurther('Nobody is in the national team either. Tell somebody in person now. In danger call 999.')
}

export const raised = {
  heading: 'Concerns that you raised',
  begun: 'You began to write a concern and have not sent it. Tell somebody in person.',
  goOn: 'Go on with your concern',
  one: (when) => `Raised ${when}`,
  oneAt: (when, site) => `Raised ${when} at ${site}`,
  waits: () => 'Waiting for signal: tell somebody in person now.',
  refused: () => 'It could not be sent: tell somebody in person now.',
  shut: () => 'This phone was shut out, so it is not sent: tell somebody in person now.',
  received: (scheme, when, whom, because, isOpen) =>
    `We have it. ${isOpen ? `It goes to the safeguarding lead of ${scheme}.` : concern.firstShut(scheme)}`,
  told: (scheme, when, whom, because) => (told[whom] ?? raised.unknown)(scheme, when, because),
  seen: (scheme, when, whom) =>
    `Seen by ${whom === 'manager' ? 'a manager' : 'the safeguarding lead'} of ${scheme}, ${when}. They see to it.`,
  done: (scheme, when) => `Dealt with at ${scheme}, ${when}.`,
  unknown: () => 'This app is too old to say how it stands. Close it and open it again with signal.'
}

export const pin = {
  heading: 'A PIN for this phone',
  what: 'A PIN locks what this app keeps on the phone, also if the phone itself is unlocked. It does not lock the ' +
    'pages of this service: while you are signed in, whoever holds your phone can read your visits there. Sign out ' +
    'before you give it to somebody.',
  forgotten: 'We cannot tell you a PIN that you forgot. You can always sign out: what is not finished is sent to us ' +
    'then, and comes back when you sign in again.',
  forgottenShut: 'We cannot tell you a PIN that you forgot. You can always sign out: what is not finished stays ' +
    'locked on this phone then, and comes back after you sign in here and make it ready again.',
  gone: 'The PIN that you had went when you signed out. Choose a new one here, or go back to use none.',
  choose: 'Choose a PIN',
  change: 'Change your PIN',
  isSet: 'A PIN is set on this phone.',
  old: 'Your PIN now',
  chooseNew: 'Choose a new PIN',
  wasSet: 'Your PIN is set. The app asks for it when you open it again.',
  wasTaken: 'Your PIN is gone. This phone has none any more.',
  hint: '4 to 12 digits. Not your year of birth, and none like 1234 or 1111.',
  again: 'The same PIN again',
  shape: 'Choose 4 to 12 digits',
  easy: 'This PIN is easy to guess. Choose digits that do not repeat, and do not go up or down in equal steps',
  differ: 'Type the same PIN twice',
  use: 'Use this PIN',
  away: 'Use no PIN any more',
  locking: 'Locking what is on this phone…',
  locked: 'Type your PIN',
  concern: 'To raise a concern, type your PIN, then press “Concern now”. If you cannot, tell the person in charge of ' +
    'the place, and ring whoever leads your group.',
  type: 'PIN',
  open: 'Open',
  opening: 'Opening…',
  wrong: (left) => `This is not your PIN. You can try ${many(left, 'more time', 'more times')}.`,
  wait: (left) => left
    ? `This is not your PIN. Wait a minute, then try again. You can try ${many(left, 'more time', 'more times')}. ` +
      'After that you are signed out.'
    : 'Wait a minute after a wrong PIN, then try again.',
  unknown: 'You do not know your PIN?',
  signOut: 'Sign out of this phone',
  cleared: 'You are signed out after too many wrong PINs',
  clearedMore: 'What was not finished is sent to us. You get it back when you sign in again.',
  clearedMoreShut: 'This phone was shut out, so what was not finished stays locked on it. You get it back after you ' +
    'sign in here and make it ready again.'
}

export const out = {
  heading: 'Sign out of this phone',
  what: 'What is not finished is locked and sent to us. You get it back when you sign in again. This phone cannot ' +
    'read it any more.',
  waits: (number) => `${many(number, 'thing waits', 'things wait')} on this phone. Type your PIN to see more.`,
  whatShut: 'This phone was shut out, so what is not finished is locked and stays on it. You get it back after you ' +
    'sign in here and make it ready again. Until then this phone cannot read it.',
  stays: 'What waits to be sent stays on this phone, and is sent when there is signal.',
  staysShut: 'What waits to be sent stays on this phone too, and is sent after it is made ready again.',
  sent: 'Nothing waits on this phone. All that was finished has gone. Did you begin something and not send it, such ' +
    'as a concern? Nobody has read it.',
  signIn: 'Sign in to send it.',
  makeReady: 'Make this phone ready: what you began comes back then, and you can send it.',
  concern: 'You can raise no concern on this phone before you sign in. Did you raise one, or begin one? Tell the ' +
    'person in charge of the place, and ring whoever leads your group.',
  before: 'To sign in again, you need signal. Until then you can write nothing and raise no concern on this phone.',
  go: 'Sign out',
  going: 'Signing out…',
  done: 'You are signed out',
  doneMore: 'Nothing of yours can be read on this phone.',
  later: 'There is no signal. Your sign-in ends as soon as there is signal, before anything else.',
  needsSignal: 'To sign in, you need signal.',
  stillNoSignal: 'There is still no signal, so you cannot sign in. Try again when there is.',
  pin: 'Your PIN goes too. You can choose a new one when you come back.',
  stay: 'Stay signed in'
}

export const first = {
  no: 'No, keep it'
}

export const moments = {
  today: 'Today',
  named: { '00:00': 'midnight', '12:00': 'midday' },
  // Each until an hour.
  parts: [
    [5, 'in the night'], [12, 'in the morning'], [18, 'in the afternoon'], [22, 'in the evening'], [24, 'at night']
  ],
  at: (time) => `at ${time}`,
  on: (day, time) => `on ${day} at ${time}`
}

export const closed = {
  title: 'This page cannot be opened now',
  more: 'The browser cannot read what it keeps for the app. So we do not know whether you signed out, and show nothing ' +
    'of anybody. Close the browser and open it again.',
  on: 'Pages for everybody',
  way: '/'
}

export const noSignal = {
  title: 'There is no signal',
  more: 'This page needs signal, so it cannot be opened now. The app opens without signal.',
  on: 'Go back to your visits',
  way: '/app/'
}
