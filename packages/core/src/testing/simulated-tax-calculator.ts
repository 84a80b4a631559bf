import type { TaxAnswer, TaxCalculator, TaxRequest } from '../ports/index.ts'
import { findTaxRate, isExemptFrom, reckonTaxes, saleTaxes, type TaxRate, taxTable } from '../tax/index.ts'

/** A service of taxes in memory, with rates of its own, that can be taken down. */
export interface SimulatedTaxCalculator extends TaxCalculator {
  /** What it was asked, oldest first. */
  readonly requests: readonly TaxRequest[]
  /** From now on it is down, until {@link mend}. */
  break(): void
  /** It answers again. */
  mend(): void
}

/** Makes one. Places without a rate are left to the tables. */
export function simulatedTaxCalculator(rates: readonly TaxRate[]): SimulatedTaxCalculator {
  const requests: TaxRequest[] = []
  let isDown = false
  return {
    name: 'simulated-tax',
    requests,
    break() {
      isDown = true
    },
    mend() {
      isDown = false
    },
    async calculate(request) {
      requests.push(request)
      return isDown ? { type: 'unknown', reason: 'the service is down' } : answerOf(request, rates)
    },
  }
}

function answerOf(request: TaxRequest, rates: readonly TaxRate[]): TaxAnswer {
  const table = taxTable(rates, request.place)
  if (table.size === 0) return { type: 'by_table' }
  return {
    type: 'calculated',
    reference: `sim-${request.items.length}-${request.at}`,
    items: request.items.map(({ id, category, amount }) => ({ id, taxes: taxesOn(amount, category) })),
  }

  function taxesOn(amount: number, category: string) {
    const rate = findTaxRate(table, category)
    const { exemption } = request
    const isExempt = (jurisdiction: string) =>
      exemption !== null && isExemptFrom({ ...exemption, reason: 'other' }, jurisdiction)
    const due = rate === null ? null : saleTaxes(rate, isExempt)
    if (due === null) return []
    const { priceBasis } = request
    const taxes = reckonTaxes(amount, due, { priceBasis, rounding: 'half_up' })
    return due.taxes.map(({ name, rate: percent, jurisdiction }, place) => ({
      ...{ name, rate: percent, jurisdiction },
      amount: taxes[place] ?? 0,
    }))
  }
}
