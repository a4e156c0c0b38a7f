// Asks the service with the session of whoever is signed in. Null where nobody answers.
const LONGEST = 20_000 // milliseconds

export async function get (path, headers = {}) {
  try {
    return await fetch(path, { headers, signal: AbortSignal.timeout(LONGEST), redirect: 'error' })
  } catch {
    return null
  }
}

// What the service says of why it refused. The page of a network that asks for a sign-in of its own says none of it.
export async function sentenceIn (answer) {
  const said = await answer.json().catch(() => null)
  return typeof said?.sentence === 'string' ? said.sentence : ''
}

export async function post (path, csrf, body) {
  try {
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': csrf }
    const how = { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error' }
    return await fetch(path, { ...how, signal: AbortSignal.timeout(LONGEST) })
  } catch {
    return null
  }
}
