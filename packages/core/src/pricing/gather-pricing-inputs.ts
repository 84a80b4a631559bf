import type { Product, Publication, Variant } from '../catalog/index.ts'
import type { Customer, TaxExemption } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, CounterState, Storage, Stored } from '../ports/index.ts'
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
import { byId, counter, type RecordRef, readAll } from '../storage/index.ts'
import { type TaxRate, type TaxRule, taxCategoryOf } from '../tax/index.ts'
import { type Instant, isWithin } from '../time/index.ts'
import { type Assignees, assigneeRefs, codeCounters, pricedCode } from './code-facts.ts'
import { boughtCounter, budgetCounter, ordersCounter } from './count-uses.ts'
import { type CartDependence, cartDependence, upgradesOf } from './ownership-question.ts'
import type { BookEntry, BookWhole, PriceBook } from './price-book.ts'
import {
  ENGINE_VERSION,
  type LineRefusal,
  type PlaceOfSale,
  type PricedLine,
  type PricedSite,
  type PricedVariant,
  type PricingInputs,
  type ShopperFacts,
} from './pricing-inputs.ts'

/** What is to be priced. */
export interface PricingSubject {
  /** Lines. */
  lines: readonly PricedLine[]
  /** Code ids. */
  codes: readonly string[]
  /** ISO 4217 code. */
  currency: string
  /** Place that the shopper declared, or null. */
  country: string | null
  /** Part of that country, or null. */
  region: string | null
  /** Who buys. */
  shopper: ShopperFacts
  /** That the shopper pays no tax, or null. */
  taxExemption: TaxExemption | null
  /** The shopper's e-mail address, to which a code may have been assigned. Never an input of a quote. @default unknown */
  email?: string | null | undefined
  /** What this cart's own pending order holds: it counts as left. */
  holds: readonly Hold[]
  /** The customer whose rights count; null for a guest and for somebody not signed in. @default null */
  owner?: string | null | undefined
  /** At checkout more is asked, and what other orders hold counts. @default cart */
  moment?: 'cart' | 'checkout' | undefined
}

/** What a pending order holds of something limited; the hold's id is the order's. */
export interface Hold {
  /** Name of the counter. */
  counter: string
  /** How many. */
  n: number
}

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
 * The only place that fetches what a quote depends on. The book must be synced to the version read with the cart.
 * @throws BursarError `currency_not_offered`
 */
