import { issueUnless } from '../errors/index.ts'
import { byId, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { productCollections, products } from './catalog.collection.ts'
import type { ProductCollection } from './product-collection.ts'

/** A collection to be made. */
export type NewProductCollection = NewRecord<ProductCollection, 'products'>

/** How collections are made and checked. A change of one counts as a change of prices: promotions name it. */
export const productCollectionKind: RecordKind<ProductCollection, NewProductCollection> = {
  collection: productCollections,
  changesPrices: true,
  uniqueMembers: {},
  listed: () => ({ index: 'id' }),
  id: (_input, runtime) => runtime.newId('col'),
  complete: (input, id) => ({ products: [], ...present(input), id }),
  names: (collection) =>
    collection.products.map((id, place) => ({ path: `products.${place}`, ref: byId(products, id) })),
  check: ({ products: own, rule = null }) => [
    ...own.flatMap((id, place) => issueUnless(own.indexOf(id) === place, `products.${place}`, 'stands here twice')),
    ...issueUnless(
      rule === null || rule.productTypes !== null || Object.keys(rule.attributes).length > 0,
      'rule',
      'must name a product type or an attribute, for it would hold all products',
    ),
    ...Object.entries(rule?.attributes ?? {}).flatMap(([name, value]) =>
      issueUnless(value === null || typeof value !== 'object', `rule.attributes.${name}`, 'must be a single value'),
    ),
  ],
}
