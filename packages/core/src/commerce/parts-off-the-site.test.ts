import { expect, test } from 'vitest'
import { estimate } from '../client/estimate.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { addMilliseconds } from '../time/index.ts'

const DAY = 24 * 60 * 60_000

/** A course, a program of it, and the course's windows in days from now. */
async function openShop() {
  const shop = await campusShop()
  const { verified: course = '' } = await shop.course('math', { verified: 4900 })
  const bundle = { parts: [{ id: 'part', variantId: course }], pricing: { type: 'own_price' } as const }
  const program = await shop.product('program', 'Program', {
    ...{ bundle: { ...bundle, ownedParts: 'sell_all' }, prices: [{ priceList: 'eur', amount: 9900 }] },
  })
  const { items } = await shop.system.admin.products.list({ search: 'math' })
  const at = (days: number | null) => (days === null ? null : addMilliseconds(shop.runtime.now(), days * DAY))
  const move = async (published: Days | 'nowhere', [saleStartsAt, saleEndsAt]: Days) => {
    await shop.system.admin.products.update({
      productId: items[0]?.product.id ?? '',
      publication: published === 'nowhere' ? null : { from: at(published[0]), until: at(published[1]) },
      variants: [{ name: 'verified', saleStartsAt: at(saleStartsAt), saleEndsAt: at(saleEndsAt) }],
    })
  }
  const lines = [{ lineId: 'a', variantId: program }]
  const { cart } = await shop.as('ann').carts.create({ lines })
  /** Why the program is not sold: in the cart that holds it, to the page that shows that cart, by its own page, alone. */
  const refusals = async () => {
    const { carts, products, quotes } = shop.as('ann')
    const sent = await carts.get({ cartId: cart.id }, { expand: 'pricingInputs' })
    const shown = sent.cart.lines.map((line) => ({ ...line, pending: false }))
    const page = estimate(sent, { lines: shown, codes: [], currency: 'EUR', country: null, region: null })
    const [view] = (await products.get({ idOrSlug: 'program' })).variants
    const alone = (await quotes.create({ lines: [{ variantId: program }] })).quotes
    const quoted = [sent.quote, page, ...alone].map((quote) => quote?.lines[0]?.refusal)
    expect(view?.onSale).toBe(quoted[0] === null)
    expect((await products.list({})).items.find(({ slug }) => slug === 'program')?.variants[0]).toEqual(view)
    return [...new Set(quoted)]
  }
  return { shop, course, program, move, refusals, cart }
}

type Days = readonly [from: number | null, until: number | null]
const ALWAYS: Days = [null, null]
const EARLY: Days = [1, 2]
const OPEN: Days = [-1, 1]
const OVER: Days = [-2, -1]

test('a program is sold while its parts are, wherever and whenever they are shown by themselves', async () => {
  const { move, refusals } = await openShop()
  for (const published of [ALWAYS, 'nowhere', EARLY, OPEN, OVER] as const) {
    for (const [sale, refusal] of [
      [ALWAYS, null],
      [OPEN, null],
      [EARLY, 'part_not_available'],
      [OVER, 'part_not_available'],
    ] as const) {
      await move(published, sale)
      expect([published, sale, await refusals()]).toEqual([published, sale, [refusal]])
    }
  }
})

test('a cart that holds a program is not paid once the sale of a part is over that is in programs only', async () => {
  const { shop, cart, move } = await openShop()
  await move('nowhere', [null, 1])
  const { carts } = shop.as('ann')
  await shop.runtime.advance(DAY)
  const { quote } = await carts.get({ cartId: cart.id })
  expect(quote).toMatchObject({ total: 0, lines: [{ title: 'Program', refusal: 'part_not_available' }] })
  const paid = { cartId: cart.id, expectedTotal: { amount: 9900, currency: 'EUR' }, paymentToken: 'tok_approve' }
  const bought = carts.checkout(paid, { idempotencyKey: 'key-of-ann-1' })
  await expect(bought).rejects.toMatchObject({ code: 'not_sellable', reason: 'part_not_available' })
  expect([shop.processor.payments(), (await shop.system.admin.orders.list({})).items]).toEqual([[], []])
})

test('an order of a part whose time on the site is over is explained, delivered and refunded as it was sold', async () => {
  const { shop, course, program, move } = await openShop()
  await move(OVER, OPEN)
  const { order } = await shop.buy('ann', [{ variantId: program }])
  const { admin } = shop.system
  expect(await admin.orders.explain({ orderId: order.id })).toMatchObject({ isSame: true })
  expect((await shop.as('ann').orders.get({ orderId: order.id })).delivery).toBe('delivered')
  expect(await admin.orders.refundOptions({ orderId: order.id })).toMatchObject({ refusal: null, refundable: 9900 })
  const { quotes } = await shop.as('ann').quotes.create({ lines: [{ variantId: course }] })
  expect(quotes[0]?.lines).toMatchObject([{ refusal: 'not_published', title: '' }])
})

test('a program of choice is sold while one choice is, though the first one listed is over and off the site', async () => {
  const { shop, course, move } = await openShop()
  const { verified: other = '' } = await shop.course('art', { verified: 4900 })
  const parts = [
    { id: 'math', variantId: course },
    { id: 'art', variantId: other },
  ]
  const programs = { choice: { type: 'own_price' }, sum: { type: 'sum_less_percent', percent: '10' } } as const
  for (const [slug, pricing] of Object.entries(programs)) {
    const groups = [{ id: 'one', choose: 1, parts }]
    await shop.product('program', slug, {
      ...{ bundle: { parts: [], groups, pricing, ownedParts: 'sell_all' } },
      prices: pricing.type !== 'own_price' ? [] : [{ priceList: 'eur', amount: 3900 }],
    })
  }
  const { products, quotes } = shop.as('ann')
  const viewOf = async (slug: string) => (await products.get({ idOrSlug: slug })).variants[0]
  for (const sale of [OPEN, OVER, EARLY]) {
    await move('nowhere', sale)
    expect([sale, (await viewOf('choice'))?.onSale, (await viewOf('sum'))?.onSale]).toEqual([sale, true, true])
  }
  const variantId = (await viewOf('choice'))?.id ?? ''
  const refusalOf = async (part: string) =>
    (await quotes.create({ lines: [{ variantId, parts: [part] }] })).quotes[0]?.lines[0]?.refusal
  expect([await refusalOf('math'), await refusalOf('art')]).toEqual(['part_not_available', null])
})
