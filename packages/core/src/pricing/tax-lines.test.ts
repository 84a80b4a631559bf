import { describe, expect, it } from 'vitest'
import type { TaxRate } from '../tax/index.ts'
import type { PartTax } from './quote.ts'
import { sampleInputs } from './sample-inputs.ts'
import { type TaxedLine, taxLines } from './tax-lines.ts'
import { taxSettings } from './tax-settings.ts'

type Rounding = 'unit' | 'line' | 'order'

const QUARTER: TaxRate[] = [{ id: 'quarter', country: 'DE', category: '*', name: 'VAT', rate: '25' }]
/** Two taxes on everything. */
const TWO: TaxRate[] = [
  { id: 'state', country: 'DE', category: '*', name: 'State', rate: '25', more: [{ name: 'City', rate: '10' }] },
]

const settingsOf = (taxRounding: Rounding, taxRates = QUARTER) => {
  const inputs = sampleInputs({ taxRates, place: { country: 'DE', region: 'DE-BE', basis: 'declared' } })
  return taxSettings({ ...inputs, site: { ...inputs.site, priceBasis: 'exclusive', taxRounding } })
}

const lineOf = (id: string, parts: [id: string, weight: number][], quantity = 1): TaxedLine => ({
  ...{ id, quantity },
  parts: parts.map(([part, weight]) => ({ id: part, taxCategory: 'recorded', weight, taxes: [] as PartTax[] })),
})

/** The taxes of each part, by line and part. */
const taxesOf = (lines: TaxedLine[], rounding: Rounding, rates = QUARTER) => {
  taxLines(lines, settingsOf(rounding, rates))
  return lines.flatMap(({ id, parts }) =>
    parts.map((part) => [`${id}/${part.id}`, ...part.taxes.map((tax) => tax.amount)]),
  )
}

describe('a tax that is rounded for several parts', () => {
  // 25 % of 6 are 1.5, so 2 for both; of 2 parts of 2 it is 1 for one of them.
  it.each<Rounding>(['line', 'order'])(
    'by %s: the odd cent goes to the smaller part id, wherever it stands',
    (rounding) => {
      expect(
        taxesOf(
          [
            lineOf('l', [
              ['b', 2],
              ['a', 2],
            ]),
          ],
          rounding,
        ),
      ).toStrictEqual([
        ['l/b', 0],
        ['l/a', 1],
      ])
      expect(
        taxesOf(
          [
            lineOf('l', [
              ['a', 2],
              ['b', 2],
            ]),
          ],
          rounding,
        ),
      ).toStrictEqual([
        ['l/a', 1],
        ['l/b', 0],
      ])
    },
  )

  it('by order: it goes to the line that comes first, also of more than ten', () => {
    const lines = Array.from({ length: 12 }, (_, place) => lineOf(`l${String(place).padStart(2, '0')}`, [['all', 1]]))
    expect(taxesOf(lines, 'order').map(([, amount]) => amount)).toStrictEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('by order: parts of several lines have their own shares, though they have one name', () => {
    const lines = [
      lineOf('l0', [
        ['b', 4],
        ['a', 8],
      ]),
      lineOf('l1', [['a', 12]]),
    ]
    expect(taxesOf(lines, 'order')).toStrictEqual([
      ['l0/b', 1],
      ['l0/a', 2],
      ['l1/a', 3],
    ])
  })

  it('by line: each line by itself', () => {
    const lines = [lineOf('l0', [['all', 2]]), lineOf('l1', [['all', 2]])]
    expect(taxesOf(lines, 'line')).toStrictEqual([
      ['l0/all', 1],
      ['l1/all', 1],
    ])
    expect(taxesOf([lineOf('l0', [['all', 2]]), lineOf('l1', [['all', 2]])], 'order')).toStrictEqual([
      ['l0/all', 1],
      ['l1/all', 0],
    ])
  })

  it('by unit: each unit by itself, the dearer ones first', () => {
    // Three units of 2, 2 and 3: 0.5 and 0.75 are one each.
    expect(taxesOf([lineOf('l', [['all', 7]], 3)], 'unit')).toStrictEqual([['l/all', 3]])
    expect(taxesOf([lineOf('l', [['all', 3]], 3)], 'unit')).toStrictEqual([['l/all', 0]])
  })
})

describe('several taxes on several parts', () => {
  it.each<Rounding>(['line', 'order'])(
    'by %s: sum to what each tax is of all, and do not depend on the order of parts',
    (rounding) => {
      const parts: [string, number][] = [
        ['c', 7],
        ['a', 5],
        ['b', 6],
      ]
      // 25 % and 10 % of 18: 4.5 and 1.8.
      const found = taxesOf([lineOf('l', parts)], rounding, TWO)
      expect(found.reduce((sum, [, state = 0]) => sum + Number(state), 0)).toBe(5)
      expect(found.reduce((sum, [, , city = 0]) => sum + Number(city), 0)).toBe(2)
      const again = taxesOf([lineOf('l', [...parts].reverse())], rounding, TWO)
      expect(again.toReversed()).toStrictEqual(found)
      expect(taxesOf([lineOf('l', [...parts].sort())], rounding, TWO)).toStrictEqual([...found].sort())
    },
  )

  it('go to the parts by their ids, each what is left of it', () => {
    // 25 % and 10 % of 9 are 2 and 1; each part has one of the three.
    const parts: [string, number][] = [
      ['c', 3],
      ['a', 3],
      ['b', 3],
    ]
    expect(taxesOf([lineOf('l', parts)], 'line', TWO)).toStrictEqual([
      ['l/c', 0, 1],
      ['l/a', 1, 0],
      ['l/b', 1, 0],
    ])
  })

  it('are named, and one alone is not', () => {
    const two = lineOf('l', [['all', 100]])
    taxLines([two], settingsOf('line', TWO))
    expect(two.parts[0]?.taxes.map(({ name }) => name)).toStrictEqual(['State', 'City'])
    const one = lineOf('l', [['all', 100]])
    taxLines([one], settingsOf('line'))
    expect(one.parts[0]?.taxes).toStrictEqual([{ taxRate: 'quarter', rate: '25', jurisdiction: 'DE', amount: 25 }])
  })
})

it('a part without a tax has none', () => {
  for (const rounding of ['unit', 'line', 'order'] as const) {
    expect(taxesOf([lineOf('l', [['all', 100]])], rounding, [])).toStrictEqual([['l/all']])
  }
})

it('another rounding is refused', () => {
  const settings = { ...settingsOf('line'), taxRounding: 'cart' as never }
  expect(() => taxLines([], settings)).toThrow(new RangeError('cart is not a rounding mode.'))
})
