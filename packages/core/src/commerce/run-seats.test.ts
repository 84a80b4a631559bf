import { expect, test, vi } from 'vitest'
import { doctor } from '../report/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const scope = { operator: 'campus' }

/** A shop with a course of which one run has one seat, which Ann has bought and chosen. */
async function oneSeat() {
  const shop = await campusShop()
  const run = { id: 'spring', title: 'Spring', target: { course: 'bees', mode: 'verified' }, capacity: 1 }
  const { verified = '' } = await shop.course('bees', { verified: 1000 }, { runs: [run] })
  const buy = (who: string) => shop.buy(who, [{ variantId: verified }])
  const { order } = await buy('ann')
  await choose(shop, 'ann')
  return { shop, buy, orderId: order.id }
}

/** Takes the seat for the right of theirs that waits for a run. */
async function choose(shop: CampusShop, who: string): Promise<string | undefined> {
  const { me } = shop.as(who)
  const waiting = (await me.entitlements({})).items.find(({ runs }) => runs !== undefined)
  const chosen = await me.chooseRun({ entitlementId: waiting?.id ?? '', run: 'spring' })
  await shop.runJobs()
  await assertHealthy(shop.storage, scope)
  return chosen.delivery?.state
}

const cancel = async (shop: CampusShop, orderId: string) => {
  await shop.system.admin.orders.cancel({ orderId, reason: 'ended' })
  await shop.runJobs()
  await assertHealthy(shop.storage, scope)
}

interface Said {
  readonly state?: 'failed'
  readonly captured?: number
  readonly refunded?: number
}

/** A processor that says from then on how much of Ann's payment came and went back. */
function saying(shop: CampusShop, orderId: string): (money: Said) => Promise<void> {
  const { lookup } = shop.processor
  let money: Said = {}
  vi.spyOn(shop.processor, 'lookup').mockImplementation(async (...asked) => {
    const answer = await lookup(...asked)
    return answer.outcome === 'found' ? { ...answer, payment: { ...answer.payment, ...money } } : answer
  })
  return async (said) => {
    money = said
    await shop.as('ann').orders.refreshPayment({ orderId })
    await shop.runJobs()
  }
}

test.each(['bob', 'ann'])('a right whose money all went back gives its seat back: %s has it', async (next) => {
  const { shop, buy, orderId } = await oneSeat()
  await shop.refundElsewhere('ann', orderId, 1000)
  await shop.runJobs()
  await buy(next)
  expect(await choose(shop, next)).toBe('queued')
  await cancel(shop, orderId)
  expect(shop.platform.enrolments()).toMatchObject([{ learner: next }])
  await buy('cleo')
  await expect(choose(shop, 'cleo')).rejects.toMatchObject({ code: 'run_full' })
})

test('and takes it again where the refund failed after all, though somebody else has it by now', async () => {
  const { shop, buy, orderId } = await oneSeat()
  const hear = saying(shop, orderId)
  await hear({ refunded: 1000 })
  await buy('bob')
  await choose(shop, 'bob')
  await hear({ refunded: 0 })
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann' }, { learner: 'bob' }])
  const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
  expect(findings).toMatchObject([{ invariant: 'I10', severity: 'case' }])
  await hear({ refunded: 1000 })
  await cancel(shop, orderId)
  await buy('cleo')
  await expect(choose(shop, 'cleo')).rejects.toMatchObject({ code: 'run_full' })
})

test.each([
  ['part of it went back, and the rest failed', [{ refunded: 400 }, { captured: 400, refunded: 400 }]],
  ['part of it failed, and the rest went back', [{ captured: 400 }, { captured: 400, refunded: 400 }]],
  ['both are said at once', [{ captured: 400, refunded: 400 }]],
])('a seat comes back once nothing is left of the money, whichever news came first: %s', async (_which, news) => {
  const { shop, buy, orderId } = await oneSeat()
  const hear = saying(shop, orderId)
  for (const one of news) await hear(one)
  vi.restoreAllMocks()
  await buy('bob')
  expect(await choose(shop, 'bob')).toBe('queued')
})

test('what went back of money that never came gives no seat back: it is owed again', async () => {
  const { shop, buy, orderId } = await oneSeat()
  const hear = saying(shop, orderId)
  await hear({ state: 'failed', captured: 0 })
  await hear({ state: 'failed', captured: 0, refunded: 1000 })
  vi.restoreAllMocks()
  await buy('bob')
  await expect(choose(shop, 'bob')).rejects.toMatchObject({ code: 'run_full' })
})

test('a payment that failed after its capture keeps the seat: its money may come yet', async () => {
  const { shop, buy, orderId } = await oneSeat()
  const { reference = '' } = shop.processor.payments()[0] ?? {}
  shop.processor.failCapture({ account: 'card', reference })
  await shop.as('ann').orders.refreshPayment({ orderId })
  await shop.runJobs()
  expect(shop.platform.enrolments()).toEqual([])
  await buy('bob')
  await expect(choose(shop, 'bob')).rejects.toMatchObject({ code: 'run_full' })
  await cancel(shop, orderId)
  expect(await choose(shop, 'bob')).toBe('queued')
})
