import { expect, test } from 'vitest'
import type { PaidPrice, ShopperFacts } from '../promotion/index.ts'
import { creditCounter, creditedPart, creditsUsed, isCredit } from './credits-used.ts'
import type { Adjustment, LeftOutPart } from './quote.ts'
import type { WorkingLine } from './working-line.ts'

const line = (some: { leftOut?: Partial<LeftOutPart>[]; adjustments?: Partial<Adjustment>[] }): WorkingLine =>
  ({ leftOut: [], adjustments: [], ...some }) as unknown as WorkingLine
const whoPaid = (paid: Readonly<Record<string, PaidPrice>>): ShopperFacts =>
  ({ owned: { products: [], variants: Object.keys(paid), paid } }) as unknown as ShopperFacts
const upgrade = (from: string, amount: number): Partial<Adjustment> => ({
  cause: { type: 'upgrade', from, credit: 'money_paid' },
  amount,
})

const price = (counter: string, more: Partial<PaidPrice> = {}): PaidPrice => ({
  ...{ amount: 9000, listPrice: 9000, counter },
  ...more,
})

test('parts that are left out and upgrades use what they credit, within what the counter can then reach', () => {
  const shopper = whoPaid({
    'vrt-a': price('credited:USD:ord-1:lin-1:1:all', { credited: 100, held: 150 }),
    'vrt-b': price('credited:USD:ord-2:lin-1:1:all', { credited: 40 }),
    'vrt-c': price('credited:USD:ord-3:lin-1:1:all'),
  })
  const sold = [
    line({ leftOut: [{ variantId: 'vrt-a', credit: 700 }] }),
    line({ leftOut: [{ variantId: 'vrt-b', credit: 60 }], adjustments: [upgrade('vrt-c', -300)] }),
  ]
  expect(creditsUsed(sold, shopper)).toEqual([
    { counter: 'credited:USD:ord-1:lin-1:1:all', n: 700, limit: 850 },
    { counter: 'credited:USD:ord-2:lin-1:1:all', n: 60, limit: 100 },
    { counter: 'credited:USD:ord-3:lin-1:1:all', n: 300, limit: 300 },
  ])
})

test('other adjustments, credits of nothing and what nobody knows a payment of use nothing', () => {
  const shopper = whoPaid({ 'vrt-a': price('credited:USD:ord-1:lin-1:1:all') })
  const promotion = { cause: { type: 'promotion', id: 'prm-1', from: 'vrt-a' }, amount: -500 } as unknown as Adjustment
  const sold = [
    line({ adjustments: [promotion, upgrade('vrt-a', 0)] }),
    line({ leftOut: [{ variantId: 'vrt-a', credit: 0 }] }),
    line({ leftOut: [{ variantId: 'vrt-unknown', credit: 500 }] }),
  ]
  expect(creditsUsed(sold, shopper)).toEqual([])
  expect(creditsUsed([line({ leftOut: [{ variantId: 'vrt-a', credit: 500 }] })], {} as ShopperFacts)).toEqual([])
})

test('its counters are told from those of uses by how they begin', () => {
  const counter = creditCounter('USD', 'ord-1', 'lin-1', 1, 'all')
  expect(counter).toBe('credited:USD:ord-1:lin-1:1:all')
  expect(isCredit({ counter })).toBe(true)
  expect(isCredit({ counter: 'promotion:credited:' })).toBe(false)
  expect(creditedPart({ counter })).toEqual({ orderId: 'ord-1', lineId: 'lin-1', unit: 1, part: 'all' })
  expect(creditedPart({ counter: creditCounter('USD', 'vrt-a', 'cus-1') })).toBe(null)
})
