import { type BenchShop, SITE } from './shop.ts'
import { type Throughput, throughput } from './throughput.ts'

/** Carts that are added to in turn. */
export const CARTS = 64
/** How many commands at once, and for how long. */
export const OPTIONS = { atOnce: 16, seconds: 4 }

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

/** The variant of a slot: the same each time, for the same line id keeps its variant. */
function at(variants: readonly string[], n: number): string {
  const variant = variants[Math.floor(n / CARTS) % 3]
  if (variant === undefined) throw new Error('no variant')
  return variant
}
