import { describe, expect, it } from 'vitest'
import { listAuditEvents } from '../audit/index.ts'
import { customers, eraseCustomer, getCustomer, newWaiting, putCustomer } from '../customer/index.ts'
import { type Entitlement, entitlements } from '../entitlement/index.ts'
import { type Order, orders } from '../order/index.ts'
import { apiKeys, createApiKey, findApiKey, listApiKeys, revokeApiKey } from '../site/index.ts'
import { byId, insert, readAll } from '../storage/index.ts'
import { testShop } from '../testing/test-shop.ts'
import { createSite, depthOfJobs, dismissJob, exportCustomer, listJobs, retryJob } from './index.ts'

const ADA = { hostId: 'u-1', email: ' Ada@Example.org ', name: 'Ada', links: [{ platform: 'lms', learnerId: 'ada' }] }

describe('customers', () => {
  it('are made once per host id, changed in what is named, with the e-mail in lower case', async () => {
    const shop = await testShop()
    const made = await putCustomer(shop, shop.call(), ADA)
    expect(made).toMatchObject({ version: 1, record: { hostId: 'u-1', email: 'ada@example.org', groups: [] } })
    expect(await putCustomer(shop, shop.call(), ADA)).toEqual(made)
    const changed = await putCustomer(shop, shop.call(), { hostId: 'u-1', name: null, groups: ['b2b', 'b2b'] })
    expect(changed).toMatchObject({
      version: 2,
      record: { id: made.record.id, name: null, email: 'ada@example.org', groups: ['b2b'], links: ADA.links },
    })
    expect(await getCustomer(shop, shop.call(), { customerId: made.record.id })).toEqual(changed)
  })

  it('are one, also when two requests make them at once', async () => {
    const shop = await testShop()
    const [first, second] = await Promise.all([1, 2].map(() => putCustomer(shop, shop.call(), ADA)))
    expect(second?.record.id).toBe(first?.record.id)
  })

  it('have one account per platform', async () => {
    const shop = await testShop()
    const links = [...ADA.links, { platform: 'lms', learnerId: 'other' }]
    const put = putCustomer(shop, shop.call(), { ...ADA, links })
    await expect(put).rejects.toMatchObject({ issues: [{ path: 'links.1.platform' }] })
  })

  it('are audited without a value that is personal', async () => {
    const shop = await testShop()
    const { record } = await putCustomer(shop, shop.call(), ADA)
    await eraseCustomer(shop, shop.call(), { customerId: record.id })
    const { items } = await listAuditEvents(shop, shop.call(), { record: record.id })
    expect(items).toHaveLength(2)
    expect(items.flatMap(({ fields }) => fields)).toEqual(expect.arrayContaining(['email', 'hostId', 'erasedAt']))
    expect(JSON.stringify(items)).not.toMatch(/ada/i)
  })

  it('are audited by names of fields that staff see, also where the storage keeps more', async () => {
    const shop = await testShop()
    const waiting = newWaiting(shop.runtime, shop.runtime.now(), { email: 'ada@example.org', name: 'Ada' })
    // Its cart is not there, but nothing here looks for it.
    const record = { ...waiting, namedIn: ['crt_1'] }
    await shop.storage.commit({ operator: 'acme' }, [insert(customers, record.id, record)])
    await eraseCustomer(shop, shop.call(), { customerId: record.id })
    const { items } = await listAuditEvents(shop, shop.call(), { record: record.id })
    expect(items.map(({ fields }) => fields)).toEqual([['email', 'erasedAt', 'name']])
  })

  it('are exported with orders of all sites and entitlements, and that is audited', async () => {
    const shop = await testShop({ isExamined: false })
    await createSite(shop, shop.call(), {
      ...{ id: 'second', name: 'Second', seller: 'acme-seller', currencies: ['EUR'], country: 'DE' },
    })
    const { record } = await putCustomer(shop, shop.call(), ADA)
    for (const site of ['main', 'second']) {
      // An export copies orders as they are; only what the collection's columns read matters here.
      const order = { id: `ord_${site}`, number: site, cartId: site, customerId: record.id, state: 'placed' } as Order
      const body = { ...order, createdAt: shop.runtime.now() }
      await shop.storage.commit({ operator: 'acme', site }, [insert(orders, order.id, body)])
    }
    const right = { id: 'ent_1', customerId: record.id, variantId: 'v', state: 'active', soldAt: shop.runtime.now() }
    // As above.
    const body = { ...right, validUntil: null, source: { orderId: 'ord_main' } } as Entitlement
    await shop.storage.commit({ operator: 'acme' }, [insert(entitlements, right.id, body)])
    const exported = await exportCustomer(shop, shop.call({ operation: 'export' }), { customerId: record.id })
    expect(exported.customer).toEqual(record)
    expect(exported.orders.map(({ id }) => id)).toEqual(['ord_main', 'ord_second'])
    expect(exported.entitlements).toEqual([{ id: 'ent_1', variantId: 'v', state: 'active', soldAt: right.soldAt }])
    const { items } = await listAuditEvents(shop, shop.call(), { record: record.id })
    expect(items.map(({ operation }) => operation)).toContain('export')
  })

  it('are erased: the person is forgotten, the records stay, and a repeat changes nothing', async () => {
    const shop = await testShop()
    const { record } = await putCustomer(shop, shop.call(), { ...ADA, groups: ['b2b'] })
    const erased = await eraseCustomer(shop, shop.call(), { customerId: record.id })
    expect(erased).toEqual({
      version: 2,
      record: {
        ...{ id: record.id, hostId: null, email: null, name: null, links: [], groups: [] },
        ...{ createdAt: record.createdAt, erasedAt: shop.runtime.now() },
      },
      sameEmail: [],
    })
    await shop.runtime.advance(1000)
    const again = await eraseCustomer(shop, shop.call(), { customerId: record.id })
    expect(again).toEqual({ ...erased, sameEmail: null })
    const back = await putCustomer(shop, shop.call(), ADA)
    expect(back.record.id).not.toBe(record.id)
  })

  it('of another operator are not found', async () => {
    const shop = await testShop()
    const { record } = await putCustomer(shop, shop.call(), ADA)
    const foreign = shop.call({ operator: 'other' })
    for (const use of [getCustomer, eraseCustomer, exportCustomer]) {
      await expect(use(shop, foreign, { customerId: record.id })).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('API keys', () => {
  it('are shown once, stored as a hash, and found by their secret until they are revoked', async () => {
    const shop = await testShop()
    const { secret, ...key } = await createApiKey(shop, shop.call(), { name: 'LMS', scopes: ['shop', 'read'] })
    expect(secret).toMatch(/^bursar_[\w-]{43}$/)
    const [stored] = await readAll(shop.storage, { operator: 'acme' }, byId(apiKeys, key.id))
    expect(JSON.stringify(stored)).not.toContain(secret)
    expect(await findApiKey(shop, { operator: 'acme' }, secret)).toEqual({
      serviceId: key.id,
      scopes: ['shop', 'read'],
    })
    expect(await findApiKey(shop, { operator: 'other' }, secret)).toBeNull()
    expect(await findApiKey(shop, { operator: 'acme' }, `${secret}x`)).toBeNull()
    expect((await listApiKeys(shop, shop.call(), {})).items).toEqual([key])
    const revoked = await revokeApiKey(shop, shop.call(), { id: key.id })
    expect(revoked).toEqual({ ...key, revokedAt: shop.runtime.now() })
    expect(await findApiKey(shop, { operator: 'acme' }, secret)).toBeNull()
    await shop.runtime.advance(1000)
    expect(await revokeApiKey(shop, shop.call(), { id: key.id })).toEqual(revoked)
    await expect(revokeApiKey(shop, shop.call(), { id: 'key_x' })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('jobs', () => {
  it('are listed and retried by their own operator only', async () => {
    const shop = await testShop()
    const { jobs } = shop.storage
    await shop.storage.commit({ operator: 'acme' }, [{ do: 'enqueue', id: 'job_1', queue: 'q', data: {} }])
    const now = shop.runtime.now()
    const [leased] = await jobs.lease({ worker: 'w', limit: 1, leaseMs: 1000, now })
    if (leased === undefined) throw new Error('There is no job.')
    await jobs.park(leased, { error: 'broken' })
    expect((await listJobs(shop, shop.call(), { state: 'parked' })).items).toMatchObject([
      { id: 'job_1', error: 'broken' },
    ])
    const foreign = shop.call({ operator: 'other' })
    expect((await listJobs(shop, foreign, { state: 'parked' })).items).toEqual([])
    await expect(retryJob(shop, foreign, { id: 'job_1' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await retryJob(shop, shop.call(), { id: 'job_1' })).toEqual({ retried: true })
    expect((await listJobs(shop, shop.call(), { state: 'waiting' })).items).toMatchObject([{ id: 'job_1' }])
    expect((await listAuditEvents(shop, shop.call(), { record: 'job_1' })).items).toHaveLength(1)
    await expect(retryJob(shop, shop.call(), { id: 'job_1' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are dismissed by their own operator only, and only events of payments: a delivery is not lost', async () => {
    const shop = await testShop()
    const { jobs } = shop.storage
    for (const queue of ['payment.event', 'grant.deliver']) {
      await shop.storage.commit({ operator: 'acme' }, [{ do: 'enqueue', id: `job_${queue}`, queue, data: {} }])
    }
    for (const leased of await jobs.lease({ worker: 'w', limit: 9, leaseMs: 1000, now: shop.runtime.now() })) {
      await jobs.park(leased, { error: 'no payment of ours has this reference' })
    }
    const [event, delivery] = [{ id: 'job_payment.event' }, { id: 'job_grant.deliver' }]
    const parked = async (queue?: string) => {
      const page = await listJobs(shop, shop.call(), { state: 'parked', queue })
      return page.items.map(({ id }) => id)
    }
    expect(await parked('payment.event')).toEqual([event.id])
    const foreign = shop.call({ operator: 'other' })
    await expect(dismissJob(shop, foreign, event)).rejects.toMatchObject({ code: 'not_found' })
    await expect(dismissJob(shop, shop.call(), delivery)).rejects.toMatchObject({ code: 'wrong_state' })
    expect(await dismissJob(shop, shop.call(), event)).toEqual({ dismissed: true })
    expect(await parked()).toEqual([delivery.id])
    expect((await listAuditEvents(shop, shop.call(), { record: event.id })).items).toHaveLength(1)
    await expect(dismissJob(shop, shop.call(), event)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are counted by queue for their own operator only', async () => {
    const shop = await testShop()
    await shop.storage.commit({ operator: 'acme' }, [{ do: 'enqueue', id: 'job_1', queue: 'q', data: {} }])
    const [job] = (await listJobs(shop, shop.call(), { state: 'waiting' })).items
    const queues = [{ queue: 'q', due: 1, later: 0, leased: 0, parked: 0, dueSince: job?.enqueuedAt }]
    expect(await depthOfJobs(shop, shop.call())).toEqual({ queues })
    expect(await depthOfJobs(shop, shop.call({ operator: 'other' }))).toEqual({ queues: [] })
  })
})
