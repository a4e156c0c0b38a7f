// What is known of whoever was made ready for on this phone, by its owner: its id, its token, and whether it was shut
// out.
import { changeIfRoom, database, known } from './database.js';

// On a full phone what could not be noted is known in memory, until there is another token.
export async function phoneOf (owner) {
  if (!owner) return undefined
  const kept = await (await database()).get('phones', owner)
  const noted = known('phones', owner)
  return noted && noted.token === kept?.token ? noted : kept
}

// Another tab may have made it ready again meanwhile: that is another token.
export async function noteOf (phone, noted) {
  await changeIfRoom('phones', phone.owner, (now) => now?.token === phone.token ? { ...now, ...noted } : now)
}
