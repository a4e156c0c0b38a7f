// The question for a photo: the phone's own camera, a small picture of what was taken, and the way to take it away.
import { keyOf, wordsIn } from './asking.js';
import { asLink, h } from './drawing.js';
import { addPhoto, photo, takePhotoAway, TooMuch } from './drafts.js';
import { drawnAnew, NoPhoto, show as draw } from './photos.js';
import { inWords } from './trouble.js';
import { ask } from './words.js';

const WIDTH = 240 // pixels of the small picture

// `changed(draft)` is called when a photo is kept, or taken away; `trouble(error)` where it could not be. `during(act,
// words)` says and does what takes a while, one after the other.
export function photoField ({ question, id, language, place, draft, photosAllowed, changed, trouble, during }) {
  const camera = { type: 'file', accept: 'image/*', capture: 'environment' }
  const input = h('input.app-visits-file.nhsuk-u-visually-hidden', { id, ...camera, change: take })
  const open = h('label.nhsuk-button.nhsuk-button--secondary', { for: id })
  const name = ask.photoOf(wordsIn(question.label, language))
  const small = h('canvas.app-visits-photo', { role: 'img', 'aria-label': name })
  const sealed = h('p.nhsuk-hint', ask.photoSealed)
  const away = asLink(ask.photoAway, () => change(() => takePhotoAway(draft.id, keyOf(place)), ask.photoGoing))
  const taken = h('div', small, sealed, away)
  // Where photos are off, one taken before is shown.
  const off = h('p', ask.photoOff)
  const here = photosAllowed ? [input, open, taken] : [h('div', { id, tabindex: '-1' }, off, taken)]
  const wrong = h('p.nhsuk-error-message', { role: 'alert' })

  async function take () {
    const [file] = input.files
    if (file) await change(async () => addPhoto(draft.id, keyOf(place), await drawnAnew(file)), ask.photoKeeping)
    input.value = ''
  }

  function change (act, words) {
    return during(async () => {
      try {
        const now = await act()
        wrong.textContent = ''
        // Before it is drawn, which takes a while: what is answered meanwhile is newer.
        changed(now)
        await showPhotos(now.photos)
      } catch (error) {
        say(error)
      }
    }, words)
  }

  // What is wrong with this photo stands beside it; what is wrong with the phone stands above everything.
  function say (error) {
    const isOfPhoto = error instanceof NoPhoto || error instanceof TooMuch
    wrong.textContent = isOfPhoto ? inWords(error) : ''
    trouble(isOfPhoto ? null : error)
  }

  async function showPhotos (photos) {
    const now = photos[keyOf(place)]
    taken.hidden = !now
    off.hidden = now
    open.textContent = now ? ask.photoAgain : ask.photo
    const bytes = now && await photo(now.id)
    small.hidden = !bytes
    sealed.hidden = Boolean(bytes)
    if (bytes) await draw(bytes, small, WIDTH)
  }

  showPhotos(draft.photos)
  return { control: [wrong, here], show () {}, focus: here[0], grouped: !photosAllowed }
}
