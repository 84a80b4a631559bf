import fc from 'fast-check'
import { expect, test } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'
const NAMES = ['audit', 'verified', 'credit'] as const
// The card takes 0.50 at least.
const more = fc.integer({ min: 50, max: 9999 })
/** What becomes of the order of a mode. */
const end = fc.constantFrom(
  'paid' as const,
  'paid' as const,
  'not_bought' as const,
  'cancelled' as const,
  'refunded' as const,
)

test('a chain of upgrades by the money paid costs what its last costs, whichever are bought, cancelled or refunded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(more, more, more), fc.tuple(end, end, end), async (steps, ends) => {
      const prices = steps.map((_, place) => steps.slice(0, place + 1).reduce((sum, one) => sum + one, 0))
      const shop = await campusShop()
      const { system } = shop
      const modes = await shop.course(
        'bees',
        Object.fromEntries(NAMES.map((name, place) => [name, prices[place] ?? 0])),
      )
      const { items } = await system.admin.products.list({})
      const variants = NAMES.slice(1).map((name, place) => ({
        name,
        upgrade: { from: NAMES.slice(0, place + 1), credit: 'money_paid' as const },
      }))
      await system.admin.products.update({ productId: items[0]?.product.id ?? '', variants })
      let paid = 0
      let last = 0
      for (const [place, name] of NAMES.entries()) {
        const [price = 0, what] = [prices[place], ends[place]]
        if (what === 'not_bought') continue
        const paymentToken = what === 'cancelled' ? 'tok_requires_action' : 'tok_approve'
        const { order } = await shop.buy(ANN, [{ variantId: modes[name] ?? '' }], { paymentToken })
        // What is credited is what was paid for the last, no more.
        expect(order.total).toBe(price - last)
        if (what === 'cancelled')
          await shop.settle(system.admin.orders.cancel({ orderId: order.id, reason: 'not wanted' }))
        if (what === 'refunded') await shop.refundElsewhere(ANN, order.id, order.total)
        if (what === 'paid') [paid, last] = [paid + order.total, price]
        expect(paid).toBe(last)
      }
    }),
    {
      numRuns: 15,
      examples: [
        [
          [1000, 4000, 5000],
          ['paid', 'paid', 'paid'],
        ],
        [
          [1000, 4000, 5000],
          ['paid', 'refunded', 'paid'],
        ],
      ],
    },
  )
}, 60_000)
