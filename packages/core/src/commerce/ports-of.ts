import { CARTS_KEPT_DAYS, CodesAhead } from '../cart/index.ts'
import { type AdminPorts, standardProductTypes } from '../catalog/index.ts'
import type { CheckoutPorts } from '../checkout/index.ts'
import { ownershipReader } from '../fulfilment/index.ts'
import { silentLogger, systemRuntime } from '../ports/index.ts'
import { PriceBooks } from '../pricing/index.ts'
import type { PromotionKinds } from '../promotion/index.ts'
import { KeyedQueue } from '../storage/index.ts'
import type { CommerceOptions } from './options.ts'
import { shopKinds } from './shop-kinds.ts'

/** Everything that any use case needs. */
export type CommercePorts = CheckoutPorts & AdminPorts & { kinds: PromotionKinds; cartsKeptDays: number | null }

/** The ports that the host gave, with the defaults of those that it did not. */
export function portsOf(options: CommerceOptions): CommercePorts {
  const { storage, payments = {}, fulfilment = {}, guards = [], productTypes = [] } = options
  const runtime = options.runtime ?? systemRuntime()
  const own = new Set(productTypes.map((type) => type.name))
  const kinds = shopKinds(options.promotions)
  return {
    storage,
    kinds,
    rules: kinds.rules,
    taxRules: options.taxRules,
    taxCalculator: options.taxCalculator,
    discountVerifiers: options.discountVerifiers,
    payments,
    fulfilment,
    guards,
    cartsKeptDays: options.cartsKeptDays === undefined ? CARTS_KEPT_DAYS : options.cartsKeptDays,
    productTypes: [...standardProductTypes.filter((type) => !own.has(type.name)), ...productTypes],
    runtime,
    logger: options.logger ?? silentLogger,
    step: options.failpoint ?? (() => {}),
    books: new PriceBooks(storage, kinds.rules, ownershipReader({ storage, runtime, fulfilment })),
    queue: new KeyedQueue(),
    codesAhead: new CodesAhead(),
    secrets: options.secrets ?? refuseSecret,
  }
}

function refuseSecret(ref: string): never {
  throw new Error(`A secret was asked for (${ref}), but createCommerce was given no \`secrets\` function.`)
}
