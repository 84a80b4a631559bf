import { expect, test } from 'vitest'
import { mapReferences, referencesOf } from './map-references.ts'

const PROMOTION = {
  sites: ['main'],
  conditions: [
    {
      type: 'any',
      conditions: [
        { type: 'owned_products', products: ['a'] },
        { type: 'variants', variants: ['a:b'] },
      ],
    },
    { type: 'acme:near', products: ['prd_1'] },
    { type: 'customers', customers: ['cus_1'] },
  ],
  benefit: { type: 'free_gift', variant: 'a:c', quantity: 1 },
}

test('finds every name that a promotion gives, and leaves alone what a host’s own kind holds', () => {
  expect(
    referencesOf('promotions', PROMOTION).map(({ kind, name, path }) => `${path.join('.')}: ${kind} ${name}`),
  ).toEqual([
    'sites.0: sites main',
    'conditions.0.conditions.0.products.0: product a',
    'conditions.0.conditions.1.variants.0: variant a:b',
    'benefit.variant: variant a:c',
  ])
  const mapped = mapReferences('promotions', PROMOTION, ({ name }) => `${name}!`)
  expect(mapped).toMatchObject({
    conditions: [{ conditions: [{ products: ['a!'] }, { variants: ['a:b!'] }] }, { products: ['prd_1'] }, {}],
    benefit: { type: 'free_gift', variant: 'a:c!', quantity: 1 },
  })
})

test('leaves what has another form as it is, for the operation to refuse', () => {
  const odd = { variants: { a: null, b: { prices: 'many', bundle: { parts: [7, { variantId: 1 }] } } } }
  expect(mapReferences('products', odd, () => 'x')).toEqual(odd)
  expect(mapReferences('collections', { products: { a: 'b' } }, () => 'x')).toEqual({ products: { a: 'b' } })
})
