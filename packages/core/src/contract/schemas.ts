import {
  addLineInput,
  applyCodeInput,
  applyDiscountInput,
  cartWithQuote,
  createCartInput,
  getCartInput,
  mergeCartsInput,
  removeCodeInput,
  removeLineInput,
  takeCartInput,
  updateCartInput,
  updateLineInput,
} from '../cart/cart.schema.ts'
import { getProductInput, listProductsInput, productView } from '../catalog/catalog-view.schema.ts'
import { checkoutInput, checkoutResult } from '../checkout/checkout.schema.ts'
import type { SchemaOf } from '../json/checked.schema.ts'
import {
  chooseRunInput,
  claimOrderInput,
  entitlementView,
  getOrderInput,
  orderView,
  refreshPaymentInput,
} from '../order/order-view.schema.ts'
import { createQuoteInput, quotes } from '../pricing/quote.schema.ts'
import { siteView } from '../site/site.schema.ts'
import { adminSchemas } from './admin-schemas.ts'
import type { CommerceClient } from './api.ts'
import type { InputOf, OperationInput, OperationName, OperationOutput, OutputOf } from './operation.ts'
import { noInput, pageInput, pageOf } from './record-schemas.ts'

/** For each operation of the storefront, what it takes and what it answers. */
export type Schemas = {
  readonly [N in keyof CommerceClient]: {
    readonly [O in keyof CommerceClient[N]]: {
      readonly input: SchemaOf<InputOf<CommerceClient[N][O]>>
      readonly output: SchemaOf<OutputOf<CommerceClient[N][O]>>
    }
  }
}

/** For each operation of the storefront, what it takes and what it answers. */
export const schemas: Schemas = {
  site: { get: { input: noInput, output: siteView } },
  products: {
    list: { input: listProductsInput, output: pageOf('ProductView', productView) },
    get: { input: getProductInput, output: productView },
  },
  quotes: { create: { input: createQuoteInput, output: quotes } },
  carts: {
    create: { input: createCartInput, output: cartWithQuote },
    get: { input: getCartInput, output: cartWithQuote },
    update: { input: updateCartInput, output: cartWithQuote },
    addLine: { input: addLineInput, output: cartWithQuote },
    updateLine: { input: updateLineInput, output: cartWithQuote },
    removeLine: { input: removeLineInput, output: cartWithQuote },
    applyCode: { input: applyCodeInput, output: cartWithQuote },
    applyDiscount: { input: applyDiscountInput, output: cartWithQuote },
    removeCode: { input: removeCodeInput, output: cartWithQuote },
    merge: { input: mergeCartsInput, output: cartWithQuote },
    checkout: { input: checkoutInput, output: checkoutResult },
  },
  orders: {
    get: { input: getOrderInput, output: orderView },
    refreshPayment: { input: refreshPaymentInput, output: orderView },
    claim: { input: claimOrderInput, output: orderView },
  },
  me: {
    cart: { input: noInput, output: cartWithQuote.nullable() },
    takeCart: { input: takeCartInput, output: cartWithQuote.nullable() },
    orders: { input: pageInput, output: pageOf('OrderView', orderView) },
    entitlements: { input: pageInput, output: pageOf('EntitlementView', entitlementView) },
    chooseRun: { input: chooseRunInput, output: entitlementView },
  },
}

export { adminSchemas }

/** What an operation takes and what it answers. */
export interface OperationSchemas<N extends OperationName> {
  /** Strict: unknown members are refused. */
  readonly input: SchemaOf<OperationInput<N>>
  /** Open: a later release may add members. */
  readonly output: SchemaOf<OperationOutput<N>>
}

/** The schemas of an operation, by its name. @throws RangeError for a name that is none */
export function schemasOf<N extends OperationName>(name: N): OperationSchemas<N> {
  const isAdmin = name.startsWith('admin.')
  const [noun = '', operation = ''] = (isAdmin ? name.slice('admin.'.length) : name).split('.')
  // Both tables are total over the names that OperationName lists; the look-up by text cannot show it.
  const table = (isAdmin ? adminSchemas : schemas) as unknown as {
    [noun: string]: { [operation: string]: OperationSchemas<N> } | undefined
  }
  const ofNoun = Object.hasOwn(table, noun) ? table[noun] : undefined
  const found = ofNoun !== undefined && Object.hasOwn(ofNoun, operation) ? ofNoun[operation] : undefined
  if (found === undefined) throw new RangeError(`There is no operation ${name}.`)
  return found
}
