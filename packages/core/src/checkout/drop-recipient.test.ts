import { describe, expect, test } from 'vitest'
import { type CartWithQuote, carts } from '../cart/index.ts'
import type { CommerceClient } from '../contract/index.ts'
import type { CustomerRecord } from '../customer/index.ts'
import { customers, newCustomer } from '../customer/index.ts'
import type { Change, Storage, Stored } from '../ports/index.ts'
import { byId, insert, listAll, memoryStorage, put, readAll } from '../storage/index.ts'
import { memoryShop } from '../testing/memory-shop.ts'
import { testRuntime } from '../testing/test-runtime.ts'

const DAY = 24 * 60 * 60 * 1000
const BOB = 'bob@example.org'
const scope = { operator: 'school', site: 'main' }
const forEmail = (email = BOB) => ({ type: 'email', email }) as const

type Shop = Awaited<ReturnType<typeof openShop>>

/** A shop, and what comes before one of its commits. */
async function openShop() {
  const memory = memoryStorage()
  const runtime = testRuntime({ sleeps: 'at_once' })
  let first: { isIt: (changes: readonly Change[]) => boolean; act: () => Promise<unknown> } | null = null
  const commit: Storage['commit'] = async (at, changes, options) => {
    const now = first
    if (now?.isIt(changes)) {
      first = null
      await now.act()
    }
    return memory.commit(at, changes, options)
  }
  const storage: Storage = { ...memory, commit }
  const shop = await memoryShop({ storage, runtime })
  await shop.commerce.jobs.runDue() // the daily rounds are there
  let keys = 0
  return {
    ...{ ...shop, storage, runtime },
    /** Does something before the first commit with such a change. */
    before(isIt: (change: Change) => boolean, act: () => Promise<unknown>) {
      first = { isIt: (changes) => changes.some(isIt), act }
    },
    person: (customerId: string) => shop.commerce.as({ type: 'customer', site: 'main', customerId }),
    guest: (cartToken?: string) =>
      shop.commerce.as({ type: 'shopper', site: 'main', ...(cartToken === undefined ? {} : { cartToken }) }),
    async buy(client: CommerceClient, { cart, quote }: CartWithQuote, { token = 'tok_approve', guest = '' } = {}) {
      keys += 1
      return client.carts.checkout(
        {
          ...{ cartId: cart.id, expectedTotal: { amount: quote.total, currency: 'EUR' }, paymentToken: token },
          consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
          ...(guest === '' ? {} : { guest: { email: guest } }),
        },
        { idempotencyKey: `checkout-${keys}-of-the-test` },
      )
    },
    /** All carts that nobody has used for long are forgotten, and what follows is done. */
    async forget() {
      await runtime.advance(200 * DAY)
      await shop.commerce.jobs.runDue()
    },
    work: () => shop.commerce.jobs.runDue(),
    async records(): Promise<Stored<CustomerRecord>[]> {
      return listAll(memory, scope, customers, { index: 'createdAt' })
    },
    /** E-mails and learner ids of those who have no account. */
    async others(): Promise<string[]> {
      const all = await listAll(memory, scope, customers, { index: 'createdAt' })
      const free = all.filter(({ body }) => body.hostId === null)
      return free.map(({ body }) => body.email ?? body.links[0]?.learnerId ?? '').sort()
    },
    async broken() {
      const { findings } = await shop.system.admin.reports.doctor({})
      return findings.filter(({ severity }) => severity === 'broken')
    },
  }
}

const lineFor = (shop: Shop, lineId: string, email = BOB) => ({
  ...{ lineId, variantId: shop.variants.book },
  recipient: forEmail(email),
})
const cartFor = (shop: Shop, client: CommerceClient, email = BOB) =>
  client.carts.create({ lines: [lineFor(shop, 'a', email)] })

