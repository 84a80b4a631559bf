import { beforeEach, describe, expect, it } from 'vitest'
import { productCollections, products, publications, variants } from '../catalog/index.ts'
import type { Change, Collection, Ref, Storage, Stored } from '../ports/index.ts'
import { builtInRules, codeBatches, promotions } from '../promotion/index.ts'
import { sellers, sites } from '../site/index.ts'
import { byId, insert, memoryStorage, put, readAll, remove } from '../storage/index.ts'
import { taxRates } from '../tax/index.ts'
import { type BookEntry, PriceBook, PriceBooks } from './price-book.ts'
import { type PricingVersion, priceLists, variantPrices } from './pricing.collection.ts'
import { sampleEntry, samplePrice, samplePriceList, samplePromotion } from './sample-inputs.ts'

const SCOPE = { operator: 'school' }
const COLLECTIONS = [
  ...[variants, products, publications, productCollections, priceLists, variantPrices],
  ...[promotions, codeBatches, taxRates, sites, sellers],
]

let inner: Storage
let storage: Storage
let book: PriceBook
/** What was read since a test last looked: ids of documents, and names of collections that were listed. */
let reads: string[] = []

beforeEach(async () => {
  inner = memoryStorage()
  await inner.migrate(COLLECTIONS)
  storage = {
    ...inner,
    read: (scope, refs) => {
      reads.push(...refs.map((ref: Ref) => ('id' in ref ? ref.id : 'another kind of reference')))
      return inner.read(scope, refs)
    },
    list: (scope, query) => {
      reads.push(query.in)
      return inner.list(scope, query)
    },
  }
  book = new PriceBook(storage, 'school', builtInRules)
  reads = []
})

const readSince = (): readonly string[] => reads.splice(0)

async function commit(scope: { operator: string; site?: string }, ...changes: Change[]): Promise<void> {
  expect(await inner.commit(scope, changes)).toMatchObject({ outcome: 'committed' })
}

async function add(...entries: readonly BookEntry[]): Promise<void> {
  const changes = entries.flatMap(({ variant, product, prices, past }) => [
    insert(variants, variant.id, variant),
    insert(products, product.id, { ...product, description: 'Long' }),
    insert(variantPrices, variant.id, { variantId: variant.id, prices, past }),
  ])
  await commit(SCOPE, ...changes)
}

async function change<T extends object>(collection: Collection<T>, id: string, changes: Partial<T>): Promise<void> {
  const [stored] = await readAll(inner, SCOPE, byId(collection, id))
  if (stored === null) throw new Error(`There is no ${id}.`)
  await commit(SCOPE, put(collection, stored, { ...stored.body, ...changes }))
}

const setPrice = (id: string, amount: number) => change(variantPrices, id, { prices: [samplePrice(amount)] })
const amountsOf = async (...ids: string[]) =>
  [...(await book.entries(ids)).values()].map((entry) => entry?.prices[0]?.amount)

const publication = (productId: string, place: number) => ({
  ...{ productId, slug: productId.replace('_', '-') },
  ...{ from: null, until: null, place },
})
const publish = (site: string, productId: string, place = 1) =>
  commit(
    { ...SCOPE, site },
    insert(publications, productId, {
      ...publication(productId, place),
      ...{ productType: 'course', texts: [{ text: 'Long', weight: 1 }] },
    }),
  )
const unpublish = async (site: string, productId: string) => {
  const [stored] = await readAll(inner, { ...SCOPE, site }, byId(publications, productId))
  if (stored !== null) await commit({ ...SCOPE, site }, remove(publications, stored))
}

/** The document of versions, with the ids that its last changes named. */
const versionOf = (version: number, ...last: readonly (readonly string[])[]): Stored<PricingVersion> => ({
  ...{ in: 'pricingVersions', id: 'pricing', version },
  body: { changes: last.map((ids, place) => ({ version: version - last.length + 1 + place, ids })) },
})

