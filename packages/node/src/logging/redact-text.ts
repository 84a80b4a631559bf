/** A UUID, which is left alone, or digits in groups as people type a card's; not the decimals of a number. */
const DIGITS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<!\d|\d\.)\d+(?:[ -]\d+)*/gi

const SEPARATOR = /([ -])/

/** JSON Web Tokens, then whatever else follows the name of a scheme, then API keys, then e-mail addresses. */
const SECRETS: readonly (readonly [RegExp, (match: string, kept?: string) => string])[] = [
  // From the beginning of a run of letters, and only if two more follow: a text of many `eyJ` is not read once for each.
  [/(?<![\w-])(?=[\w-]+\.[\w-]+\.)([\w-]*?)\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, (_, kept) => `${kept}[token]`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, (_, scheme) => `${scheme} [token]`],
  [/\bbursar_[\w-]{8,}/g, () => '[key]'],
  // Takes what is no address too, and leaves it: else a long text before an `@` is read once for each of its letters.
  [
    /[\w.!#$%&'*+/=?^`{|}~-]+(@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?/gi,
    (word, domain) => (domain === undefined && !ENCODED_ADDRESS.test(word) ? word : '[e-mail]'),
  ],
]

/** An e-mail address as part of a URL. */
const ENCODED_ADDRESS = /%40[a-z0-9-]+\.[a-z0-9]/i

/** What each of these begins with, or has within: most texts of a log have nothing of it, and are not searched for each. */
const MAYBE_SECRET = /eyJ|bearer|basic|bursar_|@|%40/i

/** As many digits as the shortest card has, in groups or not. */
const MAYBE_CARD = /\d(?:[ -]?\d){12}/

/**
 * A text without e-mail addresses, tokens, API keys and what looks like a card number. Strangers write what is logged: the time
 * that this takes grows with the text's length, whatever it holds.
 */
export function redactText(text: string): string {
  if (!MAYBE_SECRET.test(text)) return redactCards(text)
  return redactCards(SECRETS.reduce((rest, [secret, mark]) => rest.replace(secret, mark), text))
}

/** A text in which no run or neighbouring groups of 13 to 19 digits pass the check of card numbers. */
export function redactCards(text: string): string {
  if (!MAYBE_CARD.test(text)) return text
  return text.replace(DIGITS, (run) => (run.length < 13 || /[a-f]/i.test(run) ? run : redactRun(run)))
}

/** Of the groups of a run, those that are a card together are replaced; what stands before and after stays. */
function redactRun(run: string): string {
  const parts = run.split(SEPARATOR)
  const shown: string[] = []
  for (let at = 0; at < parts.length; at += 2) {
    const count = cardLength(parts, at)
    shown.push(count > 0 ? '[card]' : (parts[at] ?? ''))
    at += Math.max(count - 1, 0)
    shown.push(parts[at + 1] ?? '')
  }
  return shown.join('')
}

/** How many parts from one on, groups and separators, are a card, the longest there is; 0 if they are none. */
function cardLength(parts: readonly string[], first: number): number {
  let count = 0
  let digits = ''
  for (let at = first; at < parts.length; at += 2) {
    digits += parts[at]
    if (digits.length > 19) break
    if (digits.length >= 13 && isLuhnValid(digits)) count = at - first + 1
  }
  return count
}

/**
 * The check digit of card numbers. One run of digits in ten passes by chance, which costs a log nothing.
 * @see ISO/IEC 7812-1
 */
export function isLuhnValid(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48
    const weighted = place % 2 === 0 ? digit : digit * 2
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}
