import {
  archiveProduct,
  assignCodes,
  codesOfBatch,
  codesToRemind,
  createCodeBatch,
  createProduct,
  createRecord,
  createSite,
  depthOfJobs,
  dismissJob,
  explainCart,
  exportCustomer,
  getAdminProduct,
  getRecord,
  importCatalog,
  listAdminProducts,
  listJobs,
  listPriceChanges,
  listRecords,
  markReminded,
  mintCodes,
  previewCarts,
  previewPromotion,
  retryJob,
  siteKindOf,
  updateProduct,
  updateRecord,
  updateSite,
} from '../admin/index.ts'
import { listAuditEvents } from '../audit/index.ts'
import {
  addLine,
  applyCode,
  applyDiscount,
  createCart,
  createQuotes,
  getCart,
  myCart,
  removeCode,
  removeLine,
  updateCart,
  updateLine,
} from '../cart/index.ts'
import { productCollectionKind } from '../catalog/index.ts'
import {
  cancelUnpaidOrder,
  capturePayment,
  claimOrderFor,
  claimOwnOrder,
  getPayment,
  mergeCheckedOut,
  refreshPayment,
  scheduleRounds,
  startCheckout,
  takeCart,
} from '../checkout/index.ts'
import type { OperationInput, OperationName, OperationOutput } from '../contract/index.ts'
import { eraseCustomer, findCustomers, getCustomer, putCustomer } from '../customer/index.ts'
import { askRefundFacts, chooseRun, completeGrant, listGrants, retryGrant } from '../fulfilment/index.ts'
import { explainOrder, getOrder, myEntitlements, myOrders, siteOrders } from '../order/index.ts'
import { paymentAccountKind } from '../payment/index.ts'
import type { Call } from '../ports/index.ts'
import { priceListKind } from '../pricing/index.ts'
import { codeBatchKind, codeKind, promotionKind } from '../promotion/index.ts'
import { orderRefundOptions } from '../refund/index.ts'
import { doctor } from '../report/index.ts'
import { createApiKey, listApiKeys, revokeApiKey, sellerKind } from '../site/index.ts'
import type { RecordKind } from '../storage/index.ts'
import { getProduct, getSite, listProducts } from '../storefront/index.ts'
import { taxRateKind } from '../tax/index.ts'
import { hidingFromKeys, hidingInOrder, hidingInOrders, hidingInSteps } from './hide-codes.ts'
import type { CommercePorts } from './ports-of.ts'

/** The use case of each operation. A missing one, or one that takes or answers something else, does not compile. */
export type OperationTable = {
  readonly [N in OperationName]: (
    ports: CommercePorts,
    call: Call,
    input: OperationInput<N>,
  ) => Promise<OperationOutput<N>>
}

/** What each operation of the contract does. */
export const operationTable: OperationTable = /* @__PURE__ */ makeTable()

