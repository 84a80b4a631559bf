import { type ConditionKind, memoryData, memoryStorage, type Storage } from '@bursar/core'
import { describe, expect, test } from 'vitest'
import { appliedShop } from '../testing/applied-shop.ts'
import { printShop } from './print-shop.ts'
import { readWholeShop } from './read-shop.ts'

const SHOP = `
priceLists:
  list-eur: { name: List prices, currency: EUR }
  companies-eur:
    name: Companies
    currency: EUR
    groups: [companies]
    priority: 10
taxRates:
  de-standard: { country: DE, category: '*', name: VAT, rate: '19' }
sites:
  main:
    priceLists: [companies-eur, list-eur]
    pricing: { percentRounding: unit }
products:
  mathematics:
    type: program
    title: Mathematics
    publication: { slug: mathematics }
    variants:
      standard:
        bundle:
          parts:
            - { id: algebra, variantId: 'algebra:verified' }
            - { id: geometry, variantId: 'geometry:verified' }
          pricing: { type: sum_less_percent, percent: '10' }
          ownedParts: leave_out
  algebra:
    type: course
    title: Algebra
    publication: {}
    variants:
      audit:
        prices: [{ priceList: list-eur, amount: 0 }]
      verified:
        prices:
          - { priceList: list-eur, amount: 4900 }
          - { priceList: companies-eur, amount: 4500, minimumQuantity: 10 }
          - { priceList: companies-eur, amount: 4700 }
        upgrade: { from: [audit], credit: money_paid }
  geometry:
    type: course
    title: Geometry
    variants:
      verified:
        prices: [{ priceList: list-eur, amount: 3900 }]
        prerequisite: { variants: ['algebra:verified'], policy: hint }
collections:
  shapes: { name: Shapes, products: [geometry] }
promotions:
  spring:
    name: Spring
    requiresCode: true
    conditions:
      - { type: collections, collections: [shapes] }
      - { type: none, conditions: [{ type: products, products: [algebra] }] }
    benefit: { type: percent, percent: '20' }
  pair:
    name: Both together
    benefit: { type: bundle_price, products: [algebra, geometry], amounts: [{ amount: 8000, currency: EUR }] }
codes:
  spring: { code: Spring-26, promotionId: spring }
`

/** How many records of the audit there are about what a file can name. */
async function audits(shop: Awaited<ReturnType<typeof appliedShop>>): Promise<number> {
  const { products } = await readWholeShop(shop.admin)
  const ids = ['list-eur', 'companies-eur', 'de-standard', 'main', 'shapes', 'spring', 'pair']
  const all = await Promise.all(
    [...ids, ...products.map(({ product }) => product.id)].map(async (record) => {
      const { items } = await shop.admin.auditEvents.list({ record, limit: 100 })
      return items.length
    }),
  )
  return all.reduce((sum, count) => sum + count, 0)
}

/** A storage whose process is gone after so many commits. */
function stoppedAfter(commits: number, storage: Storage): Storage {
  let left = commits
  return {
    ...storage,
    commit: async (scope, changes, options) => {
      if (left === 0) throw new Error('the process is gone')
      left -= 1
      return storage.commit(scope, changes, options)
    },
  }
}

