import { describe, expect, it } from 'vitest'
import {
  draftProductFields,
  draftVariant,
  type Product,
  type ProductCollection,
  productCollections,
  products,
  type Variant,
  variants,
} from '../catalog/index.ts'
import { type Customer, newCustomer, type TaxExemption } from '../customer/index.ts'
import type { Change, Storage } from '../ports/index.ts'
import {
  builtInRules,
  type Code,
  type CodeBatch,
  codeBatches,
  codes,
  type OwnedThings,
  type Promotion,
  promotions,
} from '../promotion/index.ts'
import type { Site, SitePricing } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { type TaxRate, type TaxRule, taxRates } from '../tax/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { gatherPricingInputs } from './gather-pricing-inputs.ts'
import { PriceBook } from './price-book.ts'
import { priceLists } from './pricing.collection.ts'
import type { PricedLine } from './pricing-inputs.ts'
import type { PricingSubject } from './pricing-subject.ts'
import type { OwnershipQuestion } from './read-ownership.ts'
import { sampleInputs, samplePriceList } from './sample-inputs.ts'

interface Given {
  /** Of the site `main`. */
  site?: Partial<Site>
  /** At which site it is asked. @default main */
  at?: string
  /** What the operator has besides. */
  records?: readonly Change[]
  /** What others hold of counters: name and how many. */
  held?: readonly [counter: string, n: number][]
  taxRules?: readonly TaxRule[]
  /** What the customer owns; absent: nobody can say. */
  owned?: OwnedThings
  subject?: Partial<PricingSubject>
}

const OWNER = newCustomer({ newId: () => 'cus_1' }, '2026-06-15T12:00:00.000Z', { hostId: 'learner-1' })
const line = (variantId: string, changes: Partial<PricedLine> = {}): PricedLine => ({
  ...{ id: variantId, variantId, quantity: 1 },
  ...changes,
})
const shopper = (changes: Partial<PricingSubject['shopper']> = {}) => ({
  ...{ customerId: 'cus_1', groups: [], firstOrder: 'unknown' as const },
  ...changes,
})

/** What is gathered of a book in a cart at the fixture's shop, and what was asked of the customer's rights. */
const gather = async ({ site = {}, at = 'main', records = [], held = [], taxRules, owned, subject }: Given = {}) => {
  const { storage, call, customer } = await shopFixture({ site, isExamined: false })
  const due = '2027-01-01T00:00:00.000Z'
  const holds = held.map(([counter, n]): Change => ({ do: 'hold', counter, hold: 'of-others', n, limit: 9999, due }))
  await storage.commit({ operator: OPERATOR }, [...records, ...holds])
  const questions: OwnershipQuestion[] = []
  const answers = () => async (question: OwnershipQuestion) => {
    questions.push(question)
    return owned ?? { products: [], variants: [] }
  }
  const book = new PriceBook(storage, OPERATOR, builtInRules, owned === undefined ? null : answers)
  const gathered = await gatherPricingInputs({ storage, taxRules }, call(customer('learner-1', at)), book, {
    ...{ lines: [line('var_book')], codes: [], currency: 'EUR', country: null, region: null },
    ...{ shopper: shopper(), taxExemption: null, holds: [] },
    ...subject,
  })
  return { ...gathered, questions }
}
const inputsOf = async (given: Given = {}) => (await gather(given)).inputs

