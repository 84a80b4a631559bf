import { join } from 'node:path'
import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { look, PICTURES, VIEWS } from './look.ts'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, cardField, payWith, signIn } from './shopping.ts'
import { expectAccessible, visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

test('words that are longer than a phone is wide break, in both directions of text, and amounts do not', async () => {
  const { admin } = shop.commerce.as({ type: 'system', site: 'campus' })
  await admin.products.create({
    type: 'book',
    title: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    description: `${'x'.repeat(300)}\n\nhttps://example.org/${'a'.repeat(200)}`,
    publication: { slug: 'long-words' },
    variants: [{ name: 'a'.repeat(60), title: 'x'.repeat(80), prices: [{ priceList: 'list-usd', amount: 2400 }] }],
  })
  for (const [direction, width] of [
    ['ltr', 320],
    ['ltr', 360],
    ['rtl', 360],
  ] as const) {
    const view = { width, colorScheme: 'light' } as const
    const { open, context, leave } = await visitor(shop.server.url, view)
    await context.addInitScript(
      `addEventListener('DOMContentLoaded', () => { document.documentElement.dir = '${direction}' })`,
    )
    const page = await open('/products/long-words')
    await page.getByRole('button', { name: 'Add to cart' }).waitFor()
    await look(page, `long-words-product-${direction}`, view)
    await addToCart(page, 'long-words')
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    await page.getByText(/The total is/).waitFor()
    const field = page.getByRole('textbox', { name: 'Quantity' })
    await field.fill('99999999')
    await field.press('Enter')
    await page.getByRole('alert').getByText('The quantity is a whole number from 1 to').waitFor()
    expect(await field.inputValue()).toBe('1')
    await look(page, `long-words-cart-${direction}`, view)
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await signIn(page, 'Learner 4')
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
    await look(page, `long-words-checkout-${direction}`, view)
    await payWith(page, 'Approved')
    await page.getByText('Thank you for your order').waitFor()
    await look(page, `long-words-order-${direction}`, view)
    await page.goto('/orders')
    await page
      .getByRole('link', { name: /^Order SC/ })
      .first()
      .waitFor()
    await look(page, `long-words-orders-${direction}`, view)
    await leave()
  }
})

describe.each(VIEWS)('on $name', (view) => {
  const { width, colorScheme } = view
  test('every page is accessible, fits, and complains of nothing', async () => {
    const { open, complaints, leave } = await visitor(shop.server.url, { width, colorScheme })
    const page = await open('/')
    await page.getByRole('status').filter({ hasText: 'products' }).waitFor()
    await look(page, 'list', view)
    await page.getByRole('searchbox', { name: 'Search the catalog' }).fill('bread')
    await page.getByText('for “bread”').waitFor()
    await look(page, 'list-search', view)
    for (const slug of [
      'how-bread-rises-yeast-time-and-heat',
      'data-foundations',
      'the-bread-notebook',
      'a-study-plan-of-your-own',
    ]) {
      await page.goto(`/products/${slug}`)
      await page.getByRole('button', { name: 'Add to cart' }).waitFor()
      await look(page, `product-${slug}`, view)
    }
    await page.goto('/cart')
    await page.getByText('There is nothing in it yet').waitFor()
    await look(page, 'cart-empty', view)
    for (const slug of ['how-bread-rises-yeast-time-and-heat', 'the-bread-notebook', 'data-foundations'])
      await addToCart(page, slug)
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill('WELCOME20')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('You save').waitFor()
    await look(page, 'cart', view)
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await page.getByText('Sign in to go on').waitFor()
    await look(page, 'checkout-guest', view)
    await signIn(page, `Learner ${colorScheme === 'dark' ? 3 : width === 360 ? 1 : 2}`)
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
    await look(page, 'checkout', view)
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByText('There is a problem').waitFor()
    await look(page, 'checkout-problem', view)
    await payWith(page, 'Declined')
    await page.getByText('The payment was declined').waitFor()
    await look(page, 'checkout-declined', view)
    await payWith(page, '3-D Secure')
    await page.getByRole('link', { name: 'Go to your bank' }).click()
    await page.getByRole('button', { name: 'Approve the payment' }).waitFor()
    await look(page, 'bank', view)
    await page.getByRole('button', { name: 'Approve the payment' }).click()
    await page.getByText('Thank you for your order').waitFor()
    await look(page, 'order', view)
    await page.goto('/orders')
    await page.getByRole('link', { name: /^Order SC/ }).waitFor()
    await look(page, 'orders', view)
    await page.goto('/nowhere')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await look(page, 'nowhere', view)
    expect(complaints).toEqual([])
    await leave()
  })
})

test('in colours that the visitor forces, what is chosen is still seen and read', async () => {
  const { open, complaints, leave } = await visitor(shop.server.url)
  const page = await open('/sign-in')
  await page.emulateMedia({ forcedColors: 'active' })
  await signIn(page, 'Learner 1')
  await page.getByRole('status').filter({ hasText: 'products' }).waitFor()
  await expectAccessible(page)
  const background = (name: string) =>
    page.getByText(name, { exact: true }).evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await background('Everything')).not.toBe(await background('Courses'))
  await addToCart(page, 'portfolio-review')
  await expectAccessible(page)
  await page.goto('/checkout')
  await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'checkout-forced-colours.png') })
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await leave()
})
