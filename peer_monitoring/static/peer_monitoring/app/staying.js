// Whether the browser promised to keep what is on this phone, also where the phone gets full. Asked at each start.
let asked

export function stays () {
  asked ??= (async () => await navigator.storage?.persist?.() ?? false)().catch(() => false)
  return asked
}
