import { expect, test, vi } from 'vitest'
import type { CreateQuoteInput } from '../../pricing/index.ts'
import { memoryShop, testRuntime } from '../../testing/index.ts'
import { createQuotesBatcher } from './create-quotes-batcher.ts'

const shop = await memoryShop()
const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })

function batched() {
  const create = vi.fn(shopper.quotes.create)
  const { site, products, carts, orders, me } = shopper
  const runtime = testRuntime()
  const batcher = createQuotesBatcher({
    client: { site, products, carts, orders, me, quotes: { create } },
    page: { sleep: runtime.sleep },
  })
  return { batcher, create, runtime }
}

test('calls within 20 ms are one request, each with its own answer', async () => {
  const { batcher, create, runtime } = batched()
  const first = batcher.quote({ variantId: shop.variants.course })
  await runtime.advance(19)
  const rest = [
    batcher.quote({ variantId: shop.variants.book, quantity: 2 }),
    batcher.quote({ variantId: shop.variants.course }),
  ]
  await runtime.advance(1)
  expect((await Promise.all([first, ...rest])).map(({ total }) => total)).toEqual([4900, 3998, 4900])
  expect(create).toHaveBeenCalledTimes(1)
  expect(create.mock.calls[0]?.[0].lines).toHaveLength(2)
  const late = batcher.quote({ variantId: shop.variants.course })
  await runtime.advance(20)
  await late
  expect(create).toHaveBeenCalledTimes(2)
})

test('a request has at most 50 lines, and one place and currency', async () => {
  const { batcher, create, runtime } = batched()
  const asked = Array.from({ length: 120 }, (_, index) =>
    batcher.quote({ variantId: shop.variants.book, quantity: (index % 50) + 1 }, index < 60 ? {} : { country: 'FR' }),
  )
  const more = Array.from({ length: 60 }, (_, index) =>
    batcher.quote({ variantId: shop.variants.course, quantity: (index % 50) + 1 }),
  )
  await runtime.advance(20)
  expect((await Promise.all(asked)).map(({ base }) => base)).toEqual(asked.map((_, index) => 1999 * ((index % 50) + 1)))
  await Promise.all(more)
  const sizes = create.mock.calls.map(([{ lines, country }]) => [country, lines.length])
  expect(sizes.every(([, size]) => Number(size) <= 50)).toBe(true)
  expect(new Set(sizes.map(([country]) => country))).toEqual(new Set([undefined, 'FR']))
})

test('a region is a place of its own', async () => {
  const { batcher, create, runtime } = batched()
  const places = [{ country: 'CA' }, { country: 'CA', region: 'QC' }]
  const asked = places.map((place) => batcher.quote({ variantId: shop.variants.book }, place))
  await runtime.advance(20)
  await Promise.all(asked)
  expect(create.mock.calls.map(([{ country, region }]) => ({ country, region }))).toEqual(places)
})

test('parts that were chosen are of the line: other parts are another line with a price of its own', async () => {
  const runtime = testRuntime()
  const create = vi.fn(async ({ lines }: CreateQuoteInput) => {
    const { quotes } = await shopper.quotes.create({ lines: [{ variantId: shop.variants.book }] })
    return { quotes: lines.flatMap(({ parts = [] }) => quotes.map((quote) => ({ ...quote, total: parts.length }))) }
  })
  const batcher = createQuotesBatcher({ client: { ...shopper, quotes: { create } }, page: { sleep: runtime.sleep } })
  const one = { variantId: shop.variants.book, parts: ['a'] }
  const asked = [one, { ...one, parts: ['a', 'b'] }, one].map((line) => batcher.quote(line))
  await runtime.advance(20)
  expect((await Promise.all(asked)).map(({ total }) => total)).toEqual([1, 2, 1])
  expect(create.mock.calls).toEqual([
    [{ lines: [1, 2].map((n) => ({ ...one, quantity: 1, parts: 'ab'.slice(0, n).split('') })) }],
  ])
})

test('a refusal is everybody’s, and the next call asks anew', async () => {
  const { batcher, create, runtime } = batched()
  const asked = [
    batcher.quote({ variantId: shop.variants.book }, { currency: 'JPY' }),
    batcher.quote({ variantId: shop.variants.course }, { currency: 'JPY' }),
  ]
  const settled = Promise.allSettled(asked)
  await runtime.advance(20)
  expect(await settled).toMatchObject([
    { reason: { code: 'currency_not_offered' } },
    { reason: { code: 'currency_not_offered' } },
  ])
  const again = batcher.quote({ variantId: shop.variants.book })
  await runtime.advance(20)
  expect((await again).total).toBe(1999)
  expect(create).toHaveBeenCalledTimes(2)
})

test('a line that is not valid costs only its own caller the price; the others are asked for once more, together', async () => {
  const { batcher, create, runtime } = batched()
  const quantities = [1, -5, 2, 1.5, 3]
  const settled = Promise.allSettled(
    quantities.map((quantity) => batcher.quote({ variantId: shop.variants.book, quantity })),
  )
  for (const _ of quantities) await runtime.advance(20)
  const wrong = { status: 'rejected', reason: { code: 'invalid_input' } }
  expect(await settled).toMatchObject([
    { value: { total: 1999 } },
    wrong,
    { value: { total: 3998 } },
    wrong,
    { value: { total: 5997 } },
  ])
  expect(create).toHaveBeenCalledTimes(2)
})

test('a place that is not valid is refused to all, and not asked for again', async () => {
  const { batcher, create, runtime } = batched()
  const asked = [1, 2].map((quantity) => batcher.quote({ variantId: shop.variants.book, quantity }, { country: '?' }))
  const settled = Promise.allSettled(asked)
  await runtime.advance(60)
  expect(await settled).toMatchObject([{ reason: { code: 'invalid_input' } }, { reason: { code: 'invalid_input' } }])
  expect(create).toHaveBeenCalledTimes(1)
})