describe('applying a file', () => {
  test('makes all that it names, and is nothing to do the second time', async () => {
    const shop = await appliedShop()
    const first = await shop.apply(SHOP)
    expect(first.problems).toBe('')
    expect(first.plan).toContain('10 to create, 1 to change, 0 unchanged.')
    expect(first.stored).toContain('products.mathematics')
    const written = await audits(shop)
    const second = await shop.apply(SHOP)
    expect(second).toEqual({ problems: '', plan: 'Nothing to do: 11 unchanged.\n', stored: [] })
    expect(await audits(shop)).toBe(written)
    expect(written).toBeGreaterThan(10)
  })

  test('sells what it made, at the prices that it wrote', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })
    const { variants } = await shopper.products.get({ idOrSlug: 'mathematics' })
    const lines = [{ variantId: variants[0]?.id ?? '' }]
    const { quotes } = await shopper.quotes.create({ lines })
    expect(quotes.map(({ total }) => total)).toEqual([7920]) // 49 + 39, less 10 %
  })

  test('hands a slug on against the order of the keys, and says of two that swap theirs why it cannot', async () => {
    const shop = await appliedShop()
    const slugs = (one: string, two: string): string => `
products:
  one: { type: course, title: One, publication: { slug: ${one} }, variants: { v: {} } }
  two: { type: course, title: Two, publication: { slug: ${two} }, variants: { v: {} } }
`
    await shop.apply(slugs('first', 'second'))
    expect(await shop.apply(slugs('second', 'third'))).toMatchObject({
      problems: '',
      stored: ['products.two', 'products.one'],
    })
    const why = 'wait for each other in a circle: give one of them another first'
    expect(await shop.apply(slugs('third', 'second'))).toMatchObject({
      problems: [
        `shop.yaml:3 products.one.publication.slug is what products.two has, and those that give theirs up ${why}.\n`,
        `shop.yaml:4 products.two.publication.slug is what products.one has, and those that give theirs up ${why}.\n`,
      ].join(''),
    })
  })

  test('shows what it changes from what to what, and leaves alone what it does not name', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    const { problems, plan, stored } = await shop.apply(`
promotions:
  spring: { name: Spring sale, priority: 5 }
products:
  algebra:
    variants:
      verified:
        prices: [{ priceList: companies-eur, amount: 4700 }, { priceList: list-eur, amount: 5900 }]
`)
    expect(problems).toBe('')
    expect(plan).toBe(
      [
        '~ products.algebra',
        '    variants.verified.prices.companies-eur from 10: 4500 → nothing',
        '    variants.verified.prices.list-eur: 4900 → 5900',
        '~ promotions.spring',
        '    name: "Spring" → "Spring sale"',
        '    priority: 0 → 5',
        '0 to create, 2 to change, 0 unchanged.',
        '',
      ].join('\n'),
    )
    expect(stored).toEqual(['products.algebra', 'promotions.spring'])
    const { record } = await shop.admin.promotions.get({ id: 'spring' })
    expect(record).toMatchObject({ name: 'Spring sale', priority: 5, requiresCode: true })
    expect((await shop.admin.collections.get({ id: 'shapes' })).record.products).toHaveLength(1)
  })

  test('shows the prices of what it makes', async () => {
    const shop = await appliedShop()
    expect((await shop.apply(SHOP)).plan).toContain(
      [
        '+ products.algebra',
        '    variants.audit.prices.list-eur: 0',
        '    variants.verified.prices.list-eur: 4900',
        '    variants.verified.prices.companies-eur from 10: 4500',
        '    variants.verified.prices.companies-eur: 4700',
        '+ products.geometry',
        '    variants.verified.prices.list-eur: 3900',
        '+ products.mathematics',
        '+ collections',
      ].join('\n'),
    )
  })

  test('takes a shop as it prints it for the same, and makes it anew elsewhere', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    const printed = printShop(await readWholeShop(shop.admin))
    expect(await shop.apply(printed)).toMatchObject({ problems: '', stored: [] })
    const other = await appliedShop()
    expect(await other.apply(printed)).toMatchObject({ problems: '' })
    expect(printShop(await readWholeShop(other.admin))).toBe(printed)
  })

  test('prints an archived price list that a price or a site names, for a new shop to take, and no other', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    await shop.apply('priceLists:\n  old: { name: Old, currency: EUR, status: archived }\n')
    await shop.apply('priceLists:\n  companies-eur: { status: archived }\n')
    const printed = printShop(await readWholeShop(shop.admin))
    expect(printed.slice(0, printed.indexOf('list-eur:'))).toMatch(/companies-eur:.*status: archived/s)
    expect(printed).not.toContain('name: Old')
    expect(await shop.apply(printed)).toMatchObject({ problems: '', stored: [] })
    const other = await appliedShop()
    expect(await other.apply(printed)).toMatchObject({ problems: '' })
    expect(printShop(await readWholeShop(other.admin))).toBe(printed)
  })

  test('stores nothing when a record was changed since it was read, and says so', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    const change = 'promotions:\n  spring: { name: Mine }\n'
    const { problems, stored } = await shop.apply(change, async () => {
      await shop.admin.promotions.update({ id: 'spring', name: 'Theirs' })
    })
    expect(stored).toEqual([])
    expect(problems).toContain('shop.yaml:2 promotions.spring was changed by somebody else since it was read')
    expect((await shop.admin.promotions.get({ id: 'spring' })).record.name).toBe('Theirs')
    const price = 'products:\n  geometry: { title: Mine }\n'
    const { products } = await readWholeShop(shop.admin)
    const productId = products.find(({ product }) => product.externalId === 'geometry')?.product.id ?? ''
    const late = await shop.apply(price, async () => {
      const prices = [{ priceList: 'list-eur', amount: 1 }]
      await shop.admin.products.update({ productId, variants: [{ name: 'verified', prices }] })
    })
    expect(late.problems).toContain('products.geometry was changed by somebody else')
  })

  test('refuses what somebody else made meanwhile', async () => {
    const shop = await appliedShop()
    const { problems } = await shop.apply('priceLists:\n  a: { name: A, currency: EUR }\n', async () => {
      await shop.admin.priceLists.create({ id: 'a', name: 'B', currency: 'EUR' })
    })
    expect(problems).toBe('shop.yaml:2 priceLists.a is taken by another record.\n')
    expect((await shop.admin.priceLists.get({ id: 'a' })).record.name).toBe('B')
  })

  test('stopped before any of its commits, ends in the same state when it is run again', async () => {
    const whole = await appliedShop()
    await whole.apply(SHOP)
    const expected = printShop(await readWholeShop(whole.admin))
    let stops = 0
    for (let commits = 0; ; commits += 1) {
      const data = memoryData()
      await appliedShop(memoryStorage({ data }))
      const stopping = await appliedShop(stoppedAfter(commits, memoryStorage({ data }))).catch(() => null)
      const first = await stopping?.apply(SHOP).catch(() => null)
      if (first !== null && first !== undefined) break
      stops += 1
      const again = await appliedShop(memoryStorage({ data }))
      expect(await again.apply(SHOP)).toMatchObject({ problems: '' })
      expect(printShop(await readWholeShop(again.admin))).toBe(expected)
    }
    expect(stops).toBe(11) // one commit for each entry
  })

  test.each([
    ['codes:\n  other: { code: spring26, promotionId: spring }\n', 'shop.yaml:3 codes.other.code is taken'],
    [
      'products:\n  arcs:\n    type: course\n    title: Arcs\n    variants:\n      b: { externalId: GEO-V }\n',
      'shop.yaml:7 products.arcs.variants.b.externalId is taken',
    ],
  ])('finds out before it stores that somebody else has what must be unique: %j', async (text, problem) => {
    const shop = await appliedShop()
    await shop.apply(SHOP.replace('title: Geometry\n    variants:\n      verified:\n', '$&        externalId: GEO-V\n'))
    const { problems, stored } = await shop.apply(`priceLists: { new: { name: New, currency: EUR } }\n${text}`)
    expect(problems).toContain(problem)
    expect(stored).toEqual([])
  })

  test('takes a product by its key, and its id for no other', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    const { products } = await readWholeShop(shop.admin)
    const id = products.find(({ product }) => product.externalId === 'geometry')?.product.id ?? ''
    const { problems } = await shop.apply(`products:\n  ${id}: { title: Twice }\n`)
    expect(problems).toContain(`shop.yaml:2 products.${id} is the id of a product that has a key: write "geometry".\n`)
    const byId = await shop.apply(`collections:\n  shapes: { products: [${id}] }\n`)
    expect(byId.plan).toBe('Nothing to do: 1 unchanged.\n')
  })

  test('counts a code as it is kept, however it is written', async () => {
    const shop = await appliedShop()
    await shop.apply(SHOP)
    expect((await shop.apply('codes:\n  spring: { code: sprING 26 }\n')).plan).toBe('Nothing to do: 1 unchanged.\n')
  })
})

