import { expect, test } from 'vitest'
import { readShopFile } from './read-shop-file.ts'

const PRICE = (amount: string) =>
  `products:\n  a:\n    variants:\n      v:\n        prices:\n          - priceList: l\n            amount: ${amount}\n`

test.each(['39.00', '1e2', '0x27', '0o47', '19.90', '039'])('the amount %s is no number of cents', (text) => {
  const { content, mistakes } = readShopFile(PRICE(text))
  expect(content).toBeUndefined()
  expect(mistakes).toEqual([
    {
      line: 7,
      message: `${text} is read as ${Number(text)}: amounts count minor units without a point, so 39.00 EUR is 3900 and 500 JPY is 500.`,
    },
  ])
})

test('JSON too, and every one is told with its line', () => {
  const { mistakes } = readShopFile('{\n"a": { "amount": 49.00 },\n"b": [{ "compareAt": 1E3 }],\n"limit": 5e1 }')
  expect(mistakes.map(({ line, message }) => `${line} ${message.slice(0, 20)}`)).toEqual([
    '2 49.00 is read as 49:',
    '3 1E3 is read as 1000:',
    '4 5e1 is read as 50: w',
  ])
})

test('where a text was meant, the quotes are told', () => {
  expect(readShopFile("benefit: { percent: 20.0 }\ncode: '1e3'\n").mistakes).toEqual([
    { line: 1, message: "20.0 is read as 20: write 20, or in quotes, '20.0', where it is a text." },
  ])
})

test('a second document is told where it begins', () => {
  expect(readShopFile('priceLists: {}\n---\nsites: {}\n').mistakes).toEqual([
    { line: 2, message: 'a second document begins: a file holds one shop.' },
  ])
})

test('numbers that are written as they are read stay', () => {
  const { content } = readShopFile(
    `${PRICE('3900')}collections: { a: { rating: 4.5, low: -2, nothing: 0 } }\ncodes: { a: "39.00" }`,
  )
  expect(content).toMatchObject({
    products: { a: { variants: { v: { prices: [{ amount: 3900 }] } } } },
    collections: { a: { rating: 4.5, low: -2, nothing: 0 } },
    codes: { a: '39.00' },
  })
})
