import type { TaxAnswer, TaxRequest } from '../ports/index.ts'
import type { ContractCase } from './contract-case.ts'
import { expectSame, expectThat } from './expectations.ts'
import type { TaxCalculatorBench, TaxCalculatorNeed } from './tax-calculator-bench.ts'

type Case = ContractCase<TaxCalculatorBench, TaxCalculatorNeed>

/**
 * What every `TaxCalculator` keeps, one case per guarantee. Run each on a fresh bench:
 *
 * ```ts
 * const { run } = chooseCases(taxCalculatorContract, taxCalculatorAbilities(makeBench()))
 * for (const { name, run: check } of run) test(name, () => check(makeBench()))
 * ```
 */
export const taxCalculatorContract: readonly ContractCase<TaxCalculatorBench, TaxCalculatorNeed>[] = [
  ...answerCases(),
  ...amountCases(),
  ...failureCases(),
]

function answerCases(): Case[] {
  return [
    {
      name: 'each item is answered once, by its id',
      needs: [],
      async run(bench) {
        const items = await taxesOf(bench, { items: itemsOf(bench, 9900, 1200, 5) })
        expectSame([...items.keys()].sort(), ['0', '1', '2'], 'the items of the answer')
      },
    },
    {
      name: 'a tax has a name, a rate in percent and a jurisdiction',
      needs: [],
      async run(bench) {
        const taxes = [...(await taxesOf(bench, { items: itemsOf(bench, 9900) })).values()].flat()
        expectThat(taxes.length > 0, 'there is no tax on what is taxed')
        for (const { name, rate, jurisdiction } of taxes) {
          expectThat(name.length >= 1 && name.length <= 100, `the name is ${JSON.stringify(name)}`)
          expectThat(/^\d{1,6}(\.\d{1,6})?$/.test(rate), `the rate is ${JSON.stringify(rate)}`)
          expectThat(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(jurisdiction), `the jurisdiction is ${jurisdiction}`)
        }
      },
    },
    {
      name: 'the same request has the same answer',
      needs: [],
      async run(bench) {
        const items = itemsOf(bench, 9999, 333)
        const first = await taxesOf(bench, { items })
        expectSame([...(await taxesOf(bench, { items }))], [...first], 'the answer of the second time')
      },
    },
    {
      name: 'the order of items does not matter',
      needs: [],
      async run(bench) {
        const items = itemsOf(bench, 9999, 333, 1)
        const first = await taxesOf(bench, { items })
        const turned = await taxesOf(bench, { items: [...items].reverse() })
        for (const [id, taxes] of first) expectSame(turned.get(id), taxes, `the taxes of item ${id} in another order`)
      },
    },
  ]
}

