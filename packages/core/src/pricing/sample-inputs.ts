import type { Variant } from '../catalog/index.ts'
import type { BookEntry } from './price-book.ts'
import type { Price, PriceList } from './price-list.ts'
import {
  ENGINE_VERSION,
  type PricedCode,
  type PricedPromotion,
  type PricedVariant,
  type PricingInputs,
} from './pricing-inputs.ts'

/** For tests: a site in Germany with inclusive prices in EUR, an empty cart and nothing to buy. */
export function sampleInputs(changes: Partial<PricingInputs> = {}): PricingInputs {
  return {
    engine: ENGINE_VERSION,
    now: '2026-06-15T12:00:00.000Z',
    site: {
      ...{ id: 'main', priceBasis: 'inclusive', rounding: 'half_up', timeZone: 'Europe/Berlin' },
      promotionChoice: 'best',
    },
    currency: 'EUR',
    place: { country: 'DE', basis: 'assumed' },
    shopper: { customerId: 'cus_1', groups: [], firstOrder: 'unknown' },
    lines: [],
    variants: {},
    priceLists: [samplePriceList()],
    promotions: [],
    codes: [],
    taxRates: [],
    ...changes,
  }
}

/** For tests: a list that counts for everybody, `prl_1`. */
export function samplePriceList(changes: Partial<PriceList> = {}): PriceList {
  return {
    id: 'prl_1',
    name: 'Standard',
    currency: 'EUR',
    groups: null,
    countries: null,
    from: null,
    until: null,
    priority: 0,
    status: 'active',
    ...changes,
  }
}

/** For tests: a price from one unit on in `prl_1`. */
export function samplePrice(amount: number, changes: Partial<Price> = {}): Price {
  return { priceList: 'prl_1', amount, minimumQuantity: 1, ...changes }
}

/** For tests: a course's variant at a price in `prl_1`; null for no price. Its product has the id of the variant. */
export function sampleVariant(id: string, amount: number | null, changes: Partial<PricedVariant> = {}): PricedVariant {
  return {
    id,
    productId: id.replace('var_', 'prd_'),
    productType: 'course',
    title: `Title of ${id}`,
    name: 'verified',
    refusal: null,
    maximumQuantity: 1000,
    taxCategory: 'recorded',
    bundle: null,
    prices: amount === null ? [] : [samplePrice(amount)],
    capacity: null,
    placesLeft: null,
    ...changes,
  }
}

/** For tests: variants by id, as inputs hold them. */
export function variantsById(...variants: readonly PricedVariant[]): PricingInputs['variants'] {
  return Object.fromEntries(variants.map((variant) => [variant.id, variant]))
}

/** For tests: 20 % off everything, for everybody, without limits. */
export function samplePromotion(changes: Partial<PricedPromotion> = {}): PricedPromotion {
  return {
    id: 'pro_1',
    name: 'Spring sale',
    sites: null,
    from: null,
    until: null,
    requiresCode: false,
    conditions: [],
    benefit: { type: 'percent', percent: '20' },
    limits: { uses: null, usesPerCustomer: null },
    stacking: 'combinable',
    priority: 0,
    status: 'active',
    usesLeft: null,
    customerUsesLeft: null,
    ...changes,
  }
}

/** For tests: the code SPRING of `pro_1`, without limits. */
export function sampleCode(changes: Partial<PricedCode> = {}): PricedCode {
  return {
    id: 'cod_1',
    code: 'SPRING',
    site: '*',
    promotionId: 'pro_1',
    uses: null,
    from: null,
    until: null,
    status: 'active',
    usesLeft: null,
    ...changes,
  }
}

/** For tests: a course's variant as the shop keeps it, at 10.00 in `prl_1`. Its product has the id of the variant. */
export function sampleEntry(
  id: string,
  changes: Partial<Omit<BookEntry, 'variant' | 'product'>> & {
    variant?: Partial<Variant> | undefined
    product?: Partial<BookEntry['product']> | undefined
  } = {},
): BookEntry {
  const productId = id.replace('var_', 'prd_')
  const { variant, product, ...prices } = changes
  return {
    variant: {
      ...{ id, productId, externalId: null, name: 'verified', title: 'Verified', attributes: {}, status: 'active' },
      ...{ saleStartsAt: null, saleEndsAt: null, serviceStart: null, serviceEnd: null, validityDays: null },
      ...{ capacity: null, maximumQuantity: 10, taxCategory: 'recorded', fulfilment: null, bundle: null },
      ...variant,
    },
    product: {
      ...{ id: productId, type: 'course', externalId: null, variants: [id], status: 'active' },
      ...{ title: `Title of ${id}`, attributes: {}, metadata: {} },
      createdAt: '2026-01-01T00:00:00.000Z',
      ...product,
    },
    prices: [samplePrice(1000)],
    ...prices,
  }
}
