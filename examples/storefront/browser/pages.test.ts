import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, cardField, payWith, signIn } from './shopping.ts'
import { expectAccessible, visitor } from './visitor.ts'

/** Where pictures of the pages are put, to be looked at; none are made unless it is named. */
const PICTURES = process.env.BURSAR_PICTURES

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

const views = [
  { name: 'a phone', width: 360, colorScheme: 'light' },
  { name: 'a desk', width: 1280, colorScheme: 'light' },
  { name: 'a desk at night', width: 1280, colorScheme: 'dark' },
] as const

describe.each(views)('on $name', ({ width, colorScheme }) => {
  test('every page is accessible, fits, and complains of nothing', async () => {
    const { open, complaints, leave } = await visitor(shop.server.url, { width, colorScheme })
    const look = async (page: Page, name: string) => {
      await page.evaluate(() => document.fonts.ready)
      if (PICTURES !== undefined) {
        mkdirSync(PICTURES, { recursive: true })
        await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true })
      }
      await expectAccessible(page)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect([name, overflow]).toEqual([name, 0])
    }
    const page = await open('/')
    await page.getByRole('status').filter({ hasText: 'products' }).waitFor()
    await look(page, 'list')
    await page.getByRole('searchbox', { name: 'Search the catalog' }).fill('bread')
    await page.getByText('for “bread”').waitFor()
    await look(page, 'list-search')
    for (const slug of [
      'how-bread-rises-yeast-time-and-heat',
      'data-foundations',
      'the-bread-notebook',
      'a-study-plan-of-your-own',
    ]) {
      await page.goto(`/products/${slug}`)
      await page.getByRole('button', { name: 'Add to cart' }).waitFor()
      await look(page, `product-${slug}`)
    }
    await page.goto('/cart')
    await page.getByText('There is nothing in it yet').waitFor()
    await look(page, 'cart-empty')
    for (const slug of ['how-bread-rises-yeast-time-and-heat', 'the-bread-notebook', 'data-foundations'])
      await addToCart(page, slug)
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill('WELCOME20')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('You save').waitFor()
    await look(page, 'cart')
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await page.getByText('Sign in to go on').waitFor()
    await look(page, 'checkout-guest')
    await signIn(page, `Learner ${colorScheme === 'dark' ? 3 : width === 360 ? 1 : 2}`)
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
    await look(page, 'checkout')
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByText('There is a problem').waitFor()
    await look(page, 'checkout-problem')
    await payWith(page, 'Declined')
    await page.getByText('The payment was declined').waitFor()
    await look(page, 'checkout-declined')
    await payWith(page, '3-D Secure')
    await page.getByRole('link', { name: 'Go to your bank' }).click()
    await page.getByRole('button', { name: 'Approve the payment' }).waitFor()
    await look(page, 'bank')
    await page.getByRole('button', { name: 'Approve the payment' }).click()
    await page.getByText('Thank you for your order').waitFor()
    await look(page, 'order')
    await page.goto('/orders')
    await page.getByRole('link', { name: /^Order SC/ }).waitFor()
    await look(page, 'orders')
    await page.goto('/nowhere')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await look(page, 'nowhere')
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
