import { actorOf } from '../audit/index.ts'
import {
  type Product,
  type PublicationRecord,
  products,
  publications,
  type Variant,
  variants,
} from '../catalog/index.ts'
import type { Call, Change, Collection, Runtime, Stored } from '../ports/index.ts'
import {
  type Price,
  type PriceChange,
  pastPrices,
  priceChanges,
  type VariantPrices,
  variantPrices,
} from '../pricing/index.ts'
import { changedFields, enqueue, insert, isSame, put, remove } from '../storage/index.ts'
import type { ProductState } from './product-state.ts'

/** A product as it is to be stored. */
export interface ProductDraft {
  /** The product. */
  product: Product
  /** Its variants; one that is not named stays as it is. */
  variants: readonly Variant[]
  /** All prices of a variant, by its id; a variant that is not named keeps its own. */
  prices: ReadonlyMap<string, readonly Price[]>
  /** Its publication on the site of the call; null takes it off. */
  publication: PublicationRecord | null
}

/** What makes a product's draft true. */
export interface ProductChanges {
  /** Changes to be committed; empty when the product is so already. */
  changes: readonly Change[]
  /** Names of what changed, for the audit. */
  fields: readonly string[]
  /** Ids for the log of what prices are made of. */
  pricingIds: readonly string[]
  /** Does a variant that was there get a capacity, or another one? What was sold of it may not be counted yet. */
  isLimited: boolean
}

/** Compares a draft with what is stored. Only what differs is written. */
export function productChanges(call: Call, state: ProductState | null, draft: ProductDraft): ProductChanges {
  const { product } = draft
  const before = new Map(state?.variants.map((variant) => [variant.id, variant]))
  const own = written(products, product.id, state?.product ?? null, product)
  const ofVariants = draft.variants.flatMap((variant) =>
    written(variants, variant.id, before.get(variant.id) ?? null, variant),
  )
  const ofPrices = [...draft.prices].flatMap(([id, prices]) =>
    pricesWritten(call, state?.prices.get(id) ?? null, id, prices),
  )
  const ofPublication = publicationWritten(product.id, state?.publication ?? null, draft.publication)
  const fields = [
    ...(own.length > 0 ? changedFields(state?.product.body ?? null, product) : []),
    ...(ofVariants.length > 0 ? ['variants'] : []),
    ...(ofPrices.length > 0 ? ['prices'] : []),
    ...(ofPublication.length > 0 ? ['publication'] : []),
  ]
  const isLimited = draft.variants.some(({ id, capacity }) => {
    const known = before.get(id)
    return capacity !== null && known !== undefined && known.body.capacity !== capacity
  })
  const touched = own.length > 0 ? product.variants : [...ofVariants, ...ofPrices].flatMap(idOf)
  const beside = [...ofVariants, ...ofPrices, ...ofPublication]
  return {
    changes: [...own, ...newVersion(state, { own, beside }), ...beside],
    fields: [...new Set(fields)],
    pricingIds: [...new Set(touched), ...(ofPublication.length > 0 ? [`${call.scope.site}:${product.id}`] : [])],
    isLimited,
  }
}

/** Belongs to a commit of these products: one job for all of them, which joins that of the commit before where it still waits. */
export function countPlaces(
  runtime: Pick<Runtime, 'newId'>,
  { scope: { operator } }: Pick<Call, 'scope'>,
  products: readonly Pick<ProductChanges, 'isLimited'>[],
): Change[] {
  return products.some(({ isLimited }) => isLimited) ? [enqueue(runtime, 'places.count', operator, {})] : []
}

/** What changes a variant, a price or the publication changes the product: whoever saw it before sees a conflict. */
function newVersion(
  state: ProductState | null,
  { own, beside }: { own: readonly Change[]; beside: readonly Change[] },
): Change[] {
  if (state === null || own.length > 0 || beside.length === 0) return []
  return [put(products, state.product, state.product.body)]
}

function written<T>(collection: Collection<T>, id: string, before: Stored<T> | null, body: T): Change[] {
  if (before === null) return [insert(collection, id, body)]
  return isSame(before.body, body) ? [] : [put(collection, before, body)]
}

/** The prices, and who changed them from what. */
function pricesWritten(
  call: Call,
  before: Stored<VariantPrices> | null,
  variantId: string,
  prices: readonly Price[],
): Change[] {
  if (before === null && prices.length === 0) return []
  const after = sorted(prices)
  if (before !== null && isSame(before.body.prices, after)) return []
  const past = pastPrices(before?.body ?? null, after, call.now)
  const change: PriceChange = {
    id: `${variantId}:${(before?.version ?? 0) + 1}`,
    ...{ variantId, actor: actorOf(call.principal), operation: call.operation, at: call.now },
    ...{ before: before?.body.prices ?? [], after },
  }
  return [
    ...written(variantPrices, variantId, before, { variantId, prices: after, ...(past.length === 0 ? {} : { past }) }),
    insert(priceChanges, change.id, change),
  ]
}

/** One order, so that the same prices are the same document. */
function sorted(prices: readonly Price[]): readonly Price[] {
  return [...prices].sort((left, right) => {
    if (left.priceList !== right.priceList) return left.priceList < right.priceList ? -1 : 1
    return left.minimumQuantity - right.minimumQuantity
  })
}

function publicationWritten(
  productId: string,
  before: Stored<PublicationRecord> | null,
  publication: PublicationRecord | null,
): Change[] {
  if (publication !== null) return written(publications, productId, before, publication)
  return before === null ? [] : [remove(publications, before)]
}

/** The variant that a change is about. */
function idOf(change: Change): string[] {
  return 'in' in change && change.in !== priceChanges.name ? [change.id] : []
}
