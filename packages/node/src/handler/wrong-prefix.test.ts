import { createCartStore, createCheckoutStore, createCommerceClient } from '@bursar/core/client'
import { memoryShop, testRuntime, virtualBrowser } from '@bursar/core/testing'
import { expect, test } from 'vitest'
import { createHandler } from './create-handler.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

/** A shop below `/shop`, before which a proxy stands that takes the prefix off while it is wrong. */
async function behindProxy() {
  const shop = await memoryShop()
  const runtime = testRuntime()
  const handler = createHandler(shop.commerce, { basePath: '/shop' })
  let isWrong = false
  let loses = ''
  const client = createCommerceClient({
    ...{ baseUrl: 'https://school.example/shop', site: 'main' },
    fetch: async (address, init) => {
      const answer = await handler(new Request(String(address).replace(isWrong ? '/shop' : '', ''), init))
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

test('a checkout whose answer was lost stays unknown meanwhile, and is placed once', async () => {
  const { shop, runtime, client, tab, loseAnswerOf, mend } = await behindProxy()
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
})