describe('what a quote depends on', () => {
  it('is gathered, and no more', async () => {
    expect(await inputsOf()).toStrictEqual({
      ...sampleInputs(),
      now: expect.any(String),
      lines: [line('var_book')],
      variants: {
        var_book: {
          ...{ id: 'var_book', productId: 'prd_book', productType: 'book', title: 'The book', name: 'book' },
          ...{
            refusal: null,
            maximumQuantity: 10,
            taxCategory: 'book',
            bundle: null,
            capacity: null,
            placesLeft: null,
          },
          prices: [{ priceList: 'prl_eur', amount: 2999, minimumQuantity: 1 }],
        },
      },
      priceLists: [samplePriceList({ id: 'prl_eur' })],
      taxRates: [
        { id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' },
        { id: 'de-book', country: 'DE', category: 'book', name: 'VAT', rate: '7' },
      ],
    })
  })

  it('has no price list in a currency that the site does not offer', async () => {
    const usd = insert(priceLists, 'usd', samplePriceList({ id: 'usd', currency: 'USD' }))
    const given = { records: [usd], subject: { currency: 'USD' } }
    const found = async (currencies: string[]) =>
      (await inputsOf({ ...given, site: { currencies, priceLists: ['usd'] } })).priceLists.map(({ id }) => id)
    expect(await found(['EUR'])).toEqual([])
    expect(await found(['EUR', 'USD'])).toEqual(['usd'])
  })

  it('is refused at a site that is not there', async () => {
    await expect(gather({ at: 'gone' })).rejects.toMatchObject({ code: 'site_unknown' })
  })

  it('says so of what is not published at this site', async () => {
    const { variants: known } = await inputsOf({ records: family, subject: { lines: [line('var_basic')] } })
    expect(known.var_basic?.refusal).toBe('not_published')
  })

  it('is nothing of a variant that is not there', async () => {
    const { inputs, entries } = await gather({ subject: { lines: [line('var_gone')] } })
    expect(inputs.variants).toEqual({})
    expect(entries.get('var_gone')).toBeNull()
  })

  it.each([
    ['itself', 'var_basic', []],
    ['what it is an upgrade from, by any name of its product', 'var_full', ['var_basic', 'var_gone']],
    ['what is needed before', 'var_next', ['var_course']],
  ])('is of the catalog no more than %s', async (_, variantId, others) => {
    const { entries } = await gather({ records: family, subject: { lines: [line(variantId)] } })
    expect([...entries.keys()].sort()).toEqual([variantId, ...others].sort())
  })

  it('is each part of a bundle too', async () => {
    const { variants: known } = await inputsOf({ subject: { lines: [line('var_program'), line('var_program')] } })
    expect(Object.keys(known).sort()).toEqual(['var_book', 'var_course', 'var_program'])
  })

  it('is a tax category that a rule of the host names by place and group', async () => {
    const rule: TaxRule = {
      name: 'members',
      categoryOf: ({ product, country, groups }) => `${product.type} ${country} ${groups}`,
    }
    const given = { taxRules: [rule], subject: { country: 'FR', shopper: shopper({ groups: ['members'] }) } }
    const elsewhere = (await inputsOf(given)).variants.var_book
    expect(elsewhere?.taxCategory).toBe('book FR members')
    expect(elsewhere).not.toHaveProperty('homeTaxCategory')
  })

  it('and another of which the shelf has the taxes, whoever asks, where the net is to be the same', async () => {
    const rule: TaxRule = {
      name: 'books',
      categoryOf: ({ country, groups }) => (country === 'FR' ? 'livre' : groups.includes('library') ? 'free' : null),
    }
    const known = async (country: string, groups: string[] = []) => {
      const given = { site: { pricing: { foreignPrices: 'same_net' as const } }, taxRules: [rule] }
      const { var_book } = (await inputsOf({ ...given, subject: { country, shopper: shopper({ groups }) } })).variants
      return [var_book?.taxCategory, var_book?.homeTaxCategory]
    }
    expect(await known('FR')).toEqual(['livre', 'book'])
    expect(await known('DE')).toEqual(['book', undefined])
    expect(await known('DE', ['library'])).toEqual(['free', 'book'])
  })
})

describe('the place of sale', () => {
  it.each<[what: string, subject: Partial<PricingSubject>, place: object]>([
    ['is the site’s country until something better is known', { region: 'QC' }, { country: 'DE', basis: 'assumed' }],
    ['is what the shopper declared', { country: 'FR' }, { country: 'FR', basis: 'declared' }],
    [
      'is what the shopper declared, with its part',
      { country: 'CA', region: 'QC' },
      { country: 'CA', region: 'QC', basis: 'declared' },
    ],
  ])('%s', async (_, subject, place) => {
    expect((await inputsOf({ subject })).place).toStrictEqual(place)
  })

  const rate = (id: string, country: string, region?: string): Change => {
    const one: TaxRate = { id, country, category: '*', name: id, rate: '5', ...(region && { region }) }
    return insert(taxRates, id, one)
  }
  const records = [rate('ca', 'CA'), rate('ca-qc', 'CA', 'QC'), rate('ca-on', 'CA', 'ON'), rate('fr', 'FR')]
  it.each<[what: string, subject: Partial<PricingSubject>, pricing: SitePricing | undefined, rates: string[]]>([
    ['its country', { country: 'FR' }, undefined, ['fr']],
    ['its country and its part', { country: 'CA', region: 'QC' }, undefined, ['ca', 'ca-qc']],
    ['its country alone, where the part is not known', { country: 'CA' }, undefined, ['ca']],
    ['a country without taxes: none', { country: 'CH' }, undefined, []],
    [
      'its country and the site’s, where the net is to be the same',
      { country: 'FR' },
      { foreignPrices: 'same_net' },
      ['de', 'de-book', 'fr'],
    ],
    [
      'its country alone, where the price is to be the same',
      { country: 'FR' },
      { foreignPrices: 'same_shelf' },
      ['fr'],
    ],
  ])('has the taxes of %s', async (_, subject, pricing, rates) => {
    const found = await inputsOf({ records, subject, site: { pricing } })
    expect(found.taxRates.map(({ id }) => id)).toEqual(rates)
  })
})

describe('what a site decides of prices', () => {
  const site = sampleInputs().site
  it.each<[what: string, pricing: SitePricing | undefined, kept: object]>([
    ['the best outcome, where it does not say', undefined, { promotionChoice: 'best' }],
    [
      'what it says',
      { promotionChoice: 'priority', taxRounding: 'order' },
      { promotionChoice: 'priority', taxRounding: 'order' },
    ],
    ['not the groups that pay no tax', { taxExemptGroups: ['secret'] }, { promotionChoice: 'best' }],
    [
      'its country, where the net is to be the same',
      { foreignPrices: 'same_net' },
      { country: 'DE', foreignPrices: 'same_net', promotionChoice: 'best' },
    ],
    ['no country otherwise', { foreignPrices: 'same_shelf' }, { foreignPrices: 'same_shelf', promotionChoice: 'best' }],
  ])('is %s', async (_, pricing, kept) => {
    const { promotionChoice: _choice, ...plain } = site
    expect((await inputsOf({ site: { pricing } })).site).toStrictEqual({ ...plain, ...kept })
  })

  it('is from which lists it sells, in its order: of those the active ones in the currency', async () => {
    const list = (id: string, changes = {}) => insert(priceLists, id, samplePriceList({ id, ...changes }))
    const { priceLists: found } = await inputsOf({
      site: { priceLists: ['old', 'usd', 'second', 'gone', 'prl_eur'] },
      records: [list('old', { status: 'archived' }), list('usd', { currency: 'USD' }), list('second'), list('other')],
    })
    expect(found.map(({ id }) => id)).toEqual(['second', 'prl_eur'])
  })
})

describe('who pays no tax', () => {
  const taxExemption: TaxExemption = { reason: 'diplomatic' }
  const pricing: SitePricing = { taxExemptGroups: ['schools', 'libraries'] }
  const [school, others] = [shopper({ groups: ['a', 'libraries'] }), shopper({ groups: ['a'] })]
  it.each<[what: string, given: Given, exemption: object | undefined]>([
    ['nobody, where nothing says so', { subject: { shopper: school } }, undefined],
    ['a customer with whom it stands', { subject: { taxExemption } }, { reason: 'diplomatic' }],
    ['a member of such a group', { site: { pricing }, subject: { shopper: school } }, { reason: 'group' }],
    ['no member of others', { site: { pricing }, subject: { shopper: others } }, undefined],
    [
      'a customer with whom it stands, by what stands there and not by their group',
      { site: { pricing }, subject: { shopper: school, taxExemption } },
      { reason: 'diplomatic' },
    ],
    [
      'a member of such a group, though only some taxes are not due by what stands with them',
      { site: { pricing }, subject: { shopper: school, taxExemption: { reason: 'resale', jurisdictions: ['CA-QC'] } } },
      { reason: 'group' },
    ],
    [
      'of some taxes who is in no such group',
      { site: { pricing }, subject: { shopper: others, taxExemption: { reason: 'resale', jurisdictions: ['CA-QC'] } } },
      { reason: 'resale', jurisdictions: ['CA-QC'] },
    ],
    [
      'of all taxes a customer with whom it stands so in the words of JSON',
      { site: { pricing }, subject: { shopper: school, taxExemption: { reason: 'resale', jurisdictions: null } } },
      { reason: 'resale', jurisdictions: null },
    ],
  ])('is %s', async (_, given, exemption) => {
    const inputs = await inputsOf(given)
    expect(inputs.taxExemption).toEqual(exemption)
    expect('taxExemption' in inputs).toBe(exemption !== undefined)
  })
})

const promotion = (id: string, changes: Partial<Promotion> = {}): Promotion => ({
  ...{ id, name: id, sites: null, from: null, until: null, requiresCode: false, conditions: [] },
  ...{ benefit: { type: 'percent', percent: '10' }, limits: { uses: null, usesPerCustomer: null } },
  ...{ stacking: 'combinable', priority: 0, status: 'active' },
  ...changes,
})
const running = (...of: Promotion[]) => of.map((one) => insert(promotions, one.id, one))
const limits = (changes: Partial<Promotion['limits']>) => ({ uses: null, usesPerCustomer: null, ...changes })
const code = (id: string, changes: Partial<Code> = {}): Code => ({
  ...{ id, code: id.toUpperCase(), site: '*', promotionId: 'pro_spring', uses: null, from: null, until: null },
  ...{ status: 'active', ...changes },
})
const past = '2020-01-01T00:00:00.000Z'
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)

