import { describe, expect, it } from 'vitest'
import { createProduct, createRecord, updateProduct, updateRecord, updateSite } from '../admin/index.ts'
import { type CreateProductInput, publications } from '../catalog/index.ts'
import { putCustomer } from '../customer/index.ts'
import { paymentAccountKind } from '../payment/index.ts'
import { priceListKind } from '../pricing/index.ts'
import { listAll, put } from '../storage/index.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import { getProduct, getSite, listProducts } from './index.ts'

function course(title: string, change: Partial<CreateProductInput> = {}): CreateProductInput {
  const prices = [
    { priceList: 'eur', amount: 4900 },
    { priceList: 'usd', amount: 5500 },
  ]
  return { type: 'course', title, variants: [{ name: 'verified', prices }], publication: {}, ...change }
}

const titles = (page: { items: readonly { title: string }[] }): string[] => page.items.map(({ title }) => title)

describe('a product on a site', () => {
  it('is shown by id and by slug with its list price', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), course('Bees', { attributes: { level: 'easy' } }))
    const view = await getProduct(shop, shop.call(), { idOrSlug: 'bees' })
    expect(view).toMatchObject({
      ...{ id: product.id, slug: 'bees', type: 'course', title: 'Bees', attributes: { level: 'easy' } },
      variants: [{ name: 'verified', price: { amount: 4900, currency: 'EUR' }, onSale: true, maximumQuantity: 1 }],
    })
    expect(await getProduct(shop, shop.call(), { idOrSlug: product.id })).toEqual(view)
    const dollars = await getProduct(shop, shop.call(), { idOrSlug: 'bees', currency: 'USD' })
    expect(dollars.variants[0]?.price).toEqual({ amount: 5500, currency: 'USD' })
    const pounds = getProduct(shop, shop.call(), { idOrSlug: 'bees', currency: 'GBP' })
    await expect(pounds).rejects.toMatchObject({ code: 'currency_not_offered' })
  })

  it('has the first of the site’s currencies in which it has a price, or none', async () => {
    const shop = await testShop()
    const variants = [
      { name: 'dollars', prices: [{ priceList: 'usd', amount: 100 }] },
      { name: 'nothing', prices: [] },
    ]
    await createProduct(shop, shop.call(), course('Bees', { variants }))
    const view = await getProduct(shop, shop.call(), { idOrSlug: 'bees' })
    expect(view.variants.map(({ price, onSale }) => [price, onSale])).toEqual([
      [{ amount: 100, currency: 'USD' }, true],
      [null, false],
    ])
  })

  it('shows the price of the shopper’s group', async () => {
    const shop = await testShop()
    const list = { id: 'b2b', name: 'B2B', currency: 'EUR', groups: ['b2b'], priority: 10 }
    await createRecord(shop, shop.call(), priceListKind, list)
    await updateSite(shop, shop.call(), { id: 'main', priceLists: ['eur', 'usd', 'b2b'] })
    const prices = [
      { priceList: 'eur', amount: 4900 },
      { priceList: 'b2b', amount: 3900 },
    ]
    await createProduct(shop, shop.call(), course('Bees', { variants: [{ name: 'verified', prices }] }))
    await putCustomer(shop, shop.call(), { hostId: 'u-1', groups: ['b2b'] })
    const asMember = shop.call({ principal: { type: 'customer', site: 'main', customerId: 'u-1' } })
    const priceFor = async (call: typeof asMember) =>
      (await getProduct(shop, call, { idOrSlug: 'bees' })).variants[0]?.price
    expect(await priceFor(asMember)).toEqual({ amount: 3900, currency: 'EUR' })
    expect(await priceFor(shop.call())).toEqual({ amount: 4900, currency: 'EUR' })
  })

  it('says that it cannot be bought outside the window of its sale, and when it is sold out', async () => {
    const shop = await testShop()
    const prices = [{ priceList: 'eur', amount: 100 }]
    const variants = [
      { name: 'over', prices, saleEndsAt: shop.runtime.now() },
      { name: 'later', prices, saleStartsAt: '2027-01-01T00:00:00.000Z' },
      { name: 'full', prices, capacity: 0 },
      { name: 'open', prices, capacity: 1 },
      { name: 'gone', prices, status: 'archived' as const },
    ]
    await createProduct(shop, shop.call(), course('Bees', { variants }))
    const view = await getProduct(shop, shop.call(), { idOrSlug: 'bees' })
    expect(view.variants.map(({ name, onSale, price }) => [name, onSale, price?.amount])).toEqual([
      ['over', false, 100],
      ['later', false, 100],
      ['full', false, 100],
      ['open', true, 100],
    ])
  })

  it('lists the parts of a bundle by their titles', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), course('Bees'))
    const variantId = product.variants[0] ?? ''
    const bundle = { parts: [{ id: 'a', variantId }], pricing: { type: 'own_price' }, ownedParts: 'sell_all' } as const
    const variants = [{ name: 'all', bundle, prices: [{ priceList: 'eur', amount: 100 }] }]
    await createProduct(shop, shop.call(), course('Program', { type: 'program', variants }))
    const view = await getProduct(shop, shop.call(), { idOrSlug: 'program' })
    expect(view.variants[0]).toMatchObject({
      parts: [{ id: 'a', productId: product.id, variantId, title: 'Bees' }],
      onSale: true,
    })
  })

  it('is not found before and after its publication, and never on another site', async () => {
    const shop = await testShop()
    const window = { from: '2026-01-02T00:00:00.000Z', until: '2026-01-03T00:00:00.000Z' }
    await createProduct(shop, shop.call(), course('Bees', { publication: window }))
    const at = (now: string) => getProduct(shop, shop.call({ now }), { idOrSlug: 'bees' })
    await expect(at('2026-01-01T23:59:59.999Z')).rejects.toMatchObject({ code: 'not_found' })
    expect(await at('2026-01-02T00:00:00.000Z')).toMatchObject({ slug: 'bees' })
    await expect(at('2026-01-03T00:00:00.000Z')).rejects.toMatchObject({ code: 'not_found' })
    const elsewhere = shop.call({ site: 'elsewhere', now: window.from })
    await expect(getProduct(shop, elsewhere, { idOrSlug: 'bees' })).rejects.toMatchObject({ code: 'site_unknown' })
  })

  it('shows a new price at once', async () => {
    const shop = await testShop()
    const { product } = await createProduct(shop, shop.call(), course('Bees'))
    await getProduct(shop, shop.call(), { idOrSlug: 'bees' })
    const variants = [{ name: 'verified', prices: [{ priceList: 'eur', amount: 100 }] }]
    await updateProduct(shop, shop.call(), { productId: product.id, variants })
    const view = await getProduct(shop, shop.call(), { idOrSlug: 'bees' })
    expect(view.variants[0]?.price?.amount).toBe(100)
  })
})

