import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { email } from '../customer/personal-data.schema.ts'
import { json } from '../json/json.schema.ts'
import { convertSchemas } from './json-schemas.ts'
import { operations } from './operations.ts'
import { schemasOf } from './schemas.ts'
import { innerOf, type SchemaPlace, walkSchema } from './walk-schema.ts'

/** Kinds and checks that JSON Schema can say. `refine`, `trim` and the like would vanish from the documents unseen. */
const KINDS = ['string', 'number', 'boolean', 'enum', 'literal', 'array', 'record', 'object', 'union', 'optional']
const WRAPPERS_AND_JSON = ['nullable', 'lazy', 'null']
const CHECKS = ['min_length', 'max_length', 'string_format', 'greater_than', 'less_than', 'number_format']

/** Members whose names look like a person's data. */
const LOOKS_PERSONAL =
  /^(?:name|.*[a-z]Name|e?-?mail|.*Email|hostId|learnerId|user(?:Id|name)|phone|.*Phone|telephone|mobile|address|street|city|.*(?:post|zip)(?:al)?-?code|zip|birth.*|dateOfBirth|ip|ipAddress|userAgent|latitude|longitude|passport|.*TaxId|gender)$/i

/** They look personal, and are names of things or of firms, or ids. */
const NO_PERSONAL_DATA = new Set([
  'ApiKey.name',
  'CodeBatch.name',
  'CustomerExport.sameEmail[]',
  'ErasedCustomer.sameEmail[]',
  'NewApiKey.name',
  'EntitlementView.variantName',
  'OrderLine.variantName',
  'OrderLineView.variantName',
  'PartTax.name',
  'PriceList.name',
  'ProductCollection.name',
  'admin.collections.create input.name',
  'admin.collections.update input.name',
  'Promotion.name',
  'QuoteCode.name',
  'QuoteHint.name',
  'QuoteLine.variantName',
  'Seller.address[]',
  'Seller.legalName',
  'Site.name',
  'SiteView.name',
  'TaxRate.more[].name',
  'TaxRate.name',
  'Variant.name',
  'VariantView.name',
  'admin.apiKeys.create input.name',
  'admin.codeBatches.create input.name',
  'admin.codeBatches.update input.name',
  'admin.priceLists.create input.name',
  'admin.priceLists.update input.name',
  'admin.products.create input.variants[].name',
  'admin.products.import input.rows[].variantName',
  'admin.products.update input.variants[].name',
  'admin.promotions.create input.name',
  'admin.promotions.preview input.promotion.name',
  'admin.promotions.previewCarts input.promotion.name',
  'admin.promotions.update input.name',
  'admin.sellers.create input.address[]',
  'admin.sellers.create input.legalName',
  'admin.sellers.update input.address[]',
  'admin.sellers.update input.legalName',
  'admin.sites.create input.name',
  'admin.sites.update input.name',
  'admin.taxRates.create input.more[].name',
  'admin.taxRates.create input.name',
  'admin.taxRates.update input.more[].name',
  'admin.taxRates.update input.name',
])

const places = operations.flatMap(({ name }) => {
  const { input, output } = schemasOf(name)
  return [...walkSchema(input, `${name} input`), ...walkSchema(output, `${name} output`)]
})

const kindOf = ({ schema }: SchemaPlace): string => innerOf(schema).type

const checksOf = ({ schema }: SchemaPlace): string[] => {
  const own = schema._zod.def as { checks?: { _zod: { def: { check: string } } }[]; check?: string }
  return [...(own.checks ?? []).map((check) => check._zod.def.check), ...(own.check === undefined ? [] : [own.check])]
}

/** Arms that are told by type, and then the one of a host's kinds, whose type no other arm can have. */
const isOpenUnion = (schema: z.ZodType): boolean => {
  const [known, open, ...others] = innerOf(schema).options ?? []
  if (known === undefined || open === undefined || others.length > 0) return false
  const { discriminator, options = [] } = known._zod.def as { discriminator?: string; options?: z.ZodType[] }
  const types = options.map((arm) => innerOf(innerOf(arm).shape?.type ?? arm) as { values?: string[] })
  const openType = innerOf(open).shape?.type
  return (
    discriminator === 'type' &&
    types.every(({ values = [''] }) => values.every((type) => openType?.safeParse(type).success === false))
  )
}

