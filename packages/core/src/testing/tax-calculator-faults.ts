import { exponentOf } from '../money/index.ts'
import type { CalculatedTax, TaxAnswer, TaxCalculator, TaxRequest } from '../ports/index.ts'
import { simulatedTaxCalculator } from './simulated-tax-calculator.ts'
import type { TaxCalculatorBench } from './tax-calculator-bench.ts'

/** A calculator that is wrong in one way. */
export interface TaxCalculatorFault {
  /** What is wrong. */
  readonly name: string
  /** A fresh bench with it. */
  bench(): TaxCalculatorBench
}

/** The bench of the simulated calculator. */
export function simulatedTaxCalculatorBench(): TaxCalculatorBench {
  const calculator = simulatedTaxCalculator([
    {
      ...{ id: 'ca-qc', country: 'CA', region: 'QC', category: '*', name: 'GST', rate: '5', level: 'country' },
      more: [{ name: 'QST', rate: '9.975' }],
    },
  ])
  return {
    calculator,
    ...{ place: { country: 'CA', region: 'QC', basis: 'declared' }, home: 'CA', category: 'recorded' },
    elsewhere: { country: 'DE', basis: 'declared' },
    breakService: () => calculator.break(),
  }
}

type Calculated = Extract<TaxAnswer, { type: 'calculated' }>

/** Calculators, each wrong in one named way: the conformance suite must catch every one. */
export const taxCalculatorFaults: readonly TaxCalculatorFault[] = [
  asking('amounts are taken for major units', (request) => ({
    ...request,
    items: request.items.map((item) => ({ ...item, amount: item.amount * 10 ** (exponentOf(request.currency) ?? 2) })),
  })),
  asking('amounts are taken for those of one unit', (request) => ({
    ...request,
    items: request.items.map((item) => ({ ...item, amount: item.amount * item.quantity })),
  })),
  asking('contained taxes are reckoned as if on top', (request) => ({ ...request, priceBasis: 'exclusive' })),
  asking('taxes on top are reckoned as if contained', (request) => ({ ...request, priceBasis: 'inclusive' })),
  asking('exemption is not told', (request) => ({ ...request, exemption: null })),
  asking('the region is not told', ({ place: { region: _region, ...place }, ...request }) => ({ ...request, place })),
  answering('the last item is forgotten', (answer) => ({ ...answer, items: answer.items.slice(0, -1) })),
  answering('items are named by their place', (answer) => ({
    ...answer,
    items: answer.items.map((item, place) => ({ ...item, id: String(place) })),
  })),
  answering('all taxes stand with the first item', (answer) => ({
    ...answer,
    items: answer.items.map(({ id }, place) => ({
      id,
      taxes: place === 0 ? answer.items.flatMap(({ taxes }) => taxes) : [],
    })),
  })),
  changing('taxes have fractions', (tax) => ({ ...tax, amount: tax.amount + 0.5 })),
  changing('rates are shares', (tax) => ({ ...tax, rate: `${Number(tax.rate) / 100} %` })),
  changing('jurisdictions are names', (tax) => ({ ...tax, jurisdiction: 'Canada' })),
  changing('each tax is one more', (tax) => ({ ...tax, amount: tax.amount + 1 })),
  failing('a service that is down has no taxes', (request) => ({
    type: 'calculated',
    reference: null,
    items: request.items.map(({ id }) => ({ id, taxes: [] })),
  })),
  failing('a service that is down throws', () => {
    throw new Error('connect ECONNREFUSED')
  }),
  failing('a service that is down leaves it to the tables', () => ({ type: 'by_table' })),
]

function fault(
  name: string,
  wrong: (calculator: TaxCalculator, request: TaxRequest) => Promise<TaxAnswer>,
): TaxCalculatorFault {
  return {
    name,
    bench() {
      const bench = simulatedTaxCalculatorBench()
      return {
        ...bench,
        calculator: { name: 'wrong', calculate: (request) => wrong(bench.calculator, request) },
      }
    },
  }
}

function asking(name: string, change: (request: TaxRequest) => TaxRequest): TaxCalculatorFault {
  return fault(name, (calculator, request) => calculator.calculate(change(request)))
}

function answering(name: string, change: (answer: Calculated) => Calculated): TaxCalculatorFault {
  return fault(name, async (calculator, request) => {
    const answer = await calculator.calculate(request)
    return answer.type === 'calculated' ? change(answer) : answer
  })
}

function changing(name: string, change: (tax: CalculatedTax) => CalculatedTax): TaxCalculatorFault {
  return answering(name, (answer) => ({
    ...answer,
    items: answer.items.map(({ id, taxes }) => ({ id, taxes: taxes.map(change) })),
  }))
}

function failing(name: string, instead: (request: TaxRequest) => TaxAnswer): TaxCalculatorFault {
  return fault(name, async (calculator, request) => {
    const answer = await calculator.calculate(request)
    return answer.type === 'unknown' ? instead(request) : answer
  })
}
