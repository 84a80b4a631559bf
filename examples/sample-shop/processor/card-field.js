// The test processor's card field. It runs in a frame from the processor's own address: what is typed here never
// reaches the shop's page. To a message { type: 'tokenize', id } from the page that frames it, it answers
// { type: 'token', id, token } or { type: 'incomplete', id }.

/** Its test cards, and the token that each is exchanged for. */
const CARDS = [
  { number: '4242424242424242', name: 'Approved', token: 'tok_approve' },
  { number: '4000000000000002', name: 'Declined', token: 'tok_decline' },
  { number: '4000002500003155', name: '3-D Secure', token: 'tok_requires_action' },
  { number: '4000000000000119', name: 'No answer', token: 'tok_timeout_after' },
]

const page = ownPage()
const fields = ['number', 'expiry', 'code'].map((id) => document.getElementById(id))
const [number, expiry, code] = fields

/** The page that frames this one: it says its origin in the address, and must be at this machine, as the frame's policy has it. */
function ownPage() {
  const origin = new URLSearchParams(location.search).get('page') ?? ''
  const isKnown = URL.canParse(origin) && ['127.0.0.1', 'localhost'].includes(new URL(origin).hostname)
  return isKnown ? new URL(origin).origin : null
}

const digits = (text) => text.replace(/\D/g, '')
const grouped = (text) => digits(text).replace(/(\d{4})(?=\d)/g, '$1 ')
const tell = (message) => page !== null && parent.postMessage(message, page)

const wrong = {
  number: () => (CARDS.some((card) => card.number === digits(number.value)) ? '' : 'Use one of the test cards below.'),
  expiry: () => (/^(0[1-9]|1[0-2])\s*\/?\s*\d{2}$/.test(expiry.value.trim()) ? '' : 'Enter a date such as 12/30.'),
  code: () => (/^\d{3,4}$/.test(code.value.trim()) ? '' : 'Enter the three digits on the back.'),
}

function check(field) {
  const sentence = wrong[field.id]()
  field.setAttribute('aria-invalid', String(sentence !== ''))
  document.getElementById(`${field.id}-error`).textContent = sentence
  return sentence === ''
}

function tokenize(id) {
  const good = fields.map(check)
  const first = fields[good.indexOf(false)]
  if (first !== undefined) {
    first.focus()
    return tell({ type: 'incomplete', id })
  }
  const { token } = CARDS.find((card) => card.number === digits(number.value))
  tell({ type: 'token', id, token })
}

function fill(card) {
  number.value = grouped(card.number)
  expiry.value = '12/30'
  code.value = '123'
  for (const field of fields) check(field)
}

for (const card of CARDS) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = card.name
  button.addEventListener('click', () => fill(card))
  document.getElementById('cards').append(button)
}
number.addEventListener('blur', () => {
  number.value = grouped(number.value)
})
for (const field of fields) field.addEventListener('input', () => field.ariaInvalid === 'true' && check(field))
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault()
  tell({ type: 'submitted' })
})

addEventListener('message', ({ origin, source, data }) => {
  if (origin !== page || source !== parent || data?.type !== 'tokenize') return
  tokenize(data.id)
})
new ResizeObserver(() => tell({ type: 'height', height: document.documentElement.offsetHeight })).observe(
  document.documentElement,
)
tell({ type: 'ready' })
