import { createCommerce, type DeliveryAnswer, type FulfilmentProvider } from '@bursar/core'
import { afterAll, expect, test } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'

const { open, end, query, schema } = testSchema()
afterAll(() => end())

/** Shows its error page in UTF-16, which is read as text with U+0000. */
const odd: FulfilmentProvider = {
  kind: 'odd',
  checkTarget: () => null,
  status: async () => ({ outcome: 'unknown', reason: '' }),
  withdraw: async () => ({ outcome: 'done' }),
  async deliver({ target }): Promise<DeliveryAnswer> {
    if (target === 'refused') return { outcome: 'refused', reason: 'n\0o' }
    return JSON.parse(Buffer.from('<html>down</html>', 'utf16le').toString('utf8'))
  },
}

test('a platform that answers in bytes is asked again later, and its refusal is shown', async () => {
  const shop = createCommerce({ storage: open(), fulfilment: { odd } })
  await shop.migrate()
  await shop.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'sel', legalName: 'Acme', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = shop.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'eur', name: 'EUR', currency: 'EUR' })
  await admin.sites.update({ id: 'main', priceLists: ['eur'] })
  const prices = [{ priceList: 'eur', amount: 0 }]
  const { variants } = await admin.products.create({
    type: 'course',
    title: 'Course',
    publication: {},
    variants: ['refused', 'down'].map((course) => ({
      name: course,
      fulfilment: { provider: 'odd', target: course },
      prices,
    })),
  })
  const { carts } = shop.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const lines = variants.map(({ id }) => ({ lineId: id, variantId: id }))
  const { cart } = await carts.create({ currency: 'EUR', lines })
  const expectedTotal = { amount: 0, currency: 'EUR' } as const
  await carts.checkout({ cartId: cart.id, expectedTotal, consents: [] }, { idempotencyKey: 'bought-once' })
  await shop.jobs.runDue()
  const jobs = await query(`select state, error from ${schema}._jobs where queue = 'grant.deliver'`)
  expect(jobs).toMatchObject([{ state: 'waiting', error: expect.stringContaining('<\ufffdh\ufffd') }])
  const { items } = await admin.grants.list({ state: 'parked' })
  expect(items).toMatchObject([{ record: { reason: 'n\ufffdo' } }])
  await shop.close()
})
