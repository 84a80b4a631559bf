/** What the ids of each kind of record begin with. An id is `prefix_` and 26 characters (see `newId`). */
export const ID_PREFIXES = {
  apiKey: 'key',
  assignment: 'asg',
  auditEvent: 'aud',
  budget: 'bud',
  cart: 'crt',
  cartLine: 'lin',
  code: 'cod',
  codeBatch: 'cbt',
  collection: 'col',
  customer: 'cus',
  customerGroup: 'cgr',
  dispute: 'dis',
  entitlement: 'ent',
  event: 'evt',
  experiment: 'exp',
  exposure: 'xps',
  grant: 'grt',
  hold: 'hld',
  job: 'job',
  journalTransaction: 'jtx',
  operation: 'pop',
  operator: 'opr',
  order: 'ord',
  orderLine: 'oln',
  organisation: 'org',
  payment: 'pay',
  paymentAccount: 'pac',
  priceList: 'prl',
  product: 'prd',
  promotion: 'pro',
  publication: 'pub',
  refund: 'ref',
  request: 'req',
  seat: 'sea',
  seatPool: 'spl',
  seller: 'sel',
  settlement: 'stl',
  site: 'sit',
  variant: 'var',
  webhookEndpoint: 'whk',
} as const

/** A kind of record that has ids of its own. */
export type IdKind = keyof typeof ID_PREFIXES

/** The three letters that an id of that kind begins with. */
export type IdPrefix = (typeof ID_PREFIXES)[IdKind]
