import { APART, nthId } from './nth.ts'

/** What stands for a text of the template in the n-th row. */
export type Replacements = ReadonlyMap<string, (n: number) => string>

const ID = String.raw`\b[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}\b`
const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`

/**
 * A row that core has written, as JSON text, from which the n-th of its kind is made: ids get their number, moments lie
 * apart, and texts that are named are replaced. All else stays as core wrote it.
 */
export function rowTemplate(row: string, replacements: Replacements): (n: number) => string {
  const named = [...replacements.keys()].map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const pieces = row.split(new RegExp(`(${[...named, ID, INSTANT].join('|')})`))
  const made = pieces.map((text, index) => {
    if (index % 2 === 0) return () => text
    return replacements.get(text) ?? (/^\d/.test(text) ? earlier(text) : (n: number) => nthId(text, n))
  })
  return (n) => {
    let text = ''
    for (const piece of made) text += piece(n)
    return text
  }
}

function earlier(instant: string): (n: number) => string {
  const last = Date.parse(instant)
  return (n) => new Date(last - n * APART).toISOString()
}
