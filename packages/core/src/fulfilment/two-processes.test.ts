import { expect, test } from 'vitest'
import { createCommerce } from '../commerce/index.ts'
import type { DeliveryAnswer, PaymentProcessor } from '../ports/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { type EnrollingPlatform, enrollingPlatform } from '../testing/enrolling-platform.ts'

const HOUR = 3_600_000

/** A shop with two processes, each with its own turns, and a platform that keeps no grants. */
async function twoProcesses() {
  const campus = enrollingPlatform()
  const shop = await campusShop({ fulfilment: { campus } })
  const other = createCommerce({
    ...{ storage: shop.storage, runtime: shop.runtime, fulfilment: { campus }, secrets: (ref: string) => ref },
    payments: { test: shop.processor },
  })
  const variantId = await shop.product('course', 'bees', {
    prices: [{ priceList: 'eur', amount: 10_000 }],
    fulfilment: { provider: 'campus', target: { course: 'bees', mode: 'verified' } },
  })
  const settled = async () => {
    for (const wait of [0, HOUR, HOUR]) {
      await shop.runtime.advance(wait)
      await shop.runJobs()
      await other.jobs.runDue()
    }
  }
  return { shop, campus, other, settled, buy: () => shop.settle(shop.buy('ann', [{ variantId }])) }
}

/** All money of ann's order goes back at the processor. */
async function refundAll({ as, refundElsewhere }: CampusShop): Promise<void> {
  const { items } = await as('ann').me.orders({})
  await refundElsewhere('ann', items[0]?.id ?? '', 10_000)
}

/** The refund has failed after all: the money is here. */
async function moneyIsBack({ as, processor }: CampusShop): Promise<void> {
  const { lookup } = processor
  const here: PaymentProcessor['lookup'] = async (...call) => {
    const answer = await lookup(...call)
    return answer.outcome === 'found' ? { ...answer, payment: { ...answer.payment, refunded: 0 } } : answer
  }
  Object.assign(processor, { lookup: here })
  const { items } = await as('ann').me.orders({})
  await as('ann').orders.refreshPayment({ orderId: items[0]?.id ?? '' })
}

async function stateOf({ as }: CampusShop): Promise<string | undefined> {
  const { items } = await as('ann').me.orders({})
  return items[0]?.lines[0]?.deliveries[0]?.state
}

/** Has the next call of one kind answer something else, after it acted. */
function answerOf(campus: EnrollingPlatform, kind: 'deliver' | 'withdraw', answer: DeliveryAnswer): void {
  const asked = campus[kind] as (request: unknown) => Promise<DeliveryAnswer>
  const lost = async (request: unknown) => {
    campus[kind] = asked
    await asked(request)
    return answer
  }
  campus[kind] = lost
}

const LOST = { outcome: 'unknown', reason: 'no answer in time' } as const

test.each([{ outcome: 'done' }, LOST] as const)(
  'a delivery in hand while another process withdraws it leaves nothing: $outcome',
  async (answer) => {
    const { shop, campus, other, settled, buy } = await twoProcesses()
    answerOf(campus, 'deliver', answer)
    campus.meanwhile.push(async () => {
      await shop.settle(refundAll(shop))
      await shop.settle(other.jobs.runDue())
      expect(await stateOf(shop)).toBe('withdrawn')
    })
    await buy()
    await settled()
    expect([await stateOf(shop), campus.rows.get('ann/bees')]).toEqual(['withdrawn', null])
  },
)

test('a delivery that is done while another process is withdrawing it leaves nothing', async () => {
  const { shop, campus, other, settled, buy } = await twoProcesses()
  const { withdraw } = campus
  let delivered = Promise.resolve()
  const isWithdrawn = Promise.withResolvers<void>()
  // The withdrawal looks before the delivery writes, and answers after.
  campus.withdraw = async (request) => {
    campus.withdraw = withdraw
    const answer = await withdraw(request)
    isWithdrawn.resolve()
    await delivered
    return answer
  }
  campus.meanwhile.push(async () => {
    await shop.settle(refundAll(shop))
    void other.jobs.runDue()
    await shop.settle(isWithdrawn.promise)
  })
  const bought = buy()
  delivered = bought.then(() => {})
  await bought
  await settled()
  expect([await stateOf(shop), campus.rows.get('ann/bees')]).toEqual(['withdrawn', null])
})

test.each([{ outcome: 'done' }, LOST] as const)(
  'a withdrawal in hand while the money comes back, and another process delivers, leaves the course: $outcome',
  async (answer) => {
    const { shop, campus, other, settled, buy } = await twoProcesses()
    await buy()
    await refundAll(shop)
    answerOf(campus, 'withdraw', answer)
    campus.meanwhile.push(async () => {
      await shop.settle(moneyIsBack(shop))
      await shop.settle(other.jobs.runDue())
      expect(await stateOf(shop)).toBe('delivered')
    })
    await shop.settle(shop.runJobs())
    await settled()
    expect([await stateOf(shop), campus.rows.get('ann/bees')]).toEqual(['delivered', 'verified'])
  },
)
