import { expect, test } from 'vitest'
import { createCommerce } from '../commerce/index.ts'
import { type Entitlement, entitlements, grants } from '../entitlement/index.ts'
import { journal } from '../journal/index.ts'
import { domainEvents, getOrder } from '../order/index.ts'
import { doctor } from '../report/index.ts'
import { listAll, put } from '../storage/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { expectOutcome } from '../testing/expectations.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { settlePayment } from './index.ts'

const scope = { operator: 'opr_school', site: 'main' }
const policies = ['suspend', 'keep'] as const

/** The bank takes back what it had paid. */
async function failCapture(shop: ShopFixture, { payment }: Bought): Promise<void> {
  const [{ reference = '' } = {}] = shop.processor.payments()
  expect(shop.processor.failCapture({ account: shop.ids.accounts.card, reference })).toBe(true)
  await settlePayment(shop.ports, scope, payment?.id ?? '')
  await shop.runJobs()
}

async function statesOf({ storage }: ShopFixture, { order }: Bought): Promise<string[]> {
  const ofOrder = { index: 'order', equals: [order.id] }
  const rights = await listAll(storage, scope, entitlements, ofOrder)
  const given = await listAll(storage, scope, grants, ofOrder)
  return [...rights, ...given].map(({ body }) => (body as Pick<Entitlement, 'state'>).state)
}

test.each([
  ['suspend', ['suspended', 'withdrawn'], []],
  ['keep', ['active', 'delivered'], ['was kept, though its money failed']],
] as const)(
  'money that failed is owed again, and what it bought is as the site says: %s',
  async (policy, states, kept) => {
    const shop = await shopFixture({ site: { onPaymentFailure: policy } })
    const bought = await shop.buy()
    await shop.runJobs()
    await failCapture(shop, bought)
    expect(await statesOf(shop, bought)).toEqual(states)
    const { money } = await getOrder(shop.ports, shop.call(shop.staff()), { orderId: bought.order.id })
    expect(money).toMatchObject({ state: 'unpaid', amounts: { due: 10_000, captured: 0 } })
    const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
    const ofRights = findings.map(({ message }) => message).filter((message) => message.startsWith('was kept'))
    expect(ofRights).toEqual(kept)
  },
)

test('the journal and the events say in turn that money came and that it failed', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy()
  await failCapture(shop, bought)
  const stream = { index: 'stream', equals: [bought.order.id] }
  const { id: paymentId } = bought.payment ?? {}
  const booked = await listAll(shop.storage, scope, journal, stream)
  expect(booked.map(({ body }) => body.cause.type)).toEqual(['sale', 'capture', 'capture_failed'])
  const told = await listAll(shop.storage, scope, domainEvents, stream)
  expect(told.map(({ body }) => [body.type, body.data])).toEqual([
    ['order.placed', { total: 10_000, currency: 'EUR' }],
    ['order.paid', { paymentId, amount: 10_000, currency: 'EUR' }],
    ['order.payment_failed', { paymentId }],
  ])
})

test.each(policies)(
  'what nobody delivers stays when its money goes back only where the site says keep: %s',
  async (policy) => {
    const shop = await shopFixture({ site: { onPaymentFailure: policy } })
    const bought = await shop.buy({ lines: [{ variantId: shop.ids.variants.service }] })
    const [{ reference = '' } = {}] = shop.processor.payments()
    const card = { id: shop.ids.accounts.card, mode: 'test', secret: async (name: string) => name } as const
    const amount = { amount: bought.order.total, currency: 'EUR' }
    await shop.processor.refund(card, { key: 'refund', reference, amount })
    await settlePayment(shop.ports, scope, bought.payment?.id ?? '')
    expect(await statesOf(shop, bought)).toEqual([policy === 'keep' ? 'active' : 'suspended'])
  },
)

test('a right that was withdrawn before stays so when the money fails', async () => {
  const shop = await shopFixture()
  const { course, service } = shop.ids.variants
  const bought = await shop.buy({ lines: [{ variantId: course }, { variantId: service }] })
  await shop.runJobs()
  const [given] = await listAll(shop.storage, scope, grants, { index: 'order', equals: [bought.order.id] })
  const ofOrder = () => listAll(shop.storage, scope, entitlements, { index: 'order', equals: [bought.order.id] })
  const right = (await ofOrder()).find(({ id }) => id === given?.body.entitlementId)
  if (given === undefined || right === undefined) throw new Error('The fixture delivers its course.')
  const withdrawn = [
    put(grants, given, { ...given.body, state: 'withdrawn' }),
    put(entitlements, right, { ...right.body, state: 'withdrawn' }),
  ]
  expectOutcome(await shop.storage.commit(scope, withdrawn), 'committed', 'the course is withdrawn')
  const states = async () => Object.fromEntries((await ofOrder()).map(({ body }) => [body.variantId, body.state]))
  await failCapture(shop, bought)
  expect(await states()).toEqual({ [course]: 'withdrawn', [service]: 'suspended' })
})

test('money that fails is followed as another process has the site by now', async () => {
  const { storage, runtime, processor, platform: lms, ...shop } = await campusShop()
  const { verified = '' } = await shop.course('bees', { verified: 10_000 })
  const { order } = await shop.buy('ann', [{ variantId: verified }])
  const other = createCommerce({ storage, runtime, payments: { test: processor }, fulfilment: { lms } })
  await other.as({ type: 'system', site: 'main' }).admin.sites.update({ id: 'main', onPaymentFailure: 'keep' })
  const [{ reference = '' } = {}] = processor.payments()
  expect(processor.failCapture({ account: 'card', reference })).toBe(true)
  await shop.as('ann').orders.refreshPayment({ orderId: order.id })
  expect((await shop.as('ann').me.entitlements({})).items.map(({ state }) => state)).toEqual(['active'])
})