describe('somebody who was only named in a cart', () => {
  test('is there as long as the cart, and goes with it', async () => {
    const shop = await openShop()
    const ann = shop.person('ann')
    await ann.carts.create({
      lines: [
        lineFor(shop, 'a'),
        lineFor(shop, 'b', 'Bob@Example.org'),
        {
          ...{ lineId: 'c', variantId: shop.variants.course },
          recipient: { type: 'learner', platform: 'campus', learnerId: 'learner-7' },
        },
      ],
    })
    await shop.runtime.advance(100 * DAY)
    await shop.work()
    expect(await shop.others()).toEqual([BOB, 'learner-7'])
    await shop.forget()
    expect(await shop.others()).toEqual([])
    expect(await shop.broken()).toEqual([])
  })

  test('goes with the line, or when it is for somebody else, unless another line is for them too', async () => {
    const shop = await openShop()
    const { carts } = shop.person('ann')
    const { cart } = await carts.create({ lines: [lineFor(shop, 'a'), lineFor(shop, 'b')] })
    await carts.removeLine({ cartId: cart.id, lineId: 'a' })
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    await carts.updateLine({ cartId: cart.id, lineId: 'b', recipient: forEmail('eve@example.org') })
    await shop.work()
    expect(await shop.others()).toEqual(['eve@example.org'])
    await carts.addLine({
      ...{ cartId: cart.id, lineId: 'b', variantId: shop.variants.book },
      recipient: { type: 'buyer' },
    })
    await shop.work()
    expect(await shop.others()).toEqual([])
    await carts.addLine({ cartId: cart.id, ...lineFor(shop, 'c') })
    await carts.removeLine({ cartId: cart.id, lineId: 'c' })
    await carts.addLine({ cartId: cart.id, ...lineFor(shop, 'd') })
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
  })

  test('is not shown to be that', async () => {
    const shop = await openShop()
    await cartFor(shop, shop.person('ann'))
    const { admin } = shop.system
    const [found] = (await admin.customers.find({ email: BOB })).items
    const customerId = found?.record.id ?? ''
    const shown = [found?.record, (await admin.customers.get({ customerId })).record]
    shown.push((await admin.customers.export({ customerId })).customer)
    for (const record of shown) expect(record).not.toHaveProperty('namedIn')
    expect((await shop.records()).map(({ body }) => body.namedIn?.length ?? 0)).toContain(1)
  })

  test('who is erased stays as an empty record', async () => {
    const shop = await openShop()
    await cartFor(shop, shop.person('ann'))
    const [found] = (await shop.system.admin.customers.find({ email: BOB })).items
    await shop.system.admin.customers.erase({ customerId: found?.record.id ?? '' })
    await shop.forget()
    expect(await shop.others()).toEqual([''])
  })

  test('stays where an earlier release made the record', async () => {
    const shop = await openShop()
    const old = newCustomer(shop.runtime, shop.runtime.now(), { email: BOB })
    await shop.storage.commit(scope, [insert(customers, old.id, old)])
    await cartFor(shop, shop.person('ann'))
    await shop.forget()
    expect(await shop.others()).toEqual([BOB])
  })
})

describe('somebody who is named in more than one cart', () => {
  test('goes with the last of them', async () => {
    const shop = await openShop()
    await cartFor(shop, shop.person('ann'))
    await shop.runtime.advance(100 * DAY)
    await shop.work()
    await cartFor(shop, shop.person('eve'), 'BOB@example.org')
    await shop.runtime.advance(100 * DAY)
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
    await shop.forget()
    expect(await shop.others()).toEqual([])
  })

  test('goes with the cart into which an anonymous one was taken', async () => {
    const shop = await openShop()
    const made = await cartFor(shop, shop.guest())
    await shop.runtime.advance(100 * DAY)
    await shop.work()
    const ann = shop.person('ann')
    const own = await ann.carts.create({})
    const merge = { cartId: own.cart.id, fromCartId: made.cart.id, fromToken: made.token ?? '' }
    await ann.carts.merge(merge)
    await ann.carts.merge(merge)
    await shop.runtime.advance(100 * DAY)
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
    await shop.forget()
    expect(await shop.others()).toEqual([])
  })

  test('whom a merge leaves out goes at once', async () => {
    const shop = await openShop()
    const made = await cartFor(shop, shop.guest())
    const ann = shop.person('ann')
    const lines = Array.from({ length: 200 }, (_, place) => ({ lineId: `l${place}`, variantId: shop.variants.service }))
    const own = await ann.carts.create({ lines })
    await ann.carts.merge({ cartId: own.cart.id, fromCartId: made.cart.id, fromToken: made.token ?? '' })
    await shop.work()
    expect(await shop.others()).toEqual([])
  })

  test('stays for ever once there are very many', async () => {
    const shop = await openShop()
    for (let place = 0; place < 21; place += 1) await cartFor(shop, shop.person(`ann-${place}`))
    await shop.forget()
    expect(await shop.others()).toEqual([BOB])
  })
})

