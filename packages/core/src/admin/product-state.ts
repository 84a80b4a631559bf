import {
  type Product,
  type PublicationRecord,
  products,
  publications,
  type Variant,
  variants,
} from '../catalog/index.ts'
import type { Call, Storage, Stored } from '../ports/index.ts'
import { type VariantPrices, variantPrices } from '../pricing/index.ts'
import { byId, type RecordRef, readAll } from '../storage/index.ts'

/** Documents read in one go: some milliseconds in which others wait. */
const CHUNK = 200

/** A product as it is stored, with all that belongs to it. */
export interface ProductState {
  /** The product. */
  product: Stored<Product>
  /** Its variants in the order shown, archived ones too. */
  variants: readonly Stored<Variant>[]
  /** Their prices, by variant id; absent where a variant never had one. */
  prices: ReadonlyMap<string, Stored<VariantPrices>>
  /** Its publication on the site of the call, or null. */
  publication: Stored<PublicationRecord> | null
}

/** The states of products that were just read, in their order. */
export async function readProductStates(
  storage: Storage,
  call: Call,
  found: readonly Stored<Product>[],
): Promise<ProductState[]> {
  const variantIds = found.flatMap(({ body }) => body.variants)
  const [foundVariants, prices, published] = await Promise.all([
    readChunks(
      storage,
      call,
      variantIds.map((id) => byId(variants, id)),
    ),
    readChunks(
      storage,
      call,
      variantIds.map((id) => byId(variantPrices, id)),
    ),
    readChunks(
      storage,
      call,
      found.map(({ id }) => byId(publications, id)),
    ),
  ])
  const variantsById = new Map(there(foundVariants).map((variant) => [variant.id, variant]))
  const pricesById = new Map(there(prices).map((price) => [price.id, price]))
  return found.map((product, index) => {
    const own = product.body.variants.flatMap((id) => variantsById.get(id) ?? [])
    return {
      product,
      variants: own,
      prices: new Map(own.flatMap(({ id }) => entry(id, pricesById.get(id)))),
      publication: published[index] ?? null,
    }
  })
}

/** The state of one product, or null. */
export async function readProductState(storage: Storage, call: Call, productId: string): Promise<ProductState | null> {
  const [product] = await readAll(storage, call.scope, byId(products, productId))
  if (product === null) return null
  const [state] = await readProductStates(storage, call, [product])
  return state ?? null
}

/** Reads any number of documents of one collection, a chunk after the other: others have their turn in between. */
export async function readChunks<T>(
  storage: Storage,
  call: Call,
  refs: readonly RecordRef<Stored<T>>[],
): Promise<(Stored<T> | null)[]> {
  const found: (Stored<T> | null)[] = []
  for (let start = 0; start < refs.length; start += CHUNK) {
    found.push(...(await readAll(storage, call.scope, ...refs.slice(start, start + CHUNK))))
  }
  return found
}

/** Those that were found. */
export function there<T>(found: readonly (Stored<T> | null)[]): Stored<T>[] {
  return found.filter((stored) => stored !== null)
}

function entry<T>(id: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[id, value]]
}