describe('promotions', () => {
  it('are those of everybody that could touch the cart now, those of its codes, and one that is tried', async () => {
    const records = [
      ...running(promotion('all'), promotion('over', { until: past }), promotion('north', { sites: ['north'] })),
      ...running(promotion('books', { conditions: [{ type: 'variants', variants: ['var_book'] }] })),
      ...running(promotion('courses', { conditions: [{ type: 'variants', variants: ['var_course'] }] })),
      ...running(promotion('old', { status: 'archived' })),
    ]
    const subject = { codes: ['cod_spring'], tried: promotion('tried') }
    expect(ids((await inputsOf({ records, subject })).promotions)).toEqual(['all', 'books', 'pro_spring', 'tried'])
    expect(ids((await inputsOf({ records })).promotions)).toEqual(['all', 'books'])
  })

  it('are each there once', async () => {
    const two = [code('cod_a'), code('cod_b')]
    const records = two.map((one) => insert(codes, one.id, one))
    expect(ids((await inputsOf({ records, subject: { codes: ids(two) } })).promotions)).toEqual(['pro_spring'])
  })

  it('are found by the product, its type and its collections', async () => {
    const maths: ProductCollection = { id: 'col_1', name: 'Maths', products: ['prd_book'] }
    const records = [
      insert(productCollections, 'col_1', maths),
      ...running(promotion('by-product', { conditions: [{ type: 'products', products: ['prd_book'] }] })),
      ...running(promotion('by-type', { conditions: [{ type: 'product_types', productTypes: ['book'] }] })),
      ...running(promotion('by-collection', { conditions: [{ type: 'collections', collections: ['col_1'] }] })),
      ...running(promotion('by-other', { conditions: [{ type: 'products', products: ['prd_course'] }] })),
    ]
    const found = ids((await inputsOf({ records })).promotions).sort()
    expect(found).toEqual(['by-collection', 'by-product', 'by-type'])
    expect((await inputsOf({ records, subject: { lines: [line('var_gone')] } })).promotions).toEqual([])
  })

  it('come with what is left of their limits: less what others have and hold', async () => {
    const money = [
      { currency: 'USD', amount: 1 },
      { currency: 'EUR', amount: 900 },
    ]
    const records = running(promotion('all', { limits: limits({ uses: 10, usesPerCustomer: 3, money }) }))
    const held = [
      ['promotion:all', 4],
      ['promotion:all:cus_1', 1],
      ['budget:all:EUR', 250],
    ] as const
    const given = { records, held: held.map(([name, n]): [string, number] => [name, n]) }
    expect((await inputsOf(given)).promotions[0]).toMatchObject({ usesLeft: 6, customerUsesLeft: 2, moneyLeft: 650 })
    const guest = { shopper: shopper({ customerId: null }) }
    expect((await inputsOf({ ...given, subject: guest })).promotions[0]?.customerUsesLeft).toBe('unknown')
    const holds = [{ counter: 'promotion:all', n: 3 }]
    expect((await inputsOf({ ...given, subject: { holds } })).promotions[0]?.usesLeft).toBe(9)
  })

  it('come without what has no limit', async () => {
    const elsewhere = limits({ money: [{ currency: 'USD', amount: 1 }] })
    const records = running(promotion('all'), promotion('usd', { limits: elsewhere }))
    for (const one of (await inputsOf({ records })).promotions) {
      expect(one).toMatchObject({ usesLeft: null, customerUsesLeft: null })
      expect(one).not.toHaveProperty('moneyLeft')
    }
    const guest = { shopper: shopper({ customerId: null }) }
    expect((await inputsOf({ records, subject: guest })).promotions[0]?.customerUsesLeft).toBeNull()
  })
})