export async function gatherPricingInputs(
  ports: { storage: Storage; taxRules?: readonly TaxRule[] | undefined },
  call: Call,
  book: PriceBook,
  subject: PricingSubject,
): Promise<Gathered> {
  const whole = await book.whole()
  const site = siteOf(whole, call.scope.site)
  if (!site.currencies.includes(subject.currency)) throw new BursarError('currency_not_offered')
  const entries = await bookEntries(book, subject.lines)
  const upgrades = upgradesOf(entries, entries)
  const productIds = [...entries.values()].flatMap((entry) => (entry === null ? [] : [entry.product.id]))
  const published = await book.publications(site.id, productIds)
  const codeRecords = (await readCodes(ports.storage, call, subject.codes)).map((code) =>
    ofBatch(code, whole.codeBatches),
  )
  const automatic = automaticPromotions(whole, site, entries, subject).filter((one) => isWithin(one, call.now))
  const behindCodes = codeRecords.flatMap((code) => whole.promotions.get(code.promotionId) ?? [])
  const promotions = [...new Set([...automatic, ...behindCodes])]
  const { moment = 'cart', owner = null } = subject
  const dependence = cartDependence({ lines: subject.lines, entries, upgrades, promotions, moment })
  const [counters, owned] = await Promise.all([
    readCounters(ports.storage, call, { entries, codes: codeRecords, promotions, subject }),
    owner === null || dependence === null || book.ownership === null
      ? null
      : book.ownership(call.scope, {
          ...dependence,
          ...{ customerId: owner, now: call.now, currency: subject.currency, priceBasis: site.priceBasis },
        }),
  ])
  const { left, assignees } = counters
  const place = placeOfSale(site, subject)
  const taxExemption = exemptionOf(site, subject)
  const isSameNet = site.pricing?.foreignPrices === 'same_net'
  const categoryOf = ({ product, variant }: BookEntry) =>
    taxCategoryOf({ product, variant, country: place.country, groups: subject.shopper.groups }, ports.taxRules)
  const boughtBy = moment === 'checkout' ? owner : null
  const variants = pricedVariants(entries, {
    ...{ published, whole, site, now: call.now, counters, upgrades, boughtBy, categoryOf },
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
      priceLists: site.priceLists.flatMap((id) => whole.priceLists.get(id) ?? []).filter(inCurrency(subject.currency)),
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
async function bookEntries(book: PriceBook, lines: readonly PricedLine[]): Promise<Map<string, BookEntry | null>> {
  const entries = await book.entries([...new Set(lines.map((line) => line.variantId))])
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
  return {
    ...owned,
    products: isPromoted ? owned.products : owned.products.filter((id) => products.has(id)),
    variants: owned.variants.filter((id) => wanted.has(id)),
  }
}

/** The site of a call. @throws BursarError `site_unknown` */
export function siteOf(whole: BookWhole, id: string): Site {
  const site = whole.sites.get(id)
  if (site === undefined) throw new BursarError('site_unknown')
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

/** What the site decides of prices: of what came later only what counts, so that orders keep no more. */
function pricedSite({ id, priceBasis, rounding, timeZone, country, pricing = {} }: Site): PricedSite {
  const { taxExemptGroups: _groups, ...chosen } = pricing
  const home = pricing.foreignPrices === 'same_net' ? { country } : {}
  return { id, priceBasis, rounding, timeZone, ...home, promotionChoice: 'best', ...chosen }
}

/** What stands with the customer, else a group of theirs that pays no tax here. */
function exemptionOf(site: Site, { taxExemption, shopper }: PricingSubject): TaxExemption | null {
  if (taxExemption !== null) return taxExemption
  const groups = site.pricing?.taxExemptGroups ?? []
  return shopper.groups.some((group) => groups.includes(group)) ? { reason: 'group' } : null
}

const inCurrency = (currency: string) => (list: { currency: string; status: string }) =>
  list.currency === currency && list.status === 'active'

type Left = (name: string, limit: number | null) => number | null

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

const asksForFirstOrder = ({ conditions }: Promotion): boolean => mentions(conditions, 'first_order')

async function readCodes(storage: Storage, call: Call, ids: readonly string[]): Promise<Code[]> {
  const refs: RecordRef<Stored<Code>>[] = ids.map((id) => byId(codes, id))
  const read = await readAll(storage, call.scope, ...refs)
  return read.flatMap((stored) => (stored === null ? [] : [stored.body]))
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

async function readCounters(
  storage: Storage,
  call: Call,
  what: {
    entries: ReadonlyMap<string, BookEntry | null>
    codes: readonly Code[]
    promotions: readonly Promotion[]
    subject: PricingSubject
  },
): Promise<Counters> {
  const customer = what.subject.shopper.customerId
  const names = new Set<string>(codeCounters(what))
  if (customer !== null && what.promotions.some(asksForFirstOrder)) names.add(ordersCounter(customer))
  for (const { id, limits } of what.promotions) {
    if (limits.uses !== null) names.add(`promotion:${id}`)
    if (amountIn(limits.money ?? [], what.subject.currency) !== null)
      names.add(budgetCounter(id, what.subject.currency))
    if (limits.usesPerCustomer !== null && customer !== null) names.add(`promotion:${id}:${customer}`)
  }
  for (const [id, entry] of what.entries)
    if (entry !== null && entry.variant.capacity !== null) names.add(`capacity:${id}`)
  const { moment, owner = null } = what.subject
  if (moment === 'checkout' && owner !== null) {
    for (const [id, entry] of what.entries) if (entry?.variant.repeatable === false) names.add(boughtCounter(id, owner))
  }
  const refs: RecordRef<CounterState>[] = [...names].map(counter)
  const read = await readAll(storage, call.scope, ...refs, ...assigneeRefs(what))
  // What the first refs find, and what the others find.
  const states = read.slice(0, refs.length) as (CounterState | null)[]
  const people = read.slice(refs.length) as (Stored<Customer> | null)[]
  const known = new Map(states.flatMap((state) => (state === null ? [] : [[state.counter, state]])))
  const own = new Map(what.subject.holds.map(({ counter: name, n }) => [name, n]))
  const others = (name: string) => {
    const { used = 0, held = 0 } = known.get(name) ?? {}
    // What the cart's own pending order holds is held: an order that is placed takes its cart along.
    return { used, held: Math.max(0, held - (own.get(name) ?? 0)) }
  }
  return {
    others,
    assignees: new Map(people.flatMap((person) => (person === null ? [] : [[person.id, person.body]]))),
    left: (name, limit) => {
      const { used, held } = others(name)
      return limit === null ? null : Math.max(0, limit - used - held)
    },
  }
}

/** What counters say. */
interface Counters {
  /** How many are left of a limit. */
  left: Left
  /** What is used, and held by others than the cart's own pending order. */
  others: (name: string) => { used: number; held: number }
  /** The people to whom codes are assigned. */
  assignees: Assignees
}

function pricedVariants(
  entries: ReadonlyMap<string, BookEntry | null>,
  context: {
    published: ReadonlyMap<string, Publication | null>
    whole: BookWhole
    site: Site
    now: Instant
    counters: Counters
    upgrades: ReadonlyMap<string, PricedVariant['upgrade']>
    /** The customer whose purchases are counted, or null. */
    boughtBy: string | null
    categoryOf: (entry: BookEntry) => string
  },
): Record<string, PricedVariant> {
  const priced: Record<string, PricedVariant> = {}
  for (const [id, entry] of entries) {
    if (entry === null) continue
    const { variant, product, prices, past = [] } = entry
    priced[id] = {
      id,
      productId: product.id,
      productType: product.type,
      ...collectionsOf(product, context.whole),
      title: product.title,
      name: variant.name,
      refusal: refusalOf(entry, context.published.get(product.id) ?? null, context.now),
      maximumQuantity: variant.maximumQuantity,
      taxCategory: context.categoryOf(entry),
      bundle: variant.bundle,
      ...(past.length > 0 && prices.some(({ compareAt }) => compareAt) ? { past } : {}),
      prices: prices.filter((price) => context.site.priceLists.includes(price.priceList)),
      capacity: variant.capacity,
      placesLeft: context.counters.left(`capacity:${id}`, variant.capacity),
      ...relationsOf(variant, context),
    }
  }
  return priced
}

/** Members that only some variants have: of the others an order keeps none. */
function relationsOf(
  { id, repeatable, prerequisite = null }: Variant,
  {
    counters,
    upgrades,
    boughtBy,
  }: { counters: Counters; boughtBy: string | null } & {
    upgrades: ReadonlyMap<string, PricedVariant['upgrade']>
  },
): Partial<PricedVariant> {
  const upgrade = upgrades.get(id)
  const isCounted = repeatable === false && boughtBy !== null
  return {
    ...(repeatable === false ? { repeatable } : {}),
    ...(upgrade === undefined ? {} : { upgrade }),
    ...(prerequisite === null ? {} : { prerequisite }),
    ...(isCounted ? { bought: counters.others(boughtCounter(id, boughtBy)) } : {}),
  }
}

/** A product in no collection has no such member. */
function collectionsOf(product: Product, whole: BookWhole): Pick<PricedVariant, 'collections'> {
  const collections = whole.collectionsOf(product)
  return collections.length === 0 ? {} : { collections }
}

/** Why a variant can't be bought on a site at an instant, or null. Windows are half-open. */
function refusalOf(entry: BookEntry, publication: Publication | null, now: Instant): LineRefusal | null {
  const { variant, product } = entry
  if (variant.status === 'archived' || product.status === 'archived') return 'archived'
  if (publication === null) return 'not_published'
  if (isBefore(now, publication.from) || isBefore(now, variant.saleStartsAt)) return 'not_yet_on_sale'
  if (isOver(now, publication.until) || isOver(now, variant.saleEndsAt)) return 'no_longer_on_sale'
  return null
}

const isBefore = (now: Instant, from: Instant | null): boolean => from !== null && now < from
const isOver = (now: Instant, until: Instant | null): boolean => until !== null && now >= until
