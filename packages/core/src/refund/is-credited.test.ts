import { describe, expect, test } from 'vitest'
import type { OwnedPartsRule } from '../catalog/index.ts'
import type { Order } from '../order/index.ts'
import type { PricedVariant } from '../pricing/index.ts'
import { sampleInputs, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { creditingOrders, isCredited } from './is-credited.ts'
import { sampleOrder } from './sample-order.ts'

const variants = variantsById(
  sampleVariant('var_verified', 6000),
  sampleVariant('var_credit', 15_000, { upgrade: { from: ['var_verified'], credit: 'money_paid' } }),
  sampleVariant('var_professional', 18_000, { upgrade: { from: ['var_credit'], credit: 'money_paid' } }),
  sampleVariant('var_program', 20_000, program('credit_paid')),
  sampleVariant('var_rest', 20_000, program('leave_out')),
  sampleVariant('var_law', 12_000),
)
const owned = { products: [], variants: ['var_verified'], paid: { var_verified: { amount: 6000, listPrice: 6000 } } }

const buy = (variantId: string, now: string, changes: Partial<Order> = {}, shopper = {}): Order =>
  sampleOrder(
    sampleInputs({
      ...{ now, variants, lines: [{ id: 'lin_1', variantId, quantity: 1 }] },
      shopper: { customerId: 'cus_1', groups: [], firstOrder: 'unknown', ...shopper },
    }),
    changes,
  )

function program(ownedParts: OwnedPartsRule): Partial<PricedVariant> {
  const parts = ['var_verified', 'var_law'].map((variantId, place) => ({ id: `part_${place}`, variantId }))
  return { bundle: { parts, pricing: { type: 'own_price' }, ownedParts } }
}

const verified = buy('var_verified', '2026-06-01T12:00:00.000Z')
const later = '2026-06-02T12:00:00.000Z'
const upgrade = (changes: Partial<Order> = {}, now = later): Order => buy('var_credit', now, changes, { owned })
const money = upgrade().money
const UNPAID = { state: 'pending', placedAt: null, money: { ...money, captured: 0, due: 9000 } } as const
const PART = { lineId: 'lin_1', unit: 1, part: 'all', variantId: 'var_verified' }

describe('what a later order credited', () => {
  test('the upgrade costs the difference', () => {
    expect(upgrade().total).toBe(9000)
  })

  test.each<[string, readonly Order[], boolean]>([
    ['no other order', [], false],
    ['an upgrade', [upgrade()], true],
    ['an upgrade beside other orders', [buy('var_verified', later), upgrade()], true],
    ['an upgrade beside another line', [{ ...upgrade(), lines: [...verified.lines, ...upgrade().lines] }], true],
    ['an upgrade that is closed', [upgrade({ state: 'closed' })], true],
    ['an upgrade that was not placed', [upgrade({ state: 'cancelled' })], false],
    ['an upgrade that is not paid yet', [upgrade(UNPAID)], true],
    ['a bundle that is not paid yet', [buy('var_program', later, UNPAID, { owned })], true],
    ['an upgrade that waits for an approval', [upgrade({ ...UNPAID, state: 'awaiting_approval' })], true],
    ['an upgrade of before that is not paid yet', [upgrade(UNPAID, '2026-05-31T12:00:00.000Z')], false],
    ['an upgrade that nobody paid', [upgrade({ ...UNPAID, state: 'cancelled' })], false],
    ['an upgrade of before', [upgrade({}, '2026-05-31T12:00:00.000Z')], false],
    ['an upgrade of the same moment', [upgrade({}, '2026-06-01T12:00:00.000Z')], false],
    ['an upgrade placed at no known time', [upgrade({ placedAt: null })], false],
    ['an upgrade that was refunded', [upgrade({ money: { ...money, refunded: 9000 } })], false],
    ['an upgrade that was refunded in part', [upgrade({ money: { ...money, refunded: 8999 } })], true],
    ['an upgrade that cost nothing', [upgrade({ total: 0, money: { ...money, captured: 0 } })], true],
    ['an upgrade whose money failed later', [upgrade({ money: { ...money, captured: 0 } })], false],
    ['an upgrade on account', [upgrade({ onAccount: true, money: { ...money, captured: 0 } })], true],
    ['an upgrade that is authorised', [upgrade({ money: { ...money, captured: 0, authorized: 9000 } })], true],
    [
      'an upgrade on account that was refunded',
      [upgrade({ onAccount: true, money: { ...money, refunded: 9000 } })],
      false,
    ],
    ['an upgrade that was paid twice', [upgrade({ money: { ...money, captured: 18_000, refunded: 9000 } })], true],
    ['a bundle that credits its part', [buy('var_program', later, {}, { owned })], true],
    ['a bundle that leaves its part out', [buy('var_rest', later, {}, { owned })], false],
    ['a bundle at its full price', [buy('var_program', later)], false],
    ['the dearer mode at its full price', [buy('var_credit', later)], false],
    ['the dearer mode, credited nothing', [buy('var_credit', later, {}, { owned: { ...owned, paid: {} } })], false],
  ])('%s', (_name, others, answer) => {
    expect(isCredited(verified, PART, creditingOrders(others))).toBe(answer)
  })

  test.each<[string, Partial<Order>]>([
    ['that was refunded', { money: { ...money, refunded: 9000 } }],
    ['that ended', { state: 'cancelled' }],
  ])('an upgrade %s, along with what it bought', (_name, changes) => {
    const had = { products: [], variants: ['var_credit'], paid: { var_credit: { amount: 15_000, listPrice: 15_000 } } }
    const last = buy('var_professional', '2026-06-03T12:00:00.000Z', {}, { owned: had })
    expect(last.total).toBe(3000)
    expect(isCredited(verified, PART, creditingOrders([upgrade(changes), last]))).toBe(true)
    expect(isCredited(verified, PART, creditingOrders([upgrade(changes), { ...last, state: 'cancelled' }]))).toBe(false)
  })

  const hold = (order: string, unit = 1, currency = 'EUR') => ({
    ...{ counter: `credited:${currency}:${order}:lin_1:${unit}:all`, n: 6000 },
  })
  const use = { counter: 'orders:sit_1', n: 1 }
  test.each<[string, Partial<Order>, boolean]>([
    ['this part', { holds: [use, hold(verified.id)] }, true],
    ['this part, while it waits for its money', { ...UNPAID, holds: [hold(verified.id)] }, true],
    ['this part, in the same moment', { placedAt: verified.placedAt, holds: [hold(verified.id)] }, true],
    ['the same of another order', { holds: [hold('ord_other')] }, false],
    ['another unit', { holds: [hold(verified.id, 2)] }, false],
    ['nothing of the kind', { holds: [use] }, true],
    ['this part no more', { state: 'cancelled', holds: [], returned: [hold(verified.id)] }, false],
  ])('an upgrade whose holds name %s', (_name, changes, answer) => {
    expect(isCredited(verified, PART, creditingOrders([upgrade(changes)]))).toBe(answer)
  })

  test('another variant of the order was not credited', () => {
    expect(isCredited(verified, { ...PART, variantId: 'var_other' }, creditingOrders([upgrade()]))).toBe(false)
  })

  test('an order that was not placed gave nothing to credit', () => {
    expect(isCredited({ ...verified, placedAt: null }, PART, creditingOrders([upgrade()]))).toBe(false)
  })
})
