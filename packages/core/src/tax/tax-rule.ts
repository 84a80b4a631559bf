import type { Product, Variant } from '../catalog/index.ts'

/**
 * Says under which tax category something is sold, where that is more than the variant's own: by what the product is, by
 * the place of sale, by who buys. A host adds one by value; the rates stay data. Quotes and orders keep the answer, so an
 * old order costs the same when the rule is another.
 */
export interface TaxRule {
  /** A short name for people. */
  readonly name: string
  /** The tax category, or null where the rule says nothing. Pure. */
  categoryOf(sale: TaxableSale): string | null
}

/** What a tax rule sees. */
export interface TaxableSale {
  /** What is sold, as the process keeps it for prices: without its description. */
  readonly product: Omit<Product, 'description'>
  /** The variant. */
  readonly variant: Variant
  /** Place of sale, ISO 3166-1 alpha-2. */
  readonly country: string
  /** Names of the buyer's customer groups. */
  readonly groups: readonly string[]
}

/** The category by the first rule that says something, else the variant's own. */
export function taxCategoryOf(sale: TaxableSale, rules: readonly TaxRule[] = []): string {
  for (const rule of rules) {
    const category = rule.categoryOf(sale)
    if (category !== null) return category
  }
  return sale.variant.taxCategory
}
