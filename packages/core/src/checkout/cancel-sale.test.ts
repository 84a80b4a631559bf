import { expect, test } from 'vitest'
import { type JournalTransaction, journal } from '../journal/index.ts'
import { listAll } from '../storage/index.ts'
import { alteredStorage } from '../testing/altered-storage.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder } from './cancel-order.ts'

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
