import { expect, test } from 'vitest'
import { cancelUnpaidOrder, settlePayment } from '../checkout/index.ts'
import type { LookupAnswer, ProcessorPayment } from '../ports/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { type SimulatedPlatform, simulatedPlatform } from '../testing/simulated-platform/index.ts'

const scope = { operator: 'opr_school', site: 'main' }
const modes = ['audit', 'verified'] as const

/** The shop with a learning platform that has books of its own; invoices are trusted. */
async function shopWithPlatform(): Promise<{ shop: ShopFixture; platform: SimulatedPlatform }> {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const courses = [{ id: 'C1', modes: modes.map((mode) => ({ mode })) }]
  const platform = simulatedPlatform({ runtime: shop.runtime, courses })
  Object.assign(shop.ports.fulfilment, { school: platform })
  return { shop, platform }
}

const buyOnAccount = (shop: ShopFixture): Promise<Bought> => shop.buy({ paymentAccount: shop.ids.accounts.invoice })

const cancel = async (shop: ShopFixture, { order }: Bought): Promise<void> => {
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'asked for it' })
  await shop.runJobs()
}

const enrolledIn = (platform: SimulatedPlatform): (string | null)[] => platform.enrolments().map(({ mode }) => mode)

test.each([
  ['oldest', 0],
  ['newest', 1],
])('of two purchases of a course the %s ends first, and the last one unenrols', async (_which, first) => {
  const { shop, platform } = await shopWithPlatform()
  const bought = [await buyOnAccount(shop), await buyOnAccount(shop)]
  await shop.runJobs()
  const order = first === 0 ? bought : bought.toReversed()
  for (const [index, one] of order.entries()) {
    expect(enrolledIn(platform)).toEqual(['verified'])
    await cancel(shop, one)
    expect(enrolledIn(platform)).toEqual(index === 0 ? ['verified'] : [])
  }
  await assertHealthy(shop.storage, scope)
})

test('what the platform had before our first grant is what the last one leaves', async () => {
  const { shop, platform } = await shopWithPlatform()
  platform.enrol({ learner: 'learner-1', course: 'C1', mode: 'audit' })
  const bought = [await buyOnAccount(shop), await buyOnAccount(shop)]
  await shop.runJobs()
  for (const one of bought) await cancel(shop, one)
  expect(enrolledIn(platform)).toEqual(['audit'])
})

test('money that failed and came after all gives the course back', async () => {
  const { shop, platform } = await shopWithPlatform()
  const bought = await shop.buy()
  await shop.runJobs()
  expect(enrolledIn(platform)).toEqual(['verified'])
  await settlePayment(saying(shop, { state: 'failed' }), scope, bought.payment?.id ?? '')
  await shop.runJobs()
  expect(enrolledIn(platform)).toEqual([])
  await settlePayment(saying(shop, { state: 'captured', captured: 10_000 }), scope, bought.payment?.id ?? '')
  await shop.runJobs()
  expect(enrolledIn(platform)).toEqual(['verified'])
  await assertHealthy(shop.storage, scope)
})

/** The shop with a processor that says this of every payment. */
function saying(shop: ShopFixture, said: Partial<ProcessorPayment>): ShopFixture['ports'] {
  const lookup = async (_account: unknown, { reference }: { reference: string | null }): Promise<LookupAnswer> => ({
    outcome: 'found',
    payment: {
      ...{ reference: reference ?? 'ref', state: 'processing', amount: { amount: 10_000, currency: 'EUR' } },
      ...{ captured: 0, refunded: 0, ...said },
    },
  })
  return { ...shop.ports, payments: { ...shop.ports.payments, test: { ...shop.processor, lookup } } }
}
