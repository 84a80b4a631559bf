import type { Json, JsonObject } from '../json/index.ts'
import { type Parsed, parsed, unreadable } from './import-parsed.ts'

/** How long a text may be and what it may hold. */
export interface TextRules {
  /** Most characters. */
  maximum: number
  /** What becomes of line breaks; `join` makes spaces of them. @default refuse */
  lineBreaks?: 'refuse' | 'join' | 'keep' | undefined
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', 'on'])
const FALSE_WORDS: ReadonlySet<string> = new Set(['no', 'n', 'false', '0', 'off'])
const CONTROL_BUT_BREAKS = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u

/** A cell as trimmed text; nothing is the empty text, what is no text is written as JSON. */
export function cellText(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return ''
  if (typeof cell === 'string') return cell.trim()
  return typeof cell === 'object' ? jsonText(cell) : String(cell)
}

/** Whether a cell holds JSON's lists or objects. */
export function isNested(cell: Json | undefined): boolean {
  return typeof cell === 'object' && cell !== null
}

/** JSON, or the beginning of it where it is nested so deeply that the engine gives up; no parser takes that. */
function jsonText(cell: Json): string {
  try {
    return JSON.stringify(cell)
  } catch {
    return '[…'
  }
}

/** A text without control characters, not too long. */
export function parseText(text: string, { maximum, lineBreaks = 'refuse' }: TextRules): Parsed<string> {
  if (lineBreaks === 'refuse' && /[\n\r]/.test(text)) return unreadable('It holds a line break: is a quote left open?')
  if (CONTROL_BUT_BREAKS.test(text)) return unreadable('It holds control characters')
  // Counting code units is enough for a bound, and does not copy a long text.
  if (text.length > maximum) return unreadable(`It is longer than ${maximum} characters`)
  if (lineBreaks === 'keep') return parsed(text.replaceAll(/\r\n?/g, '\n'))
  return parsed(/[\n\r\t]/.test(text) ? text.replaceAll(/\s*[\n\r\t]\s*/g, ' ') : text)
}

/** `yes`, `true`, `1`, `no`, `false`, `0` and the like. */
export function parseBoolean(text: string): Parsed<boolean> {
  const word = text.toLowerCase()
  if (TRUE_WORDS.has(word)) return parsed(true)
  if (FALSE_WORDS.has(word)) return parsed(false)
  return unreadable('Write yes or no')
}

/** A whole number within bounds, both included. */
export function parseWholeNumber(text: string, bounds: { minimum: number; maximum: number }): Parsed<number> {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= bounds.minimum && value <= bounds.maximum) return parsed(value)
  return unreadable(`Write a whole number from ${bounds.minimum} to ${bounds.maximum}`)
}

/** A JSON list of texts, or texts separated by `|`, else by `;`, else by `,`. Empty entries are left out. */
export function parseList(text: string, rules: { maximum: number; maximumLength: number }): Parsed<readonly string[]> {
  const entries = text.startsWith('[') ? textsOf(text) : splitList(text)
  if (entries === null) return unreadable('This is not a JSON list of texts')
  const list = entries.map((entry) => entry.trim()).filter((entry) => entry !== '')
  if (list.length > rules.maximum) return unreadable(`It has more than ${rules.maximum} entries`)
  if (new Set(list).size < list.length) return unreadable('It names the same entry twice')
  const wrong = list.map((entry) => parseText(entry, { maximum: rules.maximumLength })).find((entry) => !entry.ok)
  return wrong === undefined || wrong.ok ? parsed(list) : wrong
}

/** A JSON object. */
export function parseJsonObject(text: string): Parsed<JsonObject> {
  const json = parseJson(text)
  return isJsonObject(json) ? parsed(json) : unreadable('This is not a JSON object, such as {"level": "beginner"}')
}

/** JSON, or undefined where the text is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json // what JSON.parse answers is JSON
  } catch {
    return undefined
  }
}

/** Whether a value is a JSON object and no list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsOf(text: string): string[] | null {
  const json = parseJson(text)
  if (!Array.isArray(json)) return null
  const texts = json.map((entry: Json) => (typeof entry === 'string' ? entry : null))
  return texts.includes(null) ? null : texts.filter((entry) => entry !== null)
}

function splitList(text: string): string[] {
  const separator = ['|', ';', ','].find((candidate) => text.includes(candidate))
  return separator === undefined ? [text] : text.split(separator)
}
