import { describe, expect, it } from 'vitest'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'
const MODES = ['audit', 'verified', 'credit', 'professional'] as const
const PRICES = {
  EUR: { audit: 3000, verified: 6000, credit: 10_000, professional: 20_000 },
  JPY: { audit: 4500, verified: 9000, credit: 15_000, professional: 30_000 },
} as const

/** A shop that sells in two currencies; each mode after `from` credits the list price now of that. */
async function shopOfTwo(from: (typeof MODES)[number]) {
  const shop = await campusShop({ site: { currencies: ['EUR', 'JPY'] } })
  const { admin } = shop.system
  await admin.priceLists.create({ id: 'jpy', name: 'Yen', currency: 'JPY' })
  await admin.paymentAccounts.create({
    ...{ id: 'jcard', processor: 'test', mode: 'test', seller: 'campus-ltd', currencies: ['JPY'], title: 'Card' },
    secretRefs: { key: 'key', webhook: 'webhook' },
  })
  await admin.sites.update({ id: 'main', priceLists: ['eur', 'jpy'], paymentAccounts: ['card', 'jcard'] })
  const ids = await shop.course('bees', PRICES.EUR)
  const [found] = (await admin.products.list({})).items
  await admin.products.update({
    productId: found?.product.id ?? '',
    variants: MODES.map((name, place) => ({
      name,
      ...(place <= MODES.indexOf(from) ? {} : { upgrade: { from: [from], credit: 'list_price_now' as const } }),
      prices: [
        { priceList: 'eur', amount: PRICES.EUR[name] },
        { priceList: 'jpy', amount: PRICES.JPY[name] },
      ],
    })),
  })
  const idOf = (name: (typeof MODES)[number]) => ids[name] ?? ''
  return { shop, idOf }
}

type Currency = keyof typeof PRICES

const cartIn = (shop: CampusShop, currency: Currency, variantId: string) =>
  shop.as(ANN).carts.create({ currency, lines: [{ lineId: 'p', variantId }] })

async function totalIn(...cart: Parameters<typeof cartIn>): Promise<number> {
  return (await cartIn(...cart)).quote.total
}

async function buyIn(shop: CampusShop, currency: Currency, variantId: string) {
  const { cart, quote } = await cartIn(shop, currency, variantId)
  const expectedTotal = { amount: quote.total, currency }
  const checkout = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }
  const { order } = await shop.as(ANN).carts.checkout(checkout, { idempotencyKey: `buy-${cart.id}` })
  await shop.runJobs()
  return order
}

describe('what an order in one currency has credited', () => {
  it.each([
    ['EUR', 'JPY', 14_000, 6000, 15_000],
    ['JPY', 'EUR', 21_000, 4000, 10_000],
  ] as const)(
    '%s: nothing of it is credited in %s, while that order stands',
    async (one, other, paid, before, after) => {
      const { shop, idOf } = await shopOfTwo('verified')
      await buyIn(shop, 'EUR', idOf('verified'))
      expect(await totalIn(shop, other, idOf('credit'))).toBe(before)
      const order = await buyIn(shop, one, idOf('professional'))
      expect(order.total).toBe(paid)
      expect(await totalIn(shop, other, idOf('credit'))).toBe(after)
      expect((await buyIn(shop, other, idOf('credit'))).total).toBe(after)
    },
  )

  it('is free again in each when it is given back', async () => {
    const { shop, idOf } = await shopOfTwo('verified')
    await buyIn(shop, 'EUR', idOf('verified'))
    const { id, total } = await buyIn(shop, 'EUR', idOf('credit'))
    await shop.refundElsewhere(ANN, id, total)
    expect(await totalIn(shop, 'JPY', idOf('professional'))).toBe(21_000)
  })

  it('of what the platform gave is credited in no other either', async () => {
    const { shop, idOf } = await shopOfTwo('audit')
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'audit' })
    expect(await totalIn(shop, 'JPY', idOf('credit'))).toBe(10_500)
    expect((await buyIn(shop, 'EUR', idOf('verified'))).total).toBe(3000)
    expect(await totalIn(shop, 'JPY', idOf('credit'))).toBe(15_000)
    expect(await totalIn(shop, 'EUR', idOf('credit'))).toBe(10_000)
  })
})
