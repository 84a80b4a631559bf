import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, cardField, payWith, signIn } from './shopping.ts'
import { expectAccessible, visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

const system = () => shop.commerce.as({ type: 'system', site: 'campus' }).admin

test('a cart in a currency that the site drops goes over to the first, and the catalog is there', async () => {
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/')
  const { currencies } = await shop.commerce.as({ type: 'shopper', site: 'campus' }).site.get()
  const [first = '', dropped = ''] = currencies
  await addToCart(page, 'tides-waves-and-currents')
  const chosen = page.waitForResponse((one) => one.request().method() === 'PATCH')
  await page.locator('.currency select').selectOption(dropped)
  expect((await (await chosen).json()).cart.currency).toBe(dropped)
  await system().sites.update({ id: 'campus', currencies: currencies.filter((one) => one !== dropped) })
  const moved = page.waitForResponse((one) => one.request().method() === 'PATCH')
  await page.goto('/')
  // Which products come first is not told: many were made in one millisecond.
  await page.getByRole('article').getByRole('link').first().waitFor()
  await moved
  expect(await page.getByText('does not answer').count()).toBe(0)
  const fetched = page.waitForResponse((one) => one.url().includes('/v1/carts/'))
  await page.goto('/cart')
  expect((await (await fetched).json()).cart.currency).toBe(first)
  await system().sites.update({ id: 'campus', currencies })
  await guest.leave()
})

test('a line that is refused after the shopper has gone to the cart says why there', async () => {
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/products/tides-waves-and-currents')
  const add = page.getByRole('button', { name: 'Add to cart' })
  await add.waitFor()
  const { id: productId } = await shop.commerce
    .as({ type: 'shopper', site: 'campus' })
    .products.get({ idOrSlug: 'tides-waves-and-currents' })
  await page.route('**/v1/carts**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    await route.continue()
  })
  await system().products.archive({ productId })
  await add.click()
  await page.getByRole('link', { name: 'Go to the cart' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: /cannot be bought/i })
    .waitFor()
  await page.unrouteAll({ behavior: 'wait' })
  await guest.leave()
})

test('who pays when the session has ended is asked to sign in, as often as it ends, and the cart comes back', async () => {
  const learner = await visitor(shop.server.url)
  const page = await learner.open('/sign-in')
  await signIn(page, 'Learner 3')
  await addToCart(page, 'statistics-without-fear')
  await page.goto('/checkout')
  await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
  for (let times = 0; times < 2; times++) {
    await learner.context.clearCookies()
    await payWith(page, 'Approved')
    await page.getByText('Sign in to go on').waitFor()
    await signIn(page, 'Learner 3')
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
    await page.getByRole('link', { name: 'Change the cart' }).click()
    await page.getByRole('heading', { name: 'Your cart' }).waitFor()
    expect((await page.getByRole('alert').allTextContents()).join('')).toBe('')
    await page.getByRole('link', { name: 'Go to checkout' }).click()
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
  }
  await learner.leave()
})

test('who opens their order’s address signed out is asked to sign in, and sees it; another learner does not', async () => {
  const learner = await visitor(shop.server.url)
  const page = await learner.open('/sign-in')
  await signIn(page, 'Learner 3')
  await addToCart(page, 'proofs-at-a-glance')
  await page.goto('/checkout')
  await payWith(page, 'Approved')
  await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor()
  const address = page.url()
  const signOut = async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Sign in to see your order').waitFor()
  }
  await signOut()
  await page.goto(address)
  await page.getByText('Sign in to see your order').waitFor()
  await expectAccessible(page)
  await signIn(page, 'Learner 3')
  await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor()
  await signOut()
  await signIn(page, 'Learner 2')
  await page.getByText('The address is wrong, or this is another learner’s order.').waitFor()
  await expectAccessible(page)
  await learner.leave()
})

test('a code that can be none, such as a sentence of a mail, is said to be not valid', async () => {
  const guest = await visitor(shop.server.url, { width: 360 })
  const page = await guest.open('/')
  await addToCart(page, 'statistics-without-fear')
  await page.getByRole('link', { name: 'Go to the cart' }).click()
  for (const typed of ['Take 20 % off all courses with the code WELCOME20. '.repeat(6), 'x'.repeat(65)]) {
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill(typed)
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('alert').filter({ hasText: 'This code is not valid.' }).waitFor()
    await look(page, 'cart-code-refused', { width: 360, colorScheme: 'light' })
  }
  await guest.leave()
})