const complaintsOf = (place: SchemaPlace): string[] => {
  const { schema, path } = place
  const own = schema._zod.def as { coerce?: boolean; discriminator?: string }
  const isJson = path.startsWith('Json') || schema === json
  return [
    ...([...KINDS, ...WRAPPERS_AND_JSON].includes(kindOf(place)) ? [] : [`${path} is a ${kindOf(place)}`]),
    ...checksOf(place)
      .filter((check) => !CHECKS.includes(check))
      .map((check) => `${path} is checked by ${check}`),
    ...(own.coerce === true ? [`${path} is coerced`] : []),
    ...(kindOf(place) === 'union' && !isJson && own.discriminator !== 'type' && !isOpenUnion(schema)
      ? [`${path} is a union not told by type`]
      : []),
    ...(['lazy', 'null'].includes(kindOf(place)) && !isJson ? [`${path} is ${kindOf(place)}`] : []),
  ]
}

const untagged = (all: readonly SchemaPlace[]): string[] =>
  all
    .filter((place) => LOOKS_PERSONAL.test(place.member) && kindOf(place) === 'string')
    .filter(({ schema, wrappers }) =>
      [schema, ...wrappers].every((one) => z.globalRegistry.get(one)?.personal === undefined),
    )
    .map(({ path }) => path)

describe('all schemas', () => {
  test('use only what JSON Schema can say', () => {
    expect(places.length).toBeGreaterThan(1000)
    expect(places.flatMap(complaintsOf)).toEqual([])
  })

  test('a member that looks like a person’s data is tagged', () => {
    expect(untagged(places).filter((path) => !NO_PERSONAL_DATA.has(path))).toEqual([])
  })

  test('the list of exceptions holds nothing that is not there', () => {
    const found = new Set(untagged(places))
    expect([...NO_PERSONAL_DATA].filter((path) => !found.has(path))).toEqual([])
  })

  test('what is known to be personal is tagged with its kind', () => {
    const tagged = places.flatMap(({ path, schema }) => {
      const tag = z.globalRegistry.get(schema)?.personal as { kind: string } | undefined
      return tag === undefined ? [] : [`${path}: ${tag.kind}`]
    })
    expect([...new Set(tagged)].sort()).toEqual([
      'AssignedCodePage.items[].email: contact',
      'Customer.email: contact',
      'Customer.hostId: identity',
      'Customer.links[].learnerId: learning',
      'Customer.name: identity',
      'admin.codeBatches.assign input.emails[]: contact',
      'admin.codeBatches.assign output.items[].email: contact',
      'admin.customers.find input.email: contact',
      'admin.customers.put input.email: contact',
      'admin.customers.put input.hostId: identity',
      'admin.customers.put input.links[].learnerId: learning',
      'admin.customers.put input.name: identity',
      'admin.orders.claim input.hostId: identity',
      'carts.addLine input.recipient.email: contact',
      'carts.addLine input.recipient.learnerId: learning',
      'carts.checkout input.guest.email: contact',
      'carts.checkout input.guest.name: identity',
      'carts.create input.lines[].recipient.email: contact',
      'carts.create input.lines[].recipient.learnerId: learning',
      'carts.updateLine input.recipient.email: contact',
      'carts.updateLine input.recipient.learnerId: learning',
    ])
  })

  test('convert to JSON Schema all at once, under names that are unique', () => {
    const { named, of } = convertSchemas()
    expect(Object.keys(named)).toContain('CartWithQuote')
    expect(Object.keys(named).filter((name) => name.startsWith('__'))).toEqual([])
    for (const operation of operations) {
      expect(of(operation).input, operation.name).toMatchObject({ type: 'object', additionalProperties: false })
    }
    expect(JSON.stringify(named)).not.toContain('"additionalProperties":false')
  })
})

