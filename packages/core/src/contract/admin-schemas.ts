import type { CartsPreview, CartToPreview, PreviewedCart, PreviewedOrder, PromotionPreview } from '../admin/index.ts'
import { auditEvent } from '../audit/audit-event.schema.ts'
import { cart } from '../cart/cart.schema.ts'
import { adminProduct, createProductInput, productRef, updateProductInput } from '../catalog/catalog-admin.schema.ts'
import { catalogRow } from '../catalog/import-row.schema.ts'
import { customer, learnerLinkOf } from '../customer/customer.schema.ts'
import { email, hostId, personName } from '../customer/personal-data.schema.ts'
import { taxExemptionOf } from '../customer/tax-exemption.schema.ts'
import { deliveryState, grant } from '../entitlement/entitlement.schema.ts'
import { compoundId, id } from '../ids/id.schema.ts'
import { input, model, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { choice, flag, items, list, tag, text, whole } from '../json/field.schema.ts'
import { json } from '../json/json.schema.ts'
import { currency as currencyCode } from '../money/money.schema.ts'
import { order } from '../order/order.schema.ts'
import { orderExplanation, orderState, orderView } from '../order/order-view.schema.ts'
import { payment } from '../payment/payment.schema.ts'
import { jobRecord, jobState, queueDepth, serviceScope } from '../ports/job-record.schema.ts'
import { priceChange } from '../pricing/price-change.schema.ts'
import { quote, quoteLineInputs } from '../pricing/quote.schema.ts'
import { code } from '../promotion/promotion.schema.ts'
import { orderRefundOptions, refundOptionsInput } from '../refund/refund-options.schema.ts'
import { doctorReport } from '../report/doctor-report.schema.ts'
import { country, region } from '../site/country.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type {
  AdminClient,
  ApiKeyView,
  AssignedCode,
  BatchCode,
  CartExplanation,
  CustomerExport,
  ErasedCustomer,
  ImportProductsInput,
  ImportResult,
  PreviewCartsInput,
  PreviewPromotionInput,
  PutCustomerInput,
} from './admin-api.ts'
import {
  codeBatches,
  codes,
  collections,
  paymentAccounts,
  priceLists,
  promotions,
  sellers,
  sites,
  taxRates,
} from './admin-record-schemas.ts'
import type { InputOf, OutputOf } from './operation.ts'
import { noInput, pageFields, pageInput, pageOf, recordInput, version, versioned } from './record-schemas.ts'

/** For each operation of the admin, what it takes and what it answers. */
export type AdminSchemas = {
  readonly [N in keyof AdminClient]: {
    readonly [O in keyof AdminClient[N]]: {
      readonly input: SchemaOf<InputOf<AdminClient[N][O]>>
      readonly output: SchemaOf<OutputOf<AdminClient[N][O]>>
    }
  }
}

type In<N extends keyof AdminClient, O extends keyof AdminClient[N]> = InputOf<AdminClient[N][O]>
type ExportedEntitlement = CustomerExport['entitlements'][number]

const versionedPayment = versioned('Payment', payment)
const versionedGrant = versioned('Grant', grant)
const versionedCustomer = versioned('Customer', customer)
const reason = text(1, 1000)

const importProductsInput = input<ImportProductsInput>()({ rows: list(catalogRow, 50_000, 1) })
const importResult = model<ImportResult>('ImportResult')({
  created: whole(0, 1_000_000),
  updated: whole(0, 1_000_000),
  unchanged: whole(0, 1_000_000),
})

const orderInput = input<In<'orders', 'get'>>()({ orderId: id })
const paymentInput = input<In<'payments', 'get'>>()({ paymentId: id })
const customerInput = input<In<'customers', 'get'>>()({ customerId: id })

const putCustomerInput = input<PutCustomerInput>()({
  hostId,
  email: email.nullable().optional(),
  name: personName.nullable().optional(),
  links: list(learnerLinkOf(input), 50).optional(),
  groups: list(text(1, 100), 100).optional(),
  taxExemption: taxExemptionOf(input).nullable().optional(),
})

