import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json/index.ts'
import { type CatalogRow, type ValidateImportRowOptions, validateImportRow } from './import-row.ts'
import { standardProductTypes } from './standard-product-types.ts'

const options: ValidateImportRowOptions = {
  timeZone: 'Europe/Berlin',
  currency: 'USD',
  currencies: ['USD', 'EUR'],
  productTypes: standardProductTypes,
  line: 7,
}
const course = { productExternalId: 'bread', type: 'course', title: 'How Bread Rises', price: '19.99' }

function accepted(raw: JsonObject, more: Partial<ValidateImportRowOptions> = {}): CatalogRow {
  const result = validateImportRow(raw, { ...options, ...more })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.row
}

function refusals(raw: JsonObject, more: Partial<ValidateImportRowOptions> = {}): (readonly [string | null, string])[] {
  const result = validateImportRow(raw, { ...options, ...more })
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.row)}`)
  expect(result.issues.every(({ line }) => line === 7)).toBe(true)
  return result.issues.map(({ column, message }) => [column, message] as const)
}

describe('validateImportRow', () => {
  it('names only what a short row has', () => {
    expect(accepted(course)).toEqual({
      line: 7,
      productExternalId: 'bread',
      type: 'course',
      title: 'How Bread Rises',
      slug: 'how-bread-rises',
      slugSource: 'derived',
      productAttributes: {},
      variantExternalId: 'bread:standard',
      variantAttributes: {},
      prices: [{ currency: 'USD', amount: 1999, minimumQuantity: 1 }],
      bundleParts: [],
      collections: [],
    })
  })

  it('clears what stands there and is empty, and not what cannot be empty', () => {
    const names = ['description', 'variantTitle', 'saleStartsAt', 'saleEndsAt', 'serviceStart', 'serviceEnd']
    const more = [
      'validityDays',
      'capacity',
      'maximumQuantity',
      'taxCategory',
      'fulfilmentProvider',
      'fulfilmentTarget',
    ]
    const others = ['publish', 'publishFrom', 'publishUntil', 'variantName', 'productAttributes.weeks']
    for (const empty of ['', ' ', null]) {
      const cells = Object.fromEntries([...names, ...more, ...others].map((name) => [name, empty]))
      const row = accepted({ ...course, ...cells })
      const { line, productExternalId, type, title, slug, slugSource, variantExternalId, prices, ...rest } = row
      expect(rest).toEqual({
        description: '',
        productAttributes: { weeks: null },
        variantTitle: '',
        variantAttributes: {},
        saleStartsAt: null,
        saleEndsAt: null,
        serviceStart: null,
        serviceEnd: null,
        validityDays: null,
        capacity: null,
        maximumQuantity: 1,
        taxCategory: 'digital_learning',
        fulfilment: null,
        bundleParts: [],
        collections: [],
        publishFrom: null,
        publishUntil: null,
      })
    }
  })

  it('refuses a delivery by the name of the variant where the row does not name it: the shop may have another', () => {
    const delivery = { fulfilmentProvider: 'campus', fulfilmentTarget: '{"mode":"{variantName}"}' }
    for (const cells of [{}, { variantName: '' }]) {
      const result = validateImportRow({ ...course, ...delivery, ...cells }, options)
      expect(result).toMatchObject({ ok: false, issues: [{ column: 'fulfilmentTarget' }] })
    }
    const read = accepted({ ...course, fulfilmentProvider: 'campus', fulfilmentTarget: 'at {variantExternalId}' })
    expect(read.fulfilment?.target).toBe('at bread:standard')
  })

  it('reads a full row, of texts as of JSON', () => {
    const full = {
      ...course,
      type: 'Course',
      variantName: 'verified',
      saleEndsAt: '2027-09-01',
      serviceStart: '2027-09-15 10:00',
      'productAttributes.weeks': '6',
      'variantAttributes.certificate': 'yes',
      'price.EUR': '18,50 €',
      'price.EUR.10': '15',
      validityDays: '365',
      capacity: '0',
      collections: 'Kitchen | Science',
      fulfilmentProvider: 'campus',
      fulfilmentTarget: '{"course":"{productExternalId}","mode":"{variantName}"}',
      publish: 'no',
    }
    const row = accepted(full)
    expect(row).toMatchObject({
      type: 'course',
      variantExternalId: 'bread:verified',
      saleEndsAt: '2027-09-01T22:00:00.000Z',
      serviceStart: '2027-09-15T08:00:00.000Z',
      productAttributes: { weeks: 6 },
      variantAttributes: { certificate: true },
      prices: [
        { currency: 'EUR', amount: 1850, minimumQuantity: 1 },
        { currency: 'EUR', amount: 1500, minimumQuantity: 10 },
        { currency: 'USD', amount: 1999, minimumQuantity: 1 },
      ],
      validityDays: 365,
      capacity: 0,
      collections: ['Kitchen', 'Science'],
      fulfilment: { provider: 'campus', target: { course: 'bread', mode: 'verified' } },
      publish: false,
    })
    const json = {
      ...course,
      variantName: 'verified',
      saleEndsAt: '2027-09-01',
      serviceStart: '2027-09-15T08:00:00Z',
      productAttributes: { weeks: 6 },
      variantAttributes: { certificate: true },
      price: null,
      prices: [
        { currency: 'usd', price: 19.99 },
        { currency: 'EUR', price: '18.5' },
        { currency: 'EUR', price: 15, minimumQuantity: 10 },
      ],
      validityDays: 365,
      capacity: 0,
      collections: ['Kitchen', 'Science'],
      fulfilment: { provider: 'campus', target: { course: 'bread', mode: 'verified' } },
      publish: false,
    }
    expect(accepted(json)).toEqual(row)
  })

  it('takes a lone price in the currency that it names, if the site sells in it', () => {
    expect(accepted({ ...course, price: '€ 20' }).prices).toEqual([
      { currency: 'EUR', amount: 2000, minimumQuantity: 1 },
    ])
    expect(accepted({ ...course, price: '20', currency: 'eur' }).prices[0]?.currency).toBe('EUR')
    expect(refusals({ ...course, price: '¥ 20' })).toEqual([['price', expect.stringContaining('not in USD')]])
    expect(refusals({ ...course, 'price.JPY': '20' })).toEqual([
      ['price.JPY', expect.stringContaining('only in USD, EUR')],
    ])
    expect(refusals({ ...course, currency: 'DOLLARS' })).toEqual([['currency', expect.stringContaining('DOLLARS')]])
  })

  it('refuses a published row whose price is empty, but not a hidden one, and not one that names no price', () => {
    expect(refusals({ ...course, price: '' })).toEqual([['price', expect.stringContaining('no price')]])
    expect(accepted({ ...course, price: '', publish: 'no' }).prices).toEqual([])
    const { price: _price, ...unpriced } = course
    expect(accepted({ ...unpriced, publish: 'yes' }).prices).toEqual([])
  })

  it.each<readonly [JsonObject, string | null, string]>([
    [{ productExternalId: '' }, 'productExternalId', 'no id'],
    [{ title: '  ' }, 'title', 'no title'],
    [{ title: 'a\u0000b' }, 'title', 'control'],
    [{ title: 'a\ud800b' }, 'title', 'control'],
    [{ title: ['x'] }, 'title', 'single value'],
    [{ productExternalId: 'a\nb' }, 'productExternalId', 'line break'],
    [{ productAttributes: { level: ['x'] } }, 'productAttributes', 'single value'],
    [{ title: 'x'.repeat(301) }, 'title', '300'],
    [{ type: '' }, 'type', 'no product type'],
    [{ type: 'potion' }, 'type', 'course, program, book, service'],
    [{ slug: 'My Slug!' }, 'slug', '"my-slug"'],
    [{ slug: '???' }, 'slug', '"name"'],
    [{ slug: `a${'\u0316\u0301'.repeat(200_000)}` }, 'slug', 'longer than 200'], // to be normalised takes minutes
    [{ price: '12.345' }, 'price', 'can mean'],
    [{ prices: '[{"currency":"EUR","amount":5}]' }, 'prices', 'nothing else'],
    [{ 'price.USD': '5' }, 'price.USD', 'second price'],
    [{ saleEndsAt: '03/04/2026' }, 'saleEndsAt', 'year first'],
    [{ saleStartsAt: '2027-02-01', saleEndsAt: '2027-01-01' }, 'saleEndsAt', 'before it begins'],
    [{ capacity: '-1' }, 'capacity', 'whole number'],
    [{ capacity: '1.5' }, 'capacity', 'whole number'],
    [{ maximumQuantity: '0' }, 'maximumQuantity', '1 to 1000'],
    [{ publish: 'perhaps' }, 'publish', 'yes or no'],
    [{ 'productAttributes.pages': '5' }, 'productAttributes.pages', 'no attribute "pages"'],
    [{ productAttributes: '{"weeks":"six"}' }, 'productAttributes', 'weeks'],
    [{ productAttributes: '[]' }, 'productAttributes', 'JSON object'],
    [{ productAttributes: '{"__proto__":"x"}' }, 'productAttributes', 'no attribute'],
    [{ fulfilmentTarget: '{"a":1}' }, 'fulfilmentProvider', 'who delivers'],
    [{ fulfilmentProvider: 'campus' }, 'fulfilmentTarget', 'what it delivers'],
    [{ fulfilmentProvider: 'campus', fulfilmentTarget: '{"a":' }, 'fulfilmentTarget', 'none'],
    [{ fulfilment: '{"provider":"x"}' }, 'fulfilment', 'target'],
    [{ bundleParts: 'a|a' }, 'bundleParts', 'twice'],
    [{ bundleParts: 'a|b', fulfilment: '{"provider":"x","target":1}' }, 'fulfilment', 'by its parts'],
    [{ colour: 'red' }, 'colour', 'no field'],
  ])('refuses %j', (change, column, message) => {
    expect(refusals({ ...course, ...change })).toEqual([[column, expect.stringContaining(message)]])
  })

  it('joins a title that a sheet broke into lines, and keeps a description as it is', () => {
    const row = accepted({ ...course, title: 'How Bread\r\n Rises', description: 'One.\r\n\r\nTwo.' })
    expect([row.title, row.description]).toEqual(['How Bread Rises', 'One.\n\nTwo.'])
  })

  it('names everything that is wrong with a row at once', () => {
    const columns = refusals({ title: '', price: '-5', capacity: 'many' }).map(([column]) => column)
    expect(columns).toEqual(['type', 'productExternalId', 'title', 'price', 'capacity'])
  })

  it.each([
    ['fulfilmentTarget', '{"course": [90071992547409931]}'],
    ['fulfilment', '{"provider": "campus", "target": 90071992547409931}'],
    ['prices', '[{"price": 90071992547409931}]'],
    ['productAttributes', '{"level": 90071992547409931}'],
  ])('refuses JSON in %s whose number is read as another', (field, text) => {
    expect(refusals({ ...course, [field]: text })).toContainEqual([
      field,
      '90071992547409931 is read as 90071992547409940: write it in quotes.',
    ])
  })

  it('takes digits of texts as they stand', () => {
    const digits = '90071992547409931'
    for (const target of [digits, `{"course":"${digits}"}`, `{"course":"\\"${digits}"}`]) {
      const row = accepted({ ...course, productExternalId: digits, fulfilmentProvider: 'x', fulfilmentTarget: target })
      expect([row.productExternalId, JSON.stringify(row.fulfilment)]).toEqual([digits, expect.stringContaining(digits)])
    }
  })

  it('asks the host what it thinks of a target', () => {
    const delivered = { ...course, fulfilmentProvider: 'campus', fulfilmentTarget: 'bread' }
    const checkTarget = (provider: string): string | null => (provider === 'campus' ? 'The target needs a mode.' : null)
    expect(refusals(delivered, { checkTarget })).toEqual([['fulfilmentTarget', 'The target needs a mode.']])
    expect(accepted({ ...delivered, fulfilmentProvider: 'manual' }, { checkTarget }).fulfilment?.target).toBe('bread')
  })

  it('refuses to clear an attribute that a type requires, and leaves it to the shop where no cell stands', () => {
    const definitions = { level: { type: 'text', required: true } } as const
    const type = {
      name: 'course',
      productAttributes: definitions,
      variantAttributes: {},
      maximumQuantity: 1,
      taxCategory: 'x',
    }
    const found = refusals({ ...course, 'productAttributes.level': '' }, { productTypes: [type] })
    expect(found).toEqual([['productAttributes.level', expect.stringContaining('needs the attribute level')]])
    expect(accepted(course, { productTypes: [type] }).productAttributes).toEqual({})
  })
})
