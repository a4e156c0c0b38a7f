// What only one tab, or the worker, may do at a time. A browser without Web Locks does it with nobody to wait for.
const named = (name) => `alongside-visits-${name}`

export function alone (name, act) {
  return navigator.locks ? navigator.locks.request(named(name), act) : act()
}

// Nothing at all where somebody else is at it.
export function aloneOrNot (name, act) {
  if (!navigator.locks) return act()
  return navigator.locks.request(named(name), { ifAvailable: true }, (lock) => lock ? act() : undefined)
}