/** Called where it is marked as pure, so that a bundle that takes an error code from the core is not given every use case. */
function makeTable(): OperationTable {
  return {
    'site.get': getSite,
    'products.list': listProducts,
    'products.get': getProduct,
    'quotes.create': createQuotes,
    'carts.create': createCart,
    'carts.get': getCart,
    'carts.update': updateCart,
    'carts.addLine': addLine,
    'carts.updateLine': updateLine,
    'carts.removeLine': removeLine,
    'carts.applyCode': applyCode,
    'carts.applyDiscount': applyDiscount,
    'carts.removeCode': removeCode,
    'carts.merge': mergeCheckedOut,
    'carts.checkout': startCheckout,
    'orders.get': hidingFromKeys(getOrder),
    'orders.refreshPayment': hidingFromKeys(refreshPayment),
    'orders.claim': claimOwnOrder,
    'me.cart': myCart,
    'me.takeCart': takeCart,
    'me.orders': myOrders,
    'me.entitlements': myEntitlements,
    'me.chooseRun': chooseRun,
    'admin.products.list': listAdminProducts,
    'admin.products.get': getAdminProduct,
    'admin.products.create': createProduct,
    'admin.products.update': updateProduct,
    'admin.products.archive': archiveProduct,
    'admin.products.import': importCatalog,
    'admin.products.priceChanges': listPriceChanges,
    ...recordsOf('admin.collections', () => productCollectionKind),
    ...recordsOf('admin.priceLists', () => priceListKind),
    ...recordsOf('admin.promotions', (ports) => promotionKind(ports.kinds, ports.productTypes)),
    'admin.promotions.preview': previewPromotion,
    'admin.promotions.previewCarts': previewCarts,
    'admin.carts.explain': hidingInSteps(explainCart),
    ...recordsOf('admin.codes', () => codeKind),
    ...recordsOf('admin.codeBatches', () => codeBatchKind),
    'admin.codeBatches.create': createCodeBatch,
    'admin.codeBatches.mint': mintCodes,
    'admin.codeBatches.codes': codesOfBatch,
    'admin.codeBatches.assign': assignCodes,
    'admin.codeBatches.toRemind': codesToRemind,
    'admin.codeBatches.markReminded': markReminded,
    ...recordsOf('admin.taxRates', () => taxRateKind),
    ...recordsOf('admin.sellers', () => sellerKind),
    ...recordsOf('admin.paymentAccounts', (ports) => paymentAccountKind(ports.payments)),
    'admin.paymentAccounts.create': async (ports, call, input) => {
      const made = await createRecord(ports, call, paymentAccountKind(ports.payments), input)
      await scheduleRounds(ports)
      return made
    },
    'admin.sites.list': (ports, call, input) => listRecords(ports, call, siteKindOf(call), input),
    'admin.sites.get': (ports, call, input) => getRecord(ports, call, siteKindOf(call), input),
    'admin.sites.create': createSite,
    'admin.sites.update': updateSite,
    'admin.orders.list': hidingInOrders(siteOrders),
    'admin.orders.get': hidingInOrder(getOrder),
    'admin.orders.explain': hidingInSteps(explainOrder),
    'admin.orders.refundOptions': (ports, call, input) =>
      orderRefundOptions({ ...ports, askFacts: (of) => askRefundFacts(ports, call.scope, of) }, call, input),
    'admin.orders.cancel': hidingInOrder(cancelUnpaidOrder),
    'admin.orders.claim': hidingInOrder(claimOrderFor),
    'admin.payments.get': getPayment,
    'admin.payments.capture': hidingInOrder(capturePayment),
    'admin.grants.list': listGrants,
    'admin.grants.retry': retryGrant,
    'admin.grants.complete': completeGrant,
    'admin.customers.get': getCustomer,
    'admin.customers.put': putCustomer,
    'admin.customers.find': findCustomers,
    'admin.customers.export': exportCustomer,
    'admin.customers.erase': eraseCustomer,
    'admin.apiKeys.list': listApiKeys,
    'admin.apiKeys.create': createApiKey,
    'admin.apiKeys.revoke': revokeApiKey,
    'admin.jobs.list': listJobs,
    'admin.jobs.depth': depthOfJobs,
    'admin.jobs.retry': retryJob,
    'admin.jobs.dismiss': dismissJob,
    'admin.auditEvents.list': listAuditEvents,
    'admin.reports.doctor': doctor,
  }
}

type RecordNoun =
  | 'collections'
  | 'priceLists'
  | 'promotions'
  | 'codes'
  | 'codeBatches'
  | 'taxRates'
  | 'sellers'
  | 'paymentAccounts'

type RecordOperations<N extends RecordNoun> = Pick<
  OperationTable,
  `admin.${N}.list` | `admin.${N}.get` | `admin.${N}.create` | `admin.${N}.update`
>

/** The four operations of a kind of simple record. */
function recordsOf<N extends RecordNoun, T extends { id: string }, New extends { id?: string | undefined }>(
  noun: `admin.${N}`,
  kind: (ports: CommercePorts) => RecordKind<T, New>,
): RecordOperations<N> {
  const operations = {
    [`${noun}.list`]: (ports: CommercePorts, call: Call, input: Parameters<typeof listRecords>[3]) =>
      listRecords(ports, call, kind(ports), input),
    [`${noun}.get`]: (ports: CommercePorts, call: Call, input: { id: string }) =>
      getRecord(ports, call, kind(ports), input),
    [`${noun}.create`]: (ports: CommercePorts, call: Call, input: New) => createRecord(ports, call, kind(ports), input),
    [`${noun}.update`]: (ports: CommercePorts, call: Call, input: Parameters<typeof updateRecord<T, New>>[3]) =>
      updateRecord(ports, call, kind(ports), input),
  }
  // The kind's own types are those of the noun's operations: the schemas, which are checked against them, stand between.
  return operations as unknown as RecordOperations<N>
}
