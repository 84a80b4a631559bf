import { expect, test, vi } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'

const DAY = 24 * 60 * 60 * 1000
const ANN = 'ann'

interface Said {
  readonly state?: 'failed'
  readonly captured?: number
  readonly refunded?: number
}

/** Ann has a course for 30 days; the processor says from then on how much of its money came and went back. */
async function boughtCourse() {
  const shop = await campusShop()
  const deliver = vi.spyOn(shop.platform, 'deliver')
  const withdraw = vi.spyOn(shop.platform, 'withdraw')
  const { verified = '' } = await shop.course('bees', { audit: 0, verified: 1000 }, { validityDays: 30 })
  const { order } = await shop.buy(ANN, [{ variantId: verified }])
  const { lookup } = shop.processor
  let money: Said = {}
  vi.spyOn(shop.processor, 'lookup').mockImplementation(async (...asked) => {
    const answer = await lookup(...asked)
    return answer.outcome === 'found' ? { ...answer, payment: { ...answer.payment, ...money } } : answer
  })
  const hear = async (said: Said) => {
    money = said
    await shop.as(ANN).orders.refreshPayment({ orderId: order.id })
    await shop.runJobs()
  }
  const calls = () => [deliver.mock.calls.length, withdraw.mock.calls.length]
  const right = async () => (await shop.as(ANN).me.entitlements({})).items[0]
  const modes = () => shop.platform.enrolments().map(({ mode }) => mode)
  return { shop, orderId: order.id, hear, calls, right, modes }
}

test('what was delivered is not delivered again when a refund of a part fails, and is taken away once', async () => {
  const { shop, orderId, hear, calls } = await boughtCourse()
  await hear({ refunded: 400 })
  await hear({ refunded: 0 })
  expect(calls()).toEqual([1, 0])
  await hear({ refunded: 1000 })
  expect(calls()).toEqual([1, 1])
  await shop.system.admin.orders.cancel({ orderId, reason: 'refunded' })
  await shop.runJobs()
  expect(calls()).toEqual([1, 1])
})

test('a right whose money failed and came after all has its days of before', async () => {
  const { shop, hear, right, modes } = await boughtCourse()
  const { validFrom, validUntil } = (await right()) ?? {}
  await shop.runtime.advance(10 * DAY)
  await hear({ state: 'failed', captured: 0 })
  expect([(await right())?.state, modes()]).toEqual(['suspended', []])
  await shop.runtime.advance(5 * DAY)
  await hear({ captured: 1000 })
  expect(modes()).toEqual(['verified'])
  expect(await right()).toMatchObject({ state: 'active', validFrom, validUntil })
})

test('what the learner took up while the money was missed is theirs when it goes back for good', async () => {
  const { shop, hear, modes } = await boughtCourse()
  await hear({ state: 'failed', captured: 0 })
  shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'audit' })
  await hear({ captured: 1000 })
  expect(modes()).toEqual(['verified'])
  await hear({ captured: 1000, refunded: 1000 })
  expect(modes()).toEqual(['audit'])
})
