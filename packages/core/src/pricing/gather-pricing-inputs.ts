import type { TaxExemption } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Storage, Stored } from '../ports/index.ts'
import {
  amountIn,
  type Code,
  codes,
  type Fact,
  mentions,
  type OwnedThings,
  ofBatch,
  type Promotion,
} from '../promotion/index.ts'
import type { Site } from '../site/index.ts'
import { byId, type RecordRef, readAll } from '../storage/index.ts'
import { type TaxRate, type TaxRule, taxCategoryOf } from '../tax/index.ts'
import { isWithin } from '../time/index.ts'
import type { BookWhole } from './book-whole.ts'
import { pricedCode } from './code-facts.ts'
import { budgetCounter, ordersCounter } from './count-uses.ts'
import { type CartDependence, cartDependence, upgradesOf } from './ownership-question.ts'
import type { BookEntry, PriceBook } from './price-book.ts'
import type { PriceList } from './price-list.ts'
import { pricedVariants } from './priced-variants.ts'
import {
  ENGINE_VERSION,
  type PlaceOfSale,
  type PricedSite,
  type PricingInputs,
  type ShopperFacts,
} from './pricing-inputs.ts'
import type { PricingSubject } from './pricing-subject.ts'
import { asksForFirstOrder, type Left, readCounters } from './read-counters.ts'

/** What was gathered: the inputs, and the catalog's records behind them. */
export interface Gathered {
  /** What `quote()` takes. */
  inputs: PricingInputs
  /** Variants of lines and parts, with their products. */
  entries: ReadonlyMap<string, BookEntry | null>
  /** The site. */
  site: Site
  /** What the operator has few of. */
  whole: BookWhole
}

/**
 * The only place that fetches what a quote depends on. The book must be synced to the version read with the cart. In a
 * currency that the site does not offer, or not any more, nothing has a price.
 * @throws BursarError `site_unknown`
 */
export async function gatherPricingInputs(
  ports: { storage: Storage; taxRules?: readonly TaxRule[] | undefined },
  call: Call,
  book: PriceBook,
  subject: PricingSubject,
): Promise<Gathered> {
  const whole = await book.whole()
  const site = siteOf(whole, call.scope.site)
  const { moment = 'cart', owner = null } = subject
  const isKnown = book.knows(subject.lines.map((line) => line.variantId))
  const ownedBy = subject.ownedBy ?? book.ownership?.bind(null, call.scope)
  // What must be read of variants takes as long as their owner's rights: it can be one round trip.
  const begun = owner === null || isKnown || moment === 'checkout' ? undefined : ownedBy?.(owner.id)
  const entries = await bookEntries(book, subject, site.id)
  const upgrades = upgradesOf(entries, entries)
  const productIds = [...entries.values()].flatMap((entry) => (entry === null ? [] : [entry.product.id]))
  const published = await book.publications(site.id, productIds)
  const codeRecords = (await readCodes(ports.storage, call, subject)).map((code) => ofBatch(code, whole.codeBatches))
  const automatic = automaticPromotions(whole, site, entries, subject).filter((one) => isWithin(one, call.now))
  const behindCodes = codeRecords.flatMap((code) => whole.promotions.get(code.promotionId) ?? [])
  const promotions = [
    ...new Set([...automatic, ...behindCodes, ...(subject.tried === undefined ? [] : [subject.tried])]),
  ]
  const dependence = cartDependence({ lines: subject.lines, entries, upgrades, promotions, moment })
  const counting = readCounters(ports.storage, call, { entries, codes: codeRecords, promotions, subject })
  // At checkout rights must be younger than what is counted of what is sold once: else a purchase between both is in neither.
  if (moment === 'checkout') await counting
  const [counters, owned] = await Promise.all([
    counting,
    owner === null || dependence === null || ownedBy === undefined
      ? null
      : (begun ?? ownedBy(owner.id))({
          ...dependence,
          ...{ customer: owner, now: call.now, currency: subject.currency, priceBasis: site.priceBasis },
          currencies: currenciesOf(whole),
          holds: subject.holds,
        }),
  ])
  const { left, assignees } = counters
  const place = placeOfSale(site, subject)
  const taxExemption = exemptionOf(site, subject)
  const isSameNet = site.pricing?.foreignPrices === 'same_net'
  const sold = { country: place.country, groups: subject.shopper.groups }
  const categoriesOf = ({ product, variant }: BookEntry) => ({
    taxCategory: taxCategoryOf({ product, variant, ...sold }, ports.taxRules),
    // What a price of the shelf contains is the same whoever asks.
    homeTaxCategory: isSameNet
      ? taxCategoryOf({ product, variant, country: site.country, groups: [] }, ports.taxRules)
      : null,
  })
  const boughtBy = moment === 'checkout' ? (owner?.id ?? null) : null
  const { currency, shopper } = subject
  const priceLists = listsOf(site, whole, currency)
  const variants = pricedVariants(entries, {
    ...{ published, whole, site, now: call.now, counters, upgrades, boughtBy, categoriesOf },
    reach: { now: call.now, currency, place, shopper, priceLists },
  })
  return {
    entries,
    site,
    whole,
    inputs: {
      engine: ENGINE_VERSION,
      now: call.now,
      site: pricedSite(site),
      currency: subject.currency,
      place,
      shopper: {
        ...shopperOf(subject.shopper, promotions, left),
        ...(owned === null || dependence === null ? {} : { owned: relevant(owned, dependence) }),
      },
      lines: subject.lines,
      variants,
      priceLists,
      promotions: promotions.map((promotion) => ({
        ...promotion,
        usesLeft: left(`promotion:${promotion.id}`, promotion.limits.uses),
        customerUsesLeft: customerUsesLeft(promotion, subject.shopper.customerId, left),
        ...moneyLeft(promotion, subject.currency, left),
      })),
      codes: codeRecords.map((code) => pricedCode(code, left, { assignees, subject })),
      taxRates: whole.taxRates.filter((rate) => isOf(place, rate) || (isSameNet && isOf(site, rate))),
      ...(taxExemption === null ? {} : { taxExemption }),
    },
  }
}

