import type { Adjustment, Quote } from './quote.ts'

/** For who may not read codes: the first letters, never all, tell a person which one it was, and its id stands beside them. */
const HINT = 2

function hinted(word: string): string {
  const letters = [...word]
  return `${letters.slice(0, Math.min(HINT, letters.length - 1)).join('')}…`
}

/** The same steps, whose reasons do not hold the codes that gave them. */
export function hideCodes(adjustments: readonly Adjustment[]): Adjustment[] {
  return adjustments.map((one) => {
    if (one.cause.type !== 'promotion' || one.cause.code === null) return one
    // A reason ends with the code (`applyBest`), in which no space is.
    const start = one.reason.lastIndexOf(' ') + 1
    return { ...one, reason: `${one.reason.slice(0, start)}${hinted(one.reason.slice(start))}` }
  })
}

/** The same quote without the text of its codes. */
export function hideCodesOfQuote(quote: Quote): Quote {
  return {
    ...quote,
    lines: quote.lines.map((line) => ({ ...line, adjustments: hideCodes(line.adjustments) })),
    codes: quote.codes.map((code) => ({ ...code, code: hinted(code.code) })),
  }
}
