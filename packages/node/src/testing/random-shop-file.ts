import type { Json, JsonObject } from '@bursar/core'
import fc from 'fast-check'

/** What a shop file holds. */
export type ShopContent = { readonly [section: string]: { readonly [key: string]: JsonObject } }

const LISTS = ['list-eur', 'list-jpy', 'companies'] as const
const CURRENCIES = { 'list-eur': 'EUR', 'list-jpy': 'JPY', companies: 'EUR' } as const
/** Keys as learning platforms have them, an empty-looking one and one of digits among them. */
const PRODUCTS = ['algebra', 'course-v1:Org+X', '101', 'ethik', ' '] as const
const NAMES = ['audit', 'verified', 'a:b'] as const
const WORDS = ['A', 'Über alles', '日本', 'yes', '1.0', "it's: #5", 'null'] as const

/** A random file that a new shop takes. Variants name variants of products before them, in the order of the keys. */
export const shopFile: fc.Arbitrary<ShopContent> = fc
  .uniqueArray(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 4 })
  .chain((keys) => productsOf(keys).map((products) => ({ keys, products })))
  .chain(({ keys, products }) =>
    fc.record({
      priceLists: fc.record({
        'list-eur': priceList('list-eur'),
        'list-jpy': priceList('list-jpy'),
        companies: priceList('companies'),
      }),
      sites: fc.record({ main: site }),
      products: fc.constant(products),
      collections: fc.record({ first: collection(keys), second: collection(keys) }),
      promotions: fc.record({ spring: promotion(keys, products), autumn: promotion(keys, products) }),
      codes: fc.record({
        spring: fc.record({ code: fc.constantFrom('SPRING20', 'spring-30'), promotionId: fc.constant('spring') }),
      }),
    }),
  )

const word = fc.constantFrom(...WORDS)
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values], { minLength: 1 })
const maybe = (fields: { [name: string]: fc.Arbitrary<Json> }): fc.Arbitrary<JsonObject> =>
  fc.record(fields, { requiredKeys: [] })
const joined = (...parts: fc.Arbitrary<JsonObject>[]): fc.Arbitrary<JsonObject> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all))

function priceList(id: (typeof LISTS)[number]): fc.Arbitrary<JsonObject> {
  const needed = fc.record({ name: word, currency: fc.constant(CURRENCIES[id]) })
  return joined(
    needed,
    maybe({
      groups: fc.constantFrom(null, ['companies'], ['a', 'b']),
      countries: fc.constantFrom(null, ['DE', 'FR']),
      priority: fc.nat(1000),
      from: fc.constantFrom(null, '2027-01-01T00:00:00.000Z'),
      until: fc.constantFrom(null, '2028-01-01T00:00:00.000Z'),
    }),
  )
}

const site = maybe({
  priceLists: some(LISTS),
  pricing: maybe({
    percentRounding: fc.constantFrom('unit', 'line', 'order'),
    taxRounding: fc.constantFrom('unit', 'line', 'order'),
    taxExemptGroups: fc.constantFrom([], ['schools']),
  }),
  allowsGuests: fc.boolean(),
})

const collection = (keys: readonly string[]): fc.Arbitrary<JsonObject> =>
  joined(
    fc.record({ name: word, products: fc.subarray([...keys]) }),
    maybe({ rule: fc.constantFrom(null, { productTypes: ['course'], attributes: {} }) }),
  )

/** Products of which each may name the single variants before it. */
function productsOf(keys: readonly string[]): fc.Arbitrary<{ [key: string]: JsonObject }> {
  return keys.reduce<fc.Arbitrary<{ [key: string]: JsonObject }>>(
    (before, key) =>
      before.chain((products) =>
        product(key, singlesOf(products)).map((own): { [key: string]: JsonObject } => ({ ...products, [key]: own })),
      ),
    fc.constant({}),
  )
}

/** The variants that can be parts: those that are no bundles. */
function singlesOf(products: { readonly [key: string]: JsonObject }): string[] {
  return Object.entries(products).flatMap(([key, { type, variants }]) =>
    type === 'program' ? [] : Object.keys(variants as JsonObject).map((name) => `${key}:${name}`),
  )
}

