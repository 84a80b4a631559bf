import { expect, test } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'

test('a run is delivered by the provider that its variant has when it is chosen', async () => {
  const lab = simulatedPlatform({ runtime: testRuntime(), courses: [{ id: 'spring', modes: [{ mode: 'verified' }] }] })
  const shop = await campusShop({ fulfilment: { lab } })
  const { verified = '' } = await shop.course('bees', { verified: 1000 }, { runs: [] })
  await shop.buy('ann', [{ variantId: verified }])
  const target = { course: 'spring', mode: 'verified' }
  const variants = [
    { name: 'verified', fulfilment: { provider: 'lab', target }, runs: [{ id: 'spring', title: 'Spring', target }] },
  ]
  const { product } = (await shop.system.admin.products.list({})).items[0] ?? {}
  await shop.system.admin.products.update({ productId: product?.id ?? '', variants })
  const [right] = (await shop.as('ann').me.entitlements({})).items
  await shop.as('ann').me.chooseRun({ entitlementId: right?.id ?? '', run: 'spring' })
  await shop.runJobs()
  expect([shop.platform.enrolments(), lab.enrolments()]).toMatchObject([[], [{ learner: 'ann', course: 'spring' }]])
})