describe('codes', () => {
  it('are those that are there, in the cart’s order, as they are known or else as they are read', async () => {
    const known = new Map<string, Code | null>([
      ['cod_known', code('cod_known')],
      ['cod_free', code('cod_free', { promotionId: 'pro_spring' })],
      ['cod_gone', null],
    ])
    const asked = ['cod_spring', 'cod_absent', 'cod_free', 'cod_gone', 'cod_known']
    // Who looked for it did not find it then.
    const records = [insert(codes, 'cod_gone', code('cod_gone'))]
    const inputs = await inputsOf({ records, subject: { codes: asked, knownCodes: known } })
    expect(ids(inputs.codes)).toEqual(['cod_spring', 'cod_free', 'cod_known'])
    expect(ids(inputs.promotions)).toEqual(['pro_spring'])
  })

  it('end with their batch', async () => {
    const batch: CodeBatch = {
      ...{
        id: 'cbt_1',
        name: 'Fair',
        promotionId: 'pro_spring',
        site: '*',
        prefix: '',
        length: 12,
        count: 1,
        minted: 1,
      },
      ...{ uses: null, from: null, until: null, status: 'revoked', createdAt: past },
    }
    const minted = code('cod_minted', { batchId: 'cbt_1' })
    const records = [insert(codeBatches, batch.id, batch), insert(codes, minted.id, minted)]
    expect((await inputsOf({ records, subject: { codes: ['cod_minted'] } })).codes).toMatchObject([
      { status: 'revoked' },
    ])
  })

  it('come with what is left of them', async () => {
    const inputs = await inputsOf({ held: [['code:cod_spring', 1]], subject: { codes: ['cod_spring'] } })
    expect(inputs.codes).toMatchObject([{ uses: 2, usesLeft: 1 }])
    expect(inputs.promotions).toMatchObject([{ usesLeft: 2, customerUsesLeft: 1 }])
  })
})