describe('the list of products', () => {
  async function stocked(): Promise<TestShop> {
    const shop = await testShop()
    const place = (value: number) => ({ publication: { place: value } })
    await createProduct(shop, shop.call(), course('Bees and honey', place(3)))
    await createProduct(shop, shop.call(), course('Wasps', place(1)))
    await createProduct(shop, shop.call(), { ...course('A book of bees', place(2)), type: 'book' })
    await createProduct(shop, shop.call(), course('Hidden bees', { publication: { from: '2027-01-01T00:00:00.000Z' } }))
    return shop
  }

  it('stands in the site’s order, page by page', async () => {
    const shop = await stocked()
    const first = await listProducts(shop, shop.call(), { limit: 2 })
    expect(titles(first)).toEqual(['Wasps', 'A book of bees'])
    const second = await listProducts(shop, shop.call(), { limit: 2, cursor: first.nextCursor ?? '' })
    expect(titles(second)).toEqual(['Bees and honey'])
    expect(second.nextCursor).toBeNull()
  })

  it('is searched by the beginnings of words, and filtered by type', async () => {
    const shop = await stocked()
    expect(titles(await listProducts(shop, shop.call(), { search: 'BEE' })).sort()).toEqual([
      'A book of bees',
      'Bees and honey',
    ])
    expect(titles(await listProducts(shop, shop.call(), { search: 'bee', type: 'book' }))).toEqual(['A book of bees'])
    expect(titles(await listProducts(shop, shop.call(), { type: 'book' }))).toEqual(['A book of bees'])
    expect(titles(await listProducts(shop, shop.call(), { search: 'hornets' }))).toEqual([])
  })

  it('refuses a cursor that is none of its own', async () => {
    const shop = await stocked()
    const page = listProducts(shop, shop.call(), { cursor: 'nonsense' })
    await expect(page).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'cursor' }] })
  })

  it('costs three reads for a page of twenty, once prices are known', async () => {
    const shop = await testShop()
    for (let count = 0; count < 25; count += 1) await createProduct(shop, shop.call(), course(`Course ${count}`))
    await listProducts(shop, shop.call(), {})
    let reads = 0
    const counted = new Proxy(shop.storage, {
      get(target, name: keyof typeof shop.storage) {
        if (name === 'read' || name === 'list' || name === 'search') reads += 1
        return target[name]
      },
    })
    const page = await listProducts({ ...shop, storage: counted }, shop.call(), {})
    expect(page.items).toHaveLength(20)
    expect(reads).toBe(3)
  })

  it('skips a publication whose product is no longer there', async () => {
    const shop = await stocked()
    const scope = { operator: 'acme', site: 'main' }
    const [wasps] = await listAll(shop.storage, scope, publications, { index: 'place' })
    if (wasps === undefined) throw new Error('Nothing is published.')
    await shop.storage.commit(scope, [put(publications, wasps, { ...wasps.body, productId: 'prd_gone' })])
    expect(titles(await listProducts(shop, shop.call(), {}))).toEqual(['A book of bees', 'Bees and honey'])
  })
})

