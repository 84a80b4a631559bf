import type { VariantInput } from '../catalog/index.ts'
import type { CheckoutResult } from '../checkout/index.ts'
import type { InProcessClient } from '../commerce/commerce.ts'
import { createCommerce } from '../commerce/index.ts'
import type { CommerceOptions } from '../commerce/options.ts'
import type { OperationInput } from '../contract/index.ts'
import type { Storage } from '../ports/index.ts'
import type { NewSite } from '../site/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { assertHealthy } from './assert-healthy.ts'
import { type SimulatedPlatform, simulatedPlatform } from './simulated-platform/index.ts'
import { type SimulatedProcessor, simulatedProcessor } from './simulated-processor/index.ts'
import { type TestRuntime, testRuntime } from './test-runtime.ts'

/** A shop whose courses are delivered by a learning platform that is asked what learners own. */
export interface CampusShop {
  readonly storage: Storage
  readonly runtime: TestRuntime
  readonly platform: SimulatedPlatform
  readonly processor: SimulatedProcessor
  /** The operator's own client. */
  readonly system: InProcessClient
  /** A customer's client, with the token of a cart that was theirs before they signed in. */
  as(hostId: string, cartToken?: string): InProcessClient
  /** A client of somebody who is not signed in. */
  guest(): InProcessClient
  /** Makes a course `name`, with a mode of the platform's for each price, and answers the variants' ids by mode. */
  course(name: string, prices: Readonly<Record<string, number>>, changes?: Partial<VariantInput>): Promise<Modes>
  /** Makes a product with one variant. */
  product(type: string, title: string, variant: Omit<VariantInput, 'name'>): Promise<string>
  /** Buys these lines in a cart of their own and delivers what is due. */
  buy(
    hostId: string,
    lines: readonly Line[],
    options?: { paymentToken?: string; codes?: readonly string[] },
  ): Promise<CheckoutResult>
  /** Gives money of the last payment back at the processor itself, and has its customer's order follow. */
  refundElsewhere(hostId: string, orderId: string, amount: number): Promise<void>
  /** Runs what is due. */
  runJobs(): Promise<unknown>
  /** Lets time pass until something that waits has come to its end. */
  settle<T>(work: Promise<T>): Promise<T>
}

type Modes = { readonly [mode: string]: string }
type Line = Omit<NonNullable<OperationInput<'carts.create'>['lines']>[number], 'lineId'>

const SITE = 'main'
const OPERATOR = 'campus'

/** A site in EUR with prices that contain tax, 19 % of learning. */
export async function campusShop(
  options: {
    storage?: Storage | undefined
    site?: Partial<NewSite> | undefined
    /** Providers besides the platform. */
    fulfilment?: CommerceOptions['fulfilment']
  } = {},
): Promise<CampusShop> {
  const { storage = memoryStorage() } = options
  const runtime = testRuntime()
  const platform = simulatedPlatform({ runtime })
  const processor = simulatedProcessor({ runtime })
  const commerce = createCommerce({
    ...{ storage, runtime, fulfilment: { ...options.fulfilment, lms: platform }, secrets: (ref: string) => ref },
    payments: { test: processor },
  })
  await commerce.migrate()
  await commerce.install({
    operator: { id: OPERATOR, name: 'Campus' },
    seller: { id: 'campus-ltd', legalName: 'Campus Ltd', country: 'DE', currency: 'EUR' },
    site: { id: SITE, name: 'Campus', country: 'DE', currencies: ['EUR'] },
  })
  const as = (hostId: string, cartToken?: string) =>
    commerce.as({ type: 'customer', site: SITE, customerId: hostId, ...(cartToken === undefined ? {} : { cartToken }) })
  const system = commerce.as({ type: 'system', site: SITE })
  const { admin } = system
  await admin.priceLists.create({ id: 'eur', name: 'List', currency: 'EUR' })
  await admin.taxRates.create({ id: 'vat', country: 'DE', category: '*', name: 'VAT', rate: '19' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', processor: 'test', mode: 'test', seller: 'campus-ltd', currencies: ['EUR'], title: 'Card' },
    secretRefs: { key: 'key', webhook: 'webhook' },
  })
  await admin.sites.update({ ...options.site, id: SITE, priceLists: ['eur'], paymentAccounts: ['card'] })
  const make = async (type: string, title: string, variants: readonly VariantInput[]): Promise<Modes> => {
    const made = await admin.products.create({ type, title, variants, publication: {} })
    return Object.fromEntries(made.variants.map(({ name, id = '' }) => [name, id]))
  }
  const priced = (amount: number) => [{ priceList: 'eur', amount }]
  return {
    ...{ storage, runtime, platform, processor, system, as },
    guest: () => commerce.as({ type: 'shopper', site: SITE }),
    course: (name, prices, changes = {}) => {
      const modes = Object.keys(prices)
      platform.addCourses([{ id: name, modes: modes.map((mode) => ({ mode: mode as 'audit' })) }])
      const variants = Object.entries(prices).map(([mode, amount]) => ({
        ...{ name: mode, prices: priced(amount ?? 0), fulfilment: { provider: 'lms', target: { course: name, mode } } },
        ...changes,
      }))
      return make('course', name, variants)
    },
    product: async (type, title, variant) => {
      const [id = ''] = Object.values(await make(type, title, [{ name: 'standard', ...variant }]))
      return id
    },
    buy: async (hostId, lines, { paymentToken = 'tok_approve', codes = [] } = {}) => {
      const { carts } = as(hostId)
      const made = await carts.create({ lines: lines.map((line, place) => ({ ...line, lineId: `l${place}` })) })
      let { quote } = made
      for (const code of codes) quote = (await carts.applyCode({ cartId: made.cart.id, code })).quote
      const expectedTotal = { amount: quote.total, currency: quote.currency }
      const key = { idempotencyKey: runtime.newId('job') }
      const bought = await carts.checkout({ cartId: made.cart.id, expectedTotal, paymentToken }, key)
      await commerce.jobs.runDue()
      await assertHealthy(storage, { operator: OPERATOR })
      return bought
    },
    async refundElsewhere(hostId, orderId, amount) {
      const account = { id: 'card', mode: 'test', secret: async (name: string) => name } as const
      const { reference = '' } = processor.payments().at(-1) ?? {}
      await processor.refund(account, { key: runtime.newId('job'), reference, amount: { amount, currency: 'EUR' } })
      await as(hostId).orders.refreshPayment({ orderId })
      await assertHealthy(storage, { operator: OPERATOR })
    },
    runJobs: () => commerce.jobs.runDue(),
    async settle(work) {
      let isDone = false
      const end = () => {
        isDone = true
      }
      work.then(end, end)
      while (!isDone) await runtime.advance(50)
      return work
    },
  }
}