/** Variants of lines and parts, and what upgrades and prerequisites of lines name. */
async function bookEntries(
  book: PriceBook,
  { lines, productOf }: Pick<PricingSubject, 'lines' | 'productOf'>,
  site: string,
): Promise<Map<string, BookEntry | null>> {
  const entries = await book.entries([...new Set(lines.map((line) => line.variantId))], { site, productOf })
  const named = [...entries.values()].flatMap((entry) => {
    const { upgrade = null, prerequisite = null } = entry?.variant ?? {}
    return [...(upgrade === null ? [] : (entry?.product.variants ?? [])), ...(prerequisite?.variants ?? [])]
  })
  const others = [...new Set(named)].filter((id) => !entries.has(id))
  if (others.length === 0) return entries
  return new Map([...entries, ...(await book.entries(others))])
}

/** Of a customer's rights an order keeps no more than what its price depends on. */
function relevant(owned: OwnedThings, { variants, isPromoted }: CartDependence): OwnedThings {
  const wanted = new Set(variants.map(({ id }) => id))
  const products = new Set(variants.map(({ productId }) => productId))
  const unknown = variants.filter(({ id }) => owned.unknown?.includes(id)).map(({ productId }) => productId)
  return {
    ...owned,
    products: isPromoted ? owned.products : owned.products.filter((id) => products.has(id)),
    variants: owned.variants.filter((id) => wanted.has(id)),
    ...(isPromoted && unknown.length > 0 ? { unknownProducts: [...new Set(unknown)] } : {}),
  }
}

/** The site of a call. @throws BursarError `site_unknown` */
export function siteOf(whole: BookWhole, id: string): Site {
  const site = whole.sites.get(id)
  if (site === undefined) throw new BursarError('site_unknown')
  return site
}

/** The site of a call whose caller names a currency, or none. @throws BursarError `site_unknown`, `currency_not_offered` */
export function siteThatOffers(whole: BookWhole, id: string, currency: string | undefined): Site {
  const site = siteOf(whole, id)
  if (currency !== undefined && !site.currencies.includes(currency)) throw new BursarError('currency_not_offered')
  return site
}

/** Where the sale takes place, as far as it is known. */
function placeOfSale(site: Site, { country, region }: Pick<PricingSubject, 'country' | 'region'>): PlaceOfSale {
  if (country === null) return { country: site.country, basis: 'assumed' }
  return { country, ...(region === null ? {} : { region }), basis: 'declared' }
}

/** Is it a rate of the country, or of the region where one is known? */
function isOf(place: { country: string; region?: string | undefined }, rate: TaxRate): boolean {
  return rate.country === place.country && (rate.region ?? place.region ?? null) === (place.region ?? null)
}

