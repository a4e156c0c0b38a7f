// What could not be kept yet, such as on a full phone: it is tried again, also from another screen.
import { Gone } from './drafts.js';

const open = []

// Keeps something, or remembers that it has to be kept.
export async function keep (act) {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Gone)) open.push({ act, error })
    throw error
  }
}

// Whether all of it is kept now.
export async function keepAgain () {
  for (const { act } of open.splice(0)) await keep(act).catch(() => {})
  return !open.length
}

export const whyUnkept = () => open[0]?.error
