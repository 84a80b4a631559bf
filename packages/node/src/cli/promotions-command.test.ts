import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endCommandLines, startCommandLine } from '../testing/command-line.ts'
import { commandLineShop } from '../testing/command-line-shop.ts'

afterEach(endCommandLines)

const AUTUMN = `
name: Autumn
benefit: { type: percent, percent: '25' }
conditions:
  - { type: product_types, productTypes: [book] }
`

/** A shop with a book for 20.00 and a course for 49.00, of which Ann has a book in her cart and has bought another. */
async function openShop() {
  const { cwd, admin, ann, sell, buy, close } = await commandLineShop({ 'autumn.yaml': AUTUMN })
  const [book, course] = [await sell('book', 2000), await sell('course', 4900)]
  const { order } = await buy(book)
  const { cart } = await ann.carts.create({ lines: [{ lineId: 'a', variantId: book }] })
  await admin.promotions.create({
    ...{ id: 'later', name: 'Later', from: '2998-01-01T00:00:00.000Z', benefit: { type: 'percent', percent: '10' } },
  })
  await close()
  return { cwd, book, course, cartId: cart.id, number: order.number }
}

describe('bursar promotions preview', () => {
  let shop: Awaited<ReturnType<typeof openShop>>
  beforeEach(async () => {
    shop = await openShop()
  })

  async function bursar(...args: string[]): Promise<{ code: number | null; out: string }> {
    const run = startCommandLine(shop.cwd, ['promotions', 'preview', ...args])
    return { code: await run.ended, out: run.output() }
  }

  test('prints what carts and lines would pay, and what it gives away', { timeout: 60_000 }, async () => {
    const lines = [
      { type: 'lines', lines: [{ variantId: shop.course }, { variantId: shop.book, quantity: 3 }] },
      { type: 'lines', lines: [{ variantId: shop.course }] },
    ]
    await writeFile(join(shop.cwd, 'carts.json'), JSON.stringify(lines))
    const { code, out } = await bursar('autumn.yaml', shop.cartId, '--carts', 'carts.json')
    const width = shop.cartId.length
    expect([code, out]).toEqual([
      0,
      [
        `${'Cart'.padEnd(width)}   To pay  With it   Given`,
        `${shop.cartId}   €20.00   €15.00   €5.00`,
        `${'cart 2'.padEnd(width)}  €109.00   €94.00  €15.00`,
        `${'cart 3'.padEnd(width)}   €49.00   €49.00   €0.00`,
        'Given away in all: €20.00',
        '',
      ].join('\n'),
    ])
  })

  test('of one that is stored, on orders of the past', { timeout: 60_000 }, async () => {
    const { code, out } = await bursar(
      ...['later', '--from', '2000-01-01T00:00:00.000Z', '--until', '2999-01-01T00:00:00.000Z'],
    )
    expect(out).toContain(`${shop.number}`)
    expect(out).toContain('Given away in all: €2.00')
    expect(code).toBe(0)
  })

  test.each([
    ['nothing to try it on', ['autumn.yaml'], 2, /name CARTs/],
    ['a time without an end', ['autumn.yaml', '--from', '2026-01-01T00:00:00.000Z'], 2, /--until/],
    ['no such file', ['winter.yaml', 'crt_1'], 1, /winter\.yaml: there is no such file/],
    ['no such promotion', ['winter', 'crt_1'], 1, /The site "main" has no promotion winter: check it/],
    ['no such cart', ['autumn.yaml', 'crt_none'], 1, /carts\.0\.cartId/],
  ])('%s is said', { timeout: 60_000 }, async (_name, args: string[], expected: number, message: RegExp) => {
    const { code, out } = await bursar(...args)
    expect(out).toMatch(message)
    expect(code).toBe(expected)
  })
})
