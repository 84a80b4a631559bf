import { describe, expect, it, test } from 'vitest'
import type { Upgrade } from '../catalog/index.ts'
import type { OrderView } from '../order/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const RULES: readonly Upgrade['credit'][] = ['money_paid', 'list_price_then', 'list_price_now']
const WAITS = { code: 'not_sellable', reason: 'being_bought' }

/** A course at 60.00, or at 150.00 for who upgrades by this rule, in euros and dollars; cards are authorised, and captured by staff. */
async function manualShop(credit: Upgrade['credit'], onPaymentFailure: 'keep' | 'suspend' = 'suspend') {
  const shop = await campusShop({ site: { capture: 'manual', onPaymentFailure } })
  const { admin } = shop.system
  const modes = await shop.course('bees', { verified: 6000, credit: 15_000 })
  await admin.priceLists.create({ id: 'usd', name: 'Dollars', currency: 'USD' })
  await admin.sites.update({ id: 'main', currencies: ['EUR', 'USD'], priceLists: ['eur', 'usd'] })
  const { items } = await admin.products.list({})
  const prices = (amount: number) => ['eur', 'usd'].map((priceList) => ({ priceList, amount }))
  const variants = [
    { name: 'verified', prices: prices(6000) },
    { name: 'credit', prices: prices(15_000), upgrade: { from: ['verified'], credit } },
  ]
  await admin.products.update({ productId: items[0]?.product.id ?? '', variants })
  const [verified, dearer] = [modes.verified ?? '', modes.credit ?? '']
  return {
    ...{ shop, verified },
    buy: async (token = 'tok_approve', line = {}) =>
      (await shop.buy('ann', [{ variantId: verified, ...line }], { paymentToken: token })).order,
    capture: ({ payment }: OrderView) => admin.payments.capture({ paymentId: payment?.id ?? '' }),
    upgrade: async (who = 'ann', currency = 'EUR') =>
      (await shop.as(who).carts.create({ currency, lines: [{ lineId: 'l', variantId: dearer }] })).quote.total,
  }
}

/** Bought for an e-mail address, and claimed by Bob. */
const GIFT = { recipient: { type: 'email' as const, email: 'bob@example.org' } }
async function claim({ system }: CampusShop, { id, lines }: OrderView): Promise<void> {
  const { recipient } = lines[0] ?? {}
  const recipientId = recipient?.type === 'claim' ? recipient.customerId : ''
  await system.admin.orders.claim({ orderId: id, hostId: 'bob', recipientId })
}

describe.each(RULES)('nothing is credited by %s of what is not paid', (rule) => {
  it('where it is only authorised: the upgrade waits', async () => {
    const { buy, capture, upgrade } = await manualShop(rule)
    const order = await buy()
    await expect(upgrade()).rejects.toMatchObject(WAITS)
    await capture(order)
    expect(await upgrade()).toBe(9000)
  })

  it('where the money failed later and the site keeps what it gave', async () => {
    const { shop, buy, capture, upgrade } = await manualShop(rule, 'keep')
    const order = await buy()
    await capture(order)
    await shop.runJobs()
    const { reference = '' } = shop.processor.payments().at(-1) ?? {}
    shop.processor.failCapture({ account: 'card', reference })
    await shop.as('ann').orders.refreshPayment({ orderId: order.id })
    await expect(upgrade()).rejects.toMatchObject(WAITS)
  })

  it('where it was paid for in another currency, or is to be', async () => {
    const { buy, capture, upgrade } = await manualShop(rule)
    const order = await buy()
    if (rule === 'money_paid') expect(await upgrade('ann', 'USD')).toBe(15_000)
    else await expect(upgrade('ann', 'USD')).rejects.toMatchObject(WAITS)
    await capture(order)
    expect(await upgrade('ann', 'USD')).toBe(rule === 'list_price_now' ? 9000 : 15_000)
  })

  it('where somebody else is to pay for it', async () => {
    const { shop, buy, capture, upgrade } = await manualShop(rule)
    const order = await buy('tok_approve', GIFT)
    await claim(shop, order)
    if (rule === 'money_paid') expect(await upgrade('bob')).toBe(15_000)
    else await expect(upgrade('bob')).rejects.toMatchObject(WAITS)
    await capture(order)
    expect(await upgrade('bob')).toBe(rule === 'money_paid' ? 15_000 : 9000)
  })
})

test('a program leaves out with its share what somebody else is to pay for, and credits nothing for it once they have', async () => {
  const { shop, verified, buy, capture } = await manualShop('money_paid')
  const other = await shop.product('course', 'ants', { prices: [{ priceList: 'eur', amount: 4000 }] })
  const parts = [verified, other].map((variantId, place) => ({ id: `part-${place}`, variantId }))
  const program = await shop.product('program', 'Both', {
    bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
    prices: [{ priceList: 'eur', amount: 9000 }],
  })
  const order = await buy('tok_approve', GIFT)
  await claim(shop, order)
  const total = async () =>
    (await shop.as('bob').carts.create({ lines: [{ lineId: 'l', variantId: program }] })).quote.total
  expect(await total()).toBe(3600)
  await capture(order)
  expect(await total()).toBe(9000)
})

test('what costs nothing is owed by nobody', async () => {
  const shop = await campusShop()
  const modes = await shop.course('bees', { audit: 0, credit: 15_000 })
  const { items } = await shop.system.admin.products.list({})
  const variants = [{ name: 'credit', upgrade: { from: ['audit'], credit: 'list_price_then' as const } }]
  await shop.system.admin.products.update({ productId: items[0]?.product.id ?? '', variants })
  await shop.buy('ann', [{ variantId: modes.audit ?? '' }])
  expect((await shop.buy('ann', [{ variantId: modes.credit ?? '' }])).order.total).toBe(15_000)
})
