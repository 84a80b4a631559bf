import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, cardField, payWith, signIn } from './shopping.ts'
import { expectAccessible, visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

/**
 * What a shopper takes for at once is 100 ms, six frames. Frames are counted, for a busy machine has slower ones.
 * @see https://www.nngroup.com/articles/response-times-3-important-limits/
 */
const AT_ONCE_FRAMES = 6

test('twenty clicks on “+” over a slow network: each is on screen at once, and the server has the twenty', async () => {
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/products/the-bread-notebook')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Go to the cart' }).click()
  await page.getByText('The total is $24.00.').waitFor()
  // It is there once the product is, which is asked for apart from the cart.
  await page.getByRole('button', { name: 'One more' }).waitFor()
  let sent = 0
  await page.route('**/v1/carts/**', async (route) => {
    if (route.request().method() === 'PATCH') sent += 1
    await new Promise((resolve) => setTimeout(resolve, 400))
    await route.continue()
  })
  // Measured in the page, so that the way from the test to the browser does not count.
  const waits = await page.evaluate(async () => {
    const plus = document.querySelector<HTMLButtonElement>('button[aria-label="One more"]')
    const shown = document.querySelector<HTMLInputElement>('input[aria-label="Quantity"]')
    if (plus === null || shown === null) throw new Error('Nothing to click, or nothing that shows how many')
    const measured: number[] = []
    for (let wanted = 2; wanted <= 21; wanted += 1) {
      const clicked = performance.now()
      let frames = 0
      plus.click()
      while (shown.value !== String(wanted) && performance.now() - clicked < 5000) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        frames += 1
      }
      measured.push(frames)
    }
    return measured
  })
  expect(waits.length).toBe(20)
  expect(Math.max(...waits)).toBeLessThan(AT_ONCE_FRAMES)
  await page.getByText('The total is $504.00.').waitFor()
  expect(await page.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('21')
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThan(20)
  await page.unrouteAll({ behavior: 'wait' })
  await page.reload()
  await page.getByText('The total is $504.00.').waitFor()
  expect(await page.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('21')
  expect(guest.complaints).toEqual([])
  await guest.leave()
})

test('a quantity is typed anew, and who takes lines out by the keyboard keeps the focus', async () => {
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/')
  await addToCart(page, 'the-bread-notebook')
  await addToCart(page, 'proofs-at-a-glance')
  await page.getByRole('link', { name: 'Go to the cart' }).click()
  const field = page.getByRole('textbox', { name: 'Quantity' })
  await field.focus()
  await page.keyboard.press('Backspace')
  expect(await field.inputValue()).toBe('')
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await page.getByText('The total is $132.00.').waitFor()
  await field.fill('')
  await page.keyboard.press('Tab')
  expect(await field.inputValue()).toBe('5')
  await page.getByRole('button', { name: 'Remove The Bread Notebook' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('The Bread Notebook was removed.').waitFor({ state: 'attached' })
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toBe('Remove Proofs at a Glance')
  await page.keyboard.press('Enter')
  await page.getByText('There is nothing in it yet').waitFor()
  expect(await focused()).toBe('Your cart')
  await expectAccessible(page)
  expect(guest.complaints).toEqual([])
  await guest.leave()
})

test('a cart says what it comes near to, until it is there', async () => {
  const { admin } = shop.commerce.as({ type: 'system', site: 'campus' })
  await admin.promotions.create({
    ...{ id: 'pile', name: 'A pile of notebooks', conditions: [{ type: 'minimum_quantity', quantity: 3 }] },
    benefit: { type: 'percent', percent: '50' },
  })
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/products/the-bread-notebook')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Go to the cart' }).click()
  await page.getByText('A pile of notebooks: 2 more and you have it').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'One more' }).click()
  await page.getByText('A pile of notebooks: 1 more and you have it').waitFor()
  await page.getByRole('button', { name: 'One more' }).click()
  await page.getByText('The total is $36.00.').waitFor()
  expect(await page.getByText('and you have it').count()).toBe(0)
  await admin.promotions.update({ id: 'pile', status: 'archived' })
  expect(guest.complaints).toEqual([])
  await guest.leave()
})

