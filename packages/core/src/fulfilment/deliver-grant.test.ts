import { expect, test, vi } from 'vitest'
import { type Grant, grants } from '../entitlement/index.ts'
import type { Json } from '../json/index.ts'
import { type DeliverGrant, StorageUnavailableError, type Stored } from '../ports/index.ts'
import { byId, listAll, put, readAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'

const scope = { operator: 'opr_school' }
const EARLIER: Json = { enrolled: true, mode: 'audit' }

type Meanwhile = (shop: ShopFixture, grantId: string) => Promise<void>

/** A shop where something was bought and waits to be delivered; the two run before and after the platform is asked. */
async function bought(meanwhile: Meanwhile = async () => {}, afterwards: Meanwhile = async () => {}) {
  const shop = await shopFixture()
  const platform = simulatedPlatform({
    runtime: shop.runtime,
    courses: [{ id: 'C1', modes: [{ mode: 'audit' }, { mode: 'verified' }] }],
  })
  const deliver = async (grant: DeliverGrant) => {
    await meanwhile(shop, grant.grantId)
    const answer = await platform.deliver(grant)
    await afterwards(shop, grant.grantId)
    return answer
  }
  Object.assign(shop.ports.fulfilment, { school: { ...platform, deliver } })
  await shop.buy()
  return shop
}

async function only(shop: ShopFixture): Promise<Stored<Grant>> {
  const [grant] = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', 'delivered'] })
  return grant as Stored<Grant> // one was bought
}

/** Writes to the grant as another process would. */
async function change(shop: ShopFixture, grantId: string, to: Partial<Grant>): Promise<void> {
  const [stored] = await readAll(shop.storage, scope, byId(grants, grantId))
  const grant = stored as Stored<Grant> // it is being delivered
  await shop.storage.commit(scope, [put(grants, grant, { ...grant.body, ...to })])
}

test('a delivery reads its grant once, and writes it twice', async () => {
  const shop = await bought()
  const read = vi.spyOn(shop.storage, 'read')
  const commit = vi.spyOn(shop.storage, 'commit')
  await shop.runJobs()
  const reads = read.mock.calls.flatMap(([, refs]) => refs).filter((ref) => 'in' in ref && ref.in === grants.name)
  const writes = commit.mock.calls.flatMap(([, changes]) => changes).filter((one) => one.do === 'put')
  expect(reads).toHaveLength(1)
  expect(writes.map(({ in: collection }) => collection)).toEqual([grants.name, grants.name])
  expect((await only(shop)).body).toMatchObject({ state: 'delivered', before: { enrolled: false, mode: null } })
})

test('what another process has remembered meanwhile stays', async () => {
  const shop = await bought((at, grantId) => change(at, grantId, { before: EARLIER }))
  await shop.runJobs()
  expect((await only(shop)).body).toMatchObject({ state: 'delivered', before: EARLIER })
})

test('what a provider does with its own objects afterwards changes nothing of what is kept', async () => {
  const shop = await bought()
  const before = { enrolled: false, mode: 'audit' }
  const provider = shop.ports.fulfilment.school
  const deliver = async ({ remember, target }: DeliverGrant) => {
    await remember(before)
    before.enrolled = true
    Object.assign(target as object, { course: 'C2' }) // the shop's own are objects
    return { outcome: 'done', before } as const
  }
  Object.assign(shop.ports.fulfilment, { school: { ...provider, deliver } })
  const [queued] = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', 'queued'] })
  const sold = structuredClone(queued?.body.target)
  await shop.runJobs()
  expect((await only(shop)).body).toMatchObject({ before: { enrolled: false, mode: 'audit' }, target: sold })
})

test('a change that came meanwhile is not written over', async () => {
  const shop = await bought((at, grantId) => change(at, grantId, { detail: { seat: 7 }, reason: 'looked at' }))
  await shop.runJobs()
  expect((await only(shop)).body).toMatchObject({ state: 'delivered', before: { enrolled: false, mode: null } })
  expect((await only(shop)).version).toBe(4)
})

test('one that is no longer to be delivered is not delivered after all', async () => {
  const shop = await bought((at, grantId) => change(at, grantId, { state: 'parked', reason: 'stopped by staff' }))
  await shop.runJobs()
  const [parked] = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', 'parked'] })
  expect(parked?.body).toMatchObject({ state: 'parked', reason: 'stopped by staff' })
})

test('a reply that is lost while something is remembered costs a look, and nothing else', async () => {
  const shop = await bought()
  const { commit } = shop.storage
  let isLost = false
  vi.spyOn(shop.storage, 'commit').mockImplementation(async (...call) => {
    const answer = await commit(...call)
    if (isLost || !call[1].some((one) => one.do === 'put')) return answer
    isLost = true
    throw new StorageUnavailableError('the reply was lost', { outcome: 'unknown' })
  })
  await shop.runJobs()
  expect(isLost).toBe(true)
  expect((await only(shop)).body).toMatchObject({ state: 'delivered', before: { enrolled: false, mode: null } })
})

test('what was found for an earlier round is no matter of the next one', async () => {
  const again: Meanwhile = (at, grantId) =>
    change(at, grantId, { state: 'parked', round: 2, before: null, reason: 'anew' })
  const shop = await bought(undefined, again)
  await shop.runJobs()
  const [parked] = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', 'parked'] })
  expect(parked?.body).toMatchObject({ round: 2, before: null, reason: 'anew' })
})

test('what was found is kept again where another process has reset it before the answer came', async () => {
  const reset: Meanwhile = (at, grantId) =>
    change(at, grantId, { state: 'parked', reason: 'refused', before: null, learner: null })
  const shop = await bought(undefined, reset)
  await shop.runJobs()
  const [parked] = await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', 'parked'] })
  expect(parked?.body).toMatchObject({ before: { enrolled: false, mode: null }, learner: expect.any(String) })
})

test.each([
  { outcome: 'refused', reason: 'course_unknown' },
  { outcome: 'unknown', reason: 'no answer' },
] as const)(
  'an answer that comes after its delivery was begun anew says nothing of the new one: $outcome',
  async (late) => {
    const shop = await shopFixture({ isExamined: false }) // the new delivery has no job here
    let id = ''
    const deliver = async ({ grantId }: DeliverGrant) => {
      id = grantId
      await change(shop, grantId, { round: 2 })
      return late
    }
    Object.assign(shop.ports.fulfilment, { school: { ...shop.ports.fulfilment.school, deliver } })
    await shop.buy()
    await shop.runJobs()
    const [stored] = await readAll(shop.storage, scope, byId(grants, id))
    expect(stored?.body).toMatchObject({ state: 'queued', round: 2, reason: null, delay: null })
  },
)

test('what another process delivered meanwhile is no silence of its platform, and leaves no job', async () => {
  const delivered = { state: 'delivered', deliveredAt: '2026-01-01T00:00:00.000Z' } as const
  const shop = await bought((one, grantId) => change(one, grantId, delivered))
  await shop.runJobs()
  expect((await only(shop)).body).toMatchObject({ ...delivered, before: null, reason: null })
  const { items } = await shop.storage.jobs.list({ state: 'waiting', queue: 'grant.deliver', limit: 9 })
  expect(items).toEqual([])
})
