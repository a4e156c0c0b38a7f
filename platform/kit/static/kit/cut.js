const CUT = 'You are not connected to the internet. What you typed is still here. Send it again when you are connected.'

// Say at a form's button that it could not be sent, or take that back.
export function sayCut (form, isCut) {
  form.querySelector('[data-cut]')?.remove()
  if (!isCut) return
  const words = document.createElement('p')
  words.className = 'nhsuk-error-message'
  words.dataset.cut = ''
  words.role = 'alert'
  words.textContent = CUT
  const place = form.querySelector('.app-actions') || form
  place.append(words)
}
