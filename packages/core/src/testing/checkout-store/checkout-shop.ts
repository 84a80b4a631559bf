import { createCommerceClient } from '../../client/index.ts'
import type { Commerce } from '../../commerce/commerce.ts'
import { type CommerceClient, clientBuilder, routes } from '../../contract/index.ts'
import type { Money } from '../../money/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { Principal } from '../../ports/index.ts'
import { call, type FaultyNetwork, type NetworkTab } from '../cart-store/faulty-network.ts'
import { expectThat } from '../expectations.ts'
import { type MemoryShop, memoryShop } from '../memory-shop.ts'
import { type SimulatedProcessor, signTestEvent, TEST_SIGNATURE_HEADER } from '../simulated-processor/index.ts'
import { testFetch } from '../test-fetch.ts'
import type { TestRuntime } from '../test-runtime.ts'

/** Customer id of who is signed in, or null. */
export type Shopper = string | null

/** A shop for one case, and how tabs reach it. */
export interface CheckoutShop {
  /** Variant ids; the course costs 49.00 EUR and 49.00 USD, of the place there is one. */
  readonly variants: MemoryShop['variants']
  /** Takes the tokens of `PAYMENT_SCRIPTS`, and is the truth about money. */
  readonly processor: SimulatedProcessor
  /** A client that reaches the shop through the network, for whoever the shopper is at each request. */
  client(network: FaultyNetwork, tab: NetworkTab, shopper: () => Shopper): CommerceClient
  /** A client that no network lies before. */
  direct(shopper: Shopper, cartToken?: string): CommerceClient
  /** Changes what the course costs in EUR, minor units. */
  setPrice(amount: number): Promise<void>
  /** Delivers the webhooks that are due, and does the jobs that they make. */
  sendWebhooks(): Promise<void>
  /** All orders of the shop. */
  orders(): Promise<readonly OrderView[]>
  /** Ids of the orders that any answer said to be placed. */
  readonly told: ReadonlySet<string>
  /** What the processor took for each order and has not given back. */
  taken(): Map<string, Money[]>
}

/** How a tab calls the shop. */
export type CheckoutShopKind = 'in_process' | 'remote'

const build = clientBuilder<CommerceClient>(routes)

const principal = (shopper: Shopper, cartToken: string | undefined): Principal =>
  shopper === null
    ? { type: 'shopper', site: 'main', cartToken }
    : { type: 'customer', site: 'main', customerId: shopper, cartToken }

/** A small shop in memory, on the clock of the tabs; what waits in it waits no time. */
export async function checkoutShop(kind: CheckoutShopKind, runtime: TestRuntime): Promise<CheckoutShop> {
  const { commerce, system, processor, variants } = await memoryShop({
    runtime: { ...runtime, sleep: async () => {} },
  })
  await sellInDollars(system)
  const told = new Set<string>()
  /** Reads what an answer says of orders. */
  const listen = <T>(answer: T): T => {
    const { order, id, state } = (answer ?? {}) as { order?: OrderView; id?: string; state?: string }
    for (const seen of [order, { id, state }]) {
      if (seen?.id !== undefined && (seen.state === 'placed' || seen.state === 'closed')) told.add(seen.id)
    }
    return answer
  }
  const asks = (operation: string, who: Principal, input: unknown, options: object): Promise<unknown> =>
    call(commerce.as(who), operation, input, options).then(listen)
  const fetch = testFetch(commerce, principal)
  const listeningFetch: typeof fetch = async (address, init) => {
    const response = await fetch(address, init)
    listen(await response.clone().json())
    return response
  }
  const inProcess: CheckoutShop['client'] = (network, tab, shopper) =>
    network.client(
      build((operation, input, options) => asks(operation, principal(shopper(), options.cartToken), input, options)),
      tab,
    )
  const remote: CheckoutShop['client'] = (network, tab, shopper) =>
    createCommerceClient({
      baseUrl: 'https://shop.example',
      fetch: network.fetch(listeningFetch, tab),
      token: shopper,
    })
  return {
    variants,
    processor,
    told,
    client: kind === 'remote' ? remote : inProcess,
    direct: (shopper, cartToken) => commerce.as(principal(shopper, cartToken)),
    setPrice: (amount) => priceCourse(system, amount),
    sendWebhooks: () => sendWebhooks(commerce, processor, runtime),
    async orders() {
      return (await system.admin.orders.list({ limit: 100 })).items
    },
    taken() {
      const byOrder = new Map<string, Money[]>()
      for (const { orderId, captured, refunded, amount } of processor.payments()) {
        if (captured - refunded === 0) continue
        byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), { ...amount, amount: captured - refunded }])
      }
      return byOrder
    },
  }
}

async function sellInDollars({ admin }: MemoryShop['system']): Promise<void> {
  await admin.priceLists.create({ id: 'usd', name: 'Dollars', currency: 'USD' })
  await admin.paymentAccounts.create({
    ...{ id: 'card-usd', processor: 'test', mode: 'test', seller: 'school-ltd', currencies: ['USD'], title: 'Card' },
    secretRefs: { key: 'key', webhook: 'webhook' },
  })
  await admin.sites.update({
    ...{ id: 'main', currencies: ['EUR', 'USD'], priceLists: ['list', 'usd'], paymentAccounts: ['card', 'card-usd'] },
  })
  await priceCourse({ admin }, 4900)
}

async function priceCourse({ admin }: Pick<MemoryShop['system'], 'admin'>, amount: number): Promise<void> {
  const { items } = await admin.products.list({ search: 'Algebra' })
  const found = items[0]
  expectThat(found !== undefined, 'the shop has Algebra')
  const prices = [
    { priceList: 'list', amount },
    { priceList: 'usd', amount: 4900 },
  ]
  await admin.products.update({ productId: found.product.id, variants: [{ name: 'standard', prices }] })
}

async function sendWebhooks(commerce: Commerce, processor: SimulatedProcessor, runtime: TestRuntime): Promise<void> {
  for (const { id, account, rawBody } of processor.dueDeliveries()) {
    const signature = await signTestEvent({ secrets: ['webhook'], rawBody, at: runtime.now() })
    const headers = new Headers({ [TEST_SIGNATURE_HEADER]: signature })
    await commerce.handleWebhook(account, new TextEncoder().encode(rawBody), headers)
    processor.settleDelivery(id, 'accepted')
  }
  await commerce.jobs.runDue()
}
