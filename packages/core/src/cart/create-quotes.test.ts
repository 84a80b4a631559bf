import { expect, it } from 'vitest'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

const PAST = '2020-01-01T00:00:00.000Z'
const FUTURE = '2999-01-01T00:00:00.000Z'

async function withSecret({ system }: MemoryShop, product: object, variant: object = {}) {
  const prices = [{ priceList: 'list', amount: 777 }]
  const made = await system.admin.products.create({
    ...{
      type: 'course',
      title: 'Secret launch of March',
      variants: [{ name: 'early', prices, ...variant }],
      ...product,
    },
  })
  return { productId: made.product.id, variantId: made.variants[0]?.id ?? '' }
}

it.each([
  ['together', 'not on the site', {}],
  ['each', 'not on the site', {}],
  ['each', 'not on it yet', { publication: { from: FUTURE } }],
  ['each', 'no longer on it', { publication: { from: null, until: PAST } }],
  ['each', 'archived', { publication: {} }],
] as const)('a quote of lines %s names nothing that is %s', async (mode, what, product) => {
  const shop = await memoryShop()
  const { productId, variantId } = await withSecret(shop, product)
  if (what === 'archived') await shop.system.admin.products.archive({ productId })
  const shopper = shop.commerce.as({ type: 'shopper', site: 'main' })
  const ask = async (variantId: string) => {
    const lines = [{ variantId }, { variantId: shop.variants.book }]
    const { quotes } = await shopper.quotes.create({ lines, ...(mode === 'together' ? { mode } : {}) })
    return quotes.map((quote) => quote.lines.map((line) => ({ ...line, variantId: '' })))
  }
  expect(await ask(variantId)).toEqual(await ask('var_nothing'))
  expect((await ask(variantId)).flat()).toMatchObject([
    { refusal: 'not_published', productId: '', title: '', variantName: '' },
    { refusal: null, title: expect.stringMatching(/./) },
  ])
})

it('a quote names what is shown and is not sold yet', async () => {
  const shop = await memoryShop()
  const { productId, variantId } = await withSecret(shop, { publication: {} }, { saleStartsAt: FUTURE })
  const { quotes } = await shop.commerce.as({ type: 'shopper', site: 'main' }).quotes.create({ lines: [{ variantId }] })
  expect(quotes[0]?.lines).toMatchObject([
    { refusal: 'not_yet_on_sale', productId, title: 'Secret launch of March', variantName: 'early' },
  ])
})

it('a cart goes on naming what it holds', async () => {
  const { system, commerce, variants } = await memoryShop()
  const shopper = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const { cart, quote } = await shopper.carts.create({ lines: [{ lineId: 'a', variantId: variants.book }] })
  const [line] = quote.lines
  await system.admin.products.update({ productId: line?.productId ?? '', publication: null })
  const { title, variantName, productId } = line ?? {}
  expect((await shopper.carts.get({ cartId: cart.id })).quote.lines).toMatchObject([
    { refusal: 'not_published', title, variantName, productId },
  ])
})