describe('a site of a file', () => {
  const SECOND = `
priceLists: { list: { name: A, currency: EUR } }
sites:
  second: { name: Second, seller: seller, currencies: [EUR], country: DE, hosts: [Second.test], priceLists: [list] }
promotions:
  only: { name: Only, sites: [second], benefit: { type: percent, percent: '5' } }
`
  test('is made before what names it, and its host name as it is kept is no difference', async () => {
    const shop = await appliedShop()
    const upper = SECOND.replace('hosts: [Second.test], ', "hosts: [second.test], returnUrls: ['https://a.test'], ")
    expect(await shop.apply(upper)).toMatchObject({ problems: '' })
    expect((await shop.admin.sites.get({ id: 'second' })).record.returnUrls).toEqual(['https://a.test/'])
    expect(await shop.apply(upper)).toMatchObject({ plan: 'Nothing to do: 3 unchanged.\n', stored: [] })
    expect((await shop.apply(upper.replace('second.test', 'other.test'))).stored).toEqual(['sites.second'])
    expect((await shop.apply(upper)).stored).toEqual(['sites.second'])
  })

  test('cannot have the host name of another one', async () => {
    const shop = await appliedShop()
    const { problems, stored } = await shop.apply(SECOND.replace('Second.test', 'shop.test'))
    expect(problems).toMatch(/^shop\.yaml:4 sites\.second\.hosts.* is taken by another/)
    expect(problems.split('\n')).toHaveLength(2)
    expect(stored).toEqual([])
  })
})

