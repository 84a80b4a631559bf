import { describe, expect, it } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import type { Principal } from '../ports/index.ts'
import type { NewCodeBatch } from '../promotion/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

const ANN: Principal = { type: 'customer', site: 'main', customerId: 'ann' }
const EVE: Principal = { type: 'customer', site: 'main', customerId: 'eve' }

async function openShop(count = 3, limits: Pick<NewCodeBatch, 'uses' | 'usesPerCustomer'> = {}) {
  const storage = memoryStorage()
  const shop = await memoryShop({ storage })
  const { admin } = shop.system
  await admin.customers.put({ hostId: 'ann', email: 'Ann@example.org' })
  await admin.customers.put({ hostId: 'eve', email: 'eve@example.org' })
  const { id } = (await admin.codeBatches.create({ name: 'Alumni', promotionId: 'ten', count, ...limits })).record
  const assign = (...emails: string[]) => admin.codeBatches.assign({ id, emails })
  return { ...shop, storage, admin, id, assign }
}

async function answerTo(shop: MemoryShop, principal: Principal, code: string): Promise<string> {
  const client = shop.commerce.as(principal)
  const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
  return client.carts.applyCode({ cartId: cart.id, code }).then(
    ({ quote }) => `${quote.total}`,
    (error: unknown) => (isBursarError(error) ? `${error.code} ${error.reason}` : String(error)),
  )
}

