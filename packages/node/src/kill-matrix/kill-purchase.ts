import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CartWithQuote, CheckoutResult, OrderView, PageOf, ProductView } from '@bursar/core/client'
import { testProcessorLog } from '../test-processor/index.ts'
import { killFiles } from './kill-shop.ts'

/** Where the server dies, and what the shopper pays with. */
export interface Kill {
  /** A step, or null: it lives. */
  readonly step: string | null
  /** At which time that the step is reached. */
  readonly time: number
  /** What the processor's browser fields gave. */
  readonly token: string
}

/** What the buyer saw, and whether the server died. */
export interface KilledPurchase {
  readonly order: OrderView
  readonly died: boolean
}

/** The clock of the server that comes after a killed one: a lease lasts a minute. */
const LATER_MS = 2 * 60_000
/** How long a buyer waits for the order to be delivered. */
const PATIENCE_MS = 20_000

/**
 * Buys the course over HTTP from a server in a process of its own. When the server dies, the next one is started and the
 * buyer goes on as a client does: the same request with the same key, then looking at the order until it is delivered.
 */
export async function killedPurchase(folder: string, { step, time, token }: Kill): Promise<KilledPurchase> {
  let server = await start(folder, { KILL_AT: step ?? '', KILL_TIME: String(time) })
  let died = false

  async function revive(): Promise<void> {
    if (server.child.exitCode === null && server.child.signalCode === null) return
    died = true
    server = await start(folder, { LATER_MS: String(LATER_MS) })
  }

  async function ask<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const headers: Record<string, string> = { 'x-learner': 'learner-1', 'content-type': 'application/json' }
    if (key !== undefined) headers['idempotency-key'] = key
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const response = await fetch(`${server.url}${path}`, init).catch(() => null)
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
    const input = { expectedTotal: quote.total, paymentToken: token }
    const bought = await ask<CheckoutResult>('POST', `/v1/carts/${cart.id}/checkout`, input, 'key-of-buying')
    const order = await waitFor(async () => {
      await revive()
      const seen = await ask<OrderView>('GET', `/v1/orders/${bought.order.id}`)
      if (seen.money.state === 'unpaid') await ask('POST', `/v1/orders/${bought.order.id}/payment/refresh`)
      return seen.delivery === 'delivered' && (died || step === null) ? seen : null
    })
    return { order, died }
  } finally {
    server.child.kill('SIGKILL')
  }
}

async function start(folder: string, env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> {
  const program = fileURLToPath(new URL('kill-server.ts', import.meta.url))
  const child = fork(program, {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...env, FOLDER: folder },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints += chunk
  })
  const [url] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`The server did not start: ${complaints}`)
    }),
  ])
  return { child, url: String(url) }
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
