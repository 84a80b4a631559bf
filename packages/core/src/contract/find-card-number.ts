import { joinPath } from './input-bounds.ts'

/**
 * What the networks issue, by their first digits and length (ISO/IEC 7812). In their order: Visa, Mastercard, American
 * Express, Diners Club, JCB, Discover, UnionPay, Maestro, Mir, RuPay, Troy.
 */
const NETWORKS: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[689]\d)\d{11,16}$/,
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12,15}$/,
  /^(?:62|81)\d{14,17}$/,
  /^(?:50|5[6-9]|6\d)\d{11,17}$/,
  /^220[0-4]\d{12,15}$/,
  /^(?:60\d|65\d|82\d|508)\d{13}$/,
  /^9792\d{12}$/,
]

/** 8-4-4-4-12: its groups of digits can look like a card's. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
/** Digits beside a letter are part of an id, a hash or an instant. */
const DIGITS = /(?<![\p{L}\p{N}_])\d+(?![\p{L}\p{N}_])/gu
/** What stands between the groups of a card number: one or two spaces of any width, or hyphens. */
const SEPARATORS = ' \t\u00a0\u2007\u202f-'
const SEPARATOR = new RegExp(`^[${SEPARATORS}]{1,2}$`)
const SEPARATOR_UNITS = new Set([...SEPARATORS].map((sign) => sign.charCodeAt(0)))
/** A card number has 13 to 19. */
const FEWEST_DIGITS = 13
/** Most groups that a card number is written in. */
const MAXIMUM_GROUPS = 5
/** Numbers of so many digits are read too: no price or count has them, a card typed without quotes does. */
const SMALLEST_NUMBER = 10 ** 14

/**
 * Where in an input stands what looks like a card number, or null. Never the number itself.
 *
 * It looks at every text, at the names of members, and at whole numbers of 15 digits or more. A match has the first
 * digits and the length of a network that issues cards, a right Luhn digit, and is written in one run or in groups of
 * four to six digits. This stops accidents (a form field bound to the wrong name), not somebody who means to hide one.
 *
 * What it leaves alone on purpose: runs that touch a letter or `_` (ids, hashes, instants), UUIDs, runs of small
 * groups (phone numbers, ISBNs with hyphens), and 13 digits with a right EAN-13 check digit: every barcode has one, and
 * the networks have issued no card of 13 digits for years, while one barcode of ten that begin with 4, 5 or 6 would
 * else pass for one. An id of another system made of 14 to 19 digits alone can be mistaken (about one in ten of those that begin
 * like a card): give it a letter in front.
 */
export function findCardNumber(value: unknown): string | null {
  const waiting: { path: string; value: unknown }[] = [{ path: '', value }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (looksLikeCard(next.value)) return next.path
    if (typeof next.value !== 'object' || next.value === null) continue
    for (const [name, member] of Object.entries(next.value)) {
      if (textHoldsCard(name)) return next.path
      waiting.push({ path: joinPath(next.path, name), value: member })
    }
  }
  return null
}

/** Whether a text holds what looks like a card number; for what is about to be logged. */
export function textHoldsCard(text: string): boolean {
  if (!hasDigitsInARow(text, FEWEST_DIGITS)) return false
  const groups = digitGroups(text.replace(UUID, 'uuid'))
  return groups.some((_, first) => cardBeginsAt(groups, first))
}

/**
 * Has it so many digits with nothing but separators between? Most texts are ids and names, where letters are: to see that is
 * many times cheaper than to take them apart.
 */
function hasDigitsInARow(text: string, count: number): boolean {
  let found = 0
  for (let at = 0; found < count && text.length - at >= count - found; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 48 && unit <= 57) found += 1
    else if (!SEPARATOR_UNITS.has(unit)) found = 0
  }
  return found === count
}

function looksLikeCard(value: unknown): boolean {
  if (typeof value === 'string') return textHoldsCard(value)
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return false
  return value >= SMALLEST_NUMBER && isCard(String(value))
}

interface DigitGroup {
  digits: string
  /** Does it go on from the group before, with a separator between? */
  continues: boolean
}

function digitGroups(text: string): DigitGroup[] {
  const groups: DigitGroup[] = []
  let end = -1
  for (const match of text.matchAll(DIGITS)) {
    groups.push({ digits: match[0], continues: end >= 0 && SEPARATOR.test(text.slice(end, match.index)) })
    end = match.index + match[0].length
  }
  return groups
}

function cardBeginsAt(groups: readonly DigitGroup[], first: number): boolean {
  let digits = ''
  for (let at = first; at < first + MAXIMUM_GROUPS; at++) {
    const group = groups[at]
    if (group === undefined || (at > first && !group.continues)) return false
    digits += group.digits
    if (digits.length > 19) return false
    if (isCard(digits)) return true
    if (group.digits.length < 4 || group.digits.length > 6) return false
  }
  return false
}

function isCard(digits: string): boolean {
  if (digits.length < FEWEST_DIGITS || digits.length > 19) return false
  if (!NETWORKS.some((network) => network.test(digits)) || !hasLuhnDigit(digits)) return false
  return !(digits.length === 13 && hasEanDigit(digits))
}

/** @see ISO/IEC 7812-1, annex B */
function hasLuhnDigit(digits: string): boolean {
  return weightedSum(digits, (digit, odd) => (odd ? digit : digit > 4 ? digit * 2 - 9 : digit * 2)) % 10 === 0
}

/** @see GS1 General Specifications, 7.9 */
function hasEanDigit(digits: string): boolean {
  return weightedSum(digits, (digit, odd) => (odd ? digit : digit * 3)) % 10 === 0
}

/** Sum over the digits from the right; the last one, and every second from it, counts as odd. */
function weightedSum(digits: string, weigh: (digit: number, odd: boolean) => number): number {
  return [...digits].reverse().reduce((sum, digit, place) => sum + weigh(Number(digit), place % 2 === 0), 0)
}
