import { toDecimal } from '../../money/index.ts'
import type { Quote, QuoteLine } from '../quote.ts'
import type { Expected, ExpectedLine } from './worked-example.ts'

/** What a quote says, in the words of an example, as far as the example asks. */
export function saidBy(quote: Quote, asked: Expected): Expected {
  const say = (amount: number) => toDecimal({ amount, currency: quote.currency })
  const all: Required<Expected> = {
    base: say(quote.base),
    discount: say(quote.discount),
    net: say(quote.net),
    tax: say(quote.tax),
    total: say(quote.total),
    lines: Object.fromEntries(
      quote.lines.flatMap((line) => {
        const wanted = asked.lines?.[line.id]
        return wanted === undefined ? [] : [[line.id, lineAs(line, wanted, say)]]
      }),
    ),
    codes: Object.fromEntries(
      quote.codes.map(({ code, applied, refusal }) => [code, applied ? 'applied' : (refusal ?? 'not_valid')]),
    ),
    promotions: promotionsOf(quote),
    uses: Object.fromEntries(quote.uses.map(({ counter, n }) => [counter, n])),
    provisional: quote.provisional,
  }
  return only(all, asked)
}

function lineAs(line: QuoteLine, asked: string | ExpectedLine, say: (amount: number) => string): string | ExpectedLine {
  if (typeof asked === 'string') return say(line.total)
  const all = {
    base: say(line.base),
    discount: say(line.discount),
    net: say(line.net),
    tax: say(line.tax),
    total: say(line.total),
    ...(line.refusal === null ? {} : { refusal: line.refusal }),
    parts: Object.fromEntries(line.parts.map(({ id, total }) => [id, say(total)])),
    steps: line.adjustments.map(
      ({ step, amount, included }) =>
        `${step} ${say(amount)}${included === undefined ? '' : ` (incl. ${say(included)})`}`,
    ),
  }
  return only(all, asked)
}

/** Promotions in the order of their application, which is that of any line's adjustments. */
function promotionsOf(quote: Quote): string[] {
  const steps = ['line_promotion', 'cart_promotion'] as const
  const named = steps.flatMap((step) =>
    quote.lines.flatMap(({ adjustments }) =>
      adjustments.flatMap((one) => (one.step === step && one.cause.type === 'promotion' ? [one.cause.promotion] : [])),
    ),
  )
  return [...new Set(named)]
}

/** The members that are asked for. */
function only<T extends object>(all: T, asked: object): T {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in asked)) as T // some members of it
}