/** Whatever comes to need a record that was made for a cart. */
const REUSES: { readonly [name: string]: (shop: Shop) => Promise<unknown> } = {
  'an order of the cart': async (shop) => {
    const ann = shop.person('ann')
    const { items } = await openCarts(shop)
    return shop.buy(ann, await ann.carts.get({ cartId: items[0]?.id ?? '' }))
  },
  'an order of the cart that was never paid': async (shop) => {
    const ann = shop.person('ann')
    const { items } = await openCarts(shop)
    return shop.buy(ann, await ann.carts.get({ cartId: items[0]?.id ?? '' }), { token: 'tok_decline' })
  },
  'an order of another cart': async (shop) => {
    const eve = shop.person('eve')
    return shop.buy(eve, await cartFor(shop, eve))
  },
  'an order of their own as a guest': async (shop) => {
    const made = await shop.guest().carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    return shop.buy(shop.guest(made.token), made, { guest: 'Bob@example.org' })
  },
  'an order of their own as a guest, for themselves by name': async (shop) => {
    const made = await cartFor(shop, shop.guest())
    return shop.buy(shop.guest(made.token), made, { guest: BOB })
  },
  'a code that is assigned': async (shop) => {
    const { codeBatches } = shop.system.admin
    const { record } = await codeBatches.create({ name: 'Alumni', promotionId: 'ten', count: 2 })
    return codeBatches.assign({ id: record.id, emails: [BOB] })
  },
  'a promotion that is made': async (shop) => {
    const customer = (await shop.system.admin.customers.find({ email: BOB })).items[0]?.record.id ?? ''
    return shop.system.admin.promotions.create({
      ...{ name: 'For Bob', requiresCode: false, benefit: { type: 'percent', percent: '5' } },
      conditions: [{ type: 'customers', customers: [customer, customer] }],
    })
  },
  'a promotion that is changed': async (shop) => {
    const customer = (await shop.system.admin.customers.find({ email: BOB })).items[0]?.record.id ?? ''
    return shop.system.admin.promotions.update({
      id: 'ten',
      conditions: [{ type: 'customers', customers: [customer] }],
    })
  },
}

async function openCarts({ storage }: Shop) {
  return storage.list(scope, { in: 'carts', index: 'createdAt', equals: [], limit: 10 })
}

const isAboutCustomers = (change: Change) => 'in' in change && change.in === 'customers'
const isRemoval = (change: Change) => isAboutCustomers(change) && change.do === 'remove'

