import { describe, expect, it } from 'vitest'
import type { InProcessClient } from '../commerce/commerce.ts'
import type { JsonObject } from '../json/index.ts'
import type { DiscountVerifier, SignedDiscount } from '../ports/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'
import { testRuntime } from '../testing/test-runtime.ts'

const HOUR = 60 * 60 * 1000
const UNTIL = '2026-01-02T00:00:00.000Z'

/** Takes the claims themselves for a token; what they must say beside is the business of adapters. */
const verifier: DiscountVerifier = {
  name: 'plain',
  verify: async ({ token }) => {
    if (token === 'theirs') return { outcome: 'none' }
    if (token === 'forged') return { outcome: 'wrong', reason: 'the signature is another' }
    if (token === 'down') return { outcome: 'unavailable', reason: 'no keys' }
    return { outcome: 'valid', discount: JSON.parse(token) as SignedDiscount } // of `tokenOf`
  },
}

/** A token for Ann, of 15 % and used once, if nothing else is said. */
const tokenOf = (more: Partial<SignedDiscount> = {}): string =>
  JSON.stringify({
    ...{ issuer: 'https://campus.test', id: 'd1', promotion: 'member', percent: '15' },
    ...{ customer: 'ann', cart: null, until: UNTIL, ...more },
  })

async function openShop() {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const warned: JsonObject[] = []
  const logger = {
    ...{ info: () => {}, error: () => {} },
    warn: (_message: string, fields: JsonObject = {}) => void warned.push(fields),
  }
  const shop = await memoryShop({ runtime, logger, discountVerifiers: [verifier] })
  const { admin } = shop.system
  const signedByHost = { requiresCode: true, signedByHost: true } as const
  await admin.promotions.create({
    ...{ id: 'member', name: 'Members', ...signedByHost, benefit: { type: 'percent', percent: '30' } },
    limits: { uses: null, usesPerCustomer: null, money: [{ amount: 10_000, currency: 'EUR' }] },
  })
  await admin.promotions.create({
    ...{ id: 'grant', name: 'Grant', ...signedByHost },
    benefit: { type: 'fixed', amounts: [{ amount: 1000, currency: 'EUR' }] },
  })
  return { ...shop, runtime, warned }
}

type Shop = Awaited<ReturnType<typeof openShop>>

const clientOf = ({ commerce }: MemoryShop, customerId: string): InProcessClient =>
  commerce.as({ type: 'customer', site: 'main', customerId })

/** A cart with a course for 49.00 and a book for 19.99. */
async function cartOf(shop: Shop, who = 'ann') {
  const client = clientOf(shop, who)
  const lines = [
    { lineId: 'course', variantId: shop.variants.course },
    { lineId: 'book', variantId: shop.variants.book },
  ]
  const { cart } = await client.carts.create({ lines })
  return {
    client,
    cartId: cart.id,
    apply: (token: string) => client.carts.applyDiscount({ cartId: cart.id, token }),
    buy: (total: number) =>
      client.carts.checkout(
        {
          ...{ cartId: cart.id, expectedTotal: { amount: total, currency: 'EUR' }, paymentToken: 'tok_approve' },
          ...{ paymentAccount: 'card', consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] },
        },
        { idempotencyKey: `buy-${cart.id}-${total}` },
      ),
  }
}

const refused = { code: 'code_not_valid', reason: 'not_valid', message: 'This discount is not valid.' }