/** The same, which says when the whole changed last. */
const wholeAt = (at: number, stored: Stored<PricingVersion>): Stored<PricingVersion> => ({
  ...stored,
  body: { ...stored.body, wholeAt: at },
})

describe('the book finds', () => {
  it('a variant with its product, its prices and what it cost before', async () => {
    const past = [{ priceList: 'prl_1', amount: 1200, until: '2026-05-01T00:00:00.000Z' }]
    const entry = sampleEntry('var_a', { prices: [samplePrice(1000), samplePrice(900, { minimumQuantity: 5 })], past })
    await add(entry)
    expect(await book.entries(['var_a'])).toEqual(new Map([['var_a', entry]]))
  })

  it('nothing of a variant that is not there, or whose product is not', async () => {
    const lost = sampleEntry('var_lost')
    await add(sampleEntry('var_a'))
    await commit(SCOPE, insert(variants, 'var_lost', lost.variant))
    const found = await book.entries(['var_none', 'var_a', 'var_lost'])
    expect([...found.keys()]).toEqual(['var_none', 'var_a', 'var_lost'])
    expect([found.get('var_none'), found.get('var_a')?.product.id, found.get('var_lost')]).toEqual([
      null,
      'prd_a',
      null,
    ])
  })

  it('no price of a variant that never had one, and no description, which would fill the memory of a process', async () => {
    const { variant, product } = sampleEntry('var_a')
    const described = { ...product, description: 'Long. '.repeat(3000) }
    await commit(SCOPE, insert(variants, 'var_a', variant), insert(products, 'prd_a', described))
    expect((await book.entries(['var_a'])).get('var_a')).toEqual({ variant, product, prices: [], past: undefined })
  })

  it('the parts of a bundle besides, those of its groups too', async () => {
    const part = (id: string) => ({ id: `part_${id}`, variantId: `var_${id}` })
    const bundle = {
      ...{ parts: [part('a')], groups: [{ id: 'grp_1', choose: 1, parts: [part('b'), part('none')] }] },
      ...{ pricing: { type: 'own_price' as const }, ownedParts: 'sell_all' as const },
    }
    await add(sampleEntry('var_p', { variant: { bundle } }), sampleEntry('var_a'), sampleEntry('var_b'))
    expect(await amountsOf('var_p')).toEqual([1000, 1000, 1000, undefined])
  })

  it('the parts of a bundle that has itself as a part, once', async () => {
    const bundle = {
      ...{ parts: [{ id: 'part_p', variantId: 'var_p' }], groups: [] },
      ...{ pricing: { type: 'own_price' as const }, ownedParts: 'sell_all' as const },
    }
    await add(sampleEntry('var_p', { variant: { bundle } }))
    expect(await amountsOf('var_p')).toEqual([1000])
    expect(readSince().filter((id) => id === 'var_p')).toEqual(['var_p', 'var_p']) // the variant, and its prices
  })

  it('publications on one site, and null where a product is not on it', async () => {
    await publish('main', 'prd_a', 7)
    await publish('other', 'prd_b')
    expect(await book.publications('main', ['prd_b', 'prd_a', 'prd_a'])).toEqual(
      new Map([
        ['prd_b', null],
        ['prd_a', publication('prd_a', 7)],
      ]),
    )
    const onOther = await book.publications('other', ['prd_a', 'prd_b'])
    expect([onOther.get('prd_a'), onOther.get('prd_b')?.productId]).toEqual([null, 'prd_b'])
  })

  it('what an operator has few of, of promotions those that are active', async () => {
    const { usesLeft: _uses, customerUsesLeft: _own, ...sale } = samplePromotion({ id: 'sale' })
    const batch = {
      ...{ id: 'cbt_1', name: 'Fair', promotionId: 'fair', count: 3, minted: 3, prefix: '', uses: 1, site: '*' },
      ...{ usesPerCustomer: null, from: null, until: null, status: 'active' as const },
      createdAt: '2026-01-01T00:00:00.000Z',
    }
    const rate = { id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' }
    const seller = {
      ...{ id: 'sel_1', legalName: 'School', address: [], country: 'DE', currency: 'EUR', taxRegistrations: [] },
      ...{ timeZone: 'UTC', invoicePrefix: '' },
    }
    await commit(
      SCOPE,
      insert(priceLists, 'prl_1', samplePriceList()),
      insert(promotions, 'sale', sale),
      insert(promotions, 'fair', { ...sale, id: 'fair', requiresCode: true }),
      insert(promotions, 'old', { ...sale, id: 'old', status: 'archived' }),
      insert(codeBatches, 'cbt_1', batch as never), // no more of a batch than what the book asks of it
      insert(taxRates, 'de', rate),
      insert(sites, 'main', { id: 'main', name: 'Main' } as never), // the same of a site
      insert(sellers, 'sel_1', seller as never), // the same of a seller
    )
    const whole = await book.whole()
    expect([...whole.priceLists.keys()]).toEqual(['prl_1'])
    expect([...whole.promotions.keys()]).toEqual(['fair', 'sale'])
    expect([...whole.codeBatches]).toEqual([['cbt_1', batch]])
    expect([...whole.sites]).toEqual([['main', { id: 'main', name: 'Main' }]])
    expect([...whole.sellers]).toEqual([['sel_1', seller]])
    expect(whole.taxRates).toEqual([rate])
    const line = { variantId: 'var_a', productId: 'prd_a', productType: 'course' }
    const shopper = { customerId: null, groups: [], firstOrder: 'unknown' as const }
    expect(whole.automaticPromotions('main', [line], shopper).map(({ id }) => id)).toEqual(['sale'])
  })
})

describe('the book keeps', () => {
  it('variants, also that one is not there', async () => {
    await add(sampleEntry('var_a'))
    await book.entries(['var_a', 'var_none'])
    readSince()
    expect(await amountsOf('var_a', 'var_none')).toEqual([1000, undefined])
    expect(readSince()).toEqual([])
    await book.entries(['var_a', 'var_b'])
    expect(readSince()).toEqual(['var_b', 'var_b'])
  })

  it('publications, by site, also that a product has none', async () => {
    await publish('main', 'prd_a')
    await book.publications('main', ['prd_a', 'prd_none', 'prd_none'])
    expect(readSince()).toEqual(['prd_a', 'prd_none'])
    await book.publications('main', ['prd_a', 'prd_none', 'prd_b'])
    expect(readSince()).toEqual(['prd_b'])
    await book.publications('other', ['prd_a'])
    expect(readSince()).toEqual(['prd_a'])
  })

  it('what an operator has few of', async () => {
    const whole = await book.whole()
    expect(readSince()).toHaveLength(7)
    expect(await book.whole()).toBe(whole)
    expect(readSince()).toEqual([])
  })

  it('what an operator has few of, read once for all who ask before it is there', async () => {
    const [first, second] = await Promise.all([book.whole(), book.whole()])
    expect(readSince()).toHaveLength(7)
    expect(second).toBe(first)
    expect(await book.whole()).toBe(first)
  })

  it('what it has loaded, to be had without a question, and nothing before', async () => {
    expect(book.known).toBeNull()
    const whole = await book.whole()
    expect(book.known).toBe(whole)
  })

  it('8000 of a kind, and of those that nobody asked for again not the first', async () => {
    const ids = Array.from({ length: 8000 }, (_, place) => `prd_${place}`)
    await book.publications('main', ids)
    readSince()
    await book.publications('main', ids.slice(4000))
    expect(readSince()).toEqual([])
    await book.publications('main', ['prd_new'])
    expect(readSince()).toEqual(['prd_new'])
    await book.publications('main', ['prd_1', 'prd_3999', 'prd_7999', 'prd_new'])
    expect(readSince()).toEqual([])
    await book.publications('main', ['prd_0'])
    expect(readSince()).toEqual(['prd_0'])
  })

  it('variants of which what is asked for stays', async () => {
    await add(sampleEntry('var_a'), sampleEntry('var_b'))
    await book.entries(['var_a', 'var_b'])
    const others = (from: number) => Array.from({ length: 5000 }, (_, place) => `other_${from + place}`)
    for (let from = 0; from < 20_000; from += 5000) {
      await book.entries(others(from))
      await book.entries(['var_a'])
    }
    readSince()
    await book.entries(['var_a'])
    expect(readSince()).toEqual([])
    await book.entries(['var_b'])
    expect(readSince()).toEqual(['var_b', 'var_b', 'prd_b'])
  })

  it('8000 of a kind, and still answers what it forgets meanwhile', async () => {
    await add(sampleEntry('var_a'), sampleEntry('var_b'))
    await publish('main', 'prd_a')
    await publish('main', 'prd_b')
    await book.entries(['var_a'])
    await book.publications('main', ['prd_a'])
    const others = Array.from({ length: 7999 }, (_, place) => `other_${place}`)
    await book.entries(others)
    await book.publications('main', others)
    const entries = await book.entries(['var_a', 'var_b'])
    expect([...entries].map(([id, entry]) => [id, entry?.variant.id])).toEqual([
      ['var_a', 'var_a'],
      ['var_b', 'var_b'],
    ])
    const publications = await book.publications('main', ['prd_a', 'prd_b'])
    expect([...publications].map(([id, entry]) => [id, entry?.productId])).toEqual([
      ['prd_a', 'prd_a'],
      ['prd_b', 'prd_b'],
    ])
  })
})

describe('when prices have changed', () => {
  beforeEach(async () => {
    await add(sampleEntry('var_a'), sampleEntry('var_b'))
    await publish('main', 'prd_a')
    await publish('main', 'prd_b')
    book.sync(versionOf(4, ['var_z']))
    await keepAll()
    await setPrice('var_a', 800)
    await setPrice('var_b', 800)
    await unpublish('main', 'prd_a')
    await unpublish('main', 'prd_b')
  })

  async function keepAll(): Promise<void> {
    await amountsOf('var_a', 'var_b')
    await book.publications('main', ['prd_a', 'prd_b'])
    await book.whole()
    readSince()
  }

  /** What is read anew after the book was told. */
  async function readAnew(): Promise<readonly string[]> {
    await book.entries(['var_a', 'var_b'])
    await book.publications('main', ['prd_a', 'prd_b'])
    await book.whole()
    const read = readSince()
    return read.filter((one, place) => read.indexOf(one) === place)
  }
  const WHOLE = ['priceLists', 'promotions', 'codeBatches', 'productCollections', 'taxRates', 'sites', 'sellers']
  const OF_PRODUCTS = ['var_a', 'var_b', 'prd_a', 'prd_b']
  const ALL = [...OF_PRODUCTS, ...WHOLE]

  it.each<[what: string, told: Stored<PricingVersion>, read: readonly string[]]>([
    ['a variant is named, that one', versionOf(5, ['var_a']), ['var_a', 'prd_a']],
    ['a publication is named, that one', versionOf(5, ['main:prd_b']), ['prd_b']],
    ['one of another site is named, nothing', versionOf(5, ['other:prd_b']), []],
    ['the whole is named, what there is few of', versionOf(5, ['whole']), WHOLE],
    ['two changes are named, both', versionOf(6, ['var_a'], ['main:prd_b']), ['var_a', 'prd_a', 'prd_b']],
    [
      'one is named that was heard of before, only the new ones',
      versionOf(5, ['var_b'], ['var_a']),
      ['var_a', 'prd_a'],
    ],
    ['nothing is new, nothing', versionOf(4, ['var_a']), []],
    ['an older version is told late, what the newer one named: here nothing that is kept', versionOf(3, ['var_a']), []],
    ['a change is no longer named, all', versionOf(6, ['var_a']), ALL],
    ['no change is named, all', versionOf(5), ALL],
    ['none is named, but the whole is as it was, all but that', wholeAt(4, versionOf(6)), OF_PRODUCTS],
    ['none is named, and the whole has changed since, all', wholeAt(5, versionOf(6)), ALL],
  ])('and %s is read anew', async (_what, told, read) => {
    book.sync(told)
    expect(await readAnew()).toEqual(read)
  })

  it('an older version that a slow read tells costs what was named after it, once more when the newer is told again', async () => {
    book.sync(versionOf(5, ['var_a']))
    await keepAll()
    book.sync(versionOf(4, ['var_z']))
    expect(await readAnew()).toEqual(['var_a', 'prd_a'])
    book.sync(versionOf(5, ['var_a']))
    expect(await readAnew()).toEqual(['var_a', 'prd_a'])
    book.sync(versionOf(5, ['var_a']))
    expect(await readAnew()).toEqual([])
  })

  it('the new price counts', async () => {
    book.sync(versionOf(5, ['var_a']))
    expect(await amountsOf('var_a', 'var_b')).toEqual([800, 1000])
  })

  it('a book that was told of no version yet hears of the first', async () => {
    book = new PriceBook(storage, 'school', builtInRules)
    book.sync(null)
    await keepAll()
    book.sync(versionOf(1, ['var_a']))
    expect(await readAnew()).toEqual(['var_a', 'prd_a'])
  })

  it('a book that was told of nothing before drops what it kept, whatever is named', async () => {
    book = new PriceBook(storage, 'school', builtInRules)
    await keepAll()
    book.sync(versionOf(1, ['var_a']))
    expect(await readAnew()).toEqual(ALL)
  })

  it('one that is new costs two turns, with what is published of it where a site is named', async () => {
    const turns: string[][] = []
    const read: Storage['read'] = async (scope, refs) => {
      const turn = turns.at(-1)
      turn?.push(...refs.map((ref) => `${'in' in ref ? ref.in : ''} ${scope.site ?? ''}`))
      await new Promise((resolve) => setTimeout(resolve))
      if (turn !== undefined && turn === turns.at(-1)) turns.push([])
      return inner.read(scope, refs)
    }
    const [watched, ofNoSite] = [0, 1].map(() => new PriceBook({ ...inner, read }, 'school', builtInRules))
    turns.push([])
    const entries = await watched?.entries(['var_a', 'var_b'], { site: 'main' })
    expect([...(entries?.values() ?? [])].map((entry) => entry?.product.id)).toEqual(['prd_a', 'prd_b'])
    expect(turns).toEqual([
      ['variants main', 'variants main', 'variantPrices main', 'variantPrices main'],
      ['products main', 'products main', 'publications main', 'publications main'],
      [],
    ])
    await watched?.publications('main', ['prd_a', 'prd_b'])
    expect(turns.at(-1)).toEqual([])
    await ofNoSite?.entries(['var_a'])
    expect(turns.slice(2)).toEqual([['variants ', 'variantPrices '], ['products '], []])
  })

  it('one of which the product was known costs one, and a wrong guess is no more than that', async () => {
    const turns: string[][] = []
    const read: Storage['read'] = (scope, refs) => {
      turns.push(refs.map((ref) => ('id' in ref ? `${ref.in} ${ref.id}` : '')))
      return inner.read(scope, refs)
    }
    const anew = () => new PriceBook({ ...inner, read }, 'school', builtInRules)
    const found = async (of: PriceBook, ...[ids, reading]: Parameters<PriceBook['entries']>) =>
      [...(await of.entries(ids, reading))].map(([id, entry]) => [id, entry?.product.id])
    const watched = anew()
    const right = (id: string) => id.replace('var', 'prd')
    const both = ['var_a', 'var_none']
    expect(await found(watched, both, { site: 'main', productOf: right })).toEqual([
      ['var_a', 'prd_a'],
      ['var_none', undefined],
    ])
    expect(turns.splice(0)).toEqual([
      [
        ...['variants var_a', 'variants var_none', 'variantPrices var_a', 'variantPrices var_none'],
        ...['products prd_a', 'products prd_none', 'publications prd_a', 'publications prd_none'],
      ],
    ])
    await watched.publications('main', ['prd_a', 'prd_none'])
    expect(turns.splice(0)).toEqual([])
    expect(await found(anew(), ['var_a'], { site: 'main', productOf: () => 'prd_b' })).toEqual([['var_a', 'prd_a']])
    expect(turns.splice(0)).toEqual([
      ['variants var_a', 'variantPrices var_a', 'products prd_b', 'publications prd_b'],
      ['products prd_a', 'publications prd_a'],
    ])
    const ofSome = { productOf: (id: string) => (id === 'var_b' ? 'prd_b' : undefined) }
    expect(await found(anew(), ['var_a', 'var_b'], ofSome)).toEqual([
      ['var_a', 'prd_a'],
      ['var_b', 'prd_b'],
    ])
    expect(turns.splice(0)).toEqual([
      ['variants var_a', 'variants var_b', 'variantPrices var_a', 'variantPrices var_b', 'products prd_b'],
      ['products prd_a'],
    ])
  })

  it('publications are read anew where a change is no longer named, and not kept where they were being read', async () => {
    const of = () => book.publications('main', ['prd_a', 'prd_b'])
    book.sync(versionOf(6))
    const begun = of()
    expect(readSince()).toEqual(['prd_a', 'prd_b'])
    book.sync(versionOf(7, ['var_z']))
    await begun
    await of()
    expect(readSince()).toEqual(['prd_a', 'prd_b'])
    await of()
    expect(readSince()).toEqual([])
  })

  it('what was being read meanwhile is answered, and not kept', async () => {
    book.sync(versionOf(5))
    const begun = [book.entries(['var_a', 'var_b']), book.publications('main', ['prd_a', 'prd_b']), book.whole()]
    book.sync(versionOf(6, ['var_z', 'whole']))
    await Promise.all(begun)
    readSince()
    expect(await readAnew()).toEqual(ALL)
    expect(await readAnew()).toEqual([])
  })

  it('who was told of a change does not wait for what was being read before it', async () => {
    book.sync(versionOf(6))
    const before = book.whole()
    await commit(SCOPE, insert(priceLists, 'prl_1', samplePriceList()))
    book.sync(versionOf(7, ['whole']))
    const after = book.whole()
    expect((await before).priceLists.has('prl_1')).toBe(false)
    expect((await after).priceLists.has('prl_1')).toBe(true)
    expect(await book.whole()).toBe(await after)
  })

  it('what an operator has few of is read once though other things change meanwhile, and kept', async () => {
    book.sync(versionOf(6))
    const before = book.whole()
    book.sync(versionOf(7, ['var_a']))
    book.sync(versionOf(8, ['var_b']))
    expect(await book.whole()).toBe(await before)
    expect(await book.whole()).toBe(await before)
    expect(readSince()).toHaveLength(WHOLE.length)
  })
})

describe('what a customer owns', () => {
  it('is asked of who can say it, and of nobody where nobody can', () => {
    expect([book.ownership, book.rightsAhead]).toEqual([null, null])
    const ownership = () => async () => ({ products: ['prd_a'], variants: [] })
    const asking = new PriceBook(storage, 'school', builtInRules, ownership)
    expect(asking.ownership).toBe(ownership)
    expect(asking.rightsAhead).not.toBeNull()
  })
})

describe('the books', () => {
  it('hold one for each operator, which is kept', async () => {
    const ownership = () => async () => ({ products: [], variants: [] })
    const books = new PriceBooks(storage, builtInRules, ownership)
    const of = books.of('school')
    expect(books.of('school')).toBe(of)
    expect(books.of('other')).not.toBe(of)
    expect(of.ownership).toBe(ownership)
    await add(sampleEntry('var_a'))
    expect((await of.entries(['var_a'])).get('var_a')?.variant.id).toBe('var_a')
    expect((await books.of('other').entries(['var_a'])).get('var_a')).toBeNull()
  })
})
