// What went wrong, in words.
import { Gone, TooMuch } from './drafts.js';
import { Locked, NothingOpens, SignedOut } from './keys.js';
import { NoPhoto } from './photos.js';
import { troubles } from './words.js';

const NO_STORE = new Set(['InvalidStateError', 'SecurityError', 'UnknownError'])

export function inWords (error) {
  if (typeof error === 'string') return error
  if (error.name === 'QuotaExceededError') return troubles.noRoom
  if (error instanceof TooMuch) return error.message
  if (error instanceof Gone) return troubles.gone
  if (error instanceof SignedOut) return troubles.cleared
  if (error instanceof Locked) return troubles.locked
  if (error instanceof NothingOpens) return troubles.unreadable
  if (error instanceof NoPhoto) return troubles.noPhoto
  console.info(error)
  return NO_STORE.has(error.name) ? troubles.noStore : troubles.other
}