/** A customer's rights are of all sites. */
const currenciesOf = ({ sites }: BookWhole): readonly string[] => [
  ...new Set([...sites.values()].flatMap(({ currencies }) => currencies)),
]

/** What the site decides of prices: of what came later only what counts, so that orders keep no more. */
function pricedSite({ id, priceBasis, rounding, timeZone, country, pricing = {} }: Site): PricedSite {
  const { taxExemptGroups: _groups, ...chosen } = pricing
  const home = pricing.foreignPrices === 'same_net' ? { country } : {}
  return { id, priceBasis, rounding, timeZone, ...home, promotionChoice: 'best', ...chosen }
}

/** What stands with the customer, or a group of theirs that pays no tax here: from all taxes before from some. */
function exemptionOf(site: Site, { taxExemption, shopper }: PricingSubject): TaxExemption | null {
  if (taxExemption !== null && (taxExemption.jurisdictions ?? null) === null) return taxExemption
  const groups = site.pricing?.taxExemptGroups ?? []
  return shopper.groups.some((group) => groups.includes(group)) ? { reason: 'group' } : taxExemption
}

/** The lists that the site sells from in a currency: none where the cart is older than what the site offers now. */
function listsOf({ currencies, priceLists }: Site, whole: BookWhole, currency: string): readonly PriceList[] {
  if (!currencies.includes(currency)) return []
  const lists = priceLists.flatMap((id) => whole.priceLists.get(id) ?? [])
  return lists.filter((list) => list.currency === currency && list.status === 'active')
}

function customerUsesLeft(promotion: Promotion, customerId: string | null, left: Left): number | null | 'unknown' {
  const limit = promotion.limits.usesPerCustomer
  if (limit === null) return null
  return customerId === null ? 'unknown' : left(`promotion:${promotion.id}:${customerId}`, limit)
}

/** Of a budget in the cart's currency; a promotion without one has no such member. */
function moneyLeft({ id, limits }: Promotion, currency: string, left: Left): { moneyLeft?: number | null } {
  const budget = amountIn(limits.money ?? [], currency)
  return budget === null ? {} : { moneyLeft: left(budgetCounter(id, currency), budget) }
}

/** The shopper's facts: of those that only a promotion asks for, what none asks for stays out of what an order keeps. */
function shopperOf(shopper: ShopperFacts, promotions: readonly Promotion[], left: Left): ShopperFacts {
  const { emailDomain, ...others } = shopper
  const asksForDomain = promotions.some(({ conditions }) => mentions(conditions, 'email_domains'))
  return {
    ...others,
    ...(asksForDomain && emailDomain !== undefined ? { emailDomain } : {}),
    firstOrder: firstOrder(shopper.customerId, promotions, left),
  }
}

/** Asked where a promotion asks. Orders are counted as they are begun, but for this cart's own pending one. */
function firstOrder(customerId: string | null, promotions: readonly Promotion[], left: Left): Fact {
  if (customerId === null || !promotions.some(asksForFirstOrder)) return 'unknown'
  return left(ordersCounter(customerId), 1) === 1 ? 'yes' : 'no'
}

async function readCodes(
  storage: Storage,
  call: Call,
  { codes: ids, knownCodes = new Map() }: Pick<PricingSubject, 'codes' | 'knownCodes'>,
): Promise<Code[]> {
  const unread = ids.filter((id) => !knownCodes.has(id))
  const refs: RecordRef<Stored<Code>>[] = unread.map((id) => byId(codes, id))
  const read = new Map((await readAll(storage, call.scope, ...refs)).map((stored, place) => [unread[place], stored]))
  return ids.flatMap((id) => knownCodes.get(id) ?? read.get(id)?.body ?? [])
}

function automaticPromotions(
  whole: BookWhole,
  site: Site,
  entries: ReadonlyMap<string, BookEntry | null>,
  { lines, shopper }: PricingSubject,
): readonly Promotion[] {
  const inCart = lines.flatMap(({ variantId }) => {
    const entry = entries.get(variantId) ?? null
    if (entry === null) return []
    const { id: productId, type: productType } = entry.product
    return [{ variantId, productId, productType, collections: whole.collectionsOf(entry.product) }]
  })
  return whole.automaticPromotions(site.id, inCart, shopper)
}
