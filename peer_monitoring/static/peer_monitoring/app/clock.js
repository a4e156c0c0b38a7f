// The time as the server told it: a phone whose clock is wrong counts days like everybody else.
import { note } from './database.js';

let ahead = 0 // milliseconds by which the server's clock is ahead of this phone's

export const now = () => Date.now() + ahead

// What was found when there was signal last.
export async function readClock () {
  ahead = await note('clock') ?? 0
}

export const nowWritten = () => new Date(now()).toISOString()
