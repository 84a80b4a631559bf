import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carts, peopleNamed } from '../cart/index.ts'
import { type CustomerRecord, customers } from '../customer/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { isBursarError } from '../errors/index.ts'
import { orders } from '../order/index.ts'
import type { Collection } from '../ports/index.ts'
import { codes } from '../promotion/index.ts'
import { listAll, memoryStorage } from '../storage/index.ts'
import { memoryShop } from '../testing/memory-shop.ts'
import { testRuntime } from '../testing/test-runtime.ts'

const DAY = 24 * 60 * 60 * 1000
const NAMES = ['bob@example.org', 'eve@example.org', 'kim@example.org']
const scope = { operator: 'school', site: 'main' }

const place = fc.nat({ max: 7 })
const name = fc.constantFrom(...NAMES)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), isGuest: fc.boolean(), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('name' as const), cart: place, line: place, name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('learner' as const), cart: place, line: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unname' as const), cart: place, line: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), cart: place, line: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), cart: place, from: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('buy' as const), cart: place, name, isPaid: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), order: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('claim' as const), order: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('assign' as const), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('work' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function openShop() {
  const storage = memoryStorage()
  const runtime = testRuntime({ sleeps: 'at_once' })
  const { commerce, system, variants } = await memoryShop({ storage, runtime })
  const batch = await system.admin.codeBatches.create({ name: 'Alumni', promotionId: 'ten', count: 9 })
  await commerce.jobs.runDue() // the daily rounds are there
  const made: { id: string; owner: string | null; token: string | undefined }[] = []
  const all = <T>(collection: Collection<T>, index: string) => listAll(storage, scope, collection, { index })
  const forEmail = (email: string) => ({ type: 'email', email }) as const
  const cartAt = (at: number) => {
    const cart = made[at % Math.max(made.length, 1)]
    if (cart === undefined) return null
    const { id, owner, token } = cart
    const client = commerce.as(
      owner === null
        ? { type: 'shopper', site: 'main', ...(token === undefined ? {} : { cartToken: token }) }
        : { type: 'customer', site: 'main', customerId: owner },
    )
    return { cartId: id, owner, token, carts: client.carts }
  }
  const orderAt = async (at: number) => {
    const found = await all(orders, 'createdAt')
    return found[at % Math.max(found.length, 1)]?.body
  }
  let keys = 0

  async function create({ isGuest, name }: Extract<Step, { do: 'create' }>) {
    const owner = isGuest ? null : `person-${made.length}`
    const client = commerce.as(
      owner === null ? { type: 'shopper', site: 'main' } : { type: 'customer', site: 'main', customerId: owner },
    )
    const line = { lineId: 'l0', variantId: variants.course, recipient: forEmail(name) }
    const { cart, token } = await client.carts.create({ lines: [line] })
    made.push({ id: cart.id, owner, token })
  }

  async function buy(at: number, { name, isPaid }: { name: string; isPaid: boolean }) {
    const { carts, cartId, owner } = cartAt(at) ?? {}
    if (carts === undefined || cartId === undefined) return
    const { quote } = await carts.get({ cartId })
    keys += 1
    await carts.checkout(
      {
        ...{ cartId, expectedTotal: { amount: quote.total, currency: 'EUR' } },
        paymentToken: isPaid ? 'tok_approve' : 'tok_decline',
        consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
        ...(owner === null ? { guest: { email: name } } : {}),
      },
      { idempotencyKey: `checkout-${keys}-of-the-test` },
    )
  }

  async function merge(into: number, from: number) {
    const [own, other] = [cartAt(into), cartAt(from)]
    if (own === null || other === null || own.owner === null || other.token === undefined) return
    await own.carts.merge({ cartId: own.cartId, fromCartId: other.cartId, fromToken: other.token })
  }

  async function change(now: Extract<Step, { line: number }>) {
    const { carts, cartId } = cartAt(now.cart) ?? {}
    if (carts === undefined || cartId === undefined) return
    const at = { cartId, lineId: `l${now.line % 3}` }
    if (now.do === 'remove') await carts.removeLine(at)
    else if (now.do === 'unname') await carts.updateLine({ ...at, recipient: { type: 'buyer' } })
    else {
      const learner = { type: 'learner', platform: 'campus', learnerId: `learner-${now.line}` } as const
      const recipient = now.do === 'name' ? forEmail(now.name) : learner
      await carts.addLine({ ...at, variantId: variants.course, recipient })
    }
  }

  async function staff(now: Extract<Step, { order: number }>) {
    const order = await orderAt(now.order)
    if (order === undefined) return
    if (now.do === 'cancel') return system.admin.orders.cancel({ orderId: order.id, reason: 'test' })
    const [recipientId] = peopleNamed(order)
    return system.admin.orders.claim({
      ...{ orderId: order.id, hostId: 'claimer' },
      ...(recipientId === undefined ? {} : { recipientId }),
    })
  }

  async function act(now: Step): Promise<unknown> {
    switch (now.do) {
      case 'create':
        return create(now)
      case 'name':
      case 'learner':
      case 'unname':
      case 'remove':
        return change(now)
      case 'merge':
        return merge(now.cart, now.from)
      case 'buy':
        return buy(now.cart, now)
      case 'cancel':
      case 'claim':
        return staff(now)
      case 'assign':
        return system.admin.codeBatches.assign({ id: batch.record.id, emails: [now.name] })
      case 'work':
        return commerce.jobs.runDue()
      case 'wait':
        await runtime.advance(100 * DAY)
        return commerce.jobs.runDue()
    }
  }

  /** Ids of those whom something besides a cart names. */
  async function needed(): Promise<string[]> {
    const ordered = (await all(orders, 'createdAt')).flatMap(({ body }) => [body.customerId, ...peopleNamed(body)])
    const rights = (await all(entitlements, 'soldAt')).flatMap(({ body }) => [body.customerId, body.buyerId])
    const delivered = (await all(grants, 'siteState')).map(({ body }) => body.customerId)
    const assigned = (await all(codes, 'id')).flatMap(({ body }) => (body.assignedTo ? [body.assignedTo] : []))
    return [...ordered, ...rights, ...delivered, ...assigned]
  }

  return {
    act,
    needed,
    work: () => commerce.jobs.runDue(),
    named: async () =>
      (await all(carts, 'createdAt')).flatMap(({ id: cart, body }) => peopleNamed(body).map((id) => ({ id, cart }))),
    people: async () => (await all(customers, 'createdAt')).map(({ body }) => body),
    forget: async () => {
      await runtime.advance(400 * DAY)
      await commerce.jobs.runDue()
    },
    broken: async () =>
      (await system.admin.reports.doctor({})).findings.filter(({ severity }) => severity === 'broken'),
  }
}

