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

test('what waits for a run is a case while its variant has no list of runs, and none while the list is only empty', async () => {
  const shop = await campusShop()
  const { admin } = shop.system
  const { verified = '' } = await shop.course('bees', { verified: 1000 }, { runs: [] })
  await shop.buy('ann', [{ variantId: verified }])
  const findings = async () => (await admin.reports.doctor({})).findings.map(({ message, record }) => [record, message])
  expect(await findings()).toEqual([])

  const { product } = (await admin.products.list({})).items[0] ?? {}
  const target = { course: 'bees', mode: 'verified' }
  const withRuns = (runs: { id: string; title: string; target: typeof target }[] | null) => {
    const variants = [{ name: 'verified', fulfilment: { provider: 'lms', target }, runs }]
    return admin.products.update({ productId: product?.id ?? '', variants })
  }
  await withRuns(null)
  const [right] = (await shop.as('ann').me.entitlements({})).items
  const message = `waits for its run to be chosen, and the variant ${verified} has no \`runs\`: list them again`
  expect(await findings()).toEqual([[right?.id, message]])

  await withRuns([{ id: 'spring', title: 'Spring', target }])
  await shop.as('ann').me.chooseRun({ entitlementId: right?.id ?? '', run: 'spring' })
  await shop.runJobs()
  expect(await findings()).toEqual([])
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann', course: 'bees' }])
})