function amountCases(): Case[] {
  return [
    {
      name: 'taxes are whole minor units, 0 or more, also of one minor unit',
      needs: [],
      async run(bench) {
        for (const priceBasis of ['inclusive', 'exclusive'] as const) {
          for (const amount of [1, 2, 3, 9999, 123_457]) {
            const taxes = await sumOf(bench, { priceBasis, items: itemsOf(bench, amount) })
            expectThat(Number.isSafeInteger(taxes) && taxes >= 0, `${amount} has a tax of ${taxes}`)
          }
        }
      },
    },
    {
      name: 'what costs nothing has no tax',
      needs: [],
      async run(bench) {
        const items = await taxesOf(bench, { priceBasis: 'exclusive', items: itemsOf(bench, 0, 10_000) })
        expectSame(
          items.get('0')?.reduce((sum, { amount }) => sum + amount, 0),
          0,
          'the tax on nothing',
        )
      },
    },
    {
      name: 'a contained tax is less than one on top, and no more than the amount',
      needs: [],
      async run(bench) {
        const onTop = await sumOf(bench, { priceBasis: 'exclusive', items: itemsOf(bench, 100_000) })
        const contained = await sumOf(bench, { priceBasis: 'inclusive', items: itemsOf(bench, 100_000) })
        expectThat(onTop > 1000 && onTop < 60_000, `the tax on top of 100,000 is ${onTop}`)
        expectThat(contained < onTop, `${contained} is contained where ${onTop} comes on top`)
        const exact = Math.abs(contained * (100_000 + onTop) - 100_000 * onTop) / (100_000 + onTop)
        expectThat(exact <= 2, `${contained} is not what 100,000 contains where ${onTop} comes on top of it`)
      },
    },
    {
      name: 'an amount is that of all units',
      needs: [],
      async run(bench) {
        const [item] = itemsOf(bench, 100_000)
        if (item === undefined) return
        const one = await sumOf(bench, { items: [item] })
        expectSame(
          await sumOf(bench, { items: [{ ...item, quantity: 10 }] }),
          one,
          'the tax of ten units at that amount',
        )
      },
    },
    {
      name: 'amounts are minor units, whatever digits the currency has',
      needs: [],
      async run(bench) {
        const taxes = await Promise.all(
          ['JPY', 'EUR', 'KWD'].map((currency) => sumOf(bench, { currency, items: itemsOf(bench, 100_000) })),
        )
        expectThat(new Set(taxes).size === 1, `100,000 minor units have taxes of ${taxes.join(', ')}`)
      },
    },
    {
      name: 'who is exempt pays nothing',
      needs: [],
      async run(bench) {
        const exemption = { reason: 'charity' }
        for (const priceBasis of ['inclusive', 'exclusive'] as const) {
          expectSame(await sumOf(bench, { exemption, priceBasis, items: itemsOf(bench, 100_000) }), 0, 'the tax')
        }
      },
    },
  ]
}

function failureCases(): Case[] {
  return [
    {
      name: 'a service that is down is unknown, with a reason, and throws nothing',
      needs: ['an outage'],
      async run(bench) {
        bench.breakService?.()
        const answer = await bench.calculator.calculate(requestOf(bench, { items: itemsOf(bench, 9900) }))
        expectSame(answer.type, 'unknown', 'the answer')
        if (answer.type === 'unknown') expectThat(answer.reason !== '', 'there is no reason')
      },
    },
    {
      name: 'a place that it does not reckon is left to the tables',
      needs: ['a place elsewhere'],
      async run(bench) {
        const { elsewhere } = bench
        if (elsewhere === undefined) return
        const answer = await bench.calculator.calculate(
          requestOf(bench, { place: elsewhere, items: itemsOf(bench, 9900) }),
        )
        expectSame(answer.type, 'by_table', 'the answer')
      },
    },
  ]
}

type Asked = Partial<TaxRequest> & Pick<TaxRequest, 'items'>

function requestOf({ place, home }: TaxCalculatorBench, asked: Asked): TaxRequest {
  return {
    ...{ currency: 'EUR', priceBasis: 'exclusive', at: '2026-06-15T12:00:00.000Z', site: 'main' },
    ...{ home, place, exemption: null },
    ...asked,
  }
}

const itemsOf = ({ category }: TaxCalculatorBench, ...amounts: readonly number[]): TaxRequest['items'] =>
  amounts.map((amount, place) => ({ id: String(place), category, quantity: 1, amount }))

type Taxes = Extract<TaxAnswer, { type: 'calculated' }>['items'][number]['taxes']

async function taxesOf(bench: TaxCalculatorBench, asked: Asked): Promise<ReadonlyMap<string, Taxes>> {
  const answer = await bench.calculator.calculate(requestOf(bench, asked))
  if (answer.type !== 'calculated') throw new Error(`The answer is ${JSON.stringify(answer)}, not taxes.`)
  expectSame(answer.items.length, asked.items.length, 'the number of items')
  return new Map(answer.items.map(({ id, taxes }) => [id, taxes]))
}

async function sumOf(bench: TaxCalculatorBench, asked: Asked): Promise<number> {
  const taxes = [...(await taxesOf(bench, asked)).values()].flat()
  return taxes.reduce((sum, { amount }) => sum + amount, 0)
}
