import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StepName } from '@bursar/core'
import type { CartWithQuote, CheckoutResult, OrderView, PageOf, ProductView } from '@bursar/core/client'
import { testProcessor, testProcessorLog } from '../test-processor/index.ts'
import { type KillPlace, killFiles } from './kill-shop.ts'
import { startKillServer } from './start-kill-server.ts'

/** Where the servers die, and how the shopper pays. */
export interface Kill {
  /** The first server dies at the first of these moments, the one after it at the second, … the last one lives. */
  readonly deaths: readonly Death[]
  /** What the processor's browser fields gave. */
  readonly token: string
  /** Does the buyer's page ask for news of the payment? Otherwise only the webhook, or the reconciler, brings them. */
  readonly asks: boolean
  /**
   * Servers at once on one database: the buyer's requests go to them in turn, and each dies when it comes to the first of
   * the deaths. @default 1
   */
  readonly servers?: number
}

/** A moment of a purchase. */
export interface Death {
  readonly step: StepName
  /** At which time that the step is reached. @default 1 */
  readonly time?: number
}

/** What the buyer saw, and how the servers ended. */
export interface KilledPurchase {
  readonly order: OrderView
  /** The signal that ended each server that died, or its exit code. */
  readonly ends: readonly (string | number | null)[]
  /** The steps at which they said that they die. */
  readonly diedAt: readonly string[]
}

/** The clock of the server that comes after a killed one: a lease lasts a minute. */
const LATER_MS = 2 * 60_000
/** How long a buyer waits for the order to be delivered. */
const PATIENCE_MS = 60_000

/**
 * Buys the course over HTTP from servers in processes of their own. When a server dies, the next one is started and the
 * buyer goes on as a client does: the same request with the same key, then looking at the order until it is delivered.
 */
export async function killedPurchase(
  place: KillPlace,
  { deaths, token, asks, servers: count = 1 }: Kill,
): Promise<KilledPurchase> {
  const ends: (string | number | null)[] = []
  const start = (death: Death | undefined) => {
    const kill = death === undefined ? {} : { KILL_AT: death.step, KILL_TIME: String(death.time ?? 1) }
    return startKillServer(place, { ...kill, LATER_MS: String(ends.length * LATER_MS) })
  }
  const servers = await Promise.all(Array.from({ length: count }, () => start(deaths[0])))
  let asked = 0

  async function revive(): Promise<void> {
    for (const [index, { child }] of servers.entries()) {
      const { exitCode, signalCode } = child
      if (exitCode === null && signalCode === null) continue
      ends.push(signalCode ?? exitCode)
      servers[index] = await start(deaths[ends.length])
    }
  }

  async function ask<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const headers: Record<string, string> = { 'x-learner': 'learner-1', 'content-type': 'application/json' }
    if (key !== undefined) headers['idempotency-key'] = key
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      asked += 1
      const response = await fetch(`${servers[asked % count]?.url}${path}`, init).catch(() => null)
      if (response?.ok) return (await response.json()) as T // of the operation at this path
      if (response !== null && response.status < 500)
        throw new Error(`${path}: ${response.status} ${await response.text()}`)
      await sleep(25)
      await revive()
    }
    throw new Error(`${path} was never answered.`)
  }

  try {
    const products = await ask<PageOf<ProductView>>('GET', '/v1/products')
    const variantId = products.items[0]?.variants[0]?.id
    const made = await ask<CartWithQuote>('POST', '/v1/carts', { lines: [{ lineId: 'algebra', variantId }] })
    const { cart, quote } = await ask<CartWithQuote>(
      'POST',
      `/v1/carts/${made.cart.id}/codes`,
      { code: 'TENOFF' },
      'key-of-code',
    )
    const input = { expectedTotal: { amount: quote.total, currency: quote.currency }, paymentToken: token }
    const bought = await ask<CheckoutResult>('POST', `/v1/carts/${cart.id}/checkout`, input, 'key-of-buying')
    if (bought.payment?.next?.type === 'client_secret') await confirm(place.folder, bought.payment.next.clientSecret)
    const order = await waitFor(async () => {
      await revive()
      const seen = await ask<OrderView>('GET', `/v1/orders/${bought.order.id}`)
      if (asks && seen.money.state === 'unpaid') await ask('POST', `/v1/orders/${bought.order.id}/payment/refresh`)
      return seen.delivery === 'delivered' && ends.length >= deaths.length ? seen : null
    })
    return { order, ends, diedAt: diedAt(place.folder) }
  } finally {
    for (const { child } of servers) child.kill('SIGKILL')
  }
}

/** The shopper proves who they are in the processor's own window: the shop has no part in it. */
async function confirm(folder: string, clientSecret: string): Promise<void> {
  const processor = testProcessor({ file: killFiles(folder).processor })
  await processor.confirm(clientSecret, 'approve')
  processor.close()
}

function diedAt(folder: string): string[] {
  const { deaths } = killFiles(folder)
  return existsSync(deaths) ? readFileSync(deaths, 'utf8').trim().split('\n') : []
}

async function waitFor<T>(look: () => Promise<T | null>): Promise<T> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen !== null) return seen
    if (performance.now() > until) throw new Error('The order was not delivered in time.')
    await sleep(30)
  }
}

/** The effects on money, in the processor's own log. */
export function moneyEffects(folder: string): string[] {
  return testProcessorLog(killFiles(folder).processor).map(({ effect }) => effect)
}
