import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { look, VIEWS } from './look.ts'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, signIn } from './shopping.ts'
import { visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

const REASON = 'lowest price of the last 30 days before the reduction'

describe.each(VIEWS)('on $name', (view) => {
  test('a reduced price is struck through with its reason: in the list, on its page and in the cart', async () => {
    const { open, complaints, leave } = await visitor(shop.server.url, view)
    const page = await open('/')
    await page.getByRole('searchbox', { name: 'Search the catalog' }).fill('calculus from pictures')
    await page.getByText('for “calculus from pictures”').waitFor()
    const card = page.getByRole('article').filter({ hasText: 'Calculus from Pictures' })
    expect(await card.getByText('$129.00').evaluate(({ tagName }) => tagName)).toBe('DEL')
    await card.getByText('$103.20').waitFor()
    await look(page, 'reduced-list', view)
    await addToCart(page, 'calculus-from-pictures')
    const choice = page.getByRole('radio', { name: /University credit/ }).locator('..')
    expect(await choice.getByText('$450.00').evaluate(({ tagName }) => tagName)).toBe('DEL')
    await choice.getByText(REASON).waitFor()
    await look(page, 'reduced-product', view)
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    const line = page.getByRole('listitem').filter({ hasText: 'Calculus from Pictures' })
    await line.getByText(REASON).waitFor()
    expect(await line.getByText('$450.00').evaluate(({ tagName }) => tagName)).toBe('DEL')
    await page.getByText('The total is $360.00.').waitFor()
    await page.getByText('10 % off from five courses: 4 more and you have it').waitFor()
    await look(page, 'reduced-cart', view)
    expect(complaints).toEqual([])
    await leave()
  })

  test('a program shows what the learner has of it, and what is credited for that', async () => {
    const { open, complaints, leave } = await visitor(shop.server.url, view)
    const page = await open('/products/data-foundations')
    const parts = page.getByRole('region', { name: 'In this program' }).getByRole('listitem')
    await parts.nth(3).waitFor()
    expect(await page.getByText('You have it').count()).toBe(0)
    await page.goto('/sign-in')
    await signIn(page, 'Learner 4')
    await page.goto('/products/data-foundations')
    await parts.filter({ hasText: 'Statistics Without Fear' }).getByText('You have it').waitFor()
    expect(await parts.getByText('You have it').count()).toBe(1)
    const price = page.getByRole('region', { name: 'Get it' })
    await price.getByText('Credit for what you paid: Statistics Without Fear').waitFor()
    await price.getByText('-$79.00').waitFor()
    await price.getByText('$190.00').waitFor()
    await look(page, 'program-owned', view)
    await page.goto('/products/statistics-without-fear')
    await page.getByText('You have this already.').waitFor()
    await look(page, 'course-owned', view)
    await page.goto('/products/data-foundations')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    await page.getByText('Credit for what you paid: Statistics Without Fear: -$79.00').waitFor()
    await page.getByText('The total is $190.00.').waitFor()
    await look(page, 'program-owned-cart', view)
    // The learner's cart is that of the next view too: it is to be empty at the server, not on screen alone.
    const removed = page.waitForResponse((one) => one.request().method() === 'DELETE' && one.url().includes('/lines/'))
    await page.getByRole('button', { name: 'Remove Data Foundations' }).click()
    await page.getByText('There is nothing in it yet').waitFor()
    await removed
    expect(complaints).toEqual([])
    await leave()
  })

  test('quantities have a table of prices, and the cart counts by it', async () => {
    const { open, complaints, leave } = await visitor(shop.server.url, view)
    const page = await open('/products/a-pocket-guide-to-soil')
    const rows = page.getByRole('table', { name: 'Price of one, by quantity' }).getByRole('row')
    await rows.nth(3).waitFor()
    expect(await rows.allInnerTexts()).toEqual([
      'Quantity\tEach',
      '1 to 4\t$15.00',
      'from 5\t$13.20',
      'from 20\t$11.40',
    ])
    await look(page, 'tiers-product', view)
    await addToCart(page, 'a-pocket-guide-to-soil')
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    await page.getByText('The total is $15.00.').waitFor()
    await page.getByRole('textbox', { name: 'Quantity' }).fill('4')
    await page.keyboard.press('Enter')
    await page.getByText('The total is $60.00.').waitFor()
    await page.getByRole('button', { name: 'One more' }).click()
    await page.getByText('5 × $13.20, the price from 5 on').waitFor()
    await page.getByText('The total is $66.00.').waitFor()
    await look(page, 'tiers-cart', view)
    expect(complaints).toEqual([])
    await leave()
  })

  test('a code that does not apply says what it needs, and applies once it is there', async () => {
    const { open, complaints, leave } = await visitor(shop.server.url, view)
    const page = await open('/')
    await addToCart(page, 'the-bread-notebook')
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    const code = page.getByRole('textbox', { name: 'Code', exact: true })
    await code.fill('SHELF10')
    await code.press('Enter')
    await page.getByRole('status').filter({ hasText: 'needs 2 more of what it is for' }).waitFor()
    await look(page, 'code-waits', view)
    await page.getByRole('button', { name: 'One more' }).click()
    await page.getByRole('status').filter({ hasText: 'needs 1 more of what it is for' }).waitFor()
    await page.getByRole('button', { name: 'One more' }).click()
    await page.getByRole('status').filter({ hasText: 'applied' }).waitFor()
    await page.getByText('The total is $64.80.').waitFor()
    expect(complaints).toEqual([])
    await leave()
  })
})
