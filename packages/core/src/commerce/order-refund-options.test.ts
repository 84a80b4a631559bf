import { expect, it, vi } from 'vitest'
import type { RefundOptionsInput } from '../refund/index.ts'
import { campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'

/** A course in two modes, of which the dearer credits what was paid for the other. */
async function modeShop(credit: 'money_paid' | 'list_price_then' = 'money_paid') {
  const shop = await campusShop()
  const { admin } = shop.system
  const modes = await shop.course('bees', { verified: 6000, credit: 15_000 })
  const { items } = await admin.products.list({})
  const variants = [{ name: 'credit', upgrade: { from: ['verified'], credit } }]
  await admin.products.update({ productId: items[0]?.product.id ?? '', variants })
  const buy = async (mode: 'verified' | 'credit', paymentToken = 'tok_approve') =>
    (await shop.buy(ANN, [{ variantId: modes[mode] ?? '' }], { paymentToken })).order.id
  return { shop, admin, modes, buy }
}

const taxes = expect.any(Array)
const SHARE = { net: 5042, tax: 958, total: 6000, taxes }

it('staff see what each part of an order would give back, of a policy that asks nothing', async () => {
  const { admin, buy } = await modeShop()
  const orderId = await buy('verified')
  const policy = { answer: 'allowed', reason: null }
  const part = { unit: 1, part: 'all', share: SHARE, reprice: SHARE, wholeOnly: SHARE, policy }
  expect(await admin.orders.refundOptions({ orderId })).toEqual({
    ...{ currency: 'EUR', refusal: null, refundable: 6000 },
    lines: [{ lineId: 'l0', rule: 'share', whole: SHARE, parts: [part] }],
  })
})

it('of what went back at the processor nobody knows which part it was for, and the answer says so', async () => {
  const { shop, admin, buy } = await modeShop()
  const orderId = await buy('verified')
  const standing = async () => {
    const { refusal, refundable } = await admin.orders.refundOptions({ orderId })
    return { refusal, refundable }
  }
  await shop.refundElsewhere(ANN, orderId, 500)
  expect(await standing()).toEqual({ refusal: 'partly_refunded', refundable: 5500 })
  await shop.refundElsewhere(ANN, orderId, 5500)
  expect(await standing()).toEqual({ refusal: 'refunded', refundable: 0 })
})

it('one line is answered by itself, as what is too much for one answer is asked for', async () => {
  const shop = await campusShop()
  const { admin } = shop.system
  const prices = [{ priceList: 'eur', amount: 100 }]
  const parts: { id: string; variantId: string }[] = []
  for (let id = 1; id <= 25; id++)
    parts.push({ id: `part-${id}`, variantId: await shop.product('course', `${id}`, { prices }) })
  const bundle = { parts, pricing: { type: 'own_price' as const }, ownedParts: 'leave_out' as const }
  const program = await shop.product('program', 'All', { prices, bundle, refundRule: 'reprice' })
  const bought = Array.from({ length: 30 }, (_, place) => {
    return { variantId: program, recipient: { type: 'email' as const, email: `learner-${place}@example.org` } }
  })
  const orderId = (await shop.buy(ANN, bought, { paymentToken: 'tok_late' })).order.id
  const tooMany = (instead: string) => ({
    code: 'invalid_input',
    issues: [{ path: 'lineId', message: `These are too many parts for one answer: ${instead}.` }],
  })
  await expect(admin.orders.refundOptions({ orderId })).rejects.toMatchObject(tooMany('ask for each line by itself'))
  const { lines, ...rest } = await admin.orders.refundOptions({ orderId, lineId: 'l1' })
  expect(lines).toMatchObject([{ lineId: 'l1', whole: { total: 100 } }])
  expect(lines[0]?.parts).toHaveLength(25)
  expect(rest).toEqual({ currency: 'EUR', refusal: 'not_placed', refundable: 0 })
  await expect(admin.orders.refundOptions({ orderId, lineId: 'l30' })).rejects.toMatchObject({ code: 'not_found' })
})

it('what an upgrade credits is denied, also while that is still being paid', async () => {
  const { shop, admin, buy } = await modeShop()
  const orderId = await buy('verified')
  await shop.runtime.advance(1000)
  const later = await buy('credit', 'tok_late')
  const denied = { lines: [{ parts: [{ policy: { answer: 'denied', reason: 'upgrade' } }] }] }
  expect(await admin.orders.refundOptions({ orderId })).toMatchObject(denied)
  expect(await admin.orders.refundOptions({ orderId: later })).toMatchObject({ refusal: 'not_placed', refundable: 0 })
})

it('what was bought for somebody is denied where they upgraded it', async () => {
  const { shop, admin, modes } = await modeShop('list_price_then')
  const gift = { variantId: modes.verified ?? '', recipient: { type: 'email' as const, email: 'bob@example.org' } }
  const { order } = await shop.buy(ANN, [gift])
  const { recipient } = order.lines[0] ?? {}
  const recipientId = recipient?.type === 'claim' ? recipient.customerId : ''
  await admin.orders.claim({ orderId: order.id, hostId: 'bob', recipientId })
  await shop.runtime.advance(1000)
  expect((await shop.buy('bob', [{ variantId: modes.credit ?? '' }])).order.total).toBe(9000)
  const answer = await admin.orders.refundOptions({ orderId: order.id })
  expect(answer.lines[0]?.parts[0]?.policy).toEqual({ answer: 'denied', reason: 'upgrade' })
})

it('platforms are asked where the policy has a rule about what they know, and one that is silent makes a part wait', async () => {
  const { shop, admin, buy } = await modeShop()
  const orderId = await buy('verified')
  const policyOf = async (rules: Omit<RefundOptionsInput, 'orderId'>) =>
    (await admin.orders.refundOptions({ orderId, ...rules })).lines[0]?.parts[0]?.policy
  const allowed = { answer: 'allowed', reason: null }
  const starts = (start: string) => shop.platform.addCourses([{ id: 'bees', modes: [{ mode: 'verified' }], start }])
  starts('2999-01-01T00:00:00.000Z')
  shop.platform.script('ask', 'outage')
  expect(await policyOf({ windowDays: 14 })).toEqual(allowed)
  expect(await policyOf({ beforeStart: true })).toEqual({ answer: 'awaiting_facts', reason: 'start' })
  expect(await policyOf({ beforeStart: true })).toEqual(allowed)
  starts(shop.runtime.now())
  expect(await policyOf({ beforeStart: true })).toEqual({ answer: 'denied', reason: 'start' })
  expect(await policyOf({ maximumProgress: 0 })).toEqual({ answer: 'awaiting_facts', reason: 'progress' })
  shop.platform.enrol({ learner: ANN, course: 'bees', mode: null })
  expect(await policyOf({ maximumProgress: 0 })).toEqual(allowed)
  await shop.runtime.advance(15 * 24 * 60 * 60 * 1000)
  expect(await policyOf({ windowDays: 14 })).toEqual({ answer: 'denied', reason: 'window' })
})

it('a platform that does not answer at all is waited for five seconds', async () => {
  const { shop, admin, buy } = await modeShop()
  const orderId = await buy('verified')
  shop.platform.refundFacts = () => new Promise(() => {})
  const before = shop.runtime.now()
  const answer = await shop.settle(admin.orders.refundOptions({ orderId, withoutCertificate: true }))
  expect(answer.lines[0]?.parts[0]?.policy).toEqual({ answer: 'awaiting_facts', reason: 'certificate' })
  expect(Date.parse(shop.runtime.now()) - Date.parse(before)).toBeLessThan(6000)
})

/** A program of so many courses, bought: each is a question of its own. */
async function longProgram(length: number) {
  const shop = await campusShop()
  const parts: { id: string; variantId: string }[] = []
  for (let id = 1; id <= length; id++) {
    const modes = await shop.course(`course-${id}`, { verified: 100 })
    shop.platform.addCourses([{ id: `course-${id}`, modes: [{ mode: 'verified' }], start: '2999-01-01T00:00:00.000Z' }])
    parts.push({ id: `part-${id}`, variantId: modes.verified ?? '' })
  }
  const bundle = { parts, pricing: { type: 'own_price' as const }, ownedParts: 'leave_out' as const }
  const prices = [{ priceList: 'eur', amount: 1000 }]
  const program = await shop.product('program', 'All', { prices, bundle })
  const { order } = await shop.buy(ANN, [{ variantId: program }])
  const ask = () => shop.system.admin.orders.refundOptions({ orderId: order.id, beforeStart: true })
  return { shop, ask }
}

it('a platform is asked a few questions at once, and none any more once nobody waits', async () => {
  const { shop, ask } = await longProgram(12)
  const answers: (() => void)[] = []
  const signals = new Set<AbortSignal | undefined>()
  shop.platform.refundFacts = (_learner, _target, { signal } = {}) => {
    signals.add(signal)
    return new Promise((resolve) => answers.push(() => resolve({ outcome: 'refused', reason: 'not_enrolled' })))
  }
  const asked = ask()
  await vi.waitFor(() => expect(answers).toHaveLength(5))
  answers[0]?.()
  await vi.waitFor(() => expect(answers).toHaveLength(6))
  const [{ parts } = { parts: [] }] = (await shop.settle(asked)).lines
  expect(Map.groupBy(parts, ({ policy }) => policy.answer).get('awaiting_facts')).toHaveLength(11)
  expect([...signals].map((signal) => signal?.aborted)).toEqual([true])
  for (const answer of answers) answer()
  await shop.runtime.advance(1000)
  expect(answers).toHaveLength(6)
})

it('a platform that throws makes its parts wait, and the others are answered', async () => {
  const { shop, ask } = await longProgram(3)
  const { refundFacts } = shop.platform
  shop.platform.refundFacts = (learner, target, options) => {
    if (JSON.stringify(target).includes('course-2')) throw new Error('wrong secret')
    return refundFacts(learner, target, options)
  }
  const [line] = (await shop.settle(ask())).lines
  expect(line?.parts.map(({ policy }) => policy.answer)).toEqual(['allowed', 'awaiting_facts', 'allowed'])
})

it('customers do not see it', async () => {
  const { shop, buy } = await modeShop()
  const orderId = await buy('verified')
  const { admin } = shop.as(ANN)
  await expect(admin.orders.refundOptions({ orderId })).rejects.toMatchObject({ code: 'forbidden' })
})