describe('a discount that the host signed', () => {
  it('comes off as a promotion, is named in the quote, and stays with the order that is priced again', async () => {
    const shop = await openShop()
    const { client, cartId, apply, buy } = await cartOf(shop)
    const { cart, quote } = await apply(tokenOf())
    expect(quote).toMatchObject({ base: 6899, discount: 1035, total: 5864 })
    expect(quote.codes).toEqual([
      { id: cart.codes[0], code: expect.stringMatching(/^SIGNED/), name: 'Members', applied: true, refusal: null },
    ])
    expect(quote.lines[0]?.adjustments).toContainEqual({
      ...{ step: 'cart_promotion', amount: -735, reason: '15 % off with Members' },
      cause: { type: 'promotion', promotion: 'member', code: cart.codes[0] },
    })
    expect(quote.uses).toContainEqual({ counter: 'budget:member:EUR', n: 1035, limit: 10_000 })
    const told = await shop.system.admin.carts.explain({ cartId })
    expect(told.steps).toContain('Members: applied')
    const { order } = await buy(5864)
    // The promotion is another by then: the order costs what it did.
    await shop.system.admin.promotions.update({ id: 'member', benefit: { type: 'percent', percent: '5' } })
    shop.runtime.advance(1000 * HOUR)
    expect(await shop.system.admin.orders.explain({ orderId: order.id })).toMatchObject({ isSame: true })
    expect(await client.orders.get({ orderId: order.id })).toMatchObject({ total: 5864 })
  })

  it('is for its products alone, and waits for them in the cart', async () => {
    const shop = await openShop()
    const { client, cartId, apply } = await cartOf(shop)
    const before = await client.carts.get({ cartId })
    const book = before.quote.lines[1]?.productId ?? ''
    const { quote } = await apply(tokenOf({ products: [book] }))
    expect(quote.lines.map(({ discount }) => discount)).toEqual([0, 300])
    const without = await client.carts.removeLine({ cartId, lineId: 'book' })
    expect(without.quote.codes).toMatchObject([{ applied: false, refusal: 'not_for_these_items' }])
  })

  it('of an amount takes that off', async () => {
    const { apply } = await cartOf(await openShop())
    const token = tokenOf({ promotion: 'grant', percent: undefined, amount: { amount: 700, currency: 'EUR' } })
    expect((await apply(token)).quote).toMatchObject({ discount: 700 })
  })

  it('applied twice is there once, and a newer one of the promotion takes its place', async () => {
    const shop = await openShop()
    const { client, cartId, apply } = await cartOf(shop)
    const first = await apply(tokenOf())
    expect((await apply(tokenOf())).cart.codes).toEqual(first.cart.codes)
    const other = await apply(tokenOf({ id: 'd2', percent: '10' }))
    expect(other.cart.codes).toHaveLength(1)
    expect(other.quote).toMatchObject({ discount: 690 })
    const both = await client.carts.applyCode({ cartId, code: 'TENOFF' })
    expect(both.cart.codes).toHaveLength(2)
    const [signed = ''] = other.cart.codes
    expect((await client.carts.removeCode({ cartId, codeId: signed })).quote.codes).toHaveLength(1)
  })

  it('that ends before the checkout is dropped with its reason, and both prices are told', async () => {
    const shop = await openShop()
    const { client, cartId, apply, buy } = await cartOf(shop)
    await apply(tokenOf())
    shop.runtime.advance(24 * HOUR)
    const error = await buy(5864).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'price_changed' })
    const after = await client.carts.get({ cartId })
    expect(after.quote).toMatchObject({ discount: 0, codes: [{ name: 'Members', applied: false, refusal: 'expired' }] })
    expect((await buy(6899)).order).toMatchObject({ state: 'placed', total: 6899 })
  })

  it('used once is used up, also for a cart that had it before', async () => {
    const shop = await openShop()
    const [first, second] = [await cartOf(shop), await cartOf(shop)]
    await first.apply(tokenOf())
    await second.apply(tokenOf())
    await first.buy(5864)
    await expect(second.buy(5864)).rejects.toMatchObject({ code: 'price_changed' })
    const { quote } = await second.client.carts.get({ cartId: second.cartId })
    expect(quote.codes).toMatchObject([{ applied: false, refusal: 'used_up' }])
    const third = await cartOf(shop)
    await expect(third.apply(tokenOf())).rejects.toMatchObject(refused)
  })

  it('without an id is the customer’s as often as the promotion allows', async () => {
    const shop = await openShop()
    for (const _time of [1, 2]) {
      const { apply, buy } = await cartOf(shop)
      await apply(tokenOf({ id: null }))
      expect((await buy(5864)).order).toMatchObject({ total: 5864 })
    }
  })

  it('ends where the operator’s budget does', async () => {
    const shop = await openShop()
    await shop.system.admin.promotions.update({
      id: 'member',
      limits: { uses: null, usesPerCustomer: null, money: [{ amount: 1034, currency: 'EUR' }] },
    })
    const { apply } = await cartOf(shop)
    expect((await apply(tokenOf())).quote).toMatchObject({ discount: 0 })
  })

  it('never gives more than its promotion does by then, and nothing once that takes none', async () => {
    const shop = await openShop()
    const { admin } = shop.system
    const { client, cartId, apply } = await cartOf(shop)
    await apply(tokenOf())
    await admin.promotions.update({ id: 'member', benefit: { type: 'percent', percent: '10' } })
    expect((await client.carts.get({ cartId })).quote).toMatchObject({ discount: 690 })
    await admin.promotions.update({ id: 'member', signedByHost: false })
    const { quote } = await client.carts.get({ cartId })
    expect(quote).toMatchObject({ discount: 0, codes: [{ refusal: 'not_valid' }] })
  })

  it('can be revoked by staff', async () => {
    const shop = await openShop()
    const { client, cartId, apply } = await cartOf(shop)
    const { cart } = await apply(tokenOf())
    const [id = ''] = cart.codes
    expect((await shop.system.admin.codes.get({ id })).record).toMatchObject({
      ...{ promotionId: 'member', uses: 1, until: UNTIL, signed: { percent: '15' } },
    })
    await shop.system.admin.codes.update({ id, status: 'revoked' })
    expect((await client.carts.get({ cartId })).quote).toMatchObject({ discount: 0 })
    await expect(apply(tokenOf())).rejects.toMatchObject(refused)
  })

  it('of a cart of nobody goes with it when its shopper signs in', async () => {
    const shop = await openShop()
    const nobody = shop.commerce.as({ type: 'shopper', site: 'main' })
    const made = await nobody.carts.create({ lines: [{ lineId: 'course', variantId: shop.variants.course }] })
    const as = shop.commerce.as({ type: 'shopper', site: 'main', cartToken: made.token })
    const token = tokenOf({ id: null, customer: null, cart: made.cart.id })
    expect((await as.carts.applyDiscount({ cartId: made.cart.id, token })).quote.discount).toBe(735)
    const ann = await cartOf(shop)
    const merged = await ann.client.carts.merge({
      ...{ cartId: ann.cartId, fromCartId: made.cart.id, fromToken: made.token },
    })
    expect(merged.quote.discount).toBe(1035)
    await expect(ann.apply(token)).rejects.toMatchObject(refused)
  })

  it('is the customer’s who is signed in for the first time, while the cart is nobody’s', async () => {
    const shop = await openShop()
    const nobody = shop.commerce.as({ type: 'shopper', site: 'main' })
    const made = await nobody.carts.create({ lines: [{ lineId: 'course', variantId: shop.variants.course }] })
    const zoe = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'zoe', cartToken: made.token })
    const token = tokenOf({ customer: 'zoe' })
    const { quote } = await zoe.carts.applyDiscount({ cartId: made.cart.id, token })
    expect(quote).toMatchObject({ discount: 735 })
    const { cart } = await zoe.me.cart({}).then(async (mine) => mine ?? zoe.carts.create({}))
    const merged = await zoe.carts.merge({ cartId: cart.id, fromCartId: made.cart.id, fromToken: made.token })
    expect(merged.quote).toMatchObject({ discount: 735, provisional: false })
  })
})

