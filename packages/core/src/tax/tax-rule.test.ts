import { expect, test } from 'vitest'
import { draftProductFields, draftVariant } from '../catalog/index.ts'
import { type TaxableSale, type TaxRule, taxCategoryOf } from './tax-rule.ts'

/** A book that is sold in Germany to somebody of the group `library`. */
const sale: TaxableSale = {
  product: {
    ...draftProductFields({ title: 'Algebra' }, null),
    ...{ id: 'prd_1', type: 'book', externalId: null, variants: ['var_1'], status: 'active' },
    createdAt: '2026-01-01T00:00:00.000Z',
  },
  variant: draftVariant({ name: 'paper' }, null, {
    ...{ id: 'var_1', productId: 'prd_1', type: { maximumQuantity: 100, taxCategory: 'book' } },
  }),
  ...{ country: 'DE', groups: ['library'] },
}

const rule = (name: string, answer: string | null): TaxRule => ({ name, categoryOf: () => answer })

test('without a rule the variant’s own category counts', () => {
  expect(taxCategoryOf(sale)).toBe('book')
  expect(taxCategoryOf(sale, [rule('a', null)])).toBe('book')
})

test('the first rule that says something counts', () => {
  const silent = rule('a', null)
  expect(taxCategoryOf(sale, [silent, rule('b', 'reduced'), rule('c', 'free')])).toBe('reduced')
})

test('a rule sees the product, the place and the buyer’s groups', () => {
  const seen: TaxRule = {
    name: 'libraries',
    categoryOf: ({ product, country, groups }) =>
      product.type === 'book' && country === 'DE' && groups.includes('library') ? 'free' : null,
  }
  expect(taxCategoryOf(sale, [seen])).toBe('free')
  expect(taxCategoryOf({ ...sale, country: 'FR' }, [seen])).toBe('book')
  expect(taxCategoryOf({ ...sale, groups: [] }, [seen])).toBe('book')
})
