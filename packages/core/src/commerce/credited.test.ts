import { describe, expect, it } from 'vitest'
import type { Upgrade } from '../catalog/index.ts'
import { orders } from '../order/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'
const policies = { ownership: 'refuse', tax: 'sell_and_review', screening: 'sell_and_review' } as const

/** Buys it for Ann, and answers what it cost and what staff are to look at. */
async function bought({ buy, storage }: CampusShop, variantId: string) {
  const { order } = await buy(ANN, [{ variantId }])
  const [stored] = await readAll(storage, { operator: 'campus', site: 'main' }, byId(orders, order.id))
  return { state: order.state, total: order.total, reviews: stored?.body.reviews }
}

/** A course with an upgrade. */
async function upgradeShop(credit: Upgrade['credit'], audit: number) {
  const shop = await campusShop({ site: { policies } })
  const modes = await shop.course('bees', { audit, verified: 10_000 })
  const { admin } = shop.system
  const [found] = (await admin.products.list({})).items
  const productId = found?.product.id ?? ''
  const upgrade = { from: ['audit'], credit }
  await admin.products.update({ productId, variants: [{ name: 'verified', upgrade }] })
  return { shop, productId, audit: modes.audit ?? '', verified: modes.verified ?? '' }
}

async function programShop() {
  const shop = await campusShop({ site: { policies } })
  const { verified: a = '' } = await shop.course('bees', { verified: 6000 })
  const { verified: b = '' } = await shop.course('ants', { verified: 6000 })
  const parts = [a, b].map((variantId, place) => ({ id: `part-${place}`, variantId }))
  const program = await shop.product('program', 'All', {
    bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
    prices: [{ priceList: 'eur', amount: 10_000 }],
  })
  return { shop, program }
}

it('what was paid is credited with its tax or without, as prices are meant now', async () => {
  const { shop, audit, verified } = await upgradeShop('money_paid', 2975)
  await shop.buy(ANN, [{ variantId: audit }])
  await shop.system.admin.sites.update({ id: 'main', priceBasis: 'exclusive' })
  const { quote } = await shop.as(ANN).carts.create({ lines: [{ lineId: 'a', variantId: verified }] })
  expect([quote.net, quote.unknowns]).toEqual([7500, undefined])
})

describe('what was never paid here credits nothing, and is sold without a question', () => {
  it.each(['money_paid', 'list_price_then'] as const)('an upgrade of who audits by the LMS: %s', async (credit) => {
    const { shop, verified } = await upgradeShop(credit, 0)
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'audit' })
    expect(await bought(shop, verified)).toEqual({ state: 'placed', total: 10_000, reviews: [] })
  })

  it('a program with a course that the LMS gave', async () => {
    const { shop, program } = await programShop()
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'verified' })
    expect(await bought(shop, program)).toEqual({ state: 'placed', total: 10_000, reviews: [] })
  })

  it('an upgrade of what was paid in another currency', async () => {
    const { shop, productId, audit, verified } = await upgradeShop('money_paid', 2900)
    await shop.buy(ANN, [{ variantId: audit }])
    const { admin } = shop.system
    await admin.priceLists.create({ id: 'usd', name: 'USD', currency: 'USD' })
    await admin.paymentAccounts.create({
      ...{ id: 'dollars', processor: 'test', mode: 'test', seller: 'campus-ltd', currencies: ['USD'], title: 'Card' },
      secretRefs: { key: 'key', webhook: 'webhook' },
    })
    await admin.sites.update({ id: 'main', currencies: ['USD'], priceLists: ['usd'], paymentAccounts: ['dollars'] })
    const prices = [{ priceList: 'usd', amount: 11_000 }]
    await admin.products.update({ productId, variants: [{ name: 'verified', prices }] })
    expect(await bought(shop, verified)).toEqual({ state: 'placed', total: 11_000, reviews: [] })
  })

  it.each([
    ['money_paid', 10_000],
    ['list_price_then', 7100],
  ] as const)(
    'an upgrade of what somebody else paid as a gift, but for its list price then: %s',
    async (credit, total) => {
      const { shop, audit, verified } = await upgradeShop(credit, 2900)
      const recipient = { type: 'email', email: 'ann@example.org' } as const
      const { order } = await shop.buy('bob', [{ variantId: audit, recipient }])
      const named = order.lines[0]?.recipient
      const recipientId = named?.type === 'claim' ? named.customerId : ''
      await shop.system.admin.orders.claim({ orderId: order.id, hostId: ANN, recipientId })
      await shop.runJobs()
      expect(await bought(shop, verified)).toEqual({ state: 'placed', total, reviews: [] })
    },
  )

  it('but a platform that does not answer is still asked again', async () => {
    const { shop, verified } = await upgradeShop('money_paid', 0)
    shop.platform.script('ask', 'outage', 100)
    await expect(bought(shop, verified)).rejects.toMatchObject({ code: 'ownership_unknown' })
  })
})
