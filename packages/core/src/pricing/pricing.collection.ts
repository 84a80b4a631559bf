import type { Collection } from '../ports/index.ts'
import type { PriceChange } from './price-change.ts'
import type { PriceList, VariantPrices } from './price-list.ts'
import type { PricingInputs } from './pricing-inputs.ts'

/** Price lists of an operator. */
export const priceLists: Collection<PriceList> = {
  name: 'priceLists',
  of: 'operator',
  columns: { id: (list) => list.id },
  unique: {},
  indexes: { id: ['id'] },
}

/** Prices by variant; the id is the variant's. */
export const variantPrices: Collection<VariantPrices> = {
  name: 'variantPrices',
  of: 'operator',
  columns: {},
  unique: {},
  indexes: {},
}

/** Changes of prices by variant, for ever. */
export const priceChanges: Collection<PriceChange> = {
  name: 'priceChanges',
  of: 'operator',
  appendOnly: true,
  columns: { variant: (change) => change.variantId, at: (change) => change.at },
  unique: {},
  indexes: { variant: ['variant', 'at'] },
}

/** Pricing inputs of orders, deduplicated by hash; the id is the hash. Append-only: an order can be priced again for ever. */
export const pricingInputs: Collection<PricingInputs> = {
  name: 'pricingInputs',
  of: 'operator',
  appendOnly: true,
  columns: {},
  unique: {},
  indexes: {},
}

/** What changed in what prices are made of: one document per operator. */
export interface PricingVersion {
  /** The last changes, newest last: the document's version then, and the ids that changed. */
  changes: readonly { version: number; ids: readonly string[] }[]
  /** Not after this version {@link WHOLE} has changed. @default unknown: a process of an earlier release wrote this */
  wholeAt?: number | undefined
  /**
   * The marks of the last versions, newest last, of {@link MARK_LENGTH} characters each. A server that is put in the place of
   * one that was lost may lack the last versions and give their numbers to other changes: their marks tell them apart.
   * @default unknown: a process of an earlier release wrote this
   */
  marks?: string | undefined
}

/** Characters of a mark: 24 bits. */
export const MARK_LENGTH = 4

/** Among the ids of a change: something has changed that an operator has few of, such as a promotion. */
export const WHOLE = 'whole'

/** Id of the one document of {@link pricingVersions}. */
export const PRICING_VERSION_ID = 'pricing'

/** The version of what prices are made of. */
export const pricingVersions: Collection<PricingVersion> = {
  name: 'pricingVersions',
  of: 'operator',
  columns: {},
  unique: {},
  indexes: {},
}
