import { expect, test } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'

test('the export of a person says of a right that has ended what they see of it', async () => {
  const shop = await campusShop()
  const modes = await shop.course('bees', { verified: 6000 }, { validityDays: 1 })
  await shop.buy('ann', [{ variantId: modes.verified ?? '' }])
  const { admin } = shop.system
  const { id: customerId } = (await admin.customers.put({ hostId: 'ann' })).record
  const states = async () => (await admin.customers.export({ customerId })).entitlements.map(({ state }) => state)
  expect(await states()).toEqual(['active'])
  await shop.runtime.advance(24 * 60 * 60 * 1000)
  expect(await states()).toEqual(['expired'])
  expect((await shop.as('ann').me.entitlements({})).items.map(({ state }) => state)).toEqual(['expired'])
})
