/** A UUID, which is left alone, or digits in groups as people type a card's; not the decimals of a number. */
const DIGITS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<!\d|\d\.)\d+(?:[ -]\d+)*/gi

const SEPARATOR = /([ -])/

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // JSON Web Tokens, then whatever else follows the name of a scheme, then API keys.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [token]'],
  [/\bbursar_[\w-]{8,}/g, '[key]'],
  [/[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi, '[e-mail]'],
]

/** What each of these begins with, or has within: most texts of a log have nothing of it, and are not searched for each. */
const MAYBE_SECRET = /eyJ|bearer|basic|bursar_|@/i

/** As many digits as the shortest card has, in groups or not. */
const MAYBE_CARD = /\d(?:[ -]?\d){12}/

/** A text without e-mail addresses, tokens, API keys and what looks like a card number. */
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
  for (let first = 0; first < parts.length; first += 2) {
    const count = cardLength(parts, first)
    if (count > 0) parts.splice(first, count, '[card]')
  }
  return parts.join('')
}

/** How many parts from one on, groups and separators, are a card; 0 if they are none. */
function cardLength(parts: readonly string[], first: number): number {
  for (let end = parts.length; end > first; end -= 2) {
    const digits = parts
      .slice(first, end)
      .filter((part) => /\d/.test(part))
      .join('')
    if (digits.length >= 13 && digits.length <= 19 && isLuhnValid(digits)) return end - first
  }
  return 0
}

/**
 * The check digit of card numbers. One run of digits in ten passes by chance, which costs a log nothing.
 * @see ISO/IEC 7812-1
 */
export function isLuhnValid(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const weighted = place % 2 === 0 ? Number(digit) : Number(digit) * 2
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return sum % 10 === 0
}
