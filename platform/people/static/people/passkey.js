// Passkeys: the browser makes one, or answers with one, and its answer goes with the form. What to ask it stands in the
// form (`data-options`) or is asked of the address in `data-options-from`. Where a browser knows no passkeys, or this
// file is missing, what is about them stays hidden, and the other ways are there.
const FAILED = 'That did not work, or was stopped. Try again, or use another way.'

function bytes (text) {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

function text (buffer) {
  if (!buffer) return null
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }))

function asked ({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) }
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) }
  if (options.excludeCredentials) options.excludeCredentials = known(options.excludeCredentials)
  if (options.allowCredentials) options.allowCredentials = known(options.allowCredentials)
  return { publicKey: options }
}

function answered ({ id, rawId, type, authenticatorAttachment, response, ...credential }, extensions) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  return {
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    response: Object.fromEntries(parts.filter((name) => name in response).map((name) => [name, text(response[name])])),
    clientExtensionResults: extensions
  }
}

async function optionsOf (form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options)
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(answer.status)
  return (await answer.json()).request_options
}

function say (form, words) {
  const place = form.querySelector('[data-passkey-problem]')
  place.textContent = words
  place.hidden = !words
}

async function use (form) {
  say(form, '')
  const options = asked(await optionsOf(form))
  const ways = navigator.credentials
  const credential = await (form.dataset.passkey === 'create' ? ways.create(options) : ways.get(options))
  form.elements.credential.value = JSON.stringify(answered(credential, credential.getClientExtensionResults()))
  form.submit()
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      use(form).catch(() => say(form, FAILED))
    })
  }
  for (const part of document.querySelectorAll('[data-with-passkey]')) part.hidden = false
  for (const part of document.querySelectorAll('[data-without-passkey]')) part.hidden = true
}