describe('the checks over all schemas find', () => {
  test.each([
    ['a transform', z.string().transform(Number), 'planted is a pipe'],
    ['a coercion', z.coerce.number(), 'planted is coerced'],
    ['a refinement', z.string().refine(() => true), 'planted is checked by custom'],
    ['a trim', z.string().trim(), 'planted is checked by overwrite'],
    ['a date', z.date(), 'planted is a date'],
    ['a bigint', z.bigint(), 'planted is a bigint'],
    ['a default', z.string().default('a'), 'planted is a default'],
    ['a plain union', z.union([z.string(), z.number()]), 'planted is a union not told by type'],
    [
      'an open arm that takes what is told by type',
      z.union([
        z.discriminatedUnion('type', [z.object({ type: z.literal('a') }), z.object({ type: z.literal('b') })]),
        z.looseObject({ type: z.string() }),
      ]),
      'planted is a union not told by type',
    ],
    ['a custom kind', z.custom<string>(), 'planted is a custom'],
    [
      'a refinement deep within',
      z.object({ a: z.array(z.object({ b: z.int().refine(() => true) })) }),
      'planted.a[].b is checked by custom',
    ],
  ])('%s', (_, schema, complaint) => {
    expect([...walkSchema(schema, 'planted')].flatMap(complaintsOf)).toContain(complaint)
  })

  test('a personal member without a tag, and let one with a tag pass', () => {
    const planted = z.object({ buyer: z.object({ phone: z.string().nullable().optional(), email }) })
    expect(untagged([...walkSchema(planted, 'planted')])).toEqual(['planted.buyer.phone'])
  })
})

describe('a schema', () => {
  const addLine = schemasOf('carts.addLine').input
  const line = { cartId: 'crt_1', lineId: 'a', variantId: 'var_1' }

  test('of a request is strict, also within', () => {
    expect(addLine.safeParse(line).success).toBe(true)
    expect(addLine.safeParse({ ...line, price: 1 }).success).toBe(false)
    expect(addLine.safeParse({ ...line, recipient: { type: 'buyer', price: 1 } }).success).toBe(false)
  })

  test('of an answer lets through what a later server adds', () => {
    const money = { type: 'redirect', url: 'https://a.example', later: true }
    const payment = { id: 'pay_1', account: 'card', status: 'created', inDoubt: false, next: money, later: 1 }
    const found = schemasOf('carts.checkout').output.safeParse({ order: {}, payment })
    expect(found.error?.issues.filter(({ path }) => path[0] === 'payment')).toEqual([])
  })

  test('of a quantity is a whole number from 1 to 1,000', () => {
    const taken = [1, 1000].filter((quantity) => addLine.safeParse({ ...line, quantity }).success)
    const refused = [0, -1, 1001, 1.5, '2', null, Number.NaN, 1e300, true].filter(
      (quantity) => addLine.safeParse({ ...line, quantity }).success,
    )
    expect({ taken, refused }).toEqual({ taken: [1, 1000], refused: [] })
  })

  test('of an instant is its only form, and a date that exists', () => {
    const create = schemasOf('admin.priceLists.create').input
    const from = (instant: string) => create.safeParse({ name: 'a', currency: 'EUR', from: instant }).success
    expect(from('2028-02-29T23:59:59.999Z')).toBe(true)
    for (const wrong of [
      '2026-02-29T00:00:00.000Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.000+01:00',
      '2026-01-01',
    ]) {
      expect(from(wrong), wrong).toBe(false)
    }
  })

  test('of a currency knows those that something can be sold in', () => {
    const create = schemasOf('carts.create').input
    const taken = ['EUR', 'KWD', 'eur', 'XAU', 'BGN', 'XXX'].filter(
      (currency) => create.safeParse({ currency }).success,
    )
    expect(taken).toEqual(['EUR', 'KWD'])
  })

  test('for a name that is none is refused', () => {
    expect(() => schemasOf('carts.toString' as 'carts.get')).toThrow(RangeError)
    expect(() => schemasOf('constructor.name' as 'carts.get')).toThrow(RangeError)
  })
})
