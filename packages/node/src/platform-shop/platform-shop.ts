import { type Commerce, createCommerce, type FulfilmentProvider, type Logger, type Storage } from '@bursar/core'
import type { OrderView } from '@bursar/core/client'
import { simulatedProcessor, type TestRuntime } from '@bursar/core/testing'
import { manualProcessor } from '../manual-processor/index.ts'

/** A shop of one operator with two sites that sells from a platform, on a clock that the test moves. */
export interface PlatformShop {
  readonly commerce: Commerce
  /** Puts a course on both sites; answers the variant's id. */
  addVariant(variant: NewVariant): Promise<string>
  /** Buys one of a variant. */
  buy(purchase: { variantId: string; learner: string; site?: 'main' | 'second'; account?: string }): Promise<OrderView>
  order(order: { id: string; learner: string; site?: 'main' | 'second' }): Promise<OrderView>
  /** Runs what is due, and lets time pass in which it has to wait. */
  runDue(): Promise<number>
  /** Waits for something that sleeps by the shop's clock. */
  meanwhile<T>(promise: Promise<T>): Promise<T>
}

/** What is to be sold. */
export interface NewVariant {
  readonly type?: 'course' | 'program'
  readonly target?: { readonly course: string; readonly mode: string }
  readonly serviceStart?: string | null
  readonly parts?: readonly string[]
}

const SITES = ['main', 'second'] as const

/** Opens the shop on an empty storage. */
export async function platformShop(parts: {
  readonly storage: Storage
  readonly runtime: TestRuntime
  readonly platform: FulfilmentProvider
  readonly logger?: Logger
}): Promise<PlatformShop> {
  const { storage, runtime, platform, logger } = parts
  const commerce = createCommerce({
    storage,
    runtime,
    logger,
    payments: { test: simulatedProcessor({ runtime }), invoice: manualProcessor({ instructions: () => 'Pay.' }) },
    fulfilment: { campus: platform },
    secrets: (ref) => ref,
  })
  await commerce.migrate()
  await fill(commerce)
  let added = 0

  async function meanwhile<T>(promise: Promise<T>): Promise<T> {
    let isOver = false
    const over = promise.finally(() => {
      isOver = true
    })
    over.catch(() => {})
    for (let turn = 0; !isOver; turn += 1) {
      await new Promise(setImmediate)
      // What sleeps has a few turns of the event loop before its time comes.
      if (turn % 10 === 9 && runtime.sleeping() > 0) await runtime.advance(1)
    }
    return over
  }

  return {
    commerce,
    meanwhile,
    async addVariant({ type = 'course', target, serviceStart = null, parts: partIds }) {
      added += 1
      const bundle =
        partIds === undefined
          ? null
          : {
              parts: partIds.map((variantId, index) => ({ id: `part-${index + 1}`, variantId })),
              pricing: { type: 'own_price' } as const,
              ownedParts: 'sell_all' as const,
            }
      const fulfilment = target === undefined ? null : { provider: 'campus', target: { ...target } }
      const made = await commerce.as({ type: 'system', site: 'main' }).admin.products.create({
        ...{ type, title: `Product ${added}`, publication: {} },
        variants: [
          {
            ...{ name: 'standard', serviceStart, fulfilment, bundle, prices: [{ priceList: 'eur', amount: 4900 }] },
            // Rights from several orders for the same course are what its tests are about.
            repeatable: true,
          },
        ],
      })
      const second = commerce.as({ type: 'system', site: 'second' })
      await second.admin.products.update({ productId: made.product.id, publication: {} })
      return made.variants[0]?.id ?? ''
    },
    async buy({ variantId, learner, site = 'main', account = 'card' }) {
      const client = commerce.as({ type: 'customer', site, customerId: learner })
      const { cart } = await meanwhile(client.carts.create({}))
      const { quote } = await meanwhile(client.carts.addLine({ cartId: cart.id, lineId: 'line-1', variantId }))
      const paid = account === 'card' ? { paymentToken: 'tok_approve' } : {}
      const bought = await meanwhile(
        client.carts.checkout(
          {
            cartId: cart.id,
            expectedTotal: { amount: quote.total, currency: quote.currency },
            paymentAccount: account,
            ...paid,
          },
          { idempotencyKey: `key-${cart.id}` },
        ),
      )
      return bought.order
    },
    order: ({ id, learner, site = 'main' }) =>
      commerce.as({ type: 'customer', site, customerId: learner }).orders.get({ orderId: id }),
    runDue: () => meanwhile(commerce.jobs.runDue()),
  }
}

async function fill(commerce: Commerce): Promise<void> {
  const site = { country: 'DE', currencies: ['EUR'], deliversOnAccount: true }
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', ...site },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  const account = { mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] } as const
  const secretRefs = { webhook: 'webhook', key: 'key' }
  await admin.paymentAccounts.create({ ...account, id: 'card', processor: 'test', title: 'Card', secretRefs })
  await admin.paymentAccounts.create({ ...account, id: 'invoice', processor: 'invoice', title: 'Invoice' })
  await admin.sites.create({ id: 'second', name: 'Second', seller: 'acme-ltd', ...site })
  for (const id of SITES) {
    await admin.sites.update({ id, priceLists: ['eur'], paymentAccounts: ['card', 'invoice'] })
  }
}
