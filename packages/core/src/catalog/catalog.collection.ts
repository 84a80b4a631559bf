import type { Collection } from '../ports/index.ts'
import type { Product, Variant } from './product.ts'
import type { ProductCollection } from './product-collection.ts'
import type { Publication } from './publication.ts'

/** Products of an operator. */
export const products: Collection<Product> = {
  name: 'products',
  of: 'operator',
  columns: { externalId: (product) => product.externalId, createdAt: (product) => product.createdAt },
  unique: { externalId: ['externalId'] },
  indexes: { createdAt: ['createdAt'] },
  search: {
    fields: (product) => [
      { text: product.title, weight: 10 },
      { text: product.description, weight: 1 },
    ],
    facets: (product) => ({ type: [product.type], status: [product.status] }),
  },
}

/** Variants of an operator. */
export const variants: Collection<Variant> = {
  name: 'variants',
  of: 'operator',
  columns: { externalId: (variant) => variant.externalId, productId: (variant) => variant.productId },
  unique: { externalId: ['externalId'] },
  indexes: { productId: ['productId'] },
}

/** Publications of a site; the id is the product's. */
export const publications: Collection<PublicationRecord> = {
  name: 'publications',
  of: 'site',
  columns: { slug: (publication) => publication.slug, place: (publication) => publication.place },
  numbers: ['place'],
  unique: { slug: ['slug'] },
  indexes: { place: ['place'] },
  search: {
    fields: (publication) => publication.texts,
    facets: (publication) => ({ type: [publication.productType] }),
  },
}

/** A publication as it is stored: with what a shopper can find it by. */
export interface PublicationRecord extends Publication {
  /** Product type, for filters. */
  productType: string
  /** Texts of the product. */
  texts: readonly { text: string; weight: number }[]
}

/** Collections of products of an operator. */
export const productCollections: Collection<ProductCollection> = {
  name: 'productCollections',
  of: 'operator',
  columns: { id: (collection) => collection.id },
  unique: {},
  indexes: { id: ['id'] },
}
