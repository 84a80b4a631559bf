import { expect, test } from 'vitest'
import type { FulfilmentProvider } from '../ports/index.ts'
import { campusShop } from '../testing/campus-shop.ts'

const DAY = 24 * 60 * 60 * 1000
const done = async () => ({ outcome: 'done' }) as const

/** A provider whose tickets are good for a look. */
function tickets(detailNow?: FulfilmentProvider['detailNow']): FulfilmentProvider {
  const deliver = async () => ({ outcome: 'done', detail: 'first ticket' }) as const
  return {
    kind: 'ticket',
    checkTarget: () => null,
    deliver,
    withdraw: done,
    status: done,
    ...(detailNow && { detailNow }),
  }
}

async function bought(provider: FulfilmentProvider, validityDays: number | null = null) {
  const shop = await campusShop({ fulfilment: { tickets: provider } })
  const prices = [{ priceList: 'eur', amount: 500 }]
  const target = { seat: 7 }
  const variant = { validityDays, prices, fulfilment: { provider: 'tickets', target } }
  const seat = await shop.product('service', 'A seat', variant)
  const { order } = await shop.buy('ann', [{ variantId: seat }])
  const { orders, me } = shop.as('ann')
  const shown = async () => {
    const [line] = (await orders.get({ orderId: order.id })).lines
    const [listed] = (await me.orders({})).items[0]?.lines ?? []
    const [right] = (await me.entitlements({})).items
    return [line?.deliveries[0], listed?.deliveries[0], right?.delivery].map((one) => one?.detail)
  }
  return { shop, order, shown }
}

test('what was delivered is shown as its provider shows it now, until the days of the right are over', async () => {
  let looks = 0
  const { shop, shown } = await bought(
    tickets(({ grantId, target, detail }) => {
      looks += 1
      return { looks, target, detail, grantId: grantId.slice(0, 4) }
    }),
    30,
  )
  const kept = { target: { seat: 7 }, detail: 'first ticket', grantId: 'grt_' }
  expect(await shown()).toEqual([1, 2, 3].map((looks) => ({ looks, ...kept })))
  await shop.runtime.advance(29 * DAY)
  expect(await shown()).toEqual([4, 5, 6].map((looks) => ({ looks, ...kept })))
  await shop.runtime.advance(2 * DAY)
  expect(await shown()).toEqual(Array(3).fill('first ticket'))
})

test('a provider that cannot show it now, or has nothing to show, leaves what was kept', async () => {
  const fails = () => {
    throw new Error('no key')
  }
  for (const show of [fails, undefined]) {
    const { shown } = await bought(tickets(show))
    expect(await shown()).toEqual(Array(3).fill('first ticket'))
  }
})

test('what was taken back is not shown anew', async () => {
  const { shop, order, shown } = await bought(tickets(() => 'fresh ticket'))
  expect(await shown()).toEqual(Array(3).fill('fresh ticket'))
  await shop.refundElsewhere('ann', order.id, 500)
  await shop.system.admin.orders.cancel({ orderId: order.id, reason: 'given back' })
  await shop.runJobs()
  expect(await shown()).toEqual(Array(3).fill('first ticket'))
})
