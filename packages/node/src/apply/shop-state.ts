import type { AdminProduct, JsonObject } from '@bursar/core'
import { mapReferences, type Reference } from './map-references.ts'
import type { Section } from './shop-file.ts'

/** What a shop has of one entry. */
export interface FoundEntry {
  /** Its id. */
  readonly id: string
  /** Its version: a change names it, so that nothing is overwritten that was not seen. */
  readonly version: number
  /** As a file would write it. */
  readonly fields: JsonObject
}

/** What a shop has of what a file is about. */
export interface ShopState {
  /** By section and key. */
  readonly entries: { readonly [S in Section]: ReadonlyMap<string, FoundEntry> }
  /** Ids of products by key. */
  readonly productIds: ReadonlyMap<string, string>
  /** Ids of variants by `product:variant`. */
  readonly variantIds: ReadonlyMap<string, string>
}

/** A record with its version, as the admin's operations answer it. */
export interface FoundRecord {
  /** The record. */
  readonly record: { readonly id: string }
  /** Its version. */
  readonly version: number
}

/** What was read of a shop. */
export interface ShopRecords {
  /** Products, with their variants, prices and publications. */
  readonly products: readonly AdminProduct[]
  /** Records of the other sections. */
  readonly records: { readonly [S in Exclude<Section, 'products'>]: readonly FoundRecord[] }
}

/** `algebra:verified`: how a file names a variant. */
export const variantKey = (product: string, variant: string): string => `${product}:${variant}`

/** A product's key: its external id, or its id where it has none. */
const productKey = ({ product }: AdminProduct): string => product.externalId ?? product.id

/** Brings what was read into the form of a file: products and variants by their names instead of their ids. */
export function shopState({ products, records }: ShopRecords): ShopState {
  const keyOfProduct = new Map(products.map((product) => [product.product.id, productKey(product)]))
  const keyOfVariant = new Map(
    products.flatMap((product) =>
      product.variants.map(({ id, name }) => [id, variantKey(productKey(product), name)] as const),
    ),
  )
  const named = ({ kind, name }: Reference): string => {
    if (kind === 'product') return keyOfProduct.get(name) ?? name
    return kind === 'variant' ? (keyOfVariant.get(name) ?? name) : name
  }
  const found = (section: Exclude<Section, 'products'>): ReadonlyMap<string, FoundEntry> =>
    new Map(
      records[section].map(({ record, version }) => {
        const { id, ...fields } = record
        // Records are JSON, which their interfaces do not say.
        return [id, { id, version, fields: mapReferences(section, fields as JsonObject, named) }]
      }),
    )
  return {
    entries: {
      priceLists: found('priceLists'),
      taxRates: found('taxRates'),
      sites: found('sites'),
      products: new Map(
        products.map((product) => [
          productKey(product),
          {
            id: product.product.id,
            version: product.version,
            fields: mapReferences('products', productFields(product), named),
          },
        ]),
      ),
      collections: found('collections'),
      promotions: found('promotions'),
      codes: found('codes'),
    },
    productIds: inverted(keyOfProduct),
    variantIds: inverted(keyOfVariant),
  }
}

/** A product as a file writes it. */
function productFields({ product, variants, publication }: AdminProduct): JsonObject {
  const { id: _id, externalId: _key, variants: _variants, status, createdAt: _createdAt, ...fields } = product
  return {
    ...fields,
    status,
    publication: publication === null ? null : withoutProduct(publication),
    variants: Object.fromEntries(
      variants.map(({ id: _variant, productId: _product, name, ...variant }) => [name, { ...variant } as JsonObject]),
    ),
  }
}

function withoutProduct({
  productId: _productId,
  ...publication
}: NonNullable<AdminProduct['publication']>): JsonObject {
  return { ...publication }
}

const inverted = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...map].map(([id, key]) => [key, id]))