describe('of the shopper is kept', () => {
  const domain = shopper({ emailDomain: 'example.edu' })
  const asking = running(promotion('edu', { conditions: [{ type: 'email_domains', domains: ['example.edu'] }] }))

  it('the domain of their address where a promotion asks for it', async () => {
    expect((await inputsOf({ records: asking, subject: { shopper: domain } })).shopper.emailDomain).toBe('example.edu')
    expect(Object.keys((await inputsOf({ records: asking })).shopper)).not.toContain('emailDomain')
    const others = running(promotion('all'))
    const kept = (await inputsOf({ records: others, subject: { shopper: domain } })).shopper
    expect(Object.keys(kept)).not.toContain('emailDomain')
    const both = await inputsOf({ records: [...others, ...asking], subject: { shopper: domain } })
    expect(both.shopper.emailDomain).toBe('example.edu')
    expect(Object.keys((await inputsOf({ subject: { shopper: domain } })).shopper)).not.toContain('emailDomain')
  })

  const welcome = running(promotion('all'), promotion('welcome', { conditions: [{ type: 'first_order' }] }))
  it.each<[what: string, given: Given, firstOrder: string]>([
    ['not asked, where no promotion asks', { records: running(promotion('all')) }, 'unknown'],
    ['yes, where there is none', { records: welcome }, 'yes'],
    ['no, where there is one', { records: welcome, held: [['orders:cus_1', 1]] }, 'no'],
    ['yes, where there are those of others', { records: welcome, held: [['orders:cus_2', 1]] }, 'yes'],
    [
      'yes, where it is this cart’s own',
      { records: welcome, held: [['orders:cus_1', 1]], subject: { holds: [{ counter: 'orders:cus_1', n: 1 }] } },
      'yes',
    ],
    ['not known of a guest', { records: welcome, subject: { shopper: shopper({ customerId: null }) } }, 'unknown'],
  ])('whether it is their first order: %s', async (_, given, firstOrder) => {
    expect((await inputsOf(given)).shopper.firstOrder).toBe(firstOrder)
  })
})

