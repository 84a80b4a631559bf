import { auditEvents } from '../audit/index.ts'
import { carts } from '../cart/index.ts'
import { productCollections, products, publications, variants } from '../catalog/index.ts'
import { customers } from '../customer/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { journal } from '../journal/index.ts'
import { domainEvents, orders } from '../order/index.ts'
import { eventCursors, paymentAccounts, paymentEvents, payments } from '../payment/index.ts'
import type { AnyCollection } from '../ports/index.ts'
import { priceChanges, priceLists, pricingInputs, pricingVersions, variantPrices } from '../pricing/index.ts'
import { codeBatches, codes, promotions } from '../promotion/index.ts'
import { addresses, apiKeys, operators, sellers, sites } from '../site/index.ts'
import { idempotencyRecords } from '../storage/index.ts'
import { taxRates } from '../tax/index.ts'

/** Every collection of Bursar's. */
export const collections: readonly AnyCollection[] = [
  operators,
  addresses,
  sites,
  sellers,
  apiKeys,
  paymentAccounts,
  customers,
  products,
  variants,
  publications,
  productCollections,
  priceLists,
  variantPrices,
  priceChanges,
  pricingVersions,
  pricingInputs,
  promotions,
  codes,
  codeBatches,
  taxRates,
  carts,
  orders,
  domainEvents,
  payments,
  paymentEvents,
  eventCursors,
  entitlements,
  grants,
  journal,
  auditEvents,
  idempotencyRecords,
]
