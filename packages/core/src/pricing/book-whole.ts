import { type CollectionFinder, findCollections, productCollections } from '../catalog/index.ts'
import type { Scope, Storage } from '../ports/index.ts'
import { type CodeBatch, codeBatches, type Promotion, type PromotionRules, promotions } from '../promotion/index.ts'
import { type Seller, type Site, sellers, sites } from '../site/index.ts'
import { listAll } from '../storage/index.ts'
import { type TaxRate, taxRates } from '../tax/index.ts'
import { findPromotions, type PromotionFinder } from './find-promotions.ts'
import type { PriceList } from './price-list.ts'
import { priceLists } from './pricing.collection.ts'

/** What an operator has few of. */
export interface BookWhole {
  /** Price lists by id. */
  priceLists: ReadonlyMap<string, PriceList>
  /** Active promotions by id. */
  promotions: ReadonlyMap<string, Promotion>
  /** Finds those that need no code and could touch a cart. */
  automaticPromotions: PromotionFinder
  /** Finds the collections that hold a product. */
  collectionsOf: CollectionFinder
  /** Batches of codes by id. */
  codeBatches: ReadonlyMap<string, CodeBatch>
  /** Tax rates. */
  taxRates: readonly TaxRate[]
  /** Sites by id. */
  sites: ReadonlyMap<string, Site>
  /** Sellers by id. */
  sellers: ReadonlyMap<string, Seller>
}

/** Reads all of it. */
export async function readWhole(storage: Storage, scope: Scope, rules: PromotionRules): Promise<BookWhole> {
  const [lists, active, batches, sets, rates, ownSites, ownSellers] = await Promise.all([
    listAll(storage, scope, priceLists, { index: 'id' }),
    listAll(storage, scope, promotions, { index: 'status', equals: ['active'] }),
    listAll(storage, scope, codeBatches, { index: 'id' }),
    listAll(storage, scope, productCollections, { index: 'id' }),
    listAll(storage, scope, taxRates, { index: 'id' }),
    listAll(storage, scope, sites, { index: 'id' }),
    listAll(storage, scope, sellers, { index: 'id' }),
  ])
  return {
    priceLists: new Map(lists.map(({ body }) => [body.id, body])),
    promotions: new Map(active.map(({ body }) => [body.id, body])),
    automaticPromotions: findPromotions(
      active.map(({ body }) => body).filter((promotion) => !promotion.requiresCode),
      rules,
    ),
    collectionsOf: findCollections(sets.map(({ body }) => body)),
    codeBatches: new Map(batches.map(({ body }) => [body.id, body])),
    taxRates: rates.map(({ body }) => body),
    sites: new Map(ownSites.map(({ body }) => [body.id, body])),
    sellers: new Map(ownSellers.map(({ body }) => [body.id, body])),
  }
}
