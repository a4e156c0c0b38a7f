// On the page that says that somebody is signed out: the app forgets whoever was, also where no worker sees to it.
import { clearIfEnded } from './app/signing_out.js';

const isHere = async () => !indexedDB.databases || (await indexedDB.databases()).length > 0
if (await isHere()) await clearIfEnded(location.href)