const variant = (name: string, productId: string, changes: Partial<Variant> = {}): Variant => ({
  ...draftVariant({ name }, null, {
    ...{ id: `var_${name}`, productId, type: { maximumQuantity: 10, taxCategory: 'learning' } },
  }),
  ...changes,
})
const product = (id: string, ...names: string[]): Product => ({
  ...draftProductFields({ title: id }, null),
  ...{ id, type: 'course', externalId: null, variants: names.map((name) => `var_${name}`), status: 'active' },
  createdAt: past,
})
/** A product with an upgrade from one of its variants, one that needs the course before, and one that is sold once. */
const family: readonly Change[] = [
  ...[product('prd_family', 'basic', 'full', 'gone'), product('prd_next', 'next'), product('prd_once', 'once')].map(
    (one) => insert(products, one.id, one),
  ),
  ...[
    variant('basic', 'prd_family'),
    variant('full', 'prd_family', { upgrade: { from: ['basic'], credit: 'list_price_now' } }),
    variant('next', 'prd_next', { prerequisite: { variants: ['var_course'], policy: 'hint' } }),
    variant('once', 'prd_once', { repeatable: false }),
  ].map((one) => insert(variants, one.id, one)),
]

describe('of what the customer owns', () => {
  const asking = running(promotion('loyal', { conditions: [{ type: 'owned_products', products: ['prd_z'] }] }))
  const everything: OwnedThings = {
    products: ['prd_course', 'prd_z'],
    variants: ['var_course', 'var_z', 'var_basic'],
    paid: {},
  }
  const asked = (lines: readonly PricedLine[], changes: Given = {}) =>
    gather({ records: family, owned: everything, ...changes, subject: { lines, owner: OWNER, ...changes.subject } })

  it('nothing is asked for what nothing depends on', async () => {
    const { questions, inputs } = await asked([line('var_book')])
    expect(questions).toEqual([])
    expect(inputs.shopper).not.toHaveProperty('owned')
  })

  it('nothing is asked of a guest, nor where nobody can say', async () => {
    expect((await asked([line('var_next')], { subject: { owner: null } })).questions).toEqual([])
    const { inputs } = await gather({ records: family, subject: { lines: [line('var_next')], owner: OWNER } })
    expect(inputs.shopper).not.toHaveProperty('owned')
  })

  it('is asked what is needed before, and kept of it what was asked', async () => {
    const { questions, inputs } = await asked([line('var_next')])
    expect(questions).toMatchObject([
      { customer: OWNER, currency: 'EUR', priceBasis: 'inclusive', variants: [{ id: 'var_course' }] },
    ])
    expect(questions[0]?.now).toBe(inputs.now)
    expect(inputs.shopper.owned).toEqual({ products: ['prd_course'], variants: ['var_course'], paid: {} })
    expect(Object.keys(inputs.variants).sort()).toEqual(['var_course', 'var_next'])
  })

  it('is asked what an upgrade is from', async () => {
    const { questions, inputs } = await asked([line('var_full')])
    expect(questions[0]?.variants.map(({ id }) => id)).toEqual(['var_basic'])
    expect(inputs.shopper.owned).toEqual({ products: [], variants: ['var_basic'], paid: {} })
    expect(inputs.variants.var_full?.upgrade).toEqual({ from: ['var_basic'], credit: 'list_price_now' })
    expect(Object.keys(inputs.variants).sort()).toEqual(['var_basic', 'var_full'])
  })

  it('is kept every product where a promotion asks for products', async () => {
    const { inputs } = await asked([line('var_book')], { records: asking })
    expect(inputs.shopper.owned).toEqual({ products: ['prd_course', 'prd_z'], variants: [], paid: {} })
  })

  it('is said of which products it could not be learnt, where a promotion asks for products', async () => {
    const unsure = { products: [], variants: [], unknown: ['var_course'] }
    const plain = await asked([line('var_next')], { owned: unsure })
    expect(plain.inputs.shopper.owned).toEqual(unsure)
    const promoted = await asked([line('var_next')], { owned: unsure, records: [...family, ...asking] })
    expect(promoted.inputs.shopper.owned).toEqual({ ...unsure, unknownProducts: ['prd_course'] })
    const sure = { products: [], variants: ['var_course'] }
    const learnt = await asked([line('var_next')], { owned: sure, records: [...family, ...asking] })
    expect(learnt.inputs.shopper.owned).toEqual(sure)
  })

  it('is asked by whoever began to read it', async () => {
    const ownedBy = () => async () => ({ products: [], variants: ['var_course', 'var_begun'] })
    const { questions, inputs } = await asked([line('var_next')], { subject: { ownedBy } })
    expect(questions).toEqual([])
    expect(inputs.shopper.owned).toEqual({ products: [], variants: ['var_course'] })
  })

  /** Says what is read in which order, in a process that knows no variant yet. */
  async function watchedOrder() {
    const { storage, call, customer } = await shopFixture({ isExamined: false })
    await storage.commit({ operator: OPERATOR }, family)
    const said: string[] = []
    const answers = (_: unknown, customerId: string | null) => {
      said.push(`begin ${customerId}`)
      return async () => ({ products: [], variants: [] })
    }
    const read: Storage['read'] = (scope, refs) => {
      const names = refs.map((ref) => ('counter' in ref ? ref.counter : 'id' in ref ? `${ref.in} ${ref.id}` : ''))
      said.push(...names.filter((name) => name !== '' && !name.startsWith('capacity:')))
      return storage.read(scope, refs)
    }
    const watched = { ...storage, read }
    const book = new PriceBook(watched, OPERATOR, builtInRules, answers)
    const saidOf = async (
      variantId: string,
      owner: Customer | null,
      known: readonly PricedLine[] = [],
      more: Partial<PricingSubject> = {},
    ) => {
      said.length = 0
      await gatherPricingInputs({ storage: watched }, call(customer('learner-1')), book, {
        ...{ lines: [...known, line(variantId)], codes: [], currency: 'EUR', country: null, region: null },
        ...{ shopper: shopper(), taxExemption: null, holds: [], owner, ...more },
      })
      return [...said]
    }
    return saidOf
  }

  it('is begun to be read with variants that are not known yet, once, and else where it is asked', async () => {
    const saidOf = await watchedOrder()
    const first = await saidOf('var_next', OWNER)
    expect(first.slice(0, 2)).toEqual(['begin cus_1', 'variants var_next'])
    expect(first.filter((one) => one === 'begin cus_1')).toHaveLength(1)
    expect(await saidOf('var_next', OWNER)).toEqual(['begin cus_1'])
    const withUnknown = await saidOf('var_once', OWNER, [line('var_next')])
    expect(withUnknown.slice(0, 2)).toEqual(['begin cus_1', 'variants var_once'])
    expect((await saidOf('var_book', null))[0]).toBe('variants var_book')
    expect(await saidOf('var_book', OWNER)).toEqual([])
  })

  it('is read after what is counted at checkout, so that what is bought between both is in one of them', async () => {
    const saidOf = await watchedOrder()
    const checkout = { moment: 'checkout' } as const
    const order = ['owned:var_once:cus_1', 'begin cus_1']
    expect((await saidOf('var_once', OWNER, [], checkout)).filter((one) => order.includes(one))).toEqual(order)
    expect(await saidOf('var_once', OWNER, [], checkout)).toEqual(order)
  })

  it('is counted at checkout what other orders have of what can be had once', async () => {
    const held: [string, number][] = [['owned:var_once:cus_1', 1]]
    const bought = async (subject: Partial<PricingSubject>) =>
      (await asked([line('var_once')], { held, subject })).inputs.variants.var_once?.bought
    expect(await bought({})).toBeUndefined()
    expect(await bought({ moment: 'cart' })).toBeUndefined()
    expect(await bought({ moment: 'checkout' })).toEqual({ used: 0, held: 1 })
    expect(await bought({ moment: 'checkout', owner: null })).toBeUndefined()
  })
})
