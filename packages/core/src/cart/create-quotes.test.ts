import { expect, it } from 'vitest'
import { memoryShop } from '../testing/memory-shop.ts'

it.each(['together', 'each'] as const)('a quote of lines %s names nothing that is not on the site', async (mode) => {
  const { system, commerce, variants } = await memoryShop()
  const prices = [{ priceList: 'list', amount: 777 }]
  const made = await system.admin.products.create({
    ...{ type: 'course', title: 'Secret launch of March', variants: [{ name: 'early', prices }] },
  })
  const shopper = commerce.as({ type: 'shopper', site: 'main' })
  const ask = async (variantId: string) => {
    const lines = [{ variantId }, { variantId: variants.book }]
    const { quotes } = await shopper.quotes.create({ lines, ...(mode === 'together' ? { mode } : {}) })
    return quotes.map((quote) => quote.lines.map((line) => ({ ...line, variantId: '' })))
  }
  const id = made.variants[0]?.id ?? ''
  expect(await ask(id)).toEqual(await ask('var_nothing'))
  expect((await ask(id)).flat()).toMatchObject([
    { refusal: 'not_published', productId: '', title: '', variantName: '' },
    { refusal: null, title: expect.stringMatching(/./) },
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
