import { describe, expect, test } from 'vitest'
import type { OrderLine } from '../order/index.ts'
import type { PartTax } from '../pricing/index.ts'
import { sampleInputs, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { sharesAsSold } from './part-shares.ts'
import { sampleOrder } from './sample-order.ts'

const tax = (taxRate: string, amount: number): PartTax => ({ taxRate, rate: '5', jurisdiction: 'CA', amount })

/** A line of `quantity` units of one part, each with so much tax. */
function lineOf(quantity: number, taxOfUnit: number, taxes: readonly PartTax[]): OrderLine {
  const [line] = sampleOrder(
    sampleInputs({
      lines: [{ id: 'lin_1', variantId: 'var_a', quantity }],
      variants: variantsById(sampleVariant('var_a', 100)),
    }),
  ).lines
  const [part] = line?.parts ?? []
  const [run] = line?.units ?? []
  const [allocation] = run?.allocations ?? []
  if (!line || !part || !run || !allocation) throw new Error('The order has no line.')
  const amounts = { tax: taxOfUnit, total: allocation.net + taxOfUnit }
  return {
    ...line,
    parts: [{ ...part, taxes }],
    units: [{ ...run, allocations: [{ ...allocation, ...amounts }] }],
  }
}

const taxesOf = (line: OrderLine) => sharesAsSold(line).kept.map(({ taxes }) => taxes.map(({ amount }) => amount))

describe('shares of a line as it was sold', () => {
  test('are version 1, by unit and part', () => {
    const shares = sharesAsSold(lineOf(2, 5, [tax('a', 10)]))
    expect(shares).toStrictEqual({
      ...{ lineId: 'lin_1', version: 1 },
      kept: [1, 2].map((unit) => ({
        ...{ unit, part: 'all', net: 100, tax: 5, total: 105 },
        taxes: [tax('a', 5)],
      })),
    })
  })

  test('have no tax where the part has none', () => {
    expect(taxesOf(lineOf(2, 0, []))).toStrictEqual([[], []])
  })

  // Two taxes of 10 and 5 on three units of 5 each: what one unit took is not there for the next.
  test('spend each tax to its last cent, over the units', () => {
    const found = taxesOf(lineOf(3, 5, [tax('a', 10), tax('b', 5)]))
    expect(found).toStrictEqual([
      [3, 2],
      [4, 1],
      [3, 2],
    ])
  })

  test('give the odd cent to the earlier of equal taxes, also of more than ten', () => {
    const many = Array.from({ length: 11 }, (_, place) => tax(`t${place}`, 1))
    expect(taxesOf(lineOf(11, 1, many))[2]).toStrictEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  })
})
