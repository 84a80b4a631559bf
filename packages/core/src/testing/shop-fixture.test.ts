import { describe, expect, test } from 'vitest'
import { shopFixture } from './shop-fixture.ts'

describe('the fixture of a shop', () => {
  test('sells a course, and delivers it', async () => {
    const shop = await shopFixture()
    const { order } = await shop.buy()
    expect(order).toMatchObject({ state: 'placed', total: 10_000, money: { state: 'paid' }, delivery: 'queued' })
    expect(await shop.runJobs()).toBe(1)
  })

  test('sells to a guest, for nothing and on account', async () => {
    const shop = await shopFixture()
    const guest = await shop.buy({ hostId: null, lines: [{ variantId: shop.ids.variants.program }] })
    expect(guest.order.state).toBe('placed')
    const free = await shop.buy({ codes: ['free'] })
    expect(free.order).toMatchObject({ state: 'placed', total: 0, money: { state: 'paid' } })
    const later = await shop.buy({ paymentAccount: shop.ids.accounts.invoice, codes: ['spring'] })
    expect(later.order).toMatchObject({
      state: 'placed',
      total: 8000,
      money: { state: 'on_account' },
      delivery: 'waiting',
    })
  })
})
