import { expect, test } from 'vitest'
import type { Principal } from '../ports/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

const site = 'main'
const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
const service: Principal = { type: 'service', site, serviceId: 'key_lms', scopes: ['shop'] }

/** Buys a variant as whoever it is; the key is the attempt's. */
async function buy(
  shop: MemoryShop,
  principal: Principal,
  variantId: string,
  tokens: readonly string[] = ['tok_approve'],
) {
  const client = shop.commerce.as(principal)
  const { cart, quote, token } = await client.carts.create({ lines: [{ lineId: 'a', variantId }] })
  const isGuest = principal.type === 'service' ? principal.actingFor === undefined : principal.type === 'shopper'
  const ids = new Set<string>()
  for (const [place, paymentToken] of tokens.entries()) {
    const { order } = await client.carts.checkout(
      {
        ...{ cartId: cart.id, consents: [...consents], paymentToken },
        expectedTotal: { amount: quote.total, currency: quote.currency },
        ...(isGuest ? { guest: { email: 'ann@example.org' } } : {}),
      },
      { idempotencyKey: `key-${place}-${cart.id}`, ...(token === undefined ? {} : { cartToken: token }) },
    )
    ids.add(order.id)
  }
  expect(ids.size).toBe(1)
  return [...ids][0] ?? ''
}

async function logOf({ system }: MemoryShop, record: string) {
  const { items } = await system.admin.auditEvents.list({ record })
  return items.map(({ operation, site: through, collection, actor }) => ({ operation, through, collection, actor }))
}

test('what a service buys for a customer is logged with both, in the commit of the order', async () => {
  const shop = await memoryShop()
  const orderId = await buy(shop, { ...service, actingFor: 'ann' }, shop.variants.book)
  const { record: ann } = await shop.system.admin.customers.put({ hostId: 'ann' })
  expect(await logOf(shop, orderId)).toEqual([
    {
      ...{ operation: 'carts.checkout', through: site, collection: 'orders' },
      actor: { type: 'service', id: 'key_lms', actingFor: ann.id },
    },
  ])
})

test('so is each attempt of it to pay an order that is there, and what costs nothing', async () => {
  const shop = await memoryShop()
  const acting: Principal = { ...service, actingFor: 'ann' }
  const paid = await buy(shop, acting, shop.variants.book, ['tok_decline', 'tok_approve'])
  expect(await logOf(shop, paid)).toMatchObject([{ actor: { id: 'key_lms' } }, { actor: { id: 'key_lms' } }])
  const { variants } = await shop.system.admin.products.create({
    ...{ type: 'course', title: 'Free', publication: {} },
    variants: [{ name: 'standard', prices: [{ priceList: 'list', amount: 0 }] }],
  })
  const free = await buy(shop, acting, variants[0]?.id ?? '')
  expect(await logOf(shop, free)).toMatchObject([{ actor: { id: 'key_lms' } }])
})

test('a service that buys for a guest is named alone', async () => {
  const shop = await memoryShop()
  const orderId = await buy(shop, service, shop.variants.book)
  expect((await logOf(shop, orderId)).map(({ actor }) => actor)).toEqual([{ type: 'service', id: 'key_lms' }])
})

test('what people buy for themselves is no entry of the log: the order says whose it is', async () => {
  const shop = await memoryShop()
  for (const principal of [
    { type: 'customer', site, customerId: 'ann' },
    { type: 'shopper', site },
  ] as const) {
    expect(await logOf(shop, await buy(shop, principal, shop.variants.book))).toEqual([])
  }
})