/** Buys the book with this code, as somebody who is signed in. */
async function buyWith(shop: MemoryShop, principal: Principal, code: string): Promise<void> {
  const { carts } = shop.commerce.as(principal)
  const { cart } = await carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
  const { quote } = await carts.applyCode({ cartId: cart.id, code })
  await carts.checkout(
    {
      ...{ cartId: cart.id, expectedTotal: { amount: quote.total, currency: 'EUR' }, paymentToken: 'tok_approve' },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
    { idempotencyKey: `buys-with-${code}` },
  )
}

describe.each([
  ['used once', {}],
  ['without a limit in all', { uses: null, usesPerCustomer: 1 }],
])('a code of a batch, %s, that was used', (_name, limits) => {
  it('is exported as used, and reminds nobody', async () => {
    const shop = await openShop(3, limits)
    const [{ code = '', id = '' } = {}] = (await shop.assign('ann@example.org', 'eve@example.org')).items
    await buyWith(shop, ANN, code)
    const { items } = await shop.admin.codeBatches.codes({ id: shop.id })
    expect(items.filter(({ used }) => used > 0)).toEqual([expect.objectContaining({ id, used: 1 })])
    const due = await shop.admin.codeBatches.toRemind({ id: shop.id })
    expect(due.items.map(({ email }) => email)).toEqual(['eve@example.org'])
  })

  it('is assigned to nobody', async () => {
    const shop = await openShop(2, limits)
    const { items } = await shop.admin.codeBatches.codes({ id: shop.id })
    await buyWith(shop, ANN, items[0]?.code ?? '')
    expect((await shop.assign('eve@example.org')).items.map(({ id }) => id)).toEqual([items[1]?.id])
    await expect(shop.assign('new@example.org')).rejects.toMatchObject({ reason: 'no_codes_left' })
  })
})

describe('a code that was assigned', () => {
  it('is its owner’s alone, and whoever else types it learns nothing', async () => {
    const shop = await openShop()
    const [{ code = '' } = {}] = (await shop.assign('ann@example.org')).items
    expect(await answerTo(shop, EVE, code)).toBe('code_not_valid not_valid')
    expect(await answerTo(shop, ANN, code)).toBe('1799')
  })

  it('tells its owner what is wrong with it', async () => {
    const shop = await openShop()
    const [{ code = '' } = {}] = (await shop.assign('ann@example.org')).items
    await shop.admin.codeBatches.update({ id: shop.id, until: '2001-01-01T00:00:00.000Z' })
    expect(await answerTo(shop, ANN, code)).toBe('code_not_valid expired')
    expect(await answerTo(shop, EVE, code)).toBe('code_not_valid not_valid')
  })

  it('to somebody without an account is used by who buys with that address, decided at checkout', async () => {
    const shop = await openShop()
    const [{ code = '' } = {}] = (await shop.assign('new@example.org')).items
    const buy = async (email: string) => {
      const made = await shop.commerce
        .as({ type: 'shopper', site: 'main' })
        .carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
      const client = shop.commerce.as({ type: 'shopper', site: 'main', cartToken: made.token })
      const { quote } = await client.carts.applyCode({ cartId: made.cart.id, code })
      expect([quote.total, quote.provisional]).toEqual([1799, true])
      return client.carts.checkout(
        {
          ...{ cartId: made.cart.id, expectedTotal: { amount: 1799, currency: 'EUR' }, paymentToken: 'tok_approve' },
          consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
          guest: { email },
        },
        { idempotencyKey: `guest-buys-${email}` },
      )
    }
    await expect(buy('other@example.org')).rejects.toMatchObject({ code: 'price_changed' })
    expect((await buy('New@example.org')).order).toMatchObject({ state: 'placed', total: 1799 })
    const broken = (await shop.admin.reports.doctor({})).findings.filter(({ severity }) => severity === 'broken')
    expect(broken).toEqual([])
  })

  it('is kept by an address that has one, however often and at once it is asked for', async () => {
    const shop = await openShop()
    const all = await Promise.all([1, 2, 3].map(() => shop.assign('ann@example.org', 'ANN@example.org')))
    expect(new Set(all.flatMap(({ items }) => items.map(({ code }) => code))).size).toBe(1)
    expect(all[0]?.items).toHaveLength(1)
  })

  it('is kept by an address whose person has an account since', async () => {
    const shop = await openShop()
    const [first] = (await shop.assign('bob@example.org')).items
    await shop.admin.customers.put({ hostId: 'bob', email: 'bob@example.org' })
    const [again, other] = (await shop.assign('bob@example.org', 'new@example.org')).items
    expect(again).toEqual(first)
    expect(other?.code).not.toBe(first?.code)
    expect((await shop.admin.codeBatches.toRemind({ id: shop.id })).items.map(({ email }) => email).sort()).toEqual([
      ...['bob@example.org', 'new@example.org'],
    ])
    expect(await answerTo(shop, { ...ANN, customerId: 'bob' }, first?.code ?? '')).toBe('1799')
  })

  it('is refused to all where there are too few', async () => {
    const shop = await openShop(2)
    const many = shop.assign('a@example.org', 'b@example.org', 'c@example.org')
    await expect(many).rejects.toMatchObject({ code: 'wrong_state', reason: 'no_codes_left' })
    expect((await shop.admin.codeBatches.toRemind({ id: shop.id })).items).toEqual([])
    expect((await shop.assign('a@example.org', 'b@example.org')).items).toHaveLength(2)
  })
})

describe('reminding', () => {
  it('names who has not used their code and was not reminded, once', async () => {
    const shop = await openShop()
    const { items } = await shop.assign('ann@example.org', 'eve@example.org')
    const toRemind = async () =>
      (await shop.admin.codeBatches.toRemind({ id: shop.id })).items.map(({ email }) => email)
    expect((await toRemind()).sort()).toEqual(['ann@example.org', 'eve@example.org'])
    const mark = () => shop.admin.codeBatches.markReminded({ id: shop.id, codes: [items[0]?.id ?? ''] })
    expect([await mark(), await mark()]).toEqual([{ reminded: 1 }, { reminded: 0 }])
    expect(await toRemind()).toEqual(['eve@example.org'])
  })

  it.each([
    ['revoked', { status: 'revoked' }],
    ['over', { until: '2001-01-01T00:00:00.000Z' }],
  ] as const)('names nobody once the batch is %s, and all of them once it is not', async (_name, change) => {
    const shop = await openShop()
    await shop.assign('ann@example.org', 'eve@example.org')
    const toRemind = async () => (await shop.admin.codeBatches.toRemind({ id: shop.id })).items.length
    await shop.admin.codeBatches.update({ id: shop.id, ...change })
    expect(await toRemind()).toBe(0)
    await shop.admin.codeBatches.update({ id: shop.id, status: 'active', until: null })
    expect(await toRemind()).toBe(2)
  })

  it.each([
    ['archived', { status: 'archived' }],
    ['over', { until: '2001-01-01T00:00:00.000Z' }],
  ] as const)('names nobody once the promotion is %s, and all of them once it is not', async (_name, change) => {
    const shop = await openShop()
    await shop.assign('ann@example.org', 'eve@example.org')
    const toRemind = async () => (await shop.admin.codeBatches.toRemind({ id: shop.id })).items.length
    await shop.admin.promotions.update({ id: 'ten', ...change })
    expect(await toRemind()).toBe(0)
    await shop.admin.promotions.update({ id: 'ten', status: 'active', until: null })
    expect(await toRemind()).toBe(2)
  })

  it('names nobody whose address was erased, and the export has their code', async () => {
    const shop = await openShop()
    const [{ customerId = '', id = '' } = {}] = (await shop.assign('ann@example.org')).items
    expect((await shop.admin.customers.export({ customerId })).codes.map((code) => code.id)).toEqual([id])
    await shop.admin.customers.erase({ customerId })
    expect((await shop.admin.codeBatches.toRemind({ id: shop.id })).items).toEqual([
      expect.objectContaining({ customerId, email: null }),
    ])
  })
})
