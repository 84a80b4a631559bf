import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shopFile } from '../testing/random-shop-file.ts'
import { readShopFile } from './read-shop-file.ts'
import { shopFileSchema } from './shop-file-schema.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')
// The API's document has a discriminator and formats, which a checker of its strict kind does not know.
const check = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(shopFileSchema())

test('an editor takes every file that a shop takes', () => {
  fc.assert(
    fc.property(shopFile, (content) => {
      const isTaken = check(JSON.parse(JSON.stringify(content)))
      expect([check.errors, isTaken]).toEqual([null, true])
    }),
    { numRuns: 300 },
  )
  const { content } = readShopFile(readFileSync(join(root, 'examples', 'sample-shop', 'shop.yaml'), 'utf8'))
  check(content)
  expect(check.errors).toBe(null)
})

test.each([
  ['/promotions/a', 'promotions: { a: { nmae: A } }'],
  ['/promotions/a/priority', 'promotions: { a: { priority: high } }'],
  [
    '/products/a/variants/b/prices/0/amount',
    'products: { a: { variants: { b: { prices: [{ priceList: c, amount: 1.5 }] } } } }',
  ],
  ['/products/a', 'products: { a: { externalId: b } }'],
  ['/products/a/variants', 'products: { a: { variants: [{ name: b }] } }'],
  ['/sites/main/pricing/percentRounding', 'sites: { main: { pricing: { percentRounding: cent } } }'],
  ['', 'price_lists: {}'],
])('and marks what is wrong at %s', (place, text) => {
  check(readShopFile(text).content)
  expect(check.errors?.map(({ instancePath }) => instancePath)).toContain(place)
})