describe('a token that is wrong', () => {
  const WRONG: readonly [string, string, RegExp][] = [
    ['forged', 'forged', /signature/],
    ['of another issuer', 'theirs', /no verifier/],
    ['for another customer', tokenOf({ customer: 'eve' }), /another customer/],
    ['for another cart', tokenOf({ cart: 'crt_other' }), /another cart/],
    ['for everybody for ever', tokenOf({ id: null, customer: null }), /anybody/],
    ['of no promotion', tokenOf({ promotion: 'nowhere' }), /not there/],
    ['of a promotion that takes none', tokenOf({ promotion: 'ten' }), /lets no such/],
    ['of more than the promotion gives', tokenOf({ percent: '30.000001' }), /above/],
    ['of nothing', tokenOf({ percent: '0' }), /over 0/],
    ['of less than nothing', tokenOf({ percent: '-5' }), /over 0/],
    ['of no number', tokenOf({ percent: 'all' }), /over 0/],
    ['of percent, where amounts are given', tokenOf({ promotion: 'grant' }), /lets no such/],
    ['of both', tokenOf({ amount: { amount: 1, currency: 'EUR' } }), /both/],
    [
      'of an amount above that of the promotion',
      tokenOf({ promotion: 'grant', percent: undefined, amount: { amount: 1001, currency: 'EUR' } }),
      /above/,
    ],
    [
      'of half a cent',
      tokenOf({ promotion: 'grant', percent: undefined, amount: { amount: 0.5, currency: 'EUR' } }),
      /whole number/,
    ],
    [
      'of another currency',
      tokenOf({ promotion: 'grant', percent: undefined, amount: { amount: 1, currency: 'USD' } }),
      /currency/,
    ],
    ['of no products', tokenOf({ products: [] }), /products/],
    ['that has ended', tokenOf({ until: '2025-12-31T00:00:00.000Z' }), /expired/],
    ['that ends never', tokenOf({ until: 'never' }), /instant/],
  ]

  it.each(WRONG)('%s has one answer, changes nothing, and is told to the operator', async (_name, token, reason) => {
    const shop = await openShop()
    const { client, cartId, apply } = await cartOf(shop)
    const before = await client.carts.get({ cartId })
    await expect(apply(token)).rejects.toMatchObject(refused)
    expect(await client.carts.get({ cartId })).toEqual(before)
    expect(shop.warned).toEqual([{ site: 'main', reason: expect.stringMatching(reason) }])
  })

  it('is answered as one that could not be read is not', async () => {
    const { apply } = await cartOf(await openShop())
    await expect(apply('down')).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('with the id of another discount does not change that one', async () => {
    const { apply } = await cartOf(await openShop())
    await apply(tokenOf())
    await expect(apply(tokenOf({ percent: '30' }))).rejects.toMatchObject(refused)
    await expect(apply(tokenOf({ until: '2027-01-01T00:00:00.000Z' }))).rejects.toMatchObject(refused)
    expect((await apply(tokenOf())).quote).toMatchObject({ discount: 1035 })
  })

  it('is no code that somebody could type', async () => {
    const shop = await openShop()
    const { apply } = await cartOf(shop)
    const [code] = (await apply(tokenOf({ customer: null }))).quote.codes
    const eve = await cartOf(shop, 'eve')
    const typed = eve.client.carts.applyCode({ cartId: eve.cartId, code: code?.code ?? '' })
    await expect(typed).rejects.toMatchObject({ code: 'code_not_valid' })
  })
})

it('a promotion of signed discounts needs a code, and percent or an amount', async () => {
  const { admin } = (await openShop()).system
  const make = (more: object) =>
    admin.promotions.create({
      ...{ name: 'x', requiresCode: true, signedByHost: true, benefit: { type: 'percent', percent: '5' }, ...more },
    })
  await expect(make({ requiresCode: false })).rejects.toMatchObject({ issues: [{ path: 'requiresCode' }] })
  await expect(make({ benefit: { type: 'seats_free', every: 2, free: 1 } })).rejects.toMatchObject({
    issues: [{ path: 'benefit.type' }],
  })
})