describe('the site', () => {
  it('shows the ways to pay that checkout could use, in its order', async () => {
    const shop = await testShop()
    const kind = paymentAccountKind(shop.payments)
    const account = { processor: 'test', mode: 'test', seller: 'acme-seller', currencies: ['EUR', 'GBP'] } as const
    for (const id of ['card', 'off', 'bank']) await createRecord(shop, shop.call(), kind, { ...account, id, title: id })
    await updateSite(shop, shop.call(), {
      id: 'main',
      paymentAccounts: ['bank', 'off', 'card'],
      theme: { accent: '#0b5cad' },
    })
    await updateRecord(shop, shop.call(), kind, { id: 'off', status: 'disabled' })
    const view = await getSite(shop, shop.call())
    expect(view).toMatchObject({
      id: 'main',
      name: 'Acme Academy',
      currencies: ['EUR', 'USD'],
      theme: { accent: '#0b5cad' },
    })
    expect(view.paymentMethods).toEqual(
      ['bank', 'card'].map((id) => ({ account: id, title: id, processor: 'test', mode: 'test', currencies: ['EUR'] })),
    )
    expect(view).not.toHaveProperty('paymentAccounts')
    expect((await getSite({ ...shop, payments: {} }, shop.call())).paymentMethods).toEqual([])
  })

  it('is unknown where there is none', async () => {
    const shop = await testShop()
    await expect(getSite(shop, shop.call({ site: 'none' }))).rejects.toMatchObject({ code: 'site_unknown' })
  })
})

describe('prices by quantity', () => {
  const tier = (amount: number, minimumQuantity: number, priceList = 'eur') => ({ priceList, amount, minimumQuantity })
  const shown = async (prices: readonly ReturnType<typeof tier>[], maximumQuantity = 100) => {
    const shop = await testShop()
    const variants = [{ name: 'paper', maximumQuantity, prices }]
    await createProduct(shop, shop.call(), course('Bees', { variants }))
    const view = await getProduct(shop, shop.call(), { idOrSlug: 'bees' })
    return view.variants[0]?.tiers?.map(({ minimumQuantity, price }) => [minimumQuantity, price.amount, price.currency])
  }

  it('are shown from the smallest quantity on, in the currency of the price', async () => {
    const prices = [tier(700, 20), tier(1000, 1), tier(900, 5), tier(800, 5, 'usd')]
    expect(await shown(prices)).toEqual([
      [5, 900, 'EUR'],
      [20, 700, 'EUR'],
    ])
  })

  it('are those that a line can reach and that change something', async () => {
    expect(await shown([tier(1000, 1), tier(1000, 3), tier(900, 5), tier(700, 20)], 10)).toEqual([[5, 900, 'EUR']])
    expect(await shown([tier(1000, 1)])).toBeUndefined()
  })
})
