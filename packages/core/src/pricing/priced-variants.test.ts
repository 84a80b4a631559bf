import { describe, expect, it } from 'vitest'
import { findCollections, type Publication } from '../catalog/index.ts'
import type { BookWhole } from './book-whole.ts'
import type { BookEntry } from './price-book.ts'
import { pricedVariants } from './priced-variants.ts'
import { sampleEntry, sampleInputs, samplePrice, samplePriceList } from './sample-inputs.ts'

type Context = Parameters<typeof pricedVariants>[1]

const NOW = '2026-06-15T12:00:00.000Z'
const BEFORE = '2026-06-15T11:59:59.999Z'
const AFTER = '2026-06-15T12:00:00.001Z'

const publication = (changes: Partial<Publication> = {}): Publication => ({
  ...{ productId: 'prd_a', slug: 'a', from: null, until: null, place: 1 },
  ...changes,
})

const context = (changes: Partial<Context> = {}): Context => ({
  published: new Map([['prd_a', publication()]]),
  whole: { collectionsOf: findCollections([]) } as unknown as BookWhole, // no more is asked of it
  site: { id: 'main', priceLists: ['prl_1'] } as unknown as Context['site'], // no more is asked of it
  now: NOW,
  reach: sampleInputs(),
  counters: {
    left: (name, limit) => (limit === null ? null : limit - (name === 'capacity:var_a' ? 3 : 0)),
    others: (name) => (name === 'owned:var_a:cus_1' ? { used: 1, held: 2 } : { used: 0, held: 0 }),
    assignees: new Map(),
  },
  upgrades: new Map(),
  boughtBy: null,
  categoriesOf: ({ variant }) => ({ taxCategory: variant.taxCategory, homeTaxCategory: null }),
  ...changes,
})

const priced = (entry: BookEntry, changes: Partial<Context> = {}) =>
  pricedVariants(new Map([[entry.variant.id, entry]]), context(changes))[entry.variant.id]

describe('a variant for pricing', () => {
  it('has what a quote needs of it and its product, and nothing that only others have', () => {
    expect(
      priced(sampleEntry('var_a'), { categoriesOf: () => ({ taxCategory: 'live', homeTaxCategory: 'live' }) }),
    ).toEqual({
      ...{ id: 'var_a', productId: 'prd_a', productType: 'course', title: 'Title of var_a', name: 'verified' },
      ...{ refusal: null, maximumQuantity: 10, taxCategory: 'live', bundle: null, prices: [samplePrice(1000)] },
      ...{ capacity: null, placesLeft: null },
    })
    expect(Object.keys(priced(sampleEntry('var_a')) ?? {})).not.toContain('collections')
    expect(Object.keys(priced(sampleEntry('var_a')) ?? {})).not.toContain('lowestRecent')
  })

  it('is left out where it is not there', () => {
    expect(pricedVariants(new Map([['var_none', null]]), context())).toEqual({})
  })

  it('has the prices of the site’s lists alone', () => {
    const prices = [samplePrice(1000), samplePrice(1, { priceList: 'prl_other' })]
    expect(priced(sampleEntry('var_a', { prices }))?.prices).toEqual([samplePrice(1000)])
  })

  it('has its places, less those that are taken', () => {
    expect(priced(sampleEntry('var_a', { variant: { capacity: 20 } }))).toMatchObject({ capacity: 20, placesLeft: 17 })
  })

  it('has the collections of its product', () => {
    const collection = { id: 'col_1', name: 'Summer', rules: null, products: ['prd_a'] }
    const whole = { collectionsOf: () => [collection.id] } as unknown as BookWhole // no more is asked of it
    expect(priced(sampleEntry('var_a'), { whole })?.collections).toEqual(['col_1'])
  })

  it('has what it upgrades, what is needed before, and that it is sold once', () => {
    const upgrade = { from: ['var_b'], credit: 'money_paid' as const }
    const prerequisite = { variants: ['var_c'], policy: 'hint' as const }
    const entry = sampleEntry('var_a', { variant: { repeatable: false, prerequisite } })
    const found = priced(entry, { upgrades: new Map([['var_a', upgrade]]) })
    expect(found).toMatchObject({ repeatable: false, upgrade, prerequisite })
    const other = Object.keys(priced(sampleEntry('var_a', { variant: { repeatable: true, prerequisite: null } })) ?? {})
    for (const name of ['repeatable', 'upgrade', 'prerequisite', 'bought']) expect(other).not.toContain(name)
  })

  it.each([
    ['that is sold once, to somebody known', false, 'cus_1', { used: 1, held: 2 }],
    ['that is sold once, to nobody known', false, null, undefined],
    ['that may be bought again', true, 'cus_1', undefined],
  ])('%s has how often they bought it: %j', (_what, repeatable, boughtBy, bought) => {
    const found = priced(sampleEntry('var_a', { variant: { repeatable } }), { boughtBy })
    expect(found?.bought).toEqual(bought)
    expect(Object.hasOwn(found ?? {}, 'bought')).toBe(bought !== undefined)
  })
})