test('a link on another page fills the cart and leads to it', async () => {
  const guest = await visitor(shop.server.url)
  const { items } = await shop.commerce
    .as({ type: 'shopper', site: 'campus' })
    .products.list({ search: 'bread notebook' })
  const variant = items[0]?.variants[0]?.id ?? ''
  const link = new URLSearchParams({ variant, code: 'WELCOME20', return: `${shop.server.url}/cart` })
  const page = await guest.open(`/v1/buy?${link}`)
  await page.getByText('The total is $7.20.').waitFor()
  expect(page.url()).toBe(`${shop.server.url}/cart`)
  const wrong = new URLSearchParams({ variant, code: 'NO-SUCH-CODE', return: `${shop.server.url}/cart` })
  const other = await visitor(shop.server.url)
  const refused = await other.open(`/v1/buy?${wrong}`)
  await refused.getByText('The code of the link is not valid.').waitFor()
  await refused.getByText('The total is $9.00.').waitFor()
  await expectAccessible(refused)
  await other.leave()
  expect(guest.complaints).toEqual([])
  await guest.leave()
})

test('what a guest chose comes along at sign-in, and is the learner’s alone', async () => {
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/')
  await addToCart(page, 'proofs-at-a-glance')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, 'Learner 1')
  await page.getByRole('link', { name: /^Cart/ }).click()
  await page.getByText('The total is $12.00.').waitFor()
  await page.getByRole('link', { name: 'Proofs at a Glance' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('There is nothing in it yet').waitFor()
  expect(guest.complaints).toEqual([])
  await guest.leave()
})

describe('codes', () => {
  test('are said to be wrong, and right ones show what they do and on which line', async () => {
    const guest = await visitor(shop.server.url)
    const page = await guest.open('/')
    await addToCart(page, 'statistics-without-fear')
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    const code = page.getByRole('textbox', { name: 'Code', exact: true })
    await code.fill('NO-SUCH-CODE')
    await code.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'not valid' }).waitFor()
    await expectAccessible(page)
    await code.fill('welcome20')
    await code.press('Enter')
    await page.getByText('20 % off with WELCOME20: -$15.80').waitFor()
    await page.getByText('The total is $63.20.').waitFor()
    await page.getByRole('button', { name: 'Remove the code WELCOME20' }).click()
    await page.getByText('The total is $79.00.').waitFor()
    expect(guest.complaints).toEqual([])
    await guest.leave()
  })
})