test('nothing ever names a person who is gone, and whom only carts named goes with the last of them', async () => {
  const runs = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(runs, async (rounds) => {
      const shop = await openShop()
      const needed = new Set<string>()
      const cartsOf = new Map<string, Set<string>>()
      for (const round of rounds) {
        const outcomes = await Promise.allSettled(round.map((one) => shop.act(one)))
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected' && !isBursarError(outcome.reason)) throw outcome.reason
        }
        const there = new Set((await shop.people()).map(({ id }) => id))
        for (const id of await shop.needed()) needed.add(id)
        const named = await shop.named()
        for (const { id, cart } of named) cartsOf.set(id, (cartsOf.get(id) ?? new Set()).add(cart))
        expect([...needed, ...named.map(({ id }) => id)].filter((id) => !there.has(id))).toEqual([])
      }
      await shop.forget()
      const named = new Set([...needed, ...(await shop.needed()), ...(await shop.named()).map(({ id }) => id)])
      // Who was named in more than five carts at once stays; of some of them nothing is seen between two rounds.
      const wereMany = ({ id, namedIn }: CustomerRecord) => namedIn === undefined && (cartsOf.get(id)?.size ?? 0) > 2
      const others = (await shop.people()).filter((one) => one.hostId === null && !named.has(one.id) && !wereMany(one))
      expect(others).toEqual([])
      expect(await shop.broken()).toEqual([])
    }),
    { numRuns: 60 },
  )
})
