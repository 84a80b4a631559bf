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
  check: (collection) =>
    collection.products.flatMap((id, place) =>
      issueUnless(collection.products.indexOf(id) === place, `products.${place}`, 'stands here twice'),
    ),
}