describe.each(Object.keys(REUSES))('whom a cart named, and then %s', (name) => {
  const reuse = REUSES[name] ?? (async () => {})

  test('needs, stays', async () => {
    const shop = await openShop()
    await cartFor(shop, shop.person('ann'))
    const bob = (await shop.records()).find(({ body }) => body.email === BOB)?.id
    await reuse(shop)
    await shop.forget()
    await shop.forget()
    const left = (await shop.records()).filter(({ body }) => body.email === BOB)
    expect(left.map(({ id, body }) => [id, body.namedIn])).toEqual([[bob, undefined]])
    expect(await shop.broken()).toEqual([])
  })

  test('needs between the look and the removal, stays', async () => {
    const shop = await openShop()
    const { carts } = shop.person('ann')
    const { cart } = await cartFor(shop, shop.person('ann'))
    const bob = (await shop.records()).find(({ body }) => body.email === BOB)?.id
    if (name.startsWith('an order of the cart')) return // it names them no more
    await carts.removeLine({ cartId: cart.id, lineId: 'a' })
    let isReused = false
    shop.before(isRemoval, async () => {
      await reuse(shop)
      isReused = true
    })
    await shop.work()
    const left = (await shop.records()).filter(({ body }) => body.email === BOB)
    expect([isReused, left.map(({ id }) => id)]).toEqual([true, [bob]])
    expect(await shop.broken()).toEqual([])
  })

  test('would need, but is gone before its commit, is named anew or refused', async () => {
    const shop = await openShop()
    const { carts } = shop.person('ann')
    const { cart } = await cartFor(shop, shop.person('ann'))
    if (name.startsWith('an order of the cart')) return // it names them
    let isGone = false
    shop.before(isAboutCustomers, async () => {
      await carts.removeLine({ cartId: cart.id, lineId: 'a' })
      await shop.work()
      isGone = (await shop.others()).length === 0
    })
    const outcome = await reuse(shop).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    )
    expect([isGone, outcome]).toEqual([true, name.startsWith('a promotion') ? 'invalid_input' : 'done'])
    expect((await shop.records()).filter(({ body }) => body.email === BOB).map(({ body }) => body.namedIn)).toEqual(
      name.startsWith('a promotion') ? [] : [undefined],
    )
    expect(await shop.broken()).toEqual([])
  })
})

describe('another cart that comes to name somebody', () => {
  test('between the look and the removal keeps the record', async () => {
    const shop = await openShop()
    const { carts } = shop.person('ann')
    const { cart } = await cartFor(shop, shop.person('ann'))
    await carts.removeLine({ cartId: cart.id, lineId: 'a' })
    shop.before(isRemoval, () => cartFor(shop, shop.person('eve')))
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
    await shop.forget()
    expect(await shop.others()).toEqual([])
  })

  test('or the same one again, keeps it too', async () => {
    const shop = await openShop()
    const { carts } = shop.person('ann')
    const { cart } = await cartFor(shop, shop.person('ann'))
    await carts.removeLine({ cartId: cart.id, lineId: 'a' })
    shop.before(isRemoval, () => carts.addLine({ cartId: cart.id, ...lineFor(shop, 'b') }))
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
  })

  test('and finds the record gone makes another one', async () => {
    const shop = await openShop()
    const { carts } = shop.person('ann')
    const { cart } = await cartFor(shop, shop.person('ann'))
    const before = (await shop.records()).map(({ id }) => id)
    shop.before(isAboutCustomers, async () => {
      await carts.removeLine({ cartId: cart.id, lineId: 'a' })
      await shop.work()
    })
    const eve = await cartFor(shop, shop.person('eve'))
    const recipient = eve.cart.lines[0]?.recipient
    expect(before).not.toContain(recipient?.type === 'claim' ? recipient.customerId : '')
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
  })
})

/** A cart whose order was placed, and its next one, with a line for Bob that was added while the order was being paid. */
async function leftOver() {
  const shop = await openShop()
  const ann = shop.person('ann')
  const made = await ann.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
  const started = await shop.buy(ann, made, { token: 'tok_requires_action' })
  await ann.carts.addLine({ cartId: made.cart.id, ...lineFor(shop, 'b') })
  const next = started.payment?.next
  await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
  const { state } = await ann.orders.refreshPayment({ orderId: started.order.id })
  const [first] = await readAll(shop.storage, scope, byId(carts, made.cart.id))
  const second = await ann.carts.get({ cartId: first?.body.nextCartId ?? '' })
  expect([state, second.cart.lines[0]?.recipient.type]).toEqual(['placed', 'claim'])
  return { shop, first }
}