const sameEmail = items(id).nullable()
const customerExport = model<CustomerExport>('CustomerExport')({
  customer,
  sameEmail,
  orders: items(order),
  carts: items(cart),
  payments: items(payment),
  deliveries: items(grant),
  codes: items(code),
  entitlements: items(part<ExportedEntitlement>()({ id, variantId: id, state: text(1, 50), soldAt: instant })),
  at: instant,
})
const erasedCustomer = model<ErasedCustomer>('ErasedCustomer')({ record: customer, version, sameEmail })

const batchCode = part<BatchCode>()({
  id,
  code: text(1, 64),
  used: whole(0, 1_000_000_000),
  status: choice('active', 'revoked'),
})

const assignedCode = part<AssignedCode>()({ id, code: text(1, 64), customerId: id, email: email.nullable() })

const signed = whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
const counted = whole(0, Number.MAX_SAFE_INTEGER)
const currency = text(3, 3)
const promotionPreview = model<PromotionPreview>('PromotionPreview')({
  items: items(
    part<PreviewedOrder>()({
      ...{ orderId: id, number: text(1, 100), currency },
      ...{ discount: counted, discountWith: counted, given: signed },
    }),
  ),
  priced: counted,
  skipped: counted,
  sums: items(part<PromotionPreview['sums'][number]>()({ currency, orders: counted, given: signed })),
  nextCursor: text(1, 1000).nullable(),
})
const cartsPreview = model<CartsPreview>('CartsPreview')({
  items: items(
    part<PreviewedCart>()({
      ...{ cartId: id.nullable(), currency, total: counted, totalWith: counted },
      ...{ discount: counted, discountWith: counted, given: signed },
    }),
  ),
  sums: items(part<CartsPreview['sums'][number]>()({ currency, carts: counted, given: signed })),
})
const cartToPreview = union<CartToPreview>()({
  cart: input<Extract<CartToPreview, { type: 'cart' }>>()({ type: tag('cart'), cartId: id }),
  lines: input<Extract<CartToPreview, { type: 'lines' }>>()({
    type: tag('lines'),
    ...{ lines: quoteLineInputs, currency: currencyCode.optional(), country: country.optional() },
    ...{ region: region.optional(), customerId: id.optional(), groups: list(text(1, 100), 20).optional() },
  }),
})
const cartExplanation = model<CartExplanation>('CartExplanation')({
  pricedAt: instant,
  steps: items(text(0, 1000)),
  quote,
})

const keyFields = {
  id,
  name: text(1, 200),
  scopes: list(serviceScope, 3, 1),
  createdAt: instant,
  revokedAt: instant.nullable(),
}
const apiKey = model<ApiKeyView>('ApiKey')(keyFields)
const newApiKey = model<OutputOf<AdminClient['apiKeys']['create']>>('NewApiKey')({
  ...keyFields,
  secret: text(1, 500),
})

