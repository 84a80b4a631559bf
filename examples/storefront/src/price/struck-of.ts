import type { VariantView } from '@bursar/core/client'

/** Amounts of one unit, minor units. */
export interface ReducedPrice {
  readonly amount: number
  readonly compareAt?: number | undefined
  readonly lowestRecent?: number | undefined
}

/** A price that is struck through, and why it is that one. */
export interface Struck {
  readonly amount: number
  readonly reason: string
}

/**
 * What a reduced price is compared with. Where the lowest price of the 30 days before is known it is that one, as the EU
 * asks; a price that is no lower is not called reduced at all.
 */
export function struckOf({ amount, compareAt, lowestRecent }: ReducedPrice): Struck | null {
  const struck = compareAt === undefined ? undefined : (lowestRecent ?? compareAt)
  if (struck === undefined || struck <= amount) return null
  return {
    amount: struck,
    reason: lowestRecent === undefined ? 'regular price' : 'lowest price of the last 30 days before the reduction',
  }
}

/** A variant's price as {@link struckOf} takes it, or null where it is not on sale. */
export function reducedPrice({ price, compareAt, lowestRecent, onSale }: VariantView): ReducedPrice | null {
  if (price === null || !onSale) return null
  return { amount: price.amount, compareAt: compareAt?.amount, lowestRecent: lowestRecent?.amount }
}
