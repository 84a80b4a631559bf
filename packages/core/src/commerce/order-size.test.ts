import { beforeAll, expect, test } from 'vitest'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

type Carts = ReturnType<CampusShop['as']>['carts']

let shop: CampusShop
let bundle = ''
let book = ''
beforeAll(async () => {
  shop = await campusShop({ site: { allowsGuests: true } })
  const prices = [{ priceList: 'eur', amount: 100 }]
  const parts: { id: string; variantId: string }[] = []
  for (let n = 1; n <= 20; n += 1) {
    parts.push({ id: `p${n}`, variantId: await shop.product('book', `Book ${n}`, { prices }) })
  }
  const pricing = { type: 'sum_less_percent', percent: '10' } as const
  const program = { maximumQuantity: 1000, bundle: { parts, pricing, ownedParts: 'sell_all' } } as const
  bundle = await shop.product('program', 'Twenty books', program)
  book = await shop.product('book', 'A book', { prices, maximumQuantity: 1000 })
})

const pay = ({ checkout }: Carts, cartId: string, amount: number) =>
  checkout(
    { cartId, expectedTotal: { amount, currency: 'EUR' }, paymentToken: 'tok_approve' },
    { idempotencyKey: shop.runtime.newId('job') },
  )

const tooMany = (lineId?: string) => ({
  code: 'quantity_not_allowed',
  message: expect.stringContaining('20,000'),
  data: lineId === undefined ? { maximum: 20_000 } : { lineId, maximum: 20_000 },
})

test('an order of 20,000 rights is bought, and every way to a larger one is refused', async () => {
  const { carts } = shop.as('ann')
  const whole = { lineId: 'a', variantId: bundle, quantity: 1000 }
  const another = { lineId: 'b', variantId: book }
  await expect(carts.create({ lines: [whole, another] })).rejects.toMatchObject(tooMany())
  const { cart } = await carts.create({ lines: [whole] })
  const { id: cartId } = cart
  await expect(carts.addLine({ cartId, ...another })).rejects.toMatchObject(tooMany('b'))
  await carts.updateLine({ cartId, lineId: 'a', quantity: 999 })
  await carts.addLine({ cartId, ...another, quantity: 20 })
  await expect(carts.updateLine({ cartId, lineId: 'b', quantity: 21 })).rejects.toMatchObject(tooMany('b'))
  const { quote } = await carts.updateLine({ cartId, lineId: 'b', quantity: 20 })
  expect((await pay(carts, cartId, quote.total)).order.state).toBe('placed')
}, 60_000)

test('a cart that a merge has made too large is charged nothing, and can be made smaller', async () => {
  const guest = await shop.guest().carts.create({ lines: [{ lineId: 'many', variantId: bundle, quantity: 900 }] })
  const { carts } = shop.as('bob', guest.token)
  const gifts = ['eve', 'mallory', 'trent'].map((name) => ({
    ...{ lineId: name, variantId: book, quantity: 1000 },
    recipient: { type: 'email', email: `${name}@example.org` } as const,
  }))
  const { cart } = await carts.create({ lines: gifts })
  const cartId = cart.id
  const merged = await carts.merge({ cartId, fromCartId: guest.cart.id })
  await expect(pay(carts, cartId, merged.quote.total)).rejects.toMatchObject(tooMany())
  const more = { cartId, lineId: 'many', variantId: bundle, quantity: 901 }
  await expect(carts.addLine(more)).rejects.toMatchObject({ code: 'quantity_not_allowed' })
  await carts.addLine({ ...more, quantity: 899 })
  const smaller = await carts.updateLine({ cartId, lineId: 'many', quantity: 851 })
  await expect(pay(carts, cartId, smaller.quote.total)).rejects.toMatchObject(tooMany())
  expect(shop.processor.payments().filter(({ amount }) => amount.amount === smaller.quote.total)).toEqual([])
  const { quote } = await carts.updateLine({ cartId, lineId: 'many', quantity: 850 })
  expect((await pay(carts, cartId, quote.total)).order.state).toBe('placed')
}, 60_000)
