import { describe, expect, it } from 'vitest'
import type { Upgrade } from '../catalog/index.ts'
import type { OrderView } from '../order/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'
type Rule = Upgrade['credit']

/** A course in three modes at 10.00, 50.00 and 100.00, of which each upgrades those before, and a program with the first at 50.00. */
async function modeShop(rule: Rule = 'money_paid', second = rule) {
  const shop = await campusShop()
  const modes = await shop.course('bees', { audit: 1000, verified: 5000, credit: 10_000 })
  const other = await shop.product('course', 'ants', { prices: [{ priceList: 'eur', amount: 4000 }] })
  const { products } = shop.system.admin
  const found = (await products.list({})).items.find(({ product }) => product.title === 'bees')
  const productId = found?.product.id ?? ''
  const variants = [
    { name: 'verified', upgrade: { from: ['audit'], credit: second } },
    { name: 'credit', upgrade: { from: ['audit', 'verified'], credit: rule } },
  ]
  await products.update({ productId, variants })
  const parts = [modes.audit ?? '', other].map((variantId, place) => ({ id: `part-${place}`, variantId }))
  const program = await shop.product('program', 'Both', {
    bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
    prices: [{ priceList: 'eur', amount: 5000 }],
  })
  return {
    shop,
    ids: { audit: modes.audit ?? '', verified: modes.verified ?? '', credit: modes.credit ?? '', program },
  }
}

async function buy(shop: CampusShop, variantId: string, paymentToken = 'tok_approve'): Promise<OrderView> {
  return (await shop.buy(ANN, [{ variantId }], { paymentToken })).order
}

async function totalOf(shop: CampusShop, variantId: string): Promise<number> {
  return (await shop.as(ANN).carts.create({ lines: [{ lineId: 'p', variantId }] })).quote.total
}

