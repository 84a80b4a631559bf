import { expect, test } from 'vitest'
import type { OperationOutput } from '../contract/index.ts'
import { customers } from '../customer/index.ts'
import { doctor } from '../report/index.ts'
import { byKey, readAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'

const learner = (learnerId: string, platform = 'lms') => ({ type: 'learner' as const, platform, learnerId })

const recipientOf = (order: OperationOutput<'orders.get'>): string => {
  const recipient = order.lines[0]?.recipient
  return recipient === undefined || recipient.type === 'buyer' ? '' : recipient.customerId
}

test('a run for a named learner is chosen by them, once staff have given them the line', async () => {
  const shop = await campusShop()
  const run = { id: 'spring', title: 'Spring', target: { course: 'bees', mode: 'verified' } }
  const { verified = '' } = await shop.course('bees', { verified: 1000 }, { runs: [run] })
  const { order } = await shop.buy('corp', [{ variantId: verified, recipient: learner('ann') }])
  const claim = { orderId: order.id, hostId: 'ann', recipientId: recipientOf(order) }
  const claimed = await shop.system.admin.orders.claim(claim)
  expect(claimed.lines[0]?.deliveries).toMatchObject([{ state: 'waiting', waitingFor: 'run_choice' }])
  const { entitlements, chooseRun } = shop.as('ann').me
  const [right] = (await entitlements({})).items
  await chooseRun({ entitlementId: right?.id ?? '', run: 'spring' })
  await shop.runJobs()
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann', mode: 'verified' }])
  expect((await shop.system.admin.orders.claim(claim)).id).toBe(order.id)
  const again = shop.system.admin.orders.claim({ ...claim, hostId: 'bob' })
  await expect(again).rejects.toMatchObject({ code: 'wrong_state', reason: 'nothing_to_claim' })
})

test('who claims what was for a learner has that account: it gets the run, and what it got is taken back from it', async () => {
  const shop = await campusShop()
  const run = { id: 'spring', title: 'Spring', target: { course: 'bees', mode: 'verified' } }
  const { verified: bees = '' } = await shop.course('bees', { verified: 0 }, { runs: [run] })
  const { verified: ants = '' } = await shop.course('ants', { verified: 0 })
  const recipient = learner('lms-7')
  const { order } = await shop.buy(
    'corp',
    [bees, ants].map((variantId) => ({ variantId, recipient })),
  )
  const recipients = new Set(order.lines.map((line) => recipientOf({ ...order, lines: [line] })))
  for (const recipientId of recipients)
    await shop.system.admin.orders.claim({ orderId: order.id, hostId: 'ann', recipientId })
  const [right] = (await shop.as('ann').me.entitlements({})).items.filter(({ runs }) => runs !== undefined)
  await shop.as('ann').me.chooseRun({ entitlementId: right?.id ?? '', run: 'spring' })
  await shop.runJobs()
  const enrolled = () => shop.platform.enrolments().map((one) => [one.learner, one.course])
  expect(enrolled().sort()).toEqual([
    ['lms-7', 'ants'],
    ['lms-7', 'bees'],
  ])
  await shop.system.admin.orders.cancel({ orderId: order.id, reason: 'given twice' })
  await shop.runJobs()
  expect(enrolled()).toEqual([])
})

test('who has another account there already keeps it', async () => {
  const shop = await campusShop()
  const { verified = '' } = await shop.course('bees', { verified: 0 })
  const links = [{ platform: 'lms', learnerId: 'ann-1' }]
  const { record } = await shop.system.admin.customers.put({ hostId: 'ann', links })
  const { order } = await shop.buy('corp', [{ variantId: verified, recipient: learner('lms-7') }])
  await shop.system.admin.orders.claim({ orderId: order.id, hostId: 'ann', recipientId: recipientOf(order) })
  expect((await shop.system.admin.customers.get({ customerId: record.id })).record.links).toEqual(links)
  await shop.system.admin.orders.cancel({ orderId: order.id, reason: 'given twice' })
  await shop.runJobs()
  const { items } = await shop.system.admin.grants.list({ state: 'withdraw_parked' })
  expect(items).toMatchObject([{ record: { reason: expect.stringMatching(/^learner_changed: /) } }])
})

test('so does who got something there by their id at the host', async () => {
  const shop = await campusShop()
  const { verified: bees = '' } = await shop.course('bees', { verified: 0 })
  const { verified: ants = '' } = await shop.course('ants', { verified: 0 })
  const own = await shop.buy('ann', [{ variantId: bees }])
  const { order } = await shop.buy('corp', [{ variantId: ants, recipient: learner('lms-7') }])
  await shop.system.admin.orders.claim({ orderId: order.id, hostId: 'ann', recipientId: recipientOf(order) })
  const [ann] = await readAll(shop.storage, { operator: 'campus' }, byKey(customers, 'hostId', 'ann'))
  expect([own.order.state, ann?.body.links]).toEqual(['placed', []])
})

test('a run that waits for a learner whose data were erased is a case of the doctor', async () => {
  const shop = await campusShop()
  const run = { id: 'spring', title: 'Spring', target: { course: 'bees', mode: 'verified' } }
  const { verified = '' } = await shop.course('bees', { verified: 1000 }, { runs: [run] })
  const { order } = await shop.buy('corp', [{ variantId: verified, recipient: learner('ann') }])
  await shop.system.admin.customers.erase({ customerId: recipientOf(order) })
  const at = { scope: { operator: 'campus' }, now: shop.runtime.now() }
  const { findings } = await doctor({ storage: shop.storage }, at)
  const message = 'waits for somebody whose data were erased: nobody can claim it'
  expect(findings).toMatchObject([{ invariant: 'I16', severity: 'case', message }])
})

test('what is for a customer is given to nobody else', async () => {
  const shop = await campusShop()
  const { verified = '' } = await shop.course('bees', { verified: 1000 })
  const { order } = await shop.buy('corp', [{ variantId: verified, recipient: learner('ann') }])
  await shop.system.admin.orders.claim({ orderId: order.id, hostId: 'ann', recipientId: recipientOf(order) })
  const ann = recipientOf(await shop.as('corp').orders.get({ orderId: order.id }))
  const again = shop.system.admin.orders.claim({ orderId: order.id, hostId: 'bob', recipientId: ann })
  await expect(again).rejects.toMatchObject({ code: 'wrong_state', reason: 'claimed' })
})

/** A program of two courses, each at a platform of its own. */
async function twoPlatforms(): Promise<{ shop: CampusShop; bees: string; program: string }> {
  const lab = simulatedPlatform({ runtime: testRuntime() })
  const shop = await campusShop({ fulfilment: { lab } })
  const { verified: bees = '' } = await shop.course('bees', { verified: 1000 })
  const prices = [{ priceList: 'eur', amount: 100 }]
  const ants = await shop.product('course', 'Ants', {
    ...{ prices, fulfilment: { provider: 'lab', target: { course: 'ants', mode: 'verified' } } },
  })
  const bugs = await shop.product('book', 'Bugs', { prices })
  const program = await shop.product('program', 'All', {
    bundle: {
      parts: [{ id: 'a', variantId: bees }],
      groups: [
        {
          ...{ id: 'more', choose: 1 },
          parts: [
            { id: 'b', variantId: ants },
            { id: 'c', variantId: bugs },
          ],
        },
      ],
      ...{ pricing: { type: 'own_price' }, ownedParts: 'leave_out' },
    },
    prices,
  })
  return { shop, bees, program }
}

const REFUSED = { code: 'not_sellable', reason: 'learner_unknown' }

test('a course is not sold for a learner of whom its platform is told nothing', async () => {
  const { shop, bees, program } = await twoPlatforms()
  const { carts } = shop.as('corp')
  const typo = { lineId: 'a', variantId: bees, recipient: learner('ann', 'LMS') }
  await expect(carts.create({ lines: [typo] })).rejects.toMatchObject({ ...REFUSED, data: { platform: 'lms' } })
  const { cart } = await carts.create({})
  const cartId = cart.id
  await expect(carts.addLine({ cartId, ...typo })).rejects.toMatchObject(REFUSED)
  await carts.addLine({ cartId, ...typo, recipient: learner('ann') })
  const renamed = carts.updateLine({ cartId, lineId: 'a', recipient: typo.recipient })
  await expect(renamed).rejects.toMatchObject(REFUSED)
  const both = { lineId: 'b', variantId: program, parts: ['b'], recipient: learner('ann') }
  await expect(carts.addLine({ cartId, ...both })).rejects.toMatchObject({ ...REFUSED, data: { platform: 'lab' } })
})

test('nor is it bought, whatever its cart was told before', async () => {
  const { shop, program } = await twoPlatforms()
  const { carts } = shop.as('corp')
  const line = { lineId: 'b', variantId: program, parts: ['c'], recipient: learner('ann') }
  const { cart } = await carts.create({ lines: [line] })
  const { quote } = await carts.updateLine({ cartId: cart.id, lineId: 'b', parts: ['b'] })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const checkout = carts.checkout(
    { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' },
    { idempotencyKey: 'a-key-of-this-test' },
  )
  await expect(checkout).rejects.toMatchObject({ ...REFUSED, data: { lineId: 'b', platform: 'lab' } })
  expect((await shop.system.admin.orders.list({})).items).toEqual([])
})
