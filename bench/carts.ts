import { serve } from '@bursar/node'
import { httpLoad } from './http-load.ts'
import { type BenchShop, SITE } from './shop.ts'
import { type Throughput, throughput } from './throughput.ts'

const CARTS = 64
const OPTIONS = { atOnce: 16, seconds: 4 }

/** Adds lines to carts of up to three, in process, on SQLite with full durability. */
export async function benchAddLine({ commerce, variants }: BenchShop): Promise<Throughput> {
  const shopper = commerce.as({ type: 'shopper', site: SITE })
  const carts = await Promise.all(Array.from({ length: CARTS }, () => shopper.carts.create({})))
  const opened = carts.map(({ cart, token }) => ({
    id: cart.id,
    client: commerce.as({ type: 'shopper', site: SITE, cartToken: token }),
  }))
  return throughput('add a line, in process', OPTIONS, (n) => {
    const cart = opened[n % CARTS]
    if (cart === undefined) throw new Error('no cart')
    return cart.client.carts.addLine({
      cartId: cart.id,
      lineId: `l${Math.floor(n / CARTS) % 3}`,
      variantId: at(variants, n),
    })
  })
}

/** The same over HTTP: routing, authentication, validation, JSON. The load comes from a process of its own. */
export async function benchAddLineOverHttp({ commerce, variants }: BenchShop): Promise<Throughput> {
  const server = await serve({ commerce, port: 0, announce: () => {}, signals: [] })
  const shopper = commerce.as({ type: 'shopper', site: SITE })
  const carts = await Promise.all(Array.from({ length: CARTS }, () => shopper.carts.create({})))
  const requests = Array.from({ length: 3 }, (_, slot) =>
    carts.map(({ cart, token }) => ({
      method: 'POST',
      path: `/v1/carts/${cart.id}/lines`,
      headers: { 'bursar-site': SITE, 'bursar-cart-token': token ?? '' },
      body: { lineId: `l${slot}`, variantId: variants[slot] },
    })),
  ).flat()
  return httpLoad('add a line, over HTTP', { ...OPTIONS, url: server.url, requests })
}

/** The variant of a slot: the same each time, for the same line id keeps its variant. */
function at(variants: readonly string[], n: number): string {
  const variant = variants[Math.floor(n / CARTS) % 3]
  if (variant === undefined) throw new Error('no variant')
  return variant
}
