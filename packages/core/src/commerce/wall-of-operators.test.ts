import { expect, test } from 'vitest'
import type { LearningPlatform } from '../ports/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'

/** A platform that says for whom it was called. */
function listeningPlatform() {
  const inner = simulatedPlatform({ runtime: testRuntime() })
  inner.addCourses([{ id: 'algebra', modes: [{ mode: 'audit' }, { mode: 'verified' }] }])
  const heard = new Map<string, unknown>()
  const platform: LearningPlatform = {
    ...inner,
    checkTarget(target, options) {
      heard.set('checkTarget', options?.operator)
      return inner.checkTarget(target)
    },
    deliver(grant) {
      heard.set('deliver', grant.operator)
      return inner.deliver(grant)
    },
    withdraw(grant) {
      heard.set('withdraw', grant.operator)
      return inner.withdraw(grant)
    },
    ownership(learner, targets, options) {
      heard.set('ownership', options?.operator)
      return inner.ownership(learner, targets)
    },
    refundFacts(learner, target, options) {
      heard.set('refundFacts', options?.operator)
      return inner.refundFacts(learner, target)
    },
    detailNow({ operator, detail }) {
      heard.set('detailNow', operator)
      return detail
    },
  }
  return { platform, heard: () => Object.fromEntries(heard) }
}

test('a provider is told for which operator it is called', async () => {
  const { platform, heard } = listeningPlatform()
  const shop = await campusShop({ fulfilment: { shared: platform } })
  const fulfilment = { provider: 'shared', target: { course: 'algebra', mode: 'verified' } }
  const variantId = await shop.product('course', 'Algebra', { prices: [{ priceList: 'eur', amount: 500 }], fulfilment })
  const { order } = await shop.buy('ann', [{ variantId }])
  await shop.as('ann').orders.get({ orderId: order.id })
  await shop.system.admin.orders.refundOptions({ orderId: order.id, withoutCertificate: true })
  await shop.refundElsewhere('ann', order.id, 500)
  await shop.system.admin.orders.cancel({ orderId: order.id, reason: 'given back' })
  await shop.runJobs()
  const names = ['checkTarget', 'deliver', 'withdraw', 'ownership', 'refundFacts', 'detailNow']
  expect(heard()).toEqual(Object.fromEntries(names.map((name) => [name, 'campus'])))
})

test('a target that a provider refuses this operator is not put on sale', async () => {
  const { platform } = listeningPlatform()
  const checkTarget: LearningPlatform['checkTarget'] = (_target, options) =>
    options?.operator === 'campus' ? 'is not for this operator' : null
  const shop = await campusShop({ fulfilment: { shared: { ...platform, checkTarget } } })
  const fulfilment = { provider: 'shared', target: { course: 'algebra', mode: 'verified' } }
  const made = shop.product('course', 'Algebra', { prices: [{ priceList: 'eur', amount: 500 }], fulfilment })
  await expect(made).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ path: 'variants.0.fulfilment', message: 'is not for this operator' }],
  })
})