describe('the lowest price of the last 30 days', () => {
  const past = [
    { priceList: 'prl_1', amount: 900, until: '2026-06-01T00:00:00.000Z' },
    { priceList: 'prl_1', amount: 1500, until: '2026-06-10T00:00:00.000Z' },
  ]
  const reach = sampleInputs({ priceLists: [samplePriceList()] })

  it.each([
    ['a price that is called reduced', [samplePrice(1000, { compareAt: 1500 })], 900],
    [
      'prices of which one is called reduced',
      [samplePrice(1000, { compareAt: 1500 }), samplePrice(800, { minimumQuantity: 5 })],
      900,
    ],
    ['a price that is not', [samplePrice(1000)], undefined],
  ])('of %s is %j', (_what, prices, lowest) => {
    expect(priced(sampleEntry('var_a', { prices, past }), { reach })?.lowestRecent).toBe(lowest)
  })

  it('is not told where none is known', () => {
    const found = priced(sampleEntry('var_a', { prices: [samplePrice(1000, { compareAt: 1500 })] }), { reach })
    expect(Object.keys(found ?? {})).not.toContain('lowestRecent')
  })
})

describe('a variant is refused', () => {
  it.each<[string | null, what: string, entry: Parameters<typeof sampleEntry>[1], published: Publication | null]>([
    [null, 'where nothing speaks against it', {}, publication()],
    ['archived', 'when it is archived', { variant: { status: 'archived' } }, publication()],
    ['archived', 'when its product is archived', { product: { status: 'archived' } }, publication()],
    ['archived', 'rather than as not published', { product: { status: 'archived' } }, null],
    ['not_published', 'when it is not published', {}, null],
    ['not_yet_on_sale', 'a moment before it is published', {}, publication({ from: AFTER })],
    [null, 'at the moment at which it is published', {}, publication({ from: NOW })],
    ['not_yet_on_sale', 'a moment before its sale begins', { variant: { saleStartsAt: AFTER } }, publication()],
    [null, 'at the moment at which its sale begins', { variant: { saleStartsAt: NOW } }, publication()],
    ['no_longer_on_sale', 'when its publication ends', {}, publication({ until: NOW })],
    [null, 'a moment before its publication ends', {}, publication({ until: AFTER })],
    ['no_longer_on_sale', 'when its sale ends', { variant: { saleEndsAt: NOW } }, publication()],
    [null, 'a moment before its sale ends', { variant: { saleEndsAt: AFTER } }, publication()],
    [
      null,
      'within both windows',
      { variant: { saleStartsAt: BEFORE, saleEndsAt: AFTER } },
      publication({ from: BEFORE, until: AFTER }),
    ],
    [
      'not_yet_on_sale',
      'as not yet on sale, where it is over as well',
      { variant: { saleStartsAt: AFTER } },
      publication({ until: BEFORE }),
    ],
  ])('%j %s', (refusal, _what, entry, published) => {
    expect(priced(sampleEntry('var_a', entry), { published: new Map([['prd_a', published]]) })?.refusal).toBe(refusal)
  })

  it('as not published where nothing is known of its publication', () => {
    expect(priced(sampleEntry('var_a'), { published: new Map() })?.refusal).toBe('not_published')
  })

  it.each<[string | null | undefined, what: string, variant: Partial<BookEntry['variant']>, Publication | null]>([
    [null, 'when it is not published', {}, null],
    [null, 'before it is published', {}, publication({ from: AFTER })],
    [null, 'after it was published', {}, publication({ until: NOW })],
    ['not_yet_on_sale', 'when its sale has not begun and it is not published', { saleStartsAt: AFTER }, null],
    ['no_longer_on_sale', 'when its sale is over and it is not published', { saleEndsAt: NOW }, null],
    [
      'no_longer_on_sale',
      'when its sale is over before it is published',
      { saleEndsAt: NOW },
      publication({ from: AFTER }),
    ],
    [undefined, 'when its sale is over and it is published', { saleEndsAt: NOW }, publication()],
    [undefined, 'when it is archived', { status: 'archived' }, null],
    [undefined, 'where nothing speaks against it', {}, publication()],
  ])('as a part by another reason, %j, %s', (refusal, _what, variant, published) => {
    const found = priced(sampleEntry('var_a', { variant }), { published: new Map([['prd_a', published]]) })
    expect(found?.partRefusal).toBe(refusal)
    expect(Object.hasOwn(found ?? {}, 'partRefusal')).toBe(refusal !== undefined)
  })
})
