import { expect, test, vi } from 'vitest'
import { customers } from '../customer/index.ts'
import { grants } from '../entitlement/index.ts'
import type { Json } from '../json/index.ts'
import { byKey, listAll, put, readAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { expectOutcome } from '../testing/expectations.ts'

const scope = { operator: 'campus' }
const ann = { type: 'learner' as const, platform: 'lms', learnerId: 'ann' }
const ENROLLED = [{ learner: 'ann', course: 'bees', mode: 'verified' }]

/** A shop with a course that costs nothing, so that staff may cancel what is placed. */
async function freeShop() {
  const shop = await campusShop()
  const { verified = '' } = await shop.course('bees', { verified: 0 })
  const own = () => shop.buy('ann', [{ variantId: verified }])
  const gift = async () => {
    await shop.runtime.advance(1000) // or two are priced from the very same inputs, and the second waits to try again
    return shop.buy('corp', [{ variantId: verified, recipient: ann }])
  }
  return { shop, own, gift }
}

async function cancel(shop: CampusShop, { order }: { order: { id: string } }): Promise<void> {
  await shop.system.admin.orders.cancel({ orderId: order.id, reason: 'given twice' })
  await shop.runJobs()
}

const linkAnn = (shop: CampusShop, learnerId: string) =>
  shop.system.admin.customers.put({ hostId: 'ann', links: [{ platform: 'lms', learnerId }] })

const parked = async (shop: CampusShop) =>
  (await shop.system.admin.grants.list({ state: 'withdraw_parked' })).items.map(({ record }) => record)

test.each([
  ['their own purchase, then one for them', 'own', 0],
  ['one for them, then their own purchase', 'own', 1],
  ['two of a company that named them twice, the first', 'gift', 0],
  ['two of a company that named them twice, the second', 'gift', 1],
] as const)('a learner keeps what another order gives: %s', async (_which, other, first) => {
  const { shop, own, gift } = await freeShop()
  const bought = [other === 'own' ? await own() : await gift(), await gift()]
  await cancel(shop, bought[first] ?? { order: { id: '' } })
  expect(shop.platform.enrolments()).toMatchObject(ENROLLED)
  await cancel(shop, bought[1 - first] ?? { order: { id: '' } })
  expect(shop.platform.enrolments()).toEqual([])
  const kept = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', 'withdrawn'] })
  expect(new Set(kept.map(({ body }) => body.learner)).size).toBe(1)
  expect(JSON.stringify(kept)).not.toContain('"ann"')
})

test('what the learner had before the first of the orders is what the last one leaves', async () => {
  const { shop, gift } = await freeShop()
  shop.platform.enrol({ learner: 'ann', course: 'bees', mode: 'verified' })
  const bought = [await gift(), await gift()]
  for (const one of bought) await cancel(shop, one)
  expect(shop.platform.enrolments()).toMatchObject(ENROLLED)
})

test('what was given is taken back from the account that got it, though the customer has another one now', async () => {
  const { shop, own } = await freeShop()
  const bought = await own()
  shop.platform.enrol({ learner: 'ann-2', course: 'bees', mode: 'verified' })
  await linkAnn(shop, 'ann-2')
  const withdraw = vi.spyOn(shop.platform, 'withdraw') // it knows by itself whose a grant was; other platforms do not
  await cancel(shop, bought)
  expect(withdraw.mock.calls.map(([{ recipient }]) => recipient.learnerId)).toEqual(['ann'])
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann-2', mode: 'verified' }])
  expect(await parked(shop)).toEqual([])
})

test('from no account where that one is not known any more, until somebody links it or says that it is done', async () => {
  const { shop, own } = await freeShop()
  await linkAnn(shop, 'ann-1')
  const bought = await own()
  shop.platform.enrol({ learner: 'ann-2', course: 'bees', mode: 'verified' })
  await linkAnn(shop, 'ann-2')
  await cancel(shop, bought)
  const both = [{ learner: 'ann-1' }, { learner: 'ann-2' }]
  expect(shop.platform.enrolments()).toMatchObject(both)
  const [grant] = await parked(shop)
  expect(grant?.reason).toMatch(/^learner_changed: /)
  await linkAnn(shop, 'ann-1')
  await shop.system.admin.grants.retry({ grantId: grant?.id ?? '' })
  await shop.runJobs()
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann-2' }])
})

test('nor from one where the customer was erased', async () => {
  const { shop, own } = await freeShop()
  const bought = await own()
  const [customer] = await readAll(shop.storage, scope, byKey(customers, 'hostId', 'ann'))
  await shop.system.admin.customers.erase({ customerId: customer?.id ?? '' })
  await cancel(shop, bought)
  expect(await parked(shop)).toMatchObject([{ reason: expect.stringMatching(/^learner_changed: /) }])
})

test('a delivery that was begun for one account goes to no other one', async () => {
  const { shop, own } = await freeShop()
  await linkAnn(shop, 'ann-1')
  shop.platform.script('deliver', 'timeout_after', 1)
  await own()
  await linkAnn(shop, 'ann-2')
  await shop.runtime.advance(60_000)
  await shop.runJobs()
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann-1' }])
  const { items } = await shop.system.admin.grants.list({ state: 'parked' })
  expect(items).toMatchObject([{ record: { reason: expect.stringMatching(/^learner_changed: /) } }])
  const retry = (target?: Json) => shop.system.admin.grants.retry({ grantId: items[0]?.record.id ?? '', target })
  const another = retry({ course: 'bees', mode: 'audit' })
  await expect(another).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'target' }] })
  await linkAnn(shop, 'ann-1')
  await retry()
  await shop.runJobs()
  expect((await shop.system.admin.grants.list({ state: 'delivered' })).items).toHaveLength(1)
})

test('one that was refused goes to the account that is put right', async () => {
  const { shop, own } = await freeShop()
  await linkAnn(shop, 'misspelt')
  shop.platform.script('deliver', 'refuse: no_such_learner', 1)
  await own()
  const { items } = await shop.system.admin.grants.list({ state: 'parked' })
  expect(items).toHaveLength(1)
  await linkAnn(shop, 'ann')
  await shop.system.admin.grants.retry({ grantId: items[0]?.record.id ?? '' })
  await shop.runJobs()
  expect(shop.platform.enrolments()).toMatchObject(ENROLLED)
})

test('a learner keeps what was delivered by hand, too', async () => {
  const { shop, own, gift } = await freeShop()
  const bought = await own()
  shop.platform.script('deliver', 'refuse: broken', 1)
  await gift()
  const { items } = await shop.system.admin.grants.list({ state: 'parked' })
  await shop.system.admin.grants.complete({ grantId: items[0]?.record.id ?? '' })
  await cancel(shop, bought)
  expect(shop.platform.enrolments()).toMatchObject(ENROLLED)
})

test('what a release before began is counted by its customer', async () => {
  const shop = await campusShop()
  const { audit = '', verified = '' } = await shop.course('bees', { audit: 0, verified: 0 })
  const first = await shop.buy('ann', [{ variantId: audit }])
  const [grant] = await listAll(shop.storage, scope, grants, { index: 'order', equals: [first.order.id] })
  if (grant === undefined) throw new Error('the order has a grant')
  const { learner: _unknown, ...before } = grant.body
  expectOutcome(await shop.storage.commit(scope, [put(grants, grant, before)]), 'committed', 'a grant of before')
  await cancel(shop, await shop.buy('ann', [{ variantId: verified }]))
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann', mode: 'audit' }])
  await cancel(shop, first)
  expect(shop.platform.enrolments()).toEqual([])
})
