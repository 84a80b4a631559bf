import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Order, orders } from '../order/index.ts'
import { refundOptions } from '../refund/index.ts'
import { listAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'
const SCOPE = { operator: 'campus', site: 'main' }
const NAMES = ['audit', 'verified', 'credit'] as const
const NO_RULE = {
  ...{ windowDays: null, beforeStart: false, maximumProgress: null },
  ...{ withoutCertificate: false, withoutWaiver: false },
}
const more = fc.integer({ min: 50, max: 9999 })
const token = fc.constantFrom('tok_approve', 'tok_late')
const rule = fc.constantFrom('money_paid' as const, 'list_price_then' as const, 'list_price_now' as const)

async function storedOrders({ storage }: CampusShop): Promise<readonly Order[]> {
  const all = await listAll(storage, SCOPE, orders, { index: 'createdAt', equals: [] })
  return all.map(({ body }) => body)
}

async function isAllowed(shop: CampusShop, id: string): Promise<boolean> {
  const all = await storedOrders(shop)
  const order = all.find((one) => one.id === id)
  if (order === undefined) return false
  const others = all.filter((one) => one.id !== id)
  const facts = { now: shop.runtime.now(), timeZone: 'UTC', policy: NO_RULE, inputs: null, others, factsOf: () => null }
  const { refusal, lines } = refundOptions(order, facts)
  return refusal === null && lines.every(({ parts }) => parts.every(({ policy }) => policy.answer === 'allowed'))
}

/** What is kept of the money of all orders, and the price of the dearest mode that the learner has. */
async function booksOf(shop: CampusShop, prices: ReadonlyMap<string, number>) {
  const kept = (await storedOrders(shop)).reduce((sum, { money }) => sum + money.captured - money.refunded, 0)
  const { items } = await shop.as(ANN).me.entitlements({})
  const had = items.filter(({ state }) => state === 'active').map(({ variantId }) => prices.get(variantId) ?? 0)
  return { kept, had: Math.max(0, ...had) }
}

test('what the policy lets back leaves the shop the price of what a learner has, also when an upgrade is still being paid', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(more, more, more),
      fc.tuple(token, token, token),
      fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
      rule,
      async (steps, tokens, refunds, credit) => {
        const amounts = steps.map((_, place) => steps.slice(0, place + 1).reduce((sum, one) => sum + one, 0))
        const shop = await campusShop()
        const { products } = shop.system.admin
        const modes = await shop.course('bees', Object.fromEntries(NAMES.map((name, at) => [name, amounts[at] ?? 0])))
        const variants = NAMES.slice(1).map((name, place) => ({
          ...{ name, upgrade: { from: NAMES.slice(0, place + 1), credit } },
        }))
        const { items } = await products.list({})
        await products.update({ productId: items[0]?.product.id ?? '', variants })
        const bought: { id: string; total: number; reference: string }[] = []
        for (const [place, name] of NAMES.entries()) {
          const paymentToken = tokens[place] ?? 'tok_approve'
          const { order } = await shop.buy(ANN, [{ variantId: modes[name] ?? '' }], { paymentToken })
          bought.push({
            id: order.id,
            total: order.total,
            reference: shop.processor.payments().at(-1)?.reference ?? '',
          })
          await shop.runtime.advance(1000)
        }
        const account = { id: 'card', mode: 'test', secret: async (name: string) => name } as const
        for (const place of refunds) {
          const one = bought[place]
          if (one === undefined || !(await isAllowed(shop, one.id))) continue
          const amount = { amount: one.total, currency: 'EUR' }
          await shop.processor.refund(account, { key: one.id, reference: one.reference, amount })
          await shop.as(ANN).orders.refreshPayment({ orderId: one.id })
        }
        for (const { id, reference } of bought) {
          shop.processor.settle({ account: 'card', reference }, 'captured')
          await shop.as(ANN).orders.refreshPayment({ orderId: id })
        }
        await shop.runJobs()
        const prices = new Map(NAMES.map((name, place) => [modes[name] ?? '', amounts[place] ?? 0]))
        const { kept, had } = await booksOf(shop, prices)
        expect(kept).toBeGreaterThanOrEqual(had)
      },
    ),
    {
      numRuns: 20,
      examples: [[[1000, 4000, 5000], ['tok_approve', 'tok_late', 'tok_approve'], [0], 'money_paid']],
    },
  )
}, 60_000)