describe('what an upgrade credited was paid for what it bought', () => {
  it('so that a chain of upgrades costs what its last costs: at page, cart and checkout', async () => {
    const { shop, ids } = await modeShop()
    const paid = [(await buy(shop, ids.audit)).total, (await buy(shop, ids.verified)).total]
    const page = await shop.as(ANN).quotes.create({ lines: [{ variantId: ids.credit, quantity: 1 }] })
    expect(page.quotes).toMatchObject([{ total: 5000 }])
    expect(await totalOf(shop, ids.credit)).toBe(5000)
    expect([...paid, (await buy(shop, ids.credit)).total]).toEqual([1000, 4000, 5000])
    expect(await totalOf(shop, ids.program)).toBe(4000)
  })

  it('but not what one that is cancelled credited: that is credited where it was paid', async () => {
    const { shop, ids } = await modeShop()
    await buy(shop, ids.audit)
    const middle = await buy(shop, ids.verified, 'tok_requires_action')
    expect(await totalOf(shop, ids.credit)).toBe(10_000)
    await shop.settle(shop.system.admin.orders.cancel({ orderId: middle.id, reason: 'not wanted' }))
    expect(await totalOf(shop, ids.credit)).toBe(9000)
  })

  it('a refund gives back its own money alone: of a part all of it is carried still, of all of it nothing', async () => {
    const { shop, ids } = await modeShop()
    await buy(shop, ids.audit)
    const middle = await buy(shop, ids.verified)
    await shop.refundElsewhere(ANN, middle.id, 3000)
    expect(await totalOf(shop, ids.credit)).toBe(8000)
    await shop.refundElsewhere(ANN, middle.id, 1000)
    expect(await totalOf(shop, ids.credit)).toBe(9000)
  })

  it('and is not credited where it was paid, once what carried it is credited and then refunded', async () => {
    const { shop, ids } = await modeShop()
    await buy(shop, ids.audit)
    const middle = await buy(shop, ids.verified)
    const reference = shop.processor.payments().at(-1)?.reference ?? ''
    const last = await buy(shop, ids.credit)
    expect(last.total).toBe(5000)
    const account = { id: 'card', mode: 'test', secret: async (name: string) => name } as const
    await shop.processor.refund(account, { key: 'back', reference, amount: { amount: 4000, currency: 'EUR' } })
    await shop.as(ANN).orders.refreshPayment({ orderId: middle.id })
    // The program leaves audit out with its share.
    expect(await totalOf(shop, ids.program)).toBe(4000)
    expect(await totalOf(shop, ids.verified)).toBe(5000)
    await shop.refundElsewhere(ANN, last.id, 5000)
    expect(await totalOf(shop, ids.verified)).toBe(4000)
  })

  it('nor twice by two checkouts at once, where what carried a part of it is refunded', async () => {
    const { shop, ids } = await modeShop()
    const { products } = shop.system.admin
    await buy(shop, ids.audit)
    const middle = await buy(shop, ids.verified)
    const reference = shop.processor.payments().at(-1)?.reference ?? ''
    const found = (await products.list({})).items.find(({ product }) => product.title === 'bees')
    const productId = found?.product.id ?? ''
    const price = (amount: number) => ({ prices: [{ priceList: 'eur', amount }] })
    const upgrade = (of: string) => ({ upgrade: { from: [of], credit: 'money_paid' as const } })
    const small = { name: 'small', ...price(500), ...upgrade('verified') }
    const big = { name: 'big', ...price(9000), ...upgrade('audit') }
    await products.update({ productId, variants: [small, big] })
    const { variants } = await products.get({ productId })
    const [first, second] = ['small', 'big'].map((name) => variants.find((one) => one.name === name)?.id ?? '')
    expect((await buy(shop, first ?? '')).total).toBe(0)
    const account = { id: 'card', mode: 'test', secret: async (name: string) => name } as const
    await shop.processor.refund(account, { key: 'back', reference, amount: { amount: 4000, currency: 'EUR' } })
    await shop.as(ANN).orders.refreshPayment({ orderId: middle.id })
    // Of the 10.00 paid for audit the refunded upgrade took 5.00 along to what credited it.
    const carts = await Promise.all(
      [second ?? '', ids.credit].map((variantId) => shop.as(ANN).carts.create({ lines: [{ lineId: 'p', variantId }] })),
    )
    expect(carts.map(({ quote }) => quote.total)).toEqual([8500, 9500])
    const answers = carts.map(({ cart, quote }, place) => {
      const expectedTotal = { amount: quote.total, currency: 'EUR' }
      const checkout = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }
      const key = { idempotencyKey: `0123456789-${place}` }
      return shop
        .as(ANN)
        .carts.checkout(checkout, key)
        .then(
          ({ order }) => order.total,
          ({ code }) => code,
        )
    })
    const total = expect.any(Number)
    expect((await shop.settle(Promise.all(answers))).sort()).toEqual([total, 'price_changed'])
  })

  it.each<Rule>(['list_price_then', 'list_price_now'])('of a list price no more than the money: %s', async (second) => {
    const { shop, ids } = await modeShop('money_paid', second)
    const audit = await buy(shop, ids.audit)
    await shop.refundElsewhere(ANN, audit.id, 400)
    expect((await buy(shop, ids.verified)).total).toBe(4000)
    expect(await totalOf(shop, ids.credit)).toBe(10_000 - 4000 - 600)
  })

  it('nothing of what the platform gave', async () => {
    const { shop, ids } = await modeShop('money_paid', 'list_price_now')
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'audit' })
    expect((await buy(shop, ids.verified)).total).toBe(4000)
    expect(await totalOf(shop, ids.credit)).toBe(6000)
  })

  it('by a list price of then too, which is that before the credit', async () => {
    const { shop, ids } = await modeShop('list_price_then')
    await buy(shop, ids.audit)
    await buy(shop, ids.verified)
    expect(await totalOf(shop, ids.credit)).toBe(5000)
  })
})
