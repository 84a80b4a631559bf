import { expect, test } from 'vitest'
import { sampleInputs, sampleVariant, variantsById } from '../pricing/sample-inputs.ts'
import { sampleOrder } from '../refund/sample-order.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { capturedCash } from './checks/captured-cash.ts'
import type { OrderFacts } from './order-facts.ts'

const ANN = 'ann'

/** A course at 60.00, bought, of which the processor gave back so much. */
async function givenBack(amount: number) {
  const shop = await campusShop()
  const { admin } = shop.system
  const modes = await shop.course('bees', { verified: 6000 })
  const { order } = await shop.buy(ANN, [{ variantId: modes.verified ?? '' }])
  await shop.refundElsewhere(ANN, order.id, amount)
  return {
    ...{ shop, order, cancel: () => admin.orders.cancel({ orderId: order.id, reason: 'refunded' }) },
    findings: async () => {
      const { findings } = await admin.reports.doctor({})
      return findings.map(({ invariant, severity, record, message }) => [invariant, severity, record, message])
    },
  }
}

test('a part of the money that went back is told, and that nobody owes anything', async () => {
  const { shop, order, cancel, findings } = await givenBack(500)
  const message =
    '500 of 6000 were given back at the processor: nobody owes anything; write in your accounts what they were for'
  expect(await findings()).toEqual([['I3', 'case', order.id, message]])
  // Once the rest goes back too, the next case says what to do, and it settles both.
  await shop.refundElsewhere(ANN, order.id, 5500)
  expect(await findings()).toEqual([['I3', 'case', order.id, 'all of the 6000 that came were given back: end it']])
  await cancel()
  expect(await findings()).toEqual([])
})

/** Verified at 60.00, and an upgrade from it at 150.00 less what was paid: both bought, then so much of the first given back. */
async function givenBackOfCredited(amount: number) {
  const shop = await campusShop()
  const { admin } = shop.system
  const priced = (amount: number) => [{ priceList: 'eur', amount }]
  const { variants } = await admin.products.create({
    ...{ type: 'course', title: 'Bees', publication: {} },
    variants: [
      { name: 'verified', prices: priced(6000) },
      { name: 'credit', prices: priced(15_000), upgrade: { from: ['verified'], credit: 'money_paid' } },
    ],
  })
  const [verified = '', credit = ''] = variants.map(({ id }) => id)
  const first = (await shop.buy(ANN, [{ variantId: verified }])).order
  const [{ reference = '' } = {}] = shop.processor.payments()
  await shop.runtime.advance(1000)
  const later = (await shop.buy(ANN, [{ variantId: credit }])).order
  expect(later.total).toBe(9000)
  const account = { id: 'card', mode: 'test', secret: async (name: string) => name } as const
  await shop.processor.refund(account, { key: 'refund', reference, amount: { amount, currency: 'EUR' } })
  await shop.as(ANN).orders.refreshPayment({ orderId: first.id })
  const of = async (record: string) =>
    (await admin.reports.doctor({})).findings.flatMap((one) => (one.record === record ? [one.message] : []))
  return { shop, first, later, of }
}

test('what an upgrade credited and its payer had back is told while the upgrade stands, also once the first order is ended', async () => {
  const { shop, first, later, of } = await givenBackOfCredited(6000)
  const told = [
    `it credited 6000 of the order ${first.id}, of whose money 0 are left: ask the payer for the rest, or give back this one's too and end it`,
  ]
  expect(await of(later.id)).toEqual(told)
  await shop.system.admin.orders.cancel({ orderId: first.id, reason: 'refunded' })
  expect(await of(first.id)).toEqual([])
  expect(await of(later.id)).toEqual(told)
  await shop.refundElsewhere(ANN, later.id, 9000)
  expect(await of(later.id)).toEqual(['all of the 9000 that came were given back: end it'])
})

test('a part that went back of what an upgrade credited is no case of the upgrade: it may have been for anything', async () => {
  const { later, of } = await givenBackOfCredited(500)
  expect(await of(later.id)).toEqual([])
})

const casesOf = async ({ system }: Awaited<ReturnType<typeof campusShop>>, record: string) =>
  (await system.admin.reports.doctor({})).findings.flatMap((one) => (one.record === record ? [one.message] : []))
const credits = (amount: number, id: string, left: number) =>
  `it credited ${amount} of the order ${id}, of whose money ${left} are left: ask the payer for the rest, or give back this one's too and end it`