describe('what was added while an order was paid goes on in another cart, and whom it names', () => {
  test('stays', async () => {
    const { shop } = await leftOver()
    await shop.forget()
    expect(await shop.others()).toEqual([BOB])
    expect(await shop.broken()).toEqual([])
  })

  test('stays even where the first cart was opened again and is forgotten before the other', async () => {
    const { shop, first } = await leftOver()
    if (!first) throw new Error('The cart is gone.')
    const { orderId: _order, nextCartId: _next, ...open } = first.body
    await shop.storage.commit(scope, [put(carts, first, { ...open, usedOn: '2025-01-01' })])
    await shop.runtime.advance(100 * DAY)
    await shop.work()
    expect(await readAll(shop.storage, scope, byId(carts, first.id))).toEqual([null])
    expect(await shop.others()).toEqual([BOB])
  })

  test('stays where the first cart was opened again and names them no more, and goes with the other', async () => {
    const { shop, first } = await leftOver()
    if (!first) throw new Error('The cart is gone.')
    const { orderId: _order, nextCartId: _next, ...open } = first.body
    await shop.storage.commit(scope, [put(carts, first, open)])
    await shop.person('ann').carts.removeLine({ cartId: first.id, lineId: 'b' })
    await shop.work()
    expect(await shop.others()).toEqual([BOB])
    await shop.forget()
    expect(await shop.others()).toEqual([])
  })
})

test('who was named by mistake, and no more when the cart was bought, goes however late the job is done', async () => {
  const shop = await openShop()
  const ann = shop.person('ann')
  const { cart } = await cartFor(shop, ann)
  const made = await ann.carts.updateLine({ cartId: cart.id, lineId: 'a', recipient: forEmail('eve@example.org') })
  await shop.buy(ann, made)
  await shop.work()
  expect(await shop.others()).toEqual(['eve@example.org'])
})

describe('beside a process of an earlier release, which relies on a record without a word', () => {
  /** Somebody whose record says that only carts need it. */
  const unsaid = async (shop: Shop, reuse: () => Promise<unknown>) => {
    const { cart } = await cartFor(shop, shop.person('ann'))
    const bob = (await shop.records()).find(({ body }) => body.email === BOB)
    if (bob === undefined) throw new Error('Bob was not named.')
    await reuse()
    const [now] = await readAll(shop.storage, scope, byId(customers, bob.id))
    if (now === null) throw new Error('Bob is gone.')
    await shop.storage.commit(scope, [put(customers, now, { ...now.body, namedIn: [cart.id] })])
    await shop
      .person('ann')
      .carts.removeLine({ cartId: cart.id, lineId: 'a' })
      .catch(() => {})
    await shop.forget()
    const [left] = await readAll(shop.storage, scope, byId(customers, bob.id))
    return left
  }

  const reuses = Object.keys(REUSES).filter((name) => !name.startsWith('a promotion'))
  test.each(reuses)('%s keeps it', async (name) => {
    const shop = await openShop()
    const left = await unsaid(shop, async () => REUSES[name]?.(shop))
    expect(left?.body.email).toBe(BOB)
    expect(await shop.broken()).toEqual([])
  })

  test('an order that waits for its payment, of another cart, keeps it', async () => {
    const shop = await openShop()
    const { cart } = await cartFor(shop, shop.person('ann'))
    const eve = shop.person('eve')
    const { order } = await shop.buy(eve, await cartFor(shop, eve), { token: 'tok_requires_action' })
    const bob = (await shop.records()).find(({ body }) => body.email === BOB)
    if (bob === undefined) throw new Error('Bob was not named.')
    await shop.storage.commit(scope, [put(customers, bob, { ...bob.body, namedIn: [cart.id] })])
    await shop.person('ann').carts.removeLine({ cartId: cart.id, lineId: 'a' })
    await shop.work()
    expect([order.state, await shop.others()]).toEqual(['pending', [BOB]])
  })

  test('what nobody has come to need goes', async () => {
    const shop = await openShop()
    expect(await unsaid(shop, async () => {})).toBeNull()
  })
})