/** For each operation of the admin, what it takes and what it answers. */
export const adminSchemas: AdminSchemas = {
  products: {
    list: {
      input: input<In<'products', 'list'>>()({ ...pageFields, search: text(0, 200).optional() }),
      output: pageOf('AdminProduct', adminProduct),
    },
    get: { input: productRef, output: adminProduct },
    create: { input: createProductInput, output: adminProduct },
    update: { input: updateProductInput, output: adminProduct },
    archive: { input: productRef, output: adminProduct },
    import: { input: importProductsInput, output: importResult },
    priceChanges: {
      input: input<In<'products', 'priceChanges'>>()({ ...pageFields, variantId: id }),
      output: pageOf('PriceChange', priceChange),
    },
  },
  collections,
  priceLists,
  promotions: {
    ...promotions,
    preview: {
      input: input<PreviewPromotionInput>()({
        ...pageFields,
        promotion: promotions.create.input,
        from: instant,
        until: instant,
      }),
      output: promotionPreview,
    },
    previewCarts: {
      input: input<PreviewCartsInput>()({ promotion: promotions.create.input, carts: list(cartToPreview, 50, 1) }),
      output: cartsPreview,
    },
  },
  carts: { explain: { input: input<In<'carts', 'explain'>>()({ cartId: id }), output: cartExplanation } },
  codes,
  codeBatches: {
    ...codeBatches,
    mint: { input: recordInput, output: codeBatches.get.output },
    codes: {
      input: input<In<'codeBatches', 'codes'>>()({ ...pageFields, limit: whole(1, 1000).optional(), id }),
      output: pageOf('BatchCode', batchCode),
    },
    assign: {
      input: input<In<'codeBatches', 'assign'>>()({ id, emails: list(email, 200, 1) }),
      output: part<OutputOf<AdminClient['codeBatches']['assign']>>()({ items: items(assignedCode) }),
    },
    toRemind: {
      input: input<In<'codeBatches', 'toRemind'>>()({ ...pageFields, id }),
      output: pageOf('AssignedCode', assignedCode),
    },
    markReminded: {
      input: input<In<'codeBatches', 'markReminded'>>()({ id, codes: list(id, 200, 1) }),
      output: part<OutputOf<AdminClient['codeBatches']['markReminded']>>()({ reminded: whole(0, 200) }),
    },
  },
  taxRates,
  sites,
  sellers,
  paymentAccounts,
  orders: {
    list: {
      input: input<In<'orders', 'list'>>()({
        ...pageFields,
        state: orderState.optional(),
        number: text(1, 100).optional(),
      }),
      output: pageOf('AdminOrder', orderView),
    },
    get: { input: orderInput, output: orderView },
    explain: { input: orderInput, output: orderExplanation },
    refundOptions: { input: refundOptionsInput, output: orderRefundOptions },
    cancel: { input: input<In<'orders', 'cancel'>>()({ orderId: id, reason }), output: orderView },
    claim: {
      input: input<In<'orders', 'claim'>>()({ orderId: id, hostId, recipientId: id.optional() }),
      output: orderView,
    },
  },
  payments: {
    get: { input: paymentInput, output: versionedPayment },
    capture: { input: paymentInput, output: orderView },
  },
  grants: {
    list: {
      input: input<In<'grants', 'list'>>()({ ...pageFields, state: deliveryState }),
      output: pageOf('Grant', versionedGrant),
    },
    retry: { input: input<In<'grants', 'retry'>>()({ grantId: id, target: json.optional() }), output: versionedGrant },
    complete: {
      input: input<In<'grants', 'complete'>>()({ grantId: id, note: text(0, 1000).optional() }),
      output: versionedGrant,
    },
  },
  customers: {
    get: { input: customerInput, output: versionedCustomer },
    put: { input: putCustomerInput, output: versionedCustomer },
    find: {
      input: input<In<'customers', 'find'>>()({ ...pageFields, email }),
      output: pageOf('Customer', versionedCustomer),
    },
    export: { input: customerInput, output: customerExport },
    erase: { input: customerInput, output: erasedCustomer },
  },
  apiKeys: {
    list: { input: pageInput, output: pageOf('ApiKey', apiKey) },
    create: {
      input: input<In<'apiKeys', 'create'>>()({ name: keyFields.name, scopes: keyFields.scopes }),
      output: newApiKey,
    },
    revoke: { input: recordInput, output: apiKey },
  },
  jobs: {
    list: {
      input: input<In<'jobs', 'list'>>()({ ...pageFields, state: jobState, queue: text(1, 100).optional() }),
      output: pageOf('Job', jobRecord),
    },
    depth: {
      input: noInput,
      output: part<OutputOf<AdminClient['jobs']['depth']>>()({ queues: items(queueDepth) }),
    },
    retry: { input: recordInput, output: part<OutputOf<AdminClient['jobs']['retry']>>()({ retried: flag }) },
    dismiss: { input: recordInput, output: part<OutputOf<AdminClient['jobs']['dismiss']>>()({ dismissed: flag }) },
  },
  auditEvents: {
    list: {
      input: input<In<'auditEvents', 'list'>>()({ ...pageFields, record: compoundId }),
      output: pageOf('AuditEvent', auditEvent),
    },
  },
  reports: {
    doctor: { input: noInput, output: doctorReport },
  },
}