/** Two courses at 60.00, and upgrades of each: to 150.00, and from that to 300.00. */
async function ladders() {
  const shop = await campusShop()
  const { admin } = shop.system
  const ladder = async (title: string) => {
    const step = (name: string, amount: number, from?: string) => ({
      ...{ name, prices: [{ priceList: 'eur', amount }] },
      ...(from === undefined ? {} : { upgrade: { from: [from], credit: 'money_paid' as const } }),
    })
    const steps = [step('verified', 6000), step('honor', 15_000, 'verified'), step('masters', 30_000, 'honor')]
    const { variants } = await admin.products.create({ type: 'course', title, publication: {}, variants: steps })
    return variants.map(({ id }) => ({ variantId: id }))
  }
  const [bees, wasps] = [await ladder('Bees'), await ladder('Wasps')]
  const buy = async (...lines: ({ variantId: string } | undefined)[]) => {
    await shop.runtime.advance(1000)
    return (
      await shop.buy(
        ANN,
        lines.flatMap((line) => line ?? []),
      )
    ).order
  }
  /** The processor gives back so much of the n-th purchase. */
  const refund = async (n: number, order: { id: string }, amount: number) => {
    const account = { id: 'card', mode: 'test', secret: async (name: string) => name } as const
    const { reference = '' } = shop.processor.payments()[n] ?? {}
    await shop.processor.refund(account, { key: `${n} ${amount}`, reference, amount: { amount, currency: 'EUR' } })
    await shop.as(ANN).orders.refreshPayment({ orderId: order.id })
  }
  return { shop, bees, wasps, buy, refund }
}

test('what went back of the rest of an order is not what was credited, also where the credit carries what was paid before', async () => {
  const { shop, bees, wasps, buy, refund } = await ladders()
  const first = await buy(bees[0])
  const second = await buy(bees[1], wasps[1])
  const third = await buy(bees[2])
  expect([first.total, second.total, third.total]).toEqual([6000, 24_000, 15_000])
  await refund(1, second, 15_000)
  expect(await casesOf(shop, third.id)).toEqual([])
  await refund(0, first, 6000)
  expect([await casesOf(shop, second.id), await casesOf(shop, third.id)]).toMatchObject([
    expect.arrayContaining([credits(6000, first.id, 0)]),
    [],
  ])
})

test('of two credits one is gone where half of the money went back', async () => {
  const { shop, bees, wasps, buy, refund } = await ladders()
  const first = await buy(bees[0], wasps[0])
  const later = await buy(bees[1], wasps[1])
  await refund(0, first, 500)
  expect(await casesOf(shop, later.id)).toEqual([])
  await refund(0, first, 5500)
  expect(await casesOf(shop, later.id)).toEqual([credits(12_000, first.id, 6000)])
})

test.each(['suspend', 'keep'] as const)(
  'credited money that failed is told, where the site says %s, also once its order is ended',
  async (onPaymentFailure) => {
    const { shop, bees, buy } = await ladders()
    const { admin } = shop.system
    await admin.sites.update({ id: 'main', onPaymentFailure })
    const first = await buy(bees[0])
    const later = await buy(bees[1])
    const [{ reference = '' } = {}] = shop.processor.payments()
    shop.processor.failCapture({ account: 'card', reference })
    await shop.as(ANN).orders.refreshPayment({ orderId: first.id })
    expect(await casesOf(shop, later.id)).toEqual([credits(6000, first.id, 0)])
    await admin.orders.cancel({ orderId: first.id, reason: 'unpaid' })
    expect(await casesOf(shop, later.id)).toEqual([credits(6000, first.id, 0)])
  },
)

test('of an order that was paid twice, only its own money is what was given back', () => {
  const order = sampleOrder(
    sampleInputs({
      lines: [{ id: 'lin_1', variantId: 'var_book', quantity: 1 }],
      variants: variantsById(sampleVariant('var_book', 10_000)),
    }),
  )
  const said = (refunded: number) => {
    const money = { ...order.money, captured: 20_000, refunded }
    const entries = [
      { account: 'cash', currency: 'EUR', amount: 20_000 - refunded },
      { account: 'suspense', currency: 'EUR', amount: refunded - 10_000 },
    ]
    const facts = { order: { ...order, money }, payments: [money], journal: [{ entries }] }
    return capturedCash.find(facts as unknown as OrderFacts).map(({ message }) => message)
  }
  const what = '2000 of 10000 were given back at the processor: nobody owes anything'
  expect(said(12_000)).toEqual([`${what}; write in your accounts what they were for`])
  expect(said(20_000)).toEqual(['all of the 10000 that came were given back: end it'])
})
