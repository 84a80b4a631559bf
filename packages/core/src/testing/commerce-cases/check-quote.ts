import type { Quote } from '../../pricing/index.ts'
import { expectSame, expectThat } from '../expectations.ts'

const SUMS = ['base', 'discount', 'net', 'tax', 'total'] as const

/** Throws unless a quote adds up: parts to lines, lines to the whole, net and tax to the total, steps to the line. */
export function expectQuoteAddsUp(quote: Quote): void {
  for (const sum of SUMS) {
    expectSame(quote[sum], total(quote.lines, sum), `${sum} of the quote is the sum of its lines`)
    for (const line of quote.lines.filter(({ refusal }) => refusal === null)) {
      expectSame(line[sum], total(line.parts, sum), `${sum} of line ${line.id} is the sum of its parts`)
    }
  }
  expectSame(quote.total, quote.net + quote.tax, 'the total is net and tax')
  for (const line of quote.lines) {
    expectSame(total(line.adjustments, 'amount'), line.total, `the steps of line ${line.id} make its total`)
    expectThat(line.refusal !== null || line.base === line.unitPrice * line.quantity, `base of line ${line.id}`)
  }
}

function total<K extends string>(list: readonly { readonly [key in K]: number }[], member: K): number {
  return list.reduce((sum, one) => sum + one[member], 0)
}
