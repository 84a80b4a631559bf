import { createWriteStream } from 'node:fs'
import { devNull } from 'node:os'
import { createHandler, pinoLogger, serve } from '@bursar/node'
import { SignJWT } from 'jose'
import { CARTS, OPTIONS } from './carts.ts'
import { httpLoad, type LoadRequest } from './http-load.ts'
import { type BenchShop, LEARNERS, SITE } from './shop.ts'
import type { Throughput } from './throughput.ts'

/** One way to call the shop over HTTP. */
interface Way {
  name: string
  requests: readonly LoadRequest[]
  hasLog: boolean
}

/**
 * What HTTP costs: a request that does next to nothing, then adding a line as an anonymous shopper without a log, then as
 * a learner whose JWT is checked, with a line in the log for each request. The load comes from a process of its own.
 */
export async function benchHttp(shop: BenchShop): Promise<Throughput[]> {
  const nothing = { method: 'GET', path: '/health/live', headers: {}, body: undefined }
  const ways: Way[] = [
    { name: 'GET /health/live', requests: [nothing], hasLog: false },
    { name: 'add a line, over HTTP, no log', requests: await anonymous(shop), hasLog: false },
    { name: 'add a line, over HTTP, JWT, log', requests: await signedIn(shop), hasLog: true },
  ]
  const figures: Throughput[] = []
  for (const way of ways) figures.push(await benchWay(shop, way))
  return figures
}

async function benchWay({ commerce }: BenchShop, { name, requests, hasLog }: Way): Promise<Throughput> {
  const log = createWriteStream(devNull)
  const handler = createHandler(commerce, hasLog ? { logger: pinoLogger({ destination: log }) } : {})
  // A server closes the shop with itself, and the next way needs it.
  const kept = { ...commerce, close: async () => {} }
  const server = await serve({ commerce: kept, handler, port: 0, jobs: false, announce: () => {}, signals: [] })
  const figures = await httpLoad(name, { ...OPTIONS, url: server.url, requests })
  await server.close()
  log.end()
  return figures
}

async function anonymous({ commerce, variants }: BenchShop): Promise<LoadRequest[]> {
  const shopper = commerce.as({ type: 'shopper', site: SITE })
  const carts = await Promise.all(Array.from({ length: CARTS }, () => shopper.carts.create({})))
  return additions(variants, (index) => {
    const { cart, token } = carts[index] ?? {}
    return { id: cart?.id ?? '', header: { 'bursar-cart-token': token ?? '' } }
  })
}

async function signedIn({ commerce, variants }: BenchShop): Promise<LoadRequest[]> {
  const customer = commerce.as({ type: 'customer', site: SITE, customerId: 'learner-1' })
  const carts = await Promise.all(Array.from({ length: CARTS }, () => customer.carts.create({})))
  const { issuer, audience, secret } = LEARNERS
  const token = await new SignJWT({ sub: 'learner-1', iss: issuer, aud: audience })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  return additions(variants, (index) => ({
    id: carts[index]?.cart.id ?? '',
    header: { authorization: `Bearer ${token}` },
  }))
}

/** Three lines for each cart, one cart after the other, then again. */
function additions(
  variants: readonly string[],
  cartOf: (index: number) => { id: string; header: Record<string, string> },
): LoadRequest[] {
  return Array.from({ length: 3 * CARTS }, (_, n) => {
    const { id, header } = cartOf(n % CARTS)
    const slot = Math.floor(n / CARTS)
    return {
      method: 'POST',
      path: `/v1/carts/${id}/lines`,
      headers: { 'bursar-site': SITE, ...header },
      body: { lineId: `l${slot}`, variantId: variants[slot] },
    }
  })
}
