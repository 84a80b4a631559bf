import { expect, test } from 'vitest'
import { addLine, createCart, getCart, updateLine } from '../cart/index.ts'
import { type JournalTransaction, journal } from '../journal/index.ts'
import type { PaymentProcessor } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { alteredStorage } from '../testing/altered-storage.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder } from './cancel-order.ts'
import { startCheckout } from './start-checkout.ts'

test('a sale that an older version booked otherwise is booked back as it was booked', async () => {
  const shop = await shopFixture({ isExamined: false })
  const { order } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  const bookedOtherwise = (body: JournalTransaction) => ({
    ...body,
    entries: [
      ...body.entries.map((entry) =>
        entry.account.endsWith('revenue') ? { ...entry, amount: entry.amount - 3 } : entry,
      ),
      { account: 'discount', amount: 3, currency: 'EUR' },
    ],
  })
  const storage = alteredStorage(shop.storage, { documents: { journal: bookedOtherwise } })
  await cancelUnpaidOrder({ ...shop.ports, storage }, shop.call(shop.staff()), { orderId: order.id, reason: 'unpaid' })
  const scope = { operator: shop.ids.operator, site: 'main' }
  const stream = await listAll(shop.storage, scope, journal, { index: 'stream', equals: [order.id] })
  const [sale, cancelled] = stream.map(({ body }) => body)
  expect(cancelled?.cause.type).toBe('sale_cancelled')
  const expected = sale && bookedOtherwise(sale).entries.map(({ account, amount }) => [account, -amount])
  expect(cancelled?.entries.map(({ account, amount }) => [account, amount])).toEqual(expected)
})

test('the cart of an ended order is open again with what was ordered, and what went on to the next cart stays there alone', async () => {
  const shop = await shopFixture()
  const { course, book } = shop.ids.variants
  const call = () => shop.call(shop.customer())
  const { cart } = await createCart(shop.ports, call(), {})
  await addLine(shop.ports, call(), { cartId: cart.id, lineId: 'ordered', variantId: course })
  await addLine(shop.ports, call(), { cartId: cart.id, lineId: 'more', variantId: book })
  const { invoice } = shop.ports.payments
  const editing: PaymentProcessor['open'] = async (...asked) => {
    await updateLine(shop.ports, call(), { cartId: cart.id, lineId: 'more', quantity: 3 })
    await addLine(shop.ports, call(), { cartId: cart.id, lineId: 'later', variantId: book })
    if (invoice === undefined) throw new Error('not in the fixture')
    return invoice.open(...asked)
  }
  Object.assign(shop.ports.payments, { invoice: { ...invoice, open: editing } })
  const { total: amount, currency } = (await getCart(shop.ports, call(), { cartId: cart.id })).quote
  const input = { cartId: cart.id, expectedTotal: { amount, currency }, paymentAccount: shop.ids.accounts.invoice }
  const { order } = await startCheckout(shop.ports, call(), input)
  const linesOf = async (cartId: string) =>
    (await getCart(shop.ports, call(), { cartId })).cart.lines.map(({ id, quantity }) => [id, quantity])
  const { nextCartId = '' } = (await getCart(shop.ports, call(), { cartId: cart.id })).cart
  const goneOn = [
    ['more', 2],
    ['later', 1],
  ]
  expect(await linesOf(nextCartId)).toEqual(goneOn)
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'unpaid' })
  expect(await linesOf(cart.id)).toEqual([
    ['ordered', 1],
    ['more', 1],
  ])
  expect(await linesOf(nextCartId)).toEqual(goneOn)
})
