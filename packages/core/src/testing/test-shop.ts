import { createRecord, createSite } from '../admin/index.ts'
import { type AdminPorts, standardProductTypes } from '../catalog/index.ts'
import { collections } from '../commerce/collections.ts'
import { shopKinds } from '../commerce/shop-kinds.ts'
import { type Call, type FulfilmentProvider, type Storage, silentLogger } from '../ports/index.ts'
import { PriceBooks, priceListKind } from '../pricing/index.ts'
import type { PromotionKinds } from '../promotion/index.ts'
import { createOperator, type NewSite, sellerKind } from '../site/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { examineWhenFinished } from './examine-when-finished.ts'
import { simulatedProcessor } from './simulated-processor/index.ts'
import { type TestRuntime, testRuntime } from './test-runtime.ts'

/** A shop in memory, with an operator `acme`, a seller, a price list in EUR and one in USD, and a site `main`. */
export interface TestShop extends AdminPorts {
  /** The kinds of conditions and benefits. */
  kinds: PromotionKinds
  /** The runtime, whose waits end at once. */
  runtime: TestRuntime
  /** What prices are made of. */
  books: PriceBooks
  /** A call by the system at the site `main`, or with other members. */
  call(change?: Partial<Call> & { site?: string; operator?: string }): Call
}

/** What the shop's site is made of; `main` unless said otherwise. */
const SITE: NewSite = {
  id: 'main',
  name: 'Acme Academy',
  seller: 'acme-seller',
  currencies: ['EUR', 'USD'],
  country: 'DE',
  hosts: ['acme.example.org'],
  priceLists: ['eur', 'usd'],
}

/** A provider that takes targets with a course and delivers at once. */
const platform: FulfilmentProvider = {
  kind: 'learning',
  checkTarget: (target) =>
    typeof target === 'object' && target !== null && 'course' in target ? null : 'must name a course',
  deliver: async () => ({ outcome: 'done' }),
  withdraw: async () => ({ outcome: 'done' }),
  status: async () => ({ outcome: 'done' }),
}

/**
 * Sets a shop up, in the given storage or one of its own. The doctor examines it when the test has ended, unless the test
 * stores what is no whole record.
 */
export async function testShop(
  options: { storage?: Storage | undefined; isExamined?: boolean | undefined } = {},
): Promise<TestShop> {
  const { storage = memoryStorage(), isExamined = true } = options
  await storage.migrate(collections)
  const runtime = testRuntime({ sleeps: 'at_once' })
  const kinds = shopKinds()
  const called = new Set<string>()
  const shop: TestShop = {
    storage,
    runtime,
    books: new PriceBooks(storage, kinds.rules),
    productTypes: standardProductTypes,
    kinds,
    fulfilment: { lms: platform },
    payments: { test: simulatedProcessor({ runtime }) },
    logger: silentLogger,
    call: ({ site = 'main', operator = 'acme', ...change } = {}) => {
      called.add(operator)
      return {
        scope: { operator, site },
        principal: { type: 'system', site },
        operation: 'test',
        key: null,
        fingerprint: '',
        ifVersion: null,
        now: runtime.now(),
        ...change,
      }
    },
  }
  await createOperator(shop, { id: 'acme', name: 'Acme' })
  await createRecord(shop, shop.call(), sellerKind, {
    ...{ id: 'acme-seller', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
  })
  await createRecord(shop, shop.call(), priceListKind, { id: 'eur', name: 'Euro', currency: 'EUR' })
  await createRecord(shop, shop.call(), priceListKind, { id: 'usd', name: 'Dollar', currency: 'USD' })
  await createSite(shop, shop.call(), SITE)
  if (isExamined) examineWhenFinished(shop, called)
  return shop
}
