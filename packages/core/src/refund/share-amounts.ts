import { splitByWeight } from '../money/index.ts'
import type { PartTax } from '../pricing/index.ts'

/** An amount that was paid, with the tax in it, minor units; none is negative. */
export interface ShareAmounts {
  /** Without tax. */
  net: number
  /** Tax. */
  tax: number
  /** net + tax. */
  total: number
  /** The taxes in `tax`, at the rates of then. */
  taxes: readonly PartTax[]
}

/** Nothing. */
export const NO_AMOUNTS: ShareAmounts = { net: 0, tax: 0, total: 0, taxes: [] }

/**
 * Takes some of an amount, net and each tax in proportion, by largest remainder; what is taken and what is left sum to
 * what was there in every column.
 *
 * @param total minor units, 0 to the amount's total.
 */
export function takeAmounts(from: ShareAmounts, total: number): { taken: ShareAmounts; left: ShareAmounts } {
  const shares = splitByWeight(total, [
    { id: 'net', weight: from.net },
    ...from.taxes.map(({ amount }, place) => ({ id: `tax${place}`, weight: amount })),
  ])
  const net = shares.get('net') ?? 0
  const taxes = from.taxes.map((tax, place) => ({ ...tax, amount: shares.get(`tax${place}`) ?? 0 }))
  return {
    taken: { net, tax: total - net, total, taxes },
    left: {
      net: from.net - net,
      tax: from.tax - (total - net),
      total: from.total - total,
      taxes: from.taxes.map((tax, place) => ({ ...tax, amount: tax.amount - (taxes[place]?.amount ?? 0) })),
    },
  }
}

/** The sum; taxes of one rate and jurisdiction are added up. */
export function addAmounts(one: ShareAmounts, other: ShareAmounts): ShareAmounts {
  const taxes = [...one.taxes]
  for (const tax of other.taxes) {
    const place = taxes.findIndex((known) => isSameRate(known, tax))
    const known = taxes[place]
    if (known !== undefined) taxes[place] = { ...known, amount: known.amount + tax.amount }
    else if (tax.amount > 0) taxes.push(tax)
  }
  return { net: one.net + other.net, tax: one.tax + other.tax, total: one.total + other.total, taxes }
}

/** The sum of a list. */
export function sumAmounts(list: readonly ShareAmounts[]): ShareAmounts {
  return list.reduce(addAmounts, NO_AMOUNTS)
}

function isSameRate(one: PartTax, other: PartTax): boolean {
  return (
    one.taxRate === other.taxRate &&
    one.rate === other.rate &&
    one.jurisdiction === other.jurisdiction &&
    one.name === other.name
  )
}
