import { expect, test } from 'vitest'
import { memoryShop } from '../testing/memory-shop.ts'
import { type TaxableSale, type TaxRule, taxCategoryOf } from './tax-rule.ts'

async function sale(): Promise<TaxableSale> {
  const { system, variants } = await memoryShop()
  const { items } = await system.admin.products.list({})
  const found = items.find((one) => one.variants.some(({ id }) => id === variants.book))
  const [variant] = found?.variants ?? []
  if (found === undefined || variant === undefined) throw new Error('The shop has no book.')
  return { product: found.product, variant, country: 'DE', groups: ['library'] }
}

const rule = (name: string, answer: string | null): TaxRule => ({ name, categoryOf: () => answer })

test('without a rule the variant’s own category counts', async () => {
  expect(taxCategoryOf(await sale())).toBe('book')
  expect(taxCategoryOf(await sale(), [rule('a', null)])).toBe('book')
})

test('the first rule that says something counts', async () => {
  const silent = rule('a', null)
  expect(taxCategoryOf(await sale(), [silent, rule('b', 'reduced'), rule('c', 'free')])).toBe('reduced')
})

test('a rule sees the product, the place and the buyer’s groups', async () => {
  const seen: TaxRule = {
    name: 'libraries',
    categoryOf: ({ product, country, groups }) =>
      product.type === 'book' && country === 'DE' && groups.includes('library') ? 'free' : null,
  }
  expect(taxCategoryOf(await sale(), [seen])).toBe('free')
  expect(taxCategoryOf({ ...(await sale()), country: 'FR' }, [seen])).toBe('book')
  expect(taxCategoryOf({ ...(await sale()), groups: [] }, [seen])).toBe('book')
})
