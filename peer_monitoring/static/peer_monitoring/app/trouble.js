// What went wrong, in words.
import { Gone } from './drafts.js';
import { Locked, NothingOpens } from './keys.js';
import { NoPhoto } from './photos.js';
import { troubles } from './words.js';

export function inWords (error) {
  if (typeof error === 'string') return error
  if (error.name === 'QuotaExceededError') return troubles.noRoom
  if (error instanceof Gone) return troubles.gone
  if (error instanceof Locked) return troubles.locked
  if (error instanceof NothingOpens) return troubles.unreadable
  if (error instanceof NoPhoto) return troubles.noPhoto
  console.info(error)
  return error.name === 'InvalidStateError' || error.name === 'SecurityError' ? troubles.noStore : troubles.other
}
