import type { Publication, Variant } from '../catalog/index.ts'
import type { Site } from '../site/index.ts'
import type { Instant } from '../time/index.ts'
import type { BookWhole } from './book-whole.ts'
import { boughtCounter } from './count-uses.ts'
import { lowestRecent } from './lowest-recent.ts'
import type { BookEntry } from './price-book.ts'
import type { LineRefusal, PricedVariant } from './pricing-inputs.ts'
import type { Counters } from './read-counters.ts'

/** What pricing needs of the variants of a cart, by id; those that are not there are left out. */
export function pricedVariants(
  entries: ReadonlyMap<string, BookEntry | null>,
  context: {
    published: ReadonlyMap<string, Publication | null>
    whole: BookWhole
    site: Site
    now: Instant
    /** What lists are chosen by, and the site's lists. */
    reach: Parameters<typeof lowestRecent>[1]
    counters: Counters
    upgrades: ReadonlyMap<string, PricedVariant['upgrade']>
    /** The customer whose purchases are counted, or null. */
    boughtBy: string | null
    /** At the place of sale, and for the prices of the shelf, or null where that does not count. */
    categoriesOf: (entry: BookEntry) => { taxCategory: string; homeTaxCategory: string | null }
  },
): Record<string, PricedVariant> {
  const priced: Record<string, PricedVariant> = {}
  for (const [id, entry] of entries) {
    if (entry === null) continue
    const { variant, product } = entry
    const { taxCategory, homeTaxCategory } = context.categoriesOf(entry)
    const prices = entry.prices.filter((price) => context.site.priceLists.includes(price.priceList))
    priced[id] = {
      id,
      productId: product.id,
      productType: product.type,
      ...collectionsOf(product, context.whole),
      title: product.title,
      name: variant.name,
      ...refusalsOf(entry, context.published.get(product.id) ?? null, context.now),
      maximumQuantity: variant.maximumQuantity,
      taxCategory,
      ...(homeTaxCategory === null || homeTaxCategory === taxCategory ? {} : { homeTaxCategory }),
      bundle: variant.bundle,
      ...lowestOf({ prices, past: entry.past }, context.reach),
      prices,
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

/** A variant that no price calls reduced has no such member. */
function lowestOf(
  prices: Pick<BookEntry, 'prices' | 'past'>,
  reach: Parameters<typeof lowestRecent>[1],
): Pick<PricedVariant, 'lowestRecent'> {
  const lowest = prices.prices.some(({ compareAt }) => compareAt) ? lowestRecent(prices, reach) : null
  return lowest === null ? {} : { lowestRecent: lowest }
}

/** A product in no collection has no such member. */
function collectionsOf(product: BookEntry['product'], whole: BookWhole): Pick<PricedVariant, 'collections'> {
  const collections = whole.collectionsOf(product)
  return collections.length === 0 ? {} : { collections }
}

/** As a part a variant is judged as if its product were always on the site; where that is the same, it has no such member. */
function refusalsOf(
  entry: BookEntry,
  publication: Publication | null,
  now: Instant,
): Pick<PricedVariant, 'refusal' | 'partRefusal'> {
  const refusal = refusalOf(entry, publication, now)
  const partRefusal = refusalOf(entry, ALWAYS, now)
  return refusal === partRefusal ? { refusal } : { refusal, partRefusal }
}

const ALWAYS = { from: null, until: null }

/** Why a variant can't be bought on a site at an instant, or null. Windows are half-open. */
function refusalOf(entry: BookEntry, publication: Window | null, now: Instant): LineRefusal | null {
  const { variant, product } = entry
  if (variant.status === 'archived' || product.status === 'archived') return 'archived'
  if (publication === null) return 'not_published'
  if (isBefore(now, publication.from) || isBefore(now, variant.saleStartsAt)) return 'not_yet_on_sale'
  if (isOver(now, publication.until) || isOver(now, variant.saleEndsAt)) return 'no_longer_on_sale'
  return null
}

type Window = Pick<Publication, 'from' | 'until'>

const isBefore = (now: Instant, from: Instant | null): boolean => from !== null && now < from
const isOver = (now: Instant, until: Instant | null): boolean => until !== null && now >= until
