import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, cardField, payWith, signIn } from './shopping.ts'
import { expectAccessible, type Visitor, visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

/** A visitor who leaves without a complaint. */
async function visit(walk: (visitor: Visitor) => Promise<void>): Promise<void> {
  const guest = await visitor(shop.server.url)
  await walk(guest)
  expect(guest.complaints).toEqual([])
  await guest.leave()
}

const captures = () => shop.processor.log().filter(({ effect }) => effect === 'captured').length
const ordersOf = async (learner: string) => {
  const client = shop.commerce.as({ type: 'customer', site: 'campus', customerId: learner })
  return (await client.me.orders({ limit: 100 })).items
}

describe('each kind of product is bought', () => {
  const kinds = [
    { kind: 'a course', slug: 'soil-the-living-ground', delivered: 'Delivered' },
    { kind: 'a program', slug: 'living-landscapes', delivered: 'Birdsong by Ear' },
    { kind: 'a book', slug: 'proofs-at-a-glance', delivered: 'Download it' },
    { kind: 'a service', slug: 'portfolio-review', delivered: 'On its way' },
  ]
  test.each(kinds)('$kind', async ({ slug, delivered }) => {
    await visit(async ({ open }) => {
      const before = captures()
      const page = await open('/sign-in')
      await signIn(page, 'Learner 1')
      await addToCart(page, slug)
      await page.getByRole('link', { name: 'Go to the cart' }).click()
      await page.getByRole('link', { name: 'Go to checkout' }).click()
      await payWith(page, 'Approved')
      await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor()
      await page.getByText(delivered, { exact: false }).first().waitFor()
      await expectAccessible(page)
      expect(captures()).toBe(before + 1)
    })
  })

  test('a download is there by its link, and by no other', async () => {
    await visit(async ({ open }) => {
      const page = await open('/sign-in')
      await signIn(page, 'Learner 1')
      await page.goto('/orders')
      await page.getByRole('listitem').filter({ hasText: 'Proofs at a Glance' }).getByRole('link').click()
      const link = page.getByRole('link', { name: 'Download it' })
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
      expect(download.suggestedFilename()).toBe('proofs-at-a-glance.txt')
      expect(await download.failure()).toBeNull()
      const address = new URL((await link.getAttribute('href')) ?? '', page.url())
      address.searchParams.set('signature', '00')
      expect((await page.request.get(address.href)).status()).toBe(404)
    })
  })

  test('a course that costs nothing, without a way to pay', async () => {
    await visit(async ({ open }) => {
      const page = await open('/products/birdsong-by-ear')
      await page.getByRole('radio', { name: 'Audit' }).check()
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('link', { name: 'Go to the cart' }).click()
      await page.getByRole('link', { name: 'Go to checkout' }).click()
      await signIn(page, 'Learner 2')
      await page.getByRole('checkbox', { name: 'I agree' }).check()
      await page.getByRole('button', { name: 'Enrol for free' }).click()
      await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor()
    })
  })

  test('on account, with how to pay', async () => {
    await visit(async ({ open }) => {
      const page = await open('/sign-in')
      await signIn(page, 'Learner 2')
      await addToCart(page, 'data-workshop-for-teams')
      await page.goto('/checkout')
      await page.getByRole('radio', { name: 'Invoice' }).check()
      await page.getByRole('checkbox', { name: 'I agree' }).check()
      await page.getByRole('button', { name: /^Pay/ }).click()
      await page.getByText('Please transfer the amount and name SC-').waitFor()
      await expectAccessible(page)
    })
  })
})

test('who buys twice in one visit, by links alone, orders both carts', async () => {
  await visit(async ({ open }) => {
    const page = await open('/sign-in')
    await signIn(page, 'Learner 2')
    const before = await ordersOf('learner-2')
    for (const title of ['Proofs at a Glance', 'Soil']) {
      await page.getByRole('link', { name: 'Sample Campus' }).click()
      await page.getByRole('searchbox').fill(title)
      await page
        .getByRole('link', { name: new RegExp(title) })
        .first()
        .click()
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('link', { name: 'Go to the cart' }).click()
      await page.getByRole('link', { name: 'Go to checkout' }).click()
      await payWith(page, 'Approved')
      await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor()
    }
    expect(await ordersOf('learner-2')).toHaveLength(before.length + 2)
  })
})

test('the page never sees what is typed into the card field, and takes no token from anybody else', async () => {
  await visit(async ({ open }) => {
    const page = await open('/sign-in')
    await signIn(page, 'Learner 2')
    await addToCart(page, 'portfolio-review')
    await page.goto('/checkout')
    await cardField(page).getByRole('button', { name: 'Approved' }).click()
    expect(await cardField(page).getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242')
    const reached = await page.evaluate(() => document.querySelector('iframe')?.contentDocument)
    expect(reached).toBeNull()
    const typed: string[] = []
    page.on('request', (request) => typed.push(request.url(), request.postData() ?? ''))
    await page.getByRole('checkbox', { name: 'I agree' }).check()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect(typed.some((text) => text.includes('tok_approve'))).toBe(true)
    expect(typed.filter((text) => text.replaceAll(/\D/g, '').includes('4242424242424242'))).toEqual([])
  })
})

describe('the payment', () => {
  test('declined charges nothing, and another card pays the same cart', async () => {
    await visit(async ({ open }) => {
      const [orders, paid] = [await ordersOf('learner-2'), captures()]
      const page = await open('/sign-in')
      await signIn(page, 'Learner 2')
      await addToCart(page, 'making-maps-that-tell-the-truth')
      await page.goto('/checkout')
      await payWith(page, 'Declined')
      await page.getByText('The payment was declined').waitFor()
      expect(captures()).toBe(paid)
      await payWith(page, 'Approved')
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      expect(captures()).toBe(paid + 1)
      const placed = (await ordersOf('learner-2')).filter(({ state }) => state === 'placed')
      expect(placed.length).toBe(orders.filter(({ state }) => state === 'placed').length + 1)
    })
  })

  test('refused at the bank’s page charges nothing; approved there it is paid, also after a reload', async () => {
    await visit(async ({ open }) => {
      const paid = captures()
      const page = await open('/sign-in')
      await signIn(page, 'Learner 2')
      await addToCart(page, 'tides-waves-and-currents')
      await page.goto('/checkout')
      await payWith(page, '3-D Secure')
      await page.getByRole('link', { name: 'Go to your bank' }).click()
      await page.getByRole('button', { name: 'Decline it' }).click()
      await page.getByText('The payment was declined').waitFor()
      await payWith(page, '3-D Secure')
      await page.getByRole('link', { name: 'Go to your bank' }).waitFor()
      await page.reload()
      await expectAccessible(page)
      await page.getByRole('link', { name: 'Go to your bank' }).click()
      await page.getByRole('button', { name: 'Approve the payment' }).click()
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      expect(captures()).toBe(paid + 1)
    })
  })

  test('without an answer is not offered again, and is one order when the answer comes', async () => {
    await visit(async ({ open }) => {
      const paid = captures()
      const page = await open('/sign-in')
      await signIn(page, 'Learner 2')
      await addToCart(page, 'statistics-without-fear')
      await page.goto('/checkout')
      await cardField(page).getByRole('button', { name: 'No answer' }).waitFor()
      // The page asks by itself; its questions wait until the test lets them go.
      const { promise: letGo, resolve: release } = Promise.withResolvers<void>()
      await page.route('**/payment/refresh', async (route) => {
        await letGo
        await route.continue()
      })
      await payWith(page, 'No answer')
      await page.getByText('We do not know yet whether the payment went through').waitFor()
      await expectAccessible(page)
      expect(await page.getByRole('button', { name: /^Pay/ }).count()).toBe(0)
      await page.getByRole('button', { name: 'Check again' }).click()
      release()
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      expect(captures()).toBe(paid + 1)
    })
  })
})

test('a price that changed is shown with the old one, and ordered only when the shopper says so', async () => {
  await visit(async ({ open }) => {
    const { admin, products } = shop.commerce.as({ type: 'system', site: 'campus' })
    const { id } = await products.get({ idOrSlug: 'why-bridges-stand' })
    const page = await open('/sign-in')
    await signIn(page, 'Learner 3')
    await addToCart(page, 'why-bridges-stand')
    await page.goto('/checkout')
    await page.getByRole('button', { name: 'Pay $99.00' }).waitFor()
    const product = await admin.products.get({ productId: id })
    await admin.products.update({
      productId: id,
      variants: product.variants.map(({ name, prices }) => ({
        name,
        prices: prices.map((price) => ({ ...price, amount: price.amount === 9900 ? 10_900 : price.amount })),
      })),
    })
    await payWith(page, 'Approved')
    await page.getByText('The price has changed').waitFor()
    await page.getByText('It was $99.00 and is now $109.00').waitFor()
    await expectAccessible(page)
    expect((await ordersOf('learner-3')).filter(({ total }) => total === 10_900)).toEqual([])
    await page.getByRole('button', { name: 'Pay $109.00' }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect((await ordersOf('learner-3')).filter(({ total }) => total === 10_900).length).toBe(1)
  })
})

test('the last place that somebody else took is said, and nothing is charged', async () => {
  await visit(async ({ open }) => {
    const { admin } = shop.commerce.as({ type: 'system', site: 'campus' })
    const lists = [{ priceList: 'list-usd', amount: 5000 }]
    await admin.products.create({
      ...{ type: 'service', title: 'The one place', publication: {} },
      variants: [{ name: 'seat', prices: lists, capacity: 1 }],
    })
    const page = await open('/sign-in')
    await signIn(page, 'Learner 3')
    await addToCart(page, 'the-one-place')
    await page.goto('/checkout')
    await cardField(page).getByRole('button', { name: 'Approved' }).waitFor()
    const other = shop.commerce.as({ type: 'customer', site: 'campus', customerId: 'learner-1' })
    const { variants } = await other.products.get({ idOrSlug: 'the-one-place' })
    const { cart, quote } = await other.carts.create({
      lines: variants.map((variant) => ({ lineId: 'seat', variantId: variant.id })),
    })
    const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
    await other.carts.checkout(
      {
        cartId: cart.id,
        expectedTotal: { amount: quote.total, currency: quote.currency },
        paymentToken: 'tok_approve',
        consents,
      },
      { idempotencyKey: 'the-one-place' },
    )
    const paid = captures()
    await payWith(page, 'Approved')
    await page.getByText('The last place was taken').waitFor()
    await page.getByText('“The one place” is sold out. Nothing was charged.').waitFor()
    await expectAccessible(page)
    expect(captures()).toBe(paid)
    await page.getByRole('link', { name: 'Take it out of the cart' }).click()
    await page.getByText('This is sold out.').waitFor()
    await page.getByRole('button', { name: 'Remove The one place' }).click()
    await page.getByText('There is nothing in it yet').waitFor()
  })
})

test('a platform that is down does not stop the sale; the page says so, and goes on when it is back', async () => {
  await visit(async ({ open }) => {
    const page = await open('/sign-in')
    await signIn(page, 'Learner 3')
    await addToCart(page, 'reading-the-night-sky')
    await page.goto('/checkout')
    shop.campus.setAnswers(false)
    await payWith(page, 'Approved')
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    await page.getByText('The platform is not answering at the moment').waitFor()
    await expectAccessible(page)
    shop.campus.setAnswers(true)
    await page.getByText('Everything is delivered').waitFor({ timeout: 45_000 })
    expect(shop.platform.enrolments()).toContainEqual(
      expect.objectContaining({ learner: 'learner-3', course: 'stars-101', mode: 'verified' }),
    )
  })
})
