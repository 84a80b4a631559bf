import type { OperationName } from './operation.ts'

const records = <const P extends string>(prefix: P, one: string, many: string) =>
  ({
    [`${prefix}.list`]: `Lists ${many}.`,
    [`${prefix}.get`]: `Answers one ${one}.`,
    [`${prefix}.create`]: `Makes a ${one}.`,
    [`${prefix}.update`]: `Changes a ${one}; what is absent stays.`,
    // A computed name is typed as any text; these four are all there are.
  }) as { [K in `${P}.${'list' | 'get' | 'create' | 'update'}`]: string }

/** One sentence for each operation, for the documents. A missing or unknown one does not compile. */
export const summaries: { readonly [N in OperationName]: string } = /* @__PURE__ */ makeSummaries()

/** One sentence for each noun, for the documents. */
export const nounSummaries: { readonly [noun: string]: string } = {
  site: 'The site of the call.',
  products: 'What is sold on the site.',
  quotes: 'Prices without a cart.',
  carts: 'Carts. Every command answers the whole cart and its quote.',
  orders: 'Orders of the caller.',
  me: 'What belongs to the customer who calls.',
  'admin.products': 'The catalog.',
  'admin.priceLists': 'Prices by currency, group, country and time.',
  'admin.promotions': 'Conditions and what they give.',
  'admin.codes': 'What shoppers type to get a promotion.',
  'admin.taxRates': 'Rates of taxes by place and category.',
  'admin.sites': 'Storefronts.',
  'admin.sellers': 'Legal entities that sell.',
  'admin.paymentAccounts': 'Accounts at processors.',
  'admin.orders': 'Orders as staff see them.',
  'admin.payments': 'Attempts to take money.',
  'admin.grants': 'Deliveries.',
  'admin.customers': 'People and what is kept about them.',
  'admin.apiKeys': 'Keys of services.',
  'admin.jobs': 'What is done in the background.',
  'admin.auditEvents': 'Who changed what, when.',
  'admin.reports': 'What is reckoned over many records.',
  server: 'What is not JSON in and JSON out.',
}

function makeSummaries(): { readonly [N in OperationName]: string } {
  return {
    'site.get': 'Answers the site: currencies, locales, ways to pay, theme.',
    'products.list': 'Lists published products, by search or in the site’s order.',
    'products.get': 'Answers one product by id or slug.',
    'quotes.create': 'Prices up to 50 lines for the caller, without writing anything.',
    'carts.create': 'Makes a cart: the customer’s, or an anonymous one whose token is in the answer.',
    'carts.get': 'Answers the cart and its quote.',
    'carts.update': 'Changes the cart’s currency or place.',
    'carts.addLine': 'Adds a line; the same line id with the same variant sets it.',
    'carts.updateLine': 'Sets quantity or recipient of a line.',
    'carts.removeLine': 'Removes a line; one that is not there is no error.',
    'carts.applyCode': 'Applies a code.',
    'carts.removeCode': 'Removes a code; one that is not there is no error.',
    'carts.merge': 'Takes an anonymous cart into the customer’s; repeated, it changes nothing.',
    'carts.checkout': 'Starts the purchase of the cart at the total that the shopper saw.',
    'orders.get': 'Answers one order.',
    'orders.refreshPayment': 'Asks the processor how the payment stands, and answers the order as it is then.',
    'orders.claim':
      'Makes a guest’s order, known by its cart’s token, the customer’s own, and delivers what waited for it.',
    'me.orders': 'Lists the customer’s orders on this site, newest first.',
    'me.entitlements': 'Lists the customer’s rights at this operator, newest first.',
    'admin.products.list': 'Lists the operator’s products, newest first, or by search.',
    'admin.products.get': 'Answers one product with its variants and prices.',
    'admin.products.create': 'Makes a product with its variants and prices.',
    'admin.products.update': 'Changes a product, its variants, prices and publication.',
    'admin.products.archive': 'Takes a product off sale everywhere; orders keep it.',
    'admin.products.import': 'Makes or changes products by their external ids, all or nothing.',
    ...records('admin.priceLists', 'price list', 'price lists'),
    ...records('admin.promotions', 'promotion', 'promotions'),
    ...records('admin.codes', 'code', 'codes'),
    ...records('admin.taxRates', 'tax rate', 'tax rates'),
    ...records('admin.sites', 'site', 'sites'),
    ...records('admin.sellers', 'seller', 'sellers'),
    ...records('admin.paymentAccounts', 'payment account', 'payment accounts'),
    'admin.orders.list': 'Lists the site’s orders, newest first.',
    'admin.orders.get': 'Answers one order.',
    'admin.orders.explain': 'Says how an order came to its price: priced again, each step told.',
    'admin.orders.cancel': 'Ends an order that is not paid.',
    'admin.orders.claim': 'Gives a guest’s order, or what it holds for an e-mail, to the customer whose it is.',
    'admin.payments.get': 'Answers one payment.',
    'admin.payments.capture': 'Takes authorised money, or records that an invoice was paid.',
    'admin.grants.list': 'Lists deliveries of the site’s orders by state.',
    'admin.grants.retry': 'Tries a parked delivery again.',
    'admin.grants.complete': 'Says that a delivery by hand was done.',
    'admin.customers.get': 'Answers one customer.',
    'admin.customers.put': 'Makes or changes the customer with this id at the host.',
    'admin.customers.export': 'Answers everything kept about one person.',
    'admin.customers.erase': 'Erases a person’s data; the books stay as they are.',
    'admin.apiKeys.list': 'Lists the operator’s API keys.',
    'admin.apiKeys.create': 'Makes an API key; its secret is in this answer and nowhere else.',
    'admin.apiKeys.revoke': 'Ends an API key.',
    'admin.jobs.list': 'Lists jobs by state.',
    'admin.jobs.retry': 'Lets a parked job run again.',
    'admin.auditEvents.list': 'Says who changed a record, newest first.',
    'admin.reports.doctor': 'Checks the invariants on the operator’s live data.',
  }
}
