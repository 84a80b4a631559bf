import { createCartStore, createCheckoutStore, createCommerceClient } from '@bursar/core/client'
import { memoryShop, testRuntime, virtualBrowser } from '@bursar/core/testing'
import { expect, test } from 'vitest'
import { createHandler } from './create-handler.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

/** What a proxy does with a request while it is wrong. */
const WRONGS = {
  'takes the prefix off': (address: string, init: RequestInit) => new Request(address.replace('/shop', ''), init),
  'names another site': (address: string, init: RequestInit) => {
    const request = new Request(address, init)
    request.headers.set('bursar-site', 'nobody')
    return request
  },
}

/** A shop below `/shop`, with a proxy before it. */
async function behindProxy(wrong: keyof typeof WRONGS = 'takes the prefix off') {
  const shop = await memoryShop()
  const runtime = testRuntime()
  const handler = createHandler(shop.commerce, { basePath: '/shop' })
  let isWrong = false
  let loses = ''
  const client = createCommerceClient({
    ...{ baseUrl: 'https://school.example/shop', site: 'main' },
    fetch: async (address, init = {}) => {
      const answer = await handler((isWrong ? WRONGS[wrong] : toRequest)(String(address), init))
      if (loses === '' || !String(address).endsWith(loses)) return answer
      loses = ''
      isWrong = true
      throw new TypeError('the answer was lost')
    },
  })
  const tab = virtualBrowser(runtime).tab()
  return {
    ...{ shop, runtime, client, tab },
    goWrong: () => {
      isWrong = true
    },
    loseAnswerOf: (end: string) => {
      loses = end
    },
    async mend() {
      isWrong = false
      await runtime.advance(60_000)
      await rest()
    },
  }
}

const toRequest = (address: string, init: RequestInit) => new Request(address, init)
const rest = () => new Promise((resolve) => setTimeout(resolve, 50))

test('a guest’s cart is not forgotten by a page that is loaded while a proxy asks for another address', async () => {
  const { shop, client, tab, goWrong, mend } = await behindProxy()
  const before = createCartStore({ client, page: tab.page })
  before.subscribe(() => {})
  expect(await before.addLine({ variantId: shop.variants.course, lineId: 'a' })).toMatchObject({ ok: true })
  goWrong()
  const cart = createCartStore({ client, page: tab.reload().page })
  cart.subscribe(() => {})
  await rest()
  expect(cart.getState()).toMatchObject({ status: 'unavailable', online: false })
  await mend()
  expect(cart.getState()).toMatchObject({ status: 'open', lines: [{ id: 'a' }] })
})

test.each(['takes the prefix off', 'names another site'] as const)(
  'a checkout whose answer was lost stays unknown while a proxy %s, and is placed once',
  async (wrong) => {
    const { shop, runtime, client, tab, loseAnswerOf, mend } = await behindProxy(wrong)
    const cart = createCartStore({ client, page: tab.page })
    const checkout = createCheckoutStore({ client, cart, page: tab.page })
    cart.subscribe(() => {})
    checkout.subscribe(() => {})
    await cart.addLine({ variantId: shop.variants.course, lineId: 'a' })
    const now = checkout.getState()
    if (now.status !== 'idle') throw new Error(now.status)
    loseAnswerOf('/checkout')
    await now.start({ consents, guest: { email: 'guest@example.org' }, paymentToken: 'tok_approve' })
    await runtime.advance(60_000)
    await rest()
    expect(checkout.getState().status).toBe('unknown')
    await mend()
    expect(checkout.getState().status).toBe('placed')
    expect(shop.processor.payments().map(({ state }) => state)).toEqual(['captured'])
  },
)
