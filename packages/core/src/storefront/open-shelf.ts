import { shopperFacts } from '../cart/index.ts'
import { type Customer, customerRef } from '../customer/index.ts'
import type { Call, Stored } from '../ports/index.ts'
import {
  type BookWhole,
  PRICING_VERSION_ID,
  type PriceBook,
  type PricingVersion,
  pricingVersions,
  type ShopperFacts,
  siteThatOffers,
} from '../pricing/index.ts'
import type { Site } from '../site/index.ts'
import { byId, type RecordRef, readAll } from '../storage/index.ts'
import type { StorefrontPorts } from './storefront-ports.ts'

/** What views of products are made with: the site, who looks at it, and a book that is up to date. */
export interface Shelf {
  /** The site of the call. */
  site: Site
  /** What the operator has few of. */
  whole: BookWhole
  /** The operator's book, synced. */
  book: PriceBook
  /** Who looks. */
  shopper: ShopperFacts
  /** Currencies of prices, the first that a variant has counts. */
  currencies: readonly string[]
}

/** Reads in one round trip what any view needs, and whatever else the caller asks for. */
export async function readShelf<T>(
  ports: StorefrontPorts,
  call: Call,
  refs: readonly RecordRef<Stored<T>>[] = [],
): Promise<{ book: PriceBook; customer: Customer | null; found: (Stored<T> | null)[] }> {
  const asked: RecordRef<Stored<Customer>>[] = [...customerRef(call)]
  const [pricing, ...rest] = await readAll<RecordRef<Stored<PricingVersion> | Stored<Customer> | Stored<T>>[]>(
    ports.storage,
    call.scope,
    byId(pricingVersions, PRICING_VERSION_ID),
    ...asked,
    ...refs,
  )
  const book = ports.books.of(call.scope.operator)
  // The answers stand in the order of the refs.
  book.sync((pricing ?? null) as Stored<PricingVersion> | null)
  const customer = asked.length === 0 ? null : ((rest[0] ?? null) as Stored<Customer> | null)
  return { book, customer: customer?.body ?? null, found: rest.slice(asked.length) as (Stored<T> | null)[] }
}

/** The shelf of a site. @throws BursarError `site_unknown`, `currency_not_offered` */
export async function openShelf(
  call: Call,
  { book, customer }: { book: PriceBook; customer: Customer | null },
  currency: string | undefined,
): Promise<Shelf> {
  const whole = await book.whole()
  const site = siteThatOffers(whole, call.scope.site, currency)
  const currencies = currency === undefined ? site.currencies : [currency]
  return { site, whole, book, shopper: shopperFacts(customer), currencies }
}
