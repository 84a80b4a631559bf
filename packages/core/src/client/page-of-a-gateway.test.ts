import { expect, test } from 'vitest'
import { memoryShop, testRuntime, virtualBrowser } from '../testing/index.ts'
import { testFetch } from '../testing/test-fetch.ts'
import { createCartStore } from './cart-store/create-cart-store.ts'
import { createCheckoutStore } from './checkout-store/create-checkout-store.ts'
import { createCommerceClient } from './create-commerce-client.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

/** Stores over a network whose gateway, while it is held, answers with its own page in the place of what the server said. */
async function behindGateway(status = 200) {
  const shop = await memoryShop()
  const runtime = testRuntime()
  let customerId: string | undefined
  let isHeld = false
  const serve = testFetch(shop.commerce, (_, cartToken) =>
    customerId
      ? { type: 'customer', site: 'main', customerId, cartToken }
      : { type: 'shopper', site: 'main', cartToken },
  )
  const client = createCommerceClient({
    baseUrl: 'https://shop.example',
    fetch: async (address, init) => {
      const answer = await serve(address, init)
      return isHeld ? new Response('<!doctype html><title>Sign in</title>', { status }) : answer
    },
  })
  const tab = virtualBrowser(runtime).tab()
  const { page } = tab
  const cart = createCartStore({ client, page })
  const checkout = createCheckoutStore({ client, cart, page })
  cart.subscribe(() => {})
  checkout.subscribe(() => {})
  expect(await cart.addLine({ variantId: shop.variants.course, lineId: 'a' })).toMatchObject({ ok: true })
  return {
    shop,
    client,
    tab,
    cart,
    checkout,
    signIn: () => {
      customerId = 'learner-1'
    },
    hold: () => {
      isHeld = true
    },
    async letGo() {
      isHeld = false
      await runtime.advance(60_000)
      await rest()
    },
  }
}

/** Of such pages. */
const STATUSES = [200, 403, 404, 408]

/** Lets promises come to rest. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 20))

test.each(STATUSES)(
  'a command that is answered with the page of a gateway waits, and is done when the server itself answers: %i',
  async (status) => {
    const { cart, hold, letGo } = await behindGateway(status)
    hold()
    const set = cart.setQuantity('a', 3)
    await rest()
    expect(cart.getState()).toMatchObject({ lines: [{ quantity: 3 }], online: false, pending: 1, errors: [] })
    await letGo()
    expect(await set).toMatchObject({ ok: true })
  },
)

test.each(STATUSES)(
  'what the guest had is not forgotten where a sign-in is answered with such a page: %i',
  async (status) => {
    const { cart, hold, letGo, signIn } = await behindGateway(status)
    signIn()
    hold()
    const signedIn = cart.signedIn()
    await rest()
    await letGo()
    expect(await signedIn).toMatchObject({ ok: true })
    expect(cart.getState().lines).toMatchObject([{ id: 'a' }])
  },
)

test.each(STATUSES)(
  'a checkout that is answered with such a page is unknown until the server says that it was paid, once: %i',
  async (status) => {
    const { shop, cart, checkout, hold, letGo } = await behindGateway(status)
    const now = checkout.getState()
    if (now.status !== 'idle') throw new Error(now.status)
    hold()
    await now.start({ consents, guest: { email: 'guest@example.org' }, paymentToken: 'tok_approve' })
    expect(checkout.getState()).toMatchObject({ status: 'unknown', error: { code: 'unavailable' } })
    await letGo()
    expect(checkout.getState().status).toBe('placed')
    expect(cart.getState().status).toBe('ordered')
    expect(shop.processor.payments().map(({ state }) => state)).toEqual(['captured'])
  },
)

test.each(STATUSES)(
  'a page that is loaded behind one shows its cart as soon as the server answers: %i',
  async (status) => {
    const { client, tab, hold, letGo } = await behindGateway(status)
    hold()
    const cart = createCartStore({ client, page: tab.reload().page })
    cart.subscribe(() => {})
    await rest()
    expect(cart.getState()).toMatchObject({ status: 'unavailable', online: false })
    await letGo()
    expect(cart.getState()).toMatchObject({ status: 'open', online: true, errors: [] })
  },
)

test('a sign-in at a gateway that wants one first is refused as not signed in, and keeps what the guest had', async () => {
  const { cart, hold, letGo, signIn } = await behindGateway(401)
  signIn()
  hold()
  expect(await cart.signedIn()).toMatchObject({ ok: false, error: { code: 'unauthenticated', status: 401 } })
  await letGo()
  expect(await cart.signedIn()).toMatchObject({ ok: true })
  expect(cart.getState().lines).toMatchObject([{ id: 'a' }])
})
