import { describe, expect, it } from 'vitest'
import { isBursarError } from '../errors/index.ts'
import { memoryShop } from '../testing/memory-shop.ts'

async function openShop() {
  const shop = await memoryShop()
  const { admin, products } = shop.system
  const { items } = await products.list({ limit: 100 })
  const productOf = (variantId: string) =>
    items.find(({ variants }) => variants.some(({ id }) => id === variantId))?.id ?? ''
  const quoteOf = async (client: typeof shop.system, ...variants: string[]) => {
    const lines = variants.map((variantId) => ({ variantId }))
    const [quote] = (await client.quotes.create({ lines, mode: 'together' })).quotes
    if (quote === undefined) throw new Error('no quote')
    return quote
  }
  return { ...shop, admin, productOf, quoteOf }
}

describe('a promotion of a collection', () => {
  it('is for what the collection holds now', async () => {
    const { admin, system, variants, productOf, quoteOf } = await openShop()
    const { record } = await admin.collections.create({ name: 'Spring', products: [productOf(variants.book)] })
    await admin.promotions.create({
      ...{ name: 'Half', benefit: { type: 'percent', percent: '50' } },
      conditions: [{ type: 'collections', collections: [record.id] }],
    })
    const discounts = async () =>
      (await quoteOf(system, variants.book, variants.service)).lines.map(({ discount }) => discount)
    expect(await discounts()).toEqual([1000, 0])
    await admin.collections.update({ id: record.id, products: [productOf(variants.service)] })
    expect(await discounts()).toEqual([0, 6000])
    await admin.collections.update({ id: record.id, products: [] })
    expect(await discounts()).toEqual([0, 0])
  })

  it('names collections that are there, and a collection products that are, each once', async () => {
    const { admin, variants, productOf } = await openShop()
    const refused = async (task: Promise<unknown>) => {
      const error: unknown = await task.catch((caught: unknown) => caught)
      return isBursarError(error) ? [error.code, ...(error.issues ?? []).map(({ path }) => path)] : error
    }
    const benefit = { type: 'percent', percent: '50' } as const
    const conditions = [{ type: 'collections', collections: ['nowhere'] }] as const
    expect(await refused(admin.promotions.create({ name: 'Half', benefit, conditions }))).toEqual([
      'invalid_input',
      'conditions.0.collections.0',
    ])
    expect(await refused(admin.collections.create({ name: 'Odd', products: ['prd_nothing'] }))).toEqual([
      'invalid_input',
      'products.0',
    ])
    const book = productOf(variants.book)
    expect(await refused(admin.collections.create({ name: 'Twice', products: [book, book] }))).toEqual([
      'invalid_input',
      'products.1',
    ])
  })
})

describe('a promotion of an e-mail domain', () => {
  it('is for addresses there and below, and the quote is told no address', async () => {
    const { admin, commerce, variants, quoteOf } = await openShop()
    await admin.promotions.create({
      ...{ name: 'Campus', benefit: { type: 'percent', percent: '50' } },
      conditions: [{ type: 'email_domains', domains: ['example.edu'] }],
    })
    const discountFor = async (hostId: string, email: string | null) => {
      await admin.customers.put({ hostId, email })
      const client = commerce.as({ type: 'customer', site: 'main', customerId: hostId })
      const [quote] = (await client.quotes.create({ lines: [{ variantId: variants.book }] })).quotes
      return quote?.discount
    }
    expect(await discountFor('ann', 'Ann@CS.example.edu')).toBe(1000)
    expect(await discountFor('ben', 'ben@example.org')).toBe(0)
    expect(await discountFor('cat', null)).toBe(0)
    const guest = commerce.as({ type: 'shopper', site: 'main' })
    const [quote] = (await guest.quotes.create({ lines: [{ variantId: variants.book }] })).quotes
    expect(quote).toMatchObject({ discount: 1000, provisional: true })
    expect(await quoteOf(commerce.as({ type: 'system', site: 'main' }), variants.book)).toMatchObject({
      provisional: true,
    })
  })
})

describe('a site', () => {
  it('chooses by priority where it says so', async () => {
    const { admin, system, variants, quoteOf } = await openShop()
    const group = { group: 'season', conditions: [] }
    await admin.promotions.create({ ...group, name: 'First', priority: 2, benefit: { type: 'percent', percent: '10' } })
    await admin.promotions.create({ ...group, name: 'Best', priority: 1, benefit: { type: 'percent', percent: '50' } })
    expect(await quoteOf(system, variants.service)).toMatchObject({ discount: 6000 })
    await admin.sites.update({ id: 'main', pricing: { promotionChoice: 'priority' } })
    expect(await quoteOf(system, variants.service)).toMatchObject({
      discount: 1200,
      hints: [{ name: 'Best', refusal: 'not_with_others', others: ['First'] }],
    })
  })
})
