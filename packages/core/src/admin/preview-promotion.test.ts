import { describe, expect, it } from 'vitest'
import type { NewPromotion } from '../promotion/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

const ALWAYS = { from: '2000-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z' }

async function buy(shop: MemoryShop, hostId: string, variantId: string, code?: string): Promise<string> {
  const client = shop.commerce.as({ type: 'customer', site: 'main', customerId: hostId })
  const made = await client.carts.create({ lines: [{ lineId: 'a', variantId }] })
  const { cart, quote } = code === undefined ? made : await client.carts.applyCode({ cartId: made.cart.id, code })
  const { order } = await client.carts.checkout(
    {
      ...{ cartId: cart.id, expectedTotal: { amount: quote.total, currency: 'EUR' }, paymentToken: 'tok_approve' },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
    { idempotencyKey: `${hostId}-buys-${variantId}` },
  )
  return order.id
}

/** All that the operator has, as text; reading it is no part of what is watched. */
async function openShop() {
  const storage = memoryStorage()
  let commits = 0
  const counted: typeof storage = Object.assign(Object.create(storage), {
    jobs: storage.jobs,
    read: storage.read.bind(storage),
    list: storage.list.bind(storage),
    search: storage.search.bind(storage),
    migrate: storage.migrate.bind(storage),
    close: storage.close.bind(storage),
    commit: (...args: Parameters<typeof storage.commit>) => {
      commits += 1
      return storage.commit(...args)
    },
  })
  const shop = await memoryShop({ storage: counted })
  return { ...shop, admin: shop.system.admin, commits: () => commits }
}

describe('a preview of a promotion', () => {
  it('says per order and in all what it would have given, though its time has not come and it needs a code', async () => {
    const shop = await openShop()
    const book = await buy(shop, 'ann', shop.variants.book)
    const service = await buy(shop, 'eve', shop.variants.service)
    const before = shop.commits()
    const preview = await shop.admin.promotions.preview({
      ...ALWAYS,
      promotion: {
        ...{ name: 'Quarter off books', requiresCode: true, from: '2998-01-01T00:00:00.000Z' },
        conditions: [{ type: 'variants', variants: [shop.variants.book] }],
        benefit: { type: 'percent', percent: '25' },
      },
    })
    expect(shop.commits()).toBe(before)
    // A quarter of 19.99 is 4.9975, half away from zero 5.00.
    expect(preview.items).toMatchObject([{ orderId: book, discount: 0, discountWith: 500, given: 500 }])
    expect(preview).toMatchObject({ priced: 2, skipped: 0, nextCursor: null })
    expect(preview.sums).toEqual([{ currency: 'EUR', orders: 1, given: 500 }])
    expect(service).not.toBe(book)
  })

  it('counts what it gives beside the promotions of then, and one that exists as it would be', async () => {
    const shop = await openShop()
    await buy(shop, 'ann', shop.variants.service, 'TENOFF')
    const percent = (id: string, value: string) =>
      shop.admin.promotions.preview({
        ...ALWAYS,
        promotion: { id, name: 'Tried', benefit: { type: 'percent', percent: value } },
      })
    // 120.00 less 10 % is 108.00; another 10 % of what is left gives 10.80 more.
    expect((await percent('other', '10')).sums).toEqual([{ currency: 'EUR', orders: 1, given: 1080 }])
    // The promotion of then at 15 % instead of 10 %: 18.00 instead of 12.00.
    expect((await percent('ten', '15')).sums).toEqual([{ currency: 'EUR', orders: 1, given: 600 }])
  })

  it('is of the range asked for, a page at a time', async () => {
    const shop = await openShop()
    for (const who of ['ann', 'eve', 'joe']) await buy(shop, who, shop.variants.book)
    const promotion = { name: 'Tried', benefit: { type: 'percent', percent: '10' } } as const
    const first = await shop.admin.promotions.preview({ ...ALWAYS, promotion, limit: 2 })
    expect([first.items.length, first.nextCursor === null]).toEqual([2, false])
    const rest = await shop.admin.promotions.preview({ ...ALWAYS, promotion, limit: 2, cursor: first.nextCursor ?? '' })
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null])
    const early = await shop.admin.promotions.preview({
      promotion,
      from: ALWAYS.from,
      until: '2001-01-01T00:00:00.000Z',
    })
    expect(early).toMatchObject({ items: [], priced: 0 })
  })

  it('leaves out orders that do not say of their shopper what it asks', async () => {
    const shop = await openShop()
    await shop.admin.customers.put({ hostId: 'ann', email: 'ann@example.org' })
    const { items } = await shop.system.products.list({})
    const product = items.find(({ variants }) => variants.some(({ id }) => id === shop.variants.book))
    const first = { type: 'first_order' } as const
    const asking = [
      [first],
      [{ type: 'email_domains', domains: ['example.edu'] }],
      [{ type: 'owned_products', products: [product?.id ?? ''] }],
      [{ type: 'none', conditions: [first] }],
      [{ type: 'any', conditions: [{ type: 'countries', countries: ['XX'] }, first] }],
    ] as const
    const preview = (conditions: NonNullable<NewPromotion['conditions']>, id?: string) =>
      shop.admin.promotions.preview({
        ...ALWAYS,
        promotion: {
          ...(id === undefined ? {} : { id }),
          name: 'Tried',
          conditions,
          benefit: { type: 'percent', percent: '50' },
        },
      })
    await buy(shop, 'ann', shop.variants.book)
    for (const conditions of asking) {
      expect(await preview(conditions)).toMatchObject({ items: [], sums: [], priced: 0, skipped: 1 })
    }
    // What an order keeps in any case is asked as ever.
    for (const conditions of [
      [{ type: 'customer_groups', groups: ['alumni'] }],
      [{ type: 'countries', countries: ['XX'] }],
    ] as const) {
      expect(await preview(conditions)).toMatchObject({ items: [], priced: 1, skipped: 0 })
    }
    // Of orders since somebody asks it is known.
    for (const [place, conditions] of asking.entries()) {
      await shop.admin.promotions.create({
        ...{ id: `asks-${place}`, name: 'Asks', conditions, benefit: { type: 'percent', percent: '1' } },
      })
    }
    await buy(shop, 'ann', shop.variants.service)
    const given: number[][] = []
    for (const conditions of asking) {
      const { priced, skipped, items } = await preview(conditions)
      given.push([priced, skipped, items.length])
    }
    expect(given).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
    ])
  })

  it('refuses what could not be made', async () => {
    const shop = await openShop()
    const trying = shop.admin.promotions.preview({
      ...ALWAYS,
      promotion: { name: 'Tried', benefit: { type: 'percent', percent: '150' } },
    })
    await expect(trying).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('a cart explained to staff', () => {
  it('tells each step, whose amounts add up to the total, and why a code gives nothing', async () => {
    const shop = await openShop()
    await shop.admin.codes.create({ code: 'ONEUSE', promotionId: 'ten', uses: 1 })
    const client = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
    const { cart } = await client.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.book }] })
    await client.carts.applyCode({ cartId: cart.id, code: 'ONEUSE' })
    const applied = await shop.admin.carts.explain({ cartId: cart.id })
    expect(applied.steps).toEqual(expect.arrayContaining(['Code ONEUSE: applied', 'Total: 17.99 EUR']))
    for (const line of applied.quote.lines) {
      expect(line.adjustments.reduce((sum, { amount }) => sum + amount, 0)).toBe(line.total)
    }
    expect(applied.quote.lines.reduce((sum, { total }) => sum + total, 0)).toBe(applied.quote.total)
    await buy(shop, 'eve', shop.variants.service, 'ONEUSE')
    const spent = await shop.admin.carts.explain({ cartId: cart.id })
    expect(spent.steps).toContain('Code ONEUSE: it is used up')
    expect((await client.carts.get({ cartId: cart.id })).quote.codes[0]?.refusal).toBe('not_valid')
  })

  it('is not found on another site or where there is none', async () => {
    const shop = await openShop()
    await expect(shop.admin.carts.explain({ cartId: 'crt_none' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
