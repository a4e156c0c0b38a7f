// Pictures of ours, by their names; their addresses come with the shell, and each is kept with it.
import { h } from './drawing.js';

const { pictures } = document.getElementById('visits').dataset
const addresses = JSON.parse(pictures)

export function picture (name, size) {
  if (!Object.hasOwn(addresses, name)) return null
  return h('img.app-easy__picture', { src: addresses[name], alt: '', width: size, height: size })
}
