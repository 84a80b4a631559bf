import { describe, expect, it } from 'vitest'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { addMilliseconds } from '../time/index.ts'

const ANN = 'ann'
const DAY = 24 * 60 * 60_000

const rightsOf = async (shop: CampusShop, hostId = ANN) => (await shop.as(hostId).me.entitlements({})).items
const days = (right?: { validFrom: string; validUntil: string | null }) =>
  (Date.parse(right?.validUntil ?? '') - Date.parse(right?.validFrom ?? '')) / DAY

describe('a right that lasts so many days', () => {
  it('waits for its run however long, is owned meanwhile, and lasts them from the choice on', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 }, { validityDays: 10, runs: [] })
    await shop.buy(ANN, [{ variantId: verified }])
    await shop.runtime.advance(20 * DAY)
    const [waiting] = await rightsOf(shop)
    expect(waiting).toMatchObject({ state: 'pending', validUntil: null })
    await expect(shop.buy(ANN, [{ variantId: verified }])).rejects.toMatchObject({ reason: 'already_owned' })
    const { product } = (await shop.system.admin.products.list({})).items[0] ?? {}
    const run = { id: 'spring', title: 'Spring', target: { course: 'bees', mode: 'verified' } }
    const variants = [{ name: 'verified', runs: [run] }]
    await shop.system.admin.products.update({ productId: product?.id ?? '', variants })
    const chosen = await shop.as(ANN).me.chooseRun({ entitlementId: waiting?.id ?? '', run: 'spring' })
    expect(chosen).toMatchObject({ state: 'active', validFrom: shop.runtime.now() })
    expect(days(chosen)).toBe(10)
  })

  it('lasts them from the start of what it is for, alone and as a part of a bundle, and is owned until then', async () => {
    const shop = await campusShop()
    const serviceStart = addMilliseconds(shop.runtime.now(), 90 * DAY)
    const { verified = '' } = await shop.course('bees', { verified: 6000 }, { validityDays: 30, serviceStart })
    const { verified: other = '' } = await shop.course('ants', { verified: 6000 }, { validityDays: 5 })
    const parts = [verified, other].map((variantId, place) => ({ id: `part-${place}`, variantId }))
    const program = await shop.product('program', 'All', {
      bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
      prices: [{ priceList: 'eur', amount: 10_000 }],
    })
    const now = shop.runtime.now()
    await shop.buy(ANN, [{ variantId: verified }])
    await shop.buy('bob', [{ variantId: program }])
    const later = { state: 'active', validFrom: serviceStart, validUntil: addMilliseconds(serviceStart, 30 * DAY) }
    expect(await rightsOf(shop)).toMatchObject([later])
    const ofBob = new Map((await rightsOf(shop, 'bob')).map((right) => [right.variantId, right]))
    expect(ofBob.get(verified)).toMatchObject(later)
    expect(ofBob.get(other)).toMatchObject({ validFrom: now, validUntil: addMilliseconds(now, 5 * DAY) })
    await shop.runtime.advance(35 * DAY)
    await expect(shop.buy(ANN, [{ variantId: verified }])).rejects.toMatchObject({ reason: 'already_owned' })
  })

  it('is expired from its end on, though the enrolment stays, and can be bought again', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 1000 }, { validityDays: 3 })
    await shop.buy(ANN, [{ variantId: verified }])
    await shop.runtime.advance(3 * DAY - 1)
    expect(await rightsOf(shop)).toMatchObject([{ state: 'active' }])
    await shop.runtime.advance(1)
    await shop.runJobs()
    expect(await rightsOf(shop)).toMatchObject([{ state: 'expired', delivery: { state: 'delivered' } }])
    expect(shop.platform.enrolments()).toMatchObject([{ learner: ANN, course: 'bees' }])
    await shop.buy(ANN, [{ variantId: verified }])
    expect((await rightsOf(shop)).map(({ state }) => state)).toEqual(['active', 'expired'])
  })

  it('that is over is not delivered again where its money is there after all', async () => {
    const shop = await campusShop()
    const { verified = '' } = await shop.course('bees', { verified: 10_000 }, { validityDays: 3 })
    const { order } = await shop.buy(ANN, [{ variantId: verified }])
    await shop.refundElsewhere(ANN, order.id, 10_000)
    await shop.runJobs()
    expect(await rightsOf(shop)).toMatchObject([{ state: 'suspended', delivery: { state: 'withdrawn' } }])
    await shop.runtime.advance(3 * DAY)
    const { lookup } = shop.processor
    const here: typeof lookup = async (...call) => {
      const answer = await lookup(...call)
      return answer.outcome === 'found' ? { ...answer, payment: { ...answer.payment, refunded: 0 } } : answer
    }
    Object.assign(shop.processor, { lookup: here })
    await shop.as(ANN).orders.refreshPayment({ orderId: order.id })
    await shop.runJobs()
    expect(await rightsOf(shop)).toMatchObject([{ state: 'expired', delivery: { state: 'withdrawn' } }])
    expect(shop.platform.enrolments()).toEqual([])
    await assertHealthy(shop.storage, { operator: 'campus' })
  })

  it('has no end where none could be written', async () => {
    const shop = await campusShop()
    const serviceStart = '9999-12-30T00:00:00.000Z'
    const { verified = '' } = await shop.course('bees', { verified: 0 }, { validityDays: 30, serviceStart })
    await shop.buy(ANN, [{ variantId: verified }])
    expect(await rightsOf(shop)).toMatchObject([{ state: 'active', validFrom: serviceStart, validUntil: null }])
  })
})
