// A part as it leaves the phone, which cannot open it any more (docs/adr/0074): its own key, wrapped for the server.
const MARK = new TextEncoder().encode('ALS1')

// `address` is `<instance id>/<what>`: moved to another one, the part does not open.
export async function seal (bytes, address, { name, key }) {
  const own = crypto.getRandomValues(new Uint8Array(32))
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, own))
  const closing = await crypto.subtle.importKey('raw', own, 'AES-GCM', false, ['encrypt'])
  own.fill(0)
  const bound = { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(address) }
  const text = new Uint8Array(await crypto.subtle.encrypt(bound, closing, bytes))
  const length = new Uint8Array([wrapped.length >> 8, wrapped.length & 255])
  return joined([MARK, name, length, wrapped, nonce, text])
}

function joined (parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export async function sha256 (bytes) {
  const found = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...found].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
