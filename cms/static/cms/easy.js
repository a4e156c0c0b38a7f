// How words read while somebody types them, in the editor (docs/adr/0057). Nothing here decides anything: the
// server checks again, by the same patterns and with the same sentences, which this file is handed with the page.
const SETTLE = 1000 // milliseconds without a key before words are sent to be measured

// The rule of Easy Read: what is wrong with an idea, or nothing.
export function broken (text, rule) {
  const sentence = text.replaceAll('\r\n', '\n').trim()
  const words = (part) => part.match(new RegExp(rule.word, 'gu'))?.length ?? 0
  const next = new RegExp(rule.next, 'u').exec(sentence)
  if (next) {
    const second = sentence.slice(next.index + next[0].length)
    return { fault: 'two', sentence: second, words: words(second) }
  }
  const many = words(sentence)
  return many > rule.most ? { fault: 'long', sentence, words: many } : null
}

// The sentence that is told, in parts: the one that breaks the rule is marked.
function told (found, rule) {
  const words = rule.messages[found.fault].replace('{words}', found.words).replace('{most}', rule.most)
  const [before, after] = words.split('{sentence}')
  const mark = document.createElement('mark')
  mark.textContent = found.sentence
  return [before, mark, after]
}

// --- ideas: each box of words keeps a line under it, which speaks up when the words break the rule

const IDEAS = '[name^="ideas-"][name$="-value-words"], input[type=text][name^="ideas-"][name$="-value"]'

function check (box, rule) {
  const found = broken(box.value, rule)
  let line = box.parentElement.querySelector('[data-easy]')
  if (!line) {
    line = document.createElement('p')
    line.dataset.easy = ''
    line.role = 'status'
    line.id = `${box.id}-easy`
    if (!box.labels.length) box.ariaLabel = 'Heading' // the editor gives a box that stands alone no name
    box.before(line) // over the box: under it the bar with Save stands
    box.setAttribute('aria-describedby', `${box.getAttribute('aria-describedby') ?? ''} ${line.id}`.trim())
  }
  const words = box.value.trim().match(new RegExp(rule.word, 'gu'))?.length ?? 0
  line.className = found ? 'cms-easy cms-easy--broken' : 'cms-easy'
  line.replaceChildren(...(found ? told(found, rule) : words ? [`${words} of ${rule.most} words`] : []))
  if (found) box.setAttribute('aria-invalid', 'true')
  else box.removeAttribute('aria-invalid')
}

// All pictures with their words: whoever would rather look than read a list chooses one here.
function toChooseFrom (choice, pictures) {
  const all = document.createElement('details')
  const summary = document.createElement('summary')
  summary.textContent = 'Look at the pictures'
  const buttons = [...choice.options].filter((one) => one.value).map((one) => {
    const button = document.createElement('button')
    const image = document.createElement('img')
    button.type = 'button'
    button.className = 'cms-easy-choice'
    image.src = pictures[one.value]
    image.alt = ''
    image.loading = 'lazy' // they are fetched once somebody opens this
    button.append(image, one.text)
    button.addEventListener('click', () => {
      choice.value = one.value
      choice.dispatchEvent(new Event('change', { bubbles: true }))
      all.open = false
      choice.focus()
    })
    return button
  })
  all.className = 'cms-easy-choices'
  all.append(summary, ...buttons)
  return all
}

// The picture that was chosen by its words is shown beside them.
function show (choice, pictures) {
  let picture = choice.parentElement.querySelector('[data-easy-picture]')
  if (!picture) {
    picture = document.createElement('img')
    picture.dataset.easyPicture = ''
    picture.className = 'cms-easy-picture'
    picture.alt = ''
    choice.after(picture, toChooseFrom(choice, pictures))
  }
  picture.hidden = !choice.value
  if (choice.value) picture.src = pictures[choice.value]
}

function startIdeas (panel) {
  const rule = JSON.parse(panel.dataset.rule)
  const checkAll = () => {
    document.querySelectorAll(IDEAS).forEach((box) => check(box, rule))
    document.querySelectorAll('select[name^="ideas-"][name$="-value-picture"]').forEach((one) => show(one, rule.pictures))
  }
  const form = panel.closest('form')
  form.addEventListener('input', (event) => { if (event.target.matches(IDEAS)) check(event.target, rule) })
  form.addEventListener('change', checkAll)
  // Ideas are added, moved and taken out by scripts of the editor.
  new MutationObserver((changes) => {
    if (changes.some((one) => [...one.addedNodes].some((node) => node.querySelector?.(IDEAS)))) checkAll()
  }).observe(form, { childList: true, subtree: true })
  checkAll()
}

// --- reading age: what was typed goes to the server when the keys rest, and comes back measured

function typed (form) {
  const words = new FormData(form)
  for (const [name, value] of [...words]) if (value instanceof File) words.delete(name)
  return words
}

function startReading (panel) {
  const form = panel.closest('form')
  const place = panel.querySelector('[data-reading-found]')
  const asText = () => new URLSearchParams(typed(form)).toString()
  let last = asText()
  let wait
  const measure = async () => {
    const now = asText()
    if (now === last) return
    last = now
    // How words read is known of English alone.
    if (!panel.dataset.askAt) return
    try {
      const answer = await fetch(panel.dataset.askAt, { method: 'POST', body: typed(form) })
      if (answer.ok && last === now) place.innerHTML = await answer.text()
    } catch { /* without a network the last measure stays */ }
    mark(form, place)
  }
  const soon = () => {
    clearTimeout(wait)
    wait = setTimeout(measure, SETTLE)
  }
  for (const kind of ['input', 'change', 'keyup', 'click']) form.addEventListener(kind, soon)
  mark(form, place)
}

// The hardest sentences are marked where they stand in the words, in browsers that can do it without touching them.
function mark (form, place) {
  if (!('highlights' in CSS)) return
  const hard = [...place.querySelectorAll('[data-sentence]')].map((one) => one.textContent.trim())
  const ranges = [...form.querySelectorAll('[contenteditable=true]')].flatMap((box) => hard.flatMap((one) => rangeOf(box, one)))
  CSS.highlights.set('hard', new Highlight(...ranges))
}

function rangeOf (box, sentence) {
  const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  const nodes = []
  let text = ''
  while (walk.nextNode()) {
    nodes.push([walk.currentNode, text.length])
    text += walk.currentNode.data
  }
  const start = text.indexOf(sentence)
  if (start < 0) return []
  const at = (place) => {
    const [node, from] = nodes.findLast(([, from]) => from <= place)
    return [node, place - from]
  }
  const range = new Range()
  range.setStart(...at(start))
  range.setEnd(...at(start + sentence.length - 1))
  return [range]
}

function start (panel) {
  startReading(panel)
  if (panel.dataset.rule) startIdeas(panel)
}

// The blocks of a page are drawn by scripts that run before or after this one.
const panel = document.querySelector('[data-reading]')
if (panel) window.requestAnimationFrame(() => start(panel))
