import { expect, test } from 'vitest'
import { type Grant, grants } from '../entitlement/index.ts'
import type { PaymentProcessor } from '../ports/index.ts'
import { listAll, put } from '../storage/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { enrollingPlatform } from '../testing/enrolling-platform.ts'

const scope = { operator: 'campus' }

/** A shop with a course for nothing, whose learner is in audit, and a platform that keeps no grants. */
async function shopWithCampus() {
  const campus = enrollingPlatform()
  campus.rows.set('ann/bees', 'audit')
  const shop = await campusShop({ fulfilment: { campus } })
  const { admin } = shop.system
  const target = { course: 'bees', mode: 'verified' }
  const variantId = await shop.product('course', 'bees', {
    prices: [{ priceList: 'eur', amount: 0 }],
    fulfilment: { provider: 'campus', target },
  })
  const stored = async (state: Grant['state']) => {
    const [grant] = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', state] })
    if (grant === undefined) throw new Error(`none is ${state}`)
    return grant
  }
  return {
    ...{ shop, campus, admin, stored },
    buy: () => shop.buy('ann', [{ variantId }]),
    /** Another one pays for the same learner. */
    buyForAnn: () =>
      shop.buy('corp', [{ variantId, recipient: { type: 'learner', platform: 'campus', learnerId: 'ann' } }]),
    /** Staff raise the learner at the platform, and say so. */
    async giveByHand() {
      campus.rows.set('ann/bees', 'verified')
      await admin.grants.complete({ grantId: (await stored('parked')).id })
    },
    async cancel({ order }: { order: { id: string } }) {
      await admin.orders.cancel({ orderId: order.id, reason: 'given up' })
      await shop.runJobs()
    },
    mode: () => campus.rows.get('ann/bees'),
  }
}

test('what was given by hand after a refusal leaves what was there before', async () => {
  const { campus, buy, giveByHand, cancel, stored, mode } = await shopWithCampus()
  campus.refusals = 1
  const bought = await buy()
  await giveByHand()
  await cancel(bought)
  expect([(await stored('withdrawn')).body.state, mode()]).toEqual(['withdrawn', 'audit'])
})

test('what was given by hand counts with what was delivered after it: once both are gone, nothing of them is left', async () => {
  const { campus, buy, buyForAnn, giveByHand, cancel, mode } = await shopWithCampus()
  campus.refusals = 1
  const own = await buy()
  await giveByHand()
  const paidForThem = await buyForAnn()
  await cancel(own)
  expect(mode()).toBe('verified')
  await cancel(paidForThem)
  expect(mode()).toBe('audit')
})

test('what was given by hand where nobody has looked is taken back by hand', async () => {
  const { campus, shop, admin, buy, giveByHand, cancel, stored, mode } = await shopWithCampus()
  const { deliver } = campus
  campus.deliver = async () => ({ outcome: 'refused', reason: 'not_allowed' })
  const bought = await buy()
  campus.deliver = deliver
  await giveByHand()
  await cancel(bought)
  const { id, body } = await stored('withdraw_parked')
  expect(body.reason).toContain('given_by_hand')
  expect(mode()).toBe('verified')
  await admin.grants.complete({ grantId: id })
  await shop.runJobs()
  expect((await stored('withdrawn')).id).toBe(id)
})

test('what was completed by a release before, which kept nothing of what it had found, unenrols nobody', async () => {
  const { campus, shop, buy, giveByHand, cancel, stored, mode } = await shopWithCampus()
  campus.refusals = 1
  const bought = await buy()
  await giveByHand()
  const grant = await stored('delivered')
  const { found: _found, ...old } = grant.body
  await shop.storage.commit(scope, [put(grants, grant, { ...old, before: null })])
  await cancel(bought)
  expect([(await stored('withdraw_parked')).id, mode()]).toEqual([grant.id, 'verified'])
})

test('what was found for another account is not given back to the one that staff enrolled', async () => {
  const { campus, admin, buy, giveByHand, stored } = await shopWithCampus()
  campus.refusals = 1
  await buy()
  await admin.customers.put({ hostId: 'ann', links: [{ platform: 'campus', learnerId: 'ann-2' }] })
  await giveByHand()
  expect((await stored('delivered')).body.before).toBeNull()
})

test('what a delivery had found that was taken back since is no matter of what is given by hand after the next one', async () => {
  const { campus, shop, admin, stored, giveByHand, mode } = await shopWithCampus()
  const target = { course: 'wasps', mode: 'verified' }
  const variantId = await shop.product('course', 'wasps', {
    prices: [{ priceList: 'eur', amount: 10_000 }],
    fulfilment: { provider: 'campus', target },
  })
  campus.refusals = 1
  const { order } = await shop.buy('ann', [{ variantId }])
  await admin.grants.retry({ grantId: (await stored('parked')).id })
  await shop.runJobs()
  await shop.refundElsewhere('ann', order.id, 10_000)
  await shop.runJobs()
  expect((await stored('withdrawn')).body.found).toBeDefined()
  campus.deliver = async () => ({ outcome: 'refused', reason: 'not_allowed' })
  const { lookup } = shop.processor
  const here: PaymentProcessor['lookup'] = async (...call) => {
    const answer = await lookup(...call)
    return answer.outcome === 'found' ? { ...answer, payment: { ...answer.payment, refunded: 0 } } : answer
  }
  Object.assign(shop.processor, { lookup: here }) // the refund has failed after all
  await shop.as('ann').orders.refreshPayment({ orderId: order.id })
  expect((await stored('queued')).body.found).toBeUndefined()
  await shop.runJobs()
  expect((await stored('parked')).body.found).toBeUndefined()
  await giveByHand()
  expect([(await stored('delivered')).body.before, mode()]).toEqual([null, 'verified'])
})

test('what a refused delivery had found counts no more once it was refused again without a look', async () => {
  const { campus, shop, admin, buy, stored } = await shopWithCampus()
  campus.refusals = 1
  await buy()
  const { id, body } = await stored('parked')
  expect(body.found?.before).toEqual({ mode: 'audit' })
  campus.deliver = async () => ({ outcome: 'refused', reason: 'not_allowed' })
  await admin.grants.retry({ grantId: id })
  await shop.runJobs()
  expect((await stored('parked')).body.found).toBeUndefined()
})