test('kinds and product types of the host count, and nobody else’s', async () => {
  const file = `
products:
  hall: { type: room, title: The hall, variants: { day: {} } }
promotions:
  crowd:
    name: Crowd
    conditions: [{ type: 'acme:crowd', least: 3 }]
    benefit: { type: percent, percent: '5' }
`
  const { problems } = await (await appliedShop()).apply(file)
  expect(problems).toMatch(/shop\.yaml:3 products\.hall\.type must be one of course/)
  expect(problems).toMatch(/shop\.yaml:7 promotions\.crowd\.conditions\.0\.type is none that this shop knows/)
  const crowd: ConditionKind<{ type: 'acme:crowd'; least: number }> = {
    rule: { type: 'acme:crowd', scope: 'cart', check: () => ({ type: 'holds' }) },
    schema: {
      '~standard': {
        version: 1,
        vendor: 'acme',
        validate: (value) => ({ value: value as { type: 'acme:crowd'; least: number } }),
      },
    },
  }
  const room = { name: 'room', productAttributes: {}, variantAttributes: {}, maximumQuantity: 1, taxCategory: '' }
  const shop = await appliedShop(memoryStorage(), { productTypes: [room], promotions: { conditions: [crowd] } })
  expect(await shop.apply(file)).toMatchObject({ problems: '', stored: ['products.hall', 'promotions.crowd'] })
  expect(await shop.apply(file)).toMatchObject({ stored: [] })
})

describe('a file with mistakes stores nothing and names each', () => {
  test.each([
    ['promotions:\n  a:\n    name: A\n', ['shop.yaml:2 promotions.a.benefit is missing.']],
    [
      "promotions:\n  a:\n    nmae: A\n    benefit: { type: percent, percent: '5' }\n",
      ['shop.yaml:2 promotions.a.name is missing.', 'shop.yaml:3 promotions.a.nmae is not known here: leave it out.'],
    ],
    [
      'promotions:\n  a:\n    name: A\n    benefit:\n      type: percent\n      percent: 20\n',
      [
        "shop.yaml:6 promotions.a.benefit.percent must be percent as a decimal text with at most six decimals, such as '8.875'. Here stands the number 20; in quotes, '20', it is a text.",
      ],
    ],
    [
      'products:\n  a:\n    type: course\n    title: A\n    variants:\n      b:\n        prices:\n          - priceList: none\n            amount: 19.99\n',
      [
        'shop.yaml:8 products.a.variants.b.prices.0.priceList names "none", a price list that stands neither in this file nor in the shop: correct the name, or add it.',
        'shop.yaml:9 products.a.variants.b.prices.0.amount must be a whole number from 0 to 40,000,000,000. Here stands 19.99; amounts count minor units: 19.99 EUR is 1999, and 500 JPY is 500.',
      ],
    ],
    [
      'collections:\n  c: { name: C, products: [nowhere] }\nprice_lists: {}\n',
      [
        'shop.yaml:2 collections.c.products.0 names "nowhere", a product that stands neither in this file nor in the shop: correct the name, or add it.',
        'shop.yaml:3 price_lists is no section: did you mean "priceLists"?',
      ],
    ],
    [
      'products:\n  a: { type: cuorse, title: A, variants: { b: {} } }\ncollections:\n  c: { name: C, products: [a], colour: red }\n',
      [
        'shop.yaml:2 products.a.type must be one of course, program, book, service.',
        'shop.yaml:4 collections.c.colour is not known here: leave it out.',
      ],
    ],
    [
      "promotions:\n  a:\n    name: A\n    from: 2026-03-02T00:00:00.000Z\n    until: 2026-03-01T00:00:00.000Z\n    benefit: { type: percent, percent: '101' }\n",
      [
        'shop.yaml:5 promotions.a.until must be later than `from`.',
        'shop.yaml:6 promotions.a.benefit.percent must be over 0 and at most 100.',
      ],
    ],
    ['priceLists:\n  - { id: a }\n', ['shop.yaml:1 priceLists must hold entries by their keys, and is no list.']],
    [
      'priceLists:\n  List EUR: { name: A, currency: EUR }\n',
      ['shop.yaml:2 priceLists.List EUR has a key that is no id: write 1 to 64 characters of a–z, 0–9, _ and -.'],
    ],
    [
      'products:\n  a:\n    type: course\n    title: A\n    variants:\n      b: { prerequisite: { variants: [a:c], policy: hint } }\n      c: { prerequisite: { variants: [a:b], policy: hint } }\n',
      [
        'shop.yaml:6 products.a.variants.b names a variant that names this one in turn: make one of them without it first.',
        'shop.yaml:7 products.a.variants.c names a variant that names this one in turn: make one of them without it first.',
      ],
    ],
    [
      'sites:\n  main: { pricing: { percentRounding: cent } }\n',
      ['shop.yaml:2 sites.main.pricing.percentRounding must be one of unit, line, order.'],
    ],
    [
      '',
      [
        'shop.yaml:1 The file must hold sections (priceLists, taxRates, sites, products, collections, promotions, codes), each with entries by their keys.',
      ],
    ],
  ])('%j', async (text, expected) => {
    const storage = memoryStorage()
    const shop = await appliedShop(storage)
    const { problems, stored } = await shop.apply(text)
    expect(problems.split('\n').filter((line) => line !== '')).toEqual(expected)
    expect(stored).toEqual([])
  })
})
