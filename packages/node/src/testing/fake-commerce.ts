import {
  BursarError,
  type BuyInput,
  type Commerce,
  type OperationOptions,
  type Principal,
  type RequestFacts,
  type ResolvedSite,
} from '@bursar/core'

/** One call of `invoke`. */
export interface Invocation {
  operation: string
  principal: Principal
  input: unknown
  options: OperationOptions
}

/** One call of `handleWebhook`. */
export interface WebhookCall {
  account: string
  bytes: Uint8Array
  signature: string | null
}

/** A shop that does nothing but remember what it was asked, and what it is told to answer. */
export interface FakeCommerce extends Commerce {
  readonly invocations: Invocation[]
  readonly webhooks: WebhookCall[]
  readonly purchases: { principal: Principal; input: BuyInput }[]
  /** What happened to the shop as a whole, in order: `migrate`, `jobs.start`, … */
  readonly life: string[]
  /** What `invoke` answers. @default an empty object */
  answer: (invocation: Invocation) => unknown
  /** What `ready` answers. @default true */
  isReady: () => Promise<boolean>
}

const SITES: Readonly<Record<string, ResolvedSite>> = {
  'shop.test': { operator: 'opr_a', site: 'main', origins: ['https://learn.test'] },
  'other.test': { operator: 'opr_b', site: 'other', origins: [] },
}

/** Two sites: `shop.test` (pages at https://learn.test too) and `other.test`, of two operators. */
export function fakeCommerce(): FakeCommerce {
  const life: string[] = []
  const shop: FakeCommerce = {
    invocations: [],
    webhooks: [],
    purchases: [],
    life,
    answer: () => ({}),
    isReady: async () => true,
    as: () => {
      throw new Error('the handler speaks to invoke')
    },
    invoke: async (operation, principal, input, options = {}) => {
      const invocation = { operation, principal, input, options }
      shop.invocations.push(invocation)
      return shop.answer(invocation)
    },
    siteOf: async (request) => resolved(request),
    authenticate: async (request) => principalOf(request),
    buy: async (principal, input) => {
      shop.purchases.push({ principal, input })
      const token =
        principal.type === 'shopper' && principal.cartToken === undefined ? 'new-token-of-43-chars' : undefined
      return { location: `${input.returnUrl}?bursar_cart=crt_1`, cartId: 'crt_1', token }
    },
    handleWebhook: async (account, rawBody, headers) => {
      if (account === 'unknown') throw new BursarError('not_found')
      const bytes = typeof rawBody === 'function' ? await rawBody() : rawBody
      shop.webhooks.push({ account, bytes, signature: headers.get('x-signature') })
    },
    jobs: {
      start: () => life.push('jobs.start'),
      stop: async () => void life.push('jobs.stop'),
      runDue: async () => 0,
    },
    ready: () => shop.isReady(),
    install: async () => void life.push('install'),
    migrate: async () => void life.push('migrate'),
    close: async () => void life.push('close'),
  }
  return shop
}

function resolved({ host, header }: RequestFacts): ResolvedSite {
  const named = Object.values(SITES).find(({ site }) => site === header('bursar-site'))
  const site =
    named ?? SITES[host.replace(/:\d+$/, '')] ?? (host.startsWith('127.0.0.1') ? SITES['shop.test'] : undefined)
  if (site === undefined) throw new BursarError('site_unknown')
  return site
}

function principalOf(request: RequestFacts): Principal {
  const { site } = resolved(request)
  const authorization = request.header('authorization')
  if (authorization === 'Bearer wrong') throw new BursarError('unauthenticated')
  if (authorization !== null) return { type: 'customer', site, customerId: 'learner-1' }
  return { type: 'shopper', site, cartToken: request.header('bursar-cart-token') ?? undefined }
}