describe('two tabs', () => {
  test('show the same cart', async () => {
    const guest = await visitor(shop.server.url)
    const [left, right] = [await guest.open('/'), await guest.open('/')]
    await addToCart(left, 'the-bread-notebook')
    await right.getByRole('link', { name: /Cart.*1 item/ }).click()
    await left.getByRole('link', { name: 'Go to the cart' }).click()
    await left.getByRole('button', { name: 'One more' }).click()
    await right.getByText('The total is $48.00.').waitFor()
    expect(await right.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('2')
    await right.getByRole('button', { name: 'Remove The Bread Notebook' }).click()
    await left.getByText('There is nothing in it yet').waitFor()
    expect(guest.complaints).toEqual([])
    await guest.leave()
  })

  test('pay once: what was placed in one is the order in the other', async () => {
    const guest = await visitor(shop.server.url)
    const left = await guest.open('/sign-in')
    await signIn(left, 'Learner 2')
    await addToCart(left, 'proofs-at-a-glance')
    await left.goto('/checkout')
    await cardField(left).getByRole('button', { name: 'Approved' }).waitFor()
    const right = await guest.open('/checkout')
    await cardField(right).getByRole('button', { name: 'Approved' }).waitFor()
    const captured = () => shop.processor.log().filter(({ effect }) => effect === 'captured').length
    const before = captured()
    await payWith(left, 'Approved')
    await left.getByRole('heading', { name: 'Thank you' }).waitFor()
    await right.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect(await right.getByRole('button', { name: /^Pay/ }).count()).toBe(0)
    expect(right.url()).toBe(left.url())
    expect(captured()).toBe(before + 1)
    expect(guest.complaints).toEqual([])
    await guest.leave()
  })

  test('know that the other signed in and out', async () => {
    const guest = await visitor(shop.server.url)
    const [left, right] = [await guest.open('/sign-in'), await guest.open('/sign-in')]
    await signIn(left, 'Learner 3')
    await right.getByRole('button', { name: 'Sign out (Learner 3)' }).waitFor()
    await left.getByRole('button', { name: 'Sign out' }).click()
    await right.getByRole('link', { name: 'Sign in' }).waitFor()
    expect(guest.complaints).toEqual([])
    await guest.leave()
  })
})

describe('without a network', () => {
  test('changes are kept, and sent when it is back', async () => {
    const guest = await visitor(shop.server.url)
    const page = await guest.open('/')
    await addToCart(page, 'the-bread-notebook')
    await page.getByRole('link', { name: 'Go to the cart' }).click()
    await page.getByText('The total is $24.00.').waitFor()
    await guest.context.setOffline(true)
    await page.getByRole('button', { name: 'One more' }).click()
    await page.getByText('There is no connection at the moment').waitFor()
    expect(await page.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('2')
    await expectAccessible(page)
    await guest.context.setOffline(false)
    await page.getByText('The total is $48.00.').waitFor()
    await guest.leave()
  })

  test('in the middle of checkout it is one order and one payment', async () => {
    const guest = await visitor(shop.server.url)
    const page = await guest.open('/sign-in')
    await signIn(page, 'Learner 3')
    await addToCart(page, 'proofs-at-a-glance')
    await page.goto('/checkout')
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
    const captured = () => shop.processor.log().filter(({ effect }) => effect === 'captured').length
    const before = captured()
    // The request arrives and is done; its answer is lost, and with it the network.
    await page.route('**/checkout', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      await route.fetch()
      await guest.context.setOffline(true)
      await route.abort('connectionreset')
    })
    await payWith(page, 'Approved')
    await page.getByText('We do not know yet whether the payment went through').waitFor()
    expect(await page.getByRole('button', { name: /^Pay/ }).count()).toBe(0)
    await page.unrouteAll()
    await guest.context.setOffline(false)
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect(captured()).toBe(before + 1)
    const client = shop.commerce.as({ type: 'customer', site: 'campus', customerId: 'learner-3' })
    expect((await client.me.orders({})).items.map(({ state }) => state)).toEqual(['placed'])
    await guest.leave()
  })
})

describe('checkout', () => {
  test('is free to be tried again where the card field does not load, and offers nothing that is sold no more', async () => {
    const guest = await visitor(shop.server.url)
    const page = await guest.open('/sign-in')
    await signIn(page, 'Learner 4')
    await addToCart(page, 'proofs-at-a-glance')
    await page.route('**/demo/card-field*', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
    await page.goto('/checkout')
    await page.getByRole('checkbox', { name: 'I agree to the terms' }).check()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByRole('link', { name: 'The card form does not answer.' }).waitFor()
    await page.getByRole('button', { name: /^Pay/ }).waitFor()
    const { admin } = shop.commerce.as({ type: 'system', site: 'campus' })
    const shopper = shop.commerce.as({ type: 'shopper', site: 'campus' })
    const { id: productId } = await shopper.products.get({ idOrSlug: 'proofs-at-a-glance' })
    await admin.products.archive({ productId })
    await page.reload()
    await page.getByText('Something in your cart cannot be bought').waitFor()
    expect(await page.getByRole('button', { name: /^Pay|^Enrol/ }).count()).toBe(0)
    await expectAccessible(page)
    expect(guest.complaints).toEqual([])
    await guest.leave()
  })
})
