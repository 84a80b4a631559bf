import { equal } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMilliseconds, type Runtime, systemRuntime } from '@bursar/core'
import { customer, type RealShop } from './real-shop.ts'

const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
const ann = customer('main', 'learner-ann')

/** A clock that the test moves. */
export interface StillClock {
  readonly runtime: Runtime
  /** A millisecond later: at one moment two who buy the same would store one record of its prices, and one of them tries again. */
  tick(): void
}

/** A clock that stands still while something is counted: what a process believes for seconds would else be read anew now and then. */
export function stillClock(): StillClock {
  const system = systemRuntime()
  let now = system.now()
  const tick = () => {
    now = addMilliseconds(now, 1)
  }
  return { tick, runtime: { ...system, now: () => now } }
}

/** What shoppers do, one after the other, as a shop does again and again: by its name, what `cost` says that it costs. */
export async function hotPath<Cost>(
  shop: RealShop,
  { clock, once, cost }: { clock: StillClock; once: string; cost: (work: () => Promise<unknown>) => Promise<Cost> },
): Promise<Record<string, Cost>> {
  clock.tick()
  const costs: Record<string, Cost> = {}
  const counted = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    let answer: T | undefined
    costs[name] = await cost(async () => {
      answer = await work()
    })
    return answer as T // the work was done
  }
  const ask = (method: string, path: string, body?: unknown, key?: string) =>
    shop.ask({
      ...{ method, path, as: ann, headers: key === undefined ? {} : { 'idempotency-key': key } },
      ...(body === undefined ? {} : { body }),
    })
  const { json } = await counted('create a cart', () =>
    ask('POST', '/v1/carts', { lines: [{ lineId: 'a', variantId: shop.variants.book }] }),
  )
  const path = `/v1/carts/${json.cart.id}`
  await counted('add a line', () => ask('POST', `${path}/lines`, { lineId: 'b', variantId: shop.variants.course }))
  const added = await counted('add a line that is sold once', () =>
    ask('POST', `${path}/lines`, { lineId: 'c', variantId: once }),
  )
  equal(added.json.quote.lines.length, 3)
  await ask('DELETE', `${path}/lines/c`)
  const wrong = await counted('apply a wrong code', () => ask('POST', `${path}/codes`, { code: 'NOSUCHCODE' }))
  equal(wrong.status, 409)
  const { json: coded } = await counted('apply a code that the process knows', () =>
    ask('POST', `${path}/codes`, { code: 'TENOFF' }),
  )
  await counted('read a cart with a code', () => ask('GET', path))
  const body = {
    expectedTotal: { amount: coded.quote.total, currency: coded.quote.currency },
    consents: TERMS,
    paymentToken: 'tok_approve',
  }
  const bought = await counted('checkout, with a code, paid at once', () =>
    ask('POST', `${path}/checkout`, body, randomUUID()),
  )
  equal(bought.json.order.state, 'placed')
  await counted('deliver what was bought', () => shop.runJobs())
  await counted('list products', () => ask('GET', '/v1/products?limit=20'))
  return costs
}

/** A course that nobody is sold twice: what its buyer owns is read. */
export async function makeCourseSoldOnce(shop: RealShop): Promise<string> {
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const variant = { name: 'standard', prices: [{ priceList: 'eur', amount: 4900 }] }
  const made = await admin.products.create({ type: 'course', title: 'Geometry', publication: {}, variants: [variant] })
  return made.variants[0]?.id ?? ''
}

/** What docs/scale.md says that each costs, the columns after its name. */
export function documentedCosts(): Record<string, number[]> {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/scale.md'), 'utf8')
  const [, table = ''] = /<!-- costs -->([\s\S]*)<!-- \/costs -->/.exec(page) ?? []
  const rows = table.split('\n').flatMap((line) => {
    const [, name = '', ...cells] = line.split('|').map((cell) => cell.trim())
    return cells.some((cell) => /^\d+$/.test(cell)) ? [[name, cells.slice(0, -1).map(Number)] as const] : []
  })
  return Object.fromEntries(rows)
}
