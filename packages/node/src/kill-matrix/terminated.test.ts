import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CartWithQuote, CheckoutResult, PageOf, ProductView } from '@bursar/core/client'
import { faultsOf } from '@bursar/core/testing'
import { afterEach, expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { fillKillShop, KILL_SHOP, type KillPlace, killShop } from './kill-shop.ts'
import { startKillServer } from './start-kill-server.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const places: Record<string, () => Promise<KillPlace>> = {
  SQLite: async () => ({ folder: ownFolder() }),
  PostgreSQL: async () => {
    const { url, end } = await testDatabase()
    ends.push(end)
    return { folder: ownFolder(), database: url }
  },
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-terminated-'))
  ends.push(async () => rmSync(folder, { recursive: true }))
  return folder
}

test.each(Object.entries(places))(
  'SIGTERM under load on %s: what was begun is answered whole and stored, the rest was not begun',
  async (_name, makePlace) => {
    const place = await makePlace()
    await inShop(place, (shop) => fillKillShop(shop))
    const { child, url } = await startKillServer(place)
    let complaints = ''
    child.stderr?.on('data', (chunk) => {
      complaints += chunk
    })
    const exited = once(child, 'exit')
    const answered = { carts: 0, orders: new Set<string>() }
    let isOver = false
    const unanswered: unknown[] = []

    /** The answer, or null when the server took the request no more. Whatever is answered must be whole. */
    async function ask<T>(learner: string, path: string, body: unknown): Promise<T | null> {
      const headers = { 'x-learner': learner, 'content-type': 'application/json', 'idempotency-key': `key-of-${path}` }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await fetch(`${url}${path}`, init).catch((error: unknown) => {
        unanswered.push(error)
        return null
      })
      if (response === null) return null
      expect(response.status).toBeLessThan(300)
      return (await response.json()) as T // of the operation at this path
    }

    async function buyUntilOver(shopper: number): Promise<void> {
      for (let n = 0; ; n += 1) {
        const learner = `learner-${shopper}-${n}`
        const lines = [{ lineId: 'a', variantId }]
        const made = await ask<CartWithQuote>(learner, '/v1/carts', { lines })
        if (made === null) return
        answered.carts += 1
        const { cart, quote } = made
        const expectedTotal = { amount: quote.total, currency: quote.currency }
        const bought = await ask<CheckoutResult>(learner, `/v1/carts/${cart.id}/checkout`, {
          ...{ expectedTotal, paymentToken: 'tok_approve' },
        })
        if (bought === null) return
        answered.orders.add(bought.order.id)
        if (answered.orders.size >= 25 && !isOver) {
          isOver = true
          child.kill('SIGTERM')
        }
      }
    }

    const products = (await (await fetch(`${url}/v1/products`)).json()) as PageOf<ProductView>
    const variantId = products.items[0]?.variants[0]?.id
    await Promise.all(Array.from({ length: 8 }, (_, shopper) => buyUntilOver(shopper)))
    expect(await exited, complaints).toEqual([0, null])
    expect(unanswered).toHaveLength(8)

    await inShop(place, async ({ commerce }) => {
      const { admin } = commerce.as({ type: 'system', site: KILL_SHOP.site })
      const stored: string[] = []
      for (let cursor: string | undefined, isMore = true; isMore; ) {
        const page = await admin.orders.list({ limit: 100, cursor })
        stored.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
        isMore = cursor !== undefined
      }
      expect(new Set(stored)).toEqual(answered.orders)
      // Nothing waits for the lease of a worker that is gone.
      await commerce.jobs.runDue()
      const { findings } = await admin.reports.doctor({})
      expect(faultsOf(findings)).toEqual([])
      expect((await admin.grants.list({ state: 'delivered', limit: 100 })).items.length).toBe(stored.length)
    })
  },
  120_000,
)

async function inShop<T>(
  place: KillPlace,
  look: (shop: Awaited<ReturnType<typeof killShop>>) => Promise<T>,
): Promise<T> {
  const shop = await killShop(place)
  try {
    return await look(shop)
  } finally {
    await shop.commerce.close()
    shop.processor.close()
    shop.platform.close()
  }
}
