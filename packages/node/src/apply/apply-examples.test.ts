import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appliedShop } from '../testing/applied-shop.ts'
import { readShopFile } from './read-shop-file.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')
const page = readFileSync(join(root, 'docs', 'apply.md'), 'utf8')
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text)

test('the file of the page on shop files is applied, and tells its mistakes as the page has them', async () => {
  const [file = ''] = blocks('yaml')
  const shop = await appliedShop()
  expect(await shop.apply(file)).toMatchObject({ problems: '' })
  expect(await shop.apply(file)).toMatchObject({ plan: 'Nothing to do: 9 unchanged.\n' })
  const wrong = file.replace('amount: 4900', 'amount: 19.99').replace('collections: [shapes]', 'collections: [shape]')
  const [mistakes = '', plan] = blocks('text')
  const { problems } = await shop.apply(wrong)
  expect(`${problems}Nothing was stored. Correct the file and run the command again.\n`).toBe(mistakes)
  const autumn = "promotions:\n  autumn: { name: Autumn, benefit: { type: percent, percent: '5' } }\n"
  const verified = 'verified: { prices: [{ priceList: list-eur, amount: 2900 }] }'
  const third = `products:\n  trigonometry: { type: course, title: Trigonometry, variants: { ${verified} } }\n`
  const dearer = file
    .replace('amount: 4900', 'amount: 5900')
    .replace('products:\n', third)
    .replace('promotions:\n', autumn)
  expect((await shop.apply(dearer)).plan).toBe(plan)
})

test('the sample shop’s file is no guess: each of its lines is where a mistake would be told', () => {
  const { content, mistakes, lineOf } = readShopFile(
    readFileSync(join(root, 'examples', 'sample-shop', 'shop.yaml'), 'utf8'),
  )
  expect(mistakes).toEqual([])
  expect(content).toMatchObject({ codes: { harvest: { code: 'HARVEST25' } } })
  expect(lineOf(['priceLists', 'companies-usd', 'name'])).toBe(5)
  expect(lineOf(['products', 'kitchen-garden', 'variants', 'standard', 'bundle', 'parts', 1, 'id'])).toBe(28)
})