function product(key: string, known: readonly string[]): fc.Arbitrary<JsonObject> {
  const isProgram = known.length > 0 ? fc.boolean() : fc.constant(false)
  return isProgram.chain((bundles) =>
    joined(
      fc.record({ type: fc.constant(bundles ? 'program' : 'course'), title: word }),
      maybe({
        description: word,
        metadata: fc.constantFrom({}, { note: 'x', more: [1, null] }),
        publication: fc.oneof(
          fc.constant(null),
          fc.constant({}),
          maybe({ place: fc.nat(2000), from: fc.constant(null) }),
        ),
      }),
      fc
        .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
        .chain((names) => variantsOf(names, { key, known, bundles }))
        .map((variants) => ({ variants })),
    ),
  )
}

function variantsOf(
  names: readonly string[],
  { key, known, bundles }: { key: string; known: readonly string[]; bundles: boolean },
): fc.Arbitrary<JsonObject> {
  const all = names.map((name, index) => {
    const earlier = bundles ? known : [...known, ...names.slice(0, index).map((other) => `${key}:${other}`)]
    return variant(earlier, bundles).map((own) => [name, own] as const)
  })
  return fc.tuple(...all).map((entries) => Object.fromEntries(entries))
}

function variant(known: readonly string[], bundles: boolean): fc.Arbitrary<JsonObject> {
  const optional = maybe({
    title: word,
    prices,
    maximumQuantity: fc.integer({ min: 1, max: 1000 }),
    capacity: fc.constantFrom(null, 0, 5),
    validityDays: fc.constantFrom(null, 30),
    refundRule: fc.constantFrom('share', 'whole_only'),
    ...(known.length === 0 ? {} : { prerequisite: fc.oneof(fc.constant(null), prerequisite(known)) }),
  })
  return bundles ? joined(optional, bundle(known)) : optional
}

const prerequisite = (known: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc.record({ variants: some(known), policy: fc.constantFrom('hint', 'refuse') })

const bundle = (known: readonly string[]): fc.Arbitrary<JsonObject> =>
  some(known).map((parts) => ({
    bundle: {
      parts: parts.map((variantId, index) => ({ id: `p${index}`, variantId })),
      pricing: { type: 'sum_less_percent', percent: '12.5' },
      ownedParts: 'leave_out',
    },
  }))

const prices = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...LISTS), fc.constantFrom(undefined, 1, 10)), {
    selector: ([list, minimum]) => `${list} ${minimum ?? 1}`,
  })
  .chain((places) => fc.tuple(...places.map(([priceList, minimumQuantity]) => price(priceList, minimumQuantity))))

const price = (priceList: string, minimumQuantity: number | undefined): fc.Arbitrary<JsonObject> =>
  joined(
    fc.record({ priceList: fc.constant(priceList), amount: fc.nat(100_000) }),
    fc.constant(minimumQuantity === undefined ? {} : { minimumQuantity }),
    maybe({ compareAt: fc.constantFrom(null, 100_001) }),
  )

function promotion(
  keys: readonly string[],
  products: { readonly [key: string]: JsonObject },
): fc.Arbitrary<JsonObject> {
  const variants = Object.entries(products).flatMap(([key, { variants: own }]) =>
    Object.keys(own as JsonObject).map((name) => `${key}:${name}`),
  )
  const simple: fc.Arbitrary<JsonObject> = fc.oneof(
    some(keys).map((named) => ({ type: 'products', products: named })),
    some(variants).map((named) => ({ type: 'variants', variants: named })),
    some(['first', 'second']).map((collections) => ({ type: 'collections', collections })),
    fc.constant({ type: 'minimum_quantity', quantity: 2 }),
  )
  const discount: fc.Arbitrary<JsonObject> = fc.record({
    benefit: fc.constantFrom<JsonObject>(
      { type: 'percent', percent: '5' },
      { type: 'fixed', amounts: [{ amount: 100, currency: 'EUR' }] },
    ),
    conditions: fc.oneof(
      fc.constant([]),
      simple.map((one) => [one]),
      simple.map((one) => [{ type: 'any', conditions: [one, { type: 'none', conditions: [one] }] }]),
    ),
  })
  // A gift whose conditions select the gift alone is refused.
  const gift: fc.Arbitrary<JsonObject> = fc
    .constantFrom(...variants)
    .map((named) => ({ benefit: { type: 'free_gift', variant: named, quantity: 1 } }))
  return joined(
    fc.record({ name: word }),
    fc.oneof(discount, gift),
    maybe({
      requiresCode: fc.boolean(),
      group: fc.constantFrom(null, 'season'),
      priority: fc.nat(1000),
      sites: fc.constantFrom(null, ['main']),
      limits: fc.constantFrom({ uses: 5, usesPerCustomer: null }, { uses: null, usesPerCustomer: null }),
    }),
  )
}
