import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealAnswer, type RealShop, realShop } from './real-shop.ts'

const BACK = 'https://learn.example/back'
let shop: RealShop
beforeAll(async () => {
  shop = await realShop()
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  await admin.sites.update({ id: 'main', returnUrls: ['https://learn.example/'] })
})
afterAll(async () => {
  await shop.end()
})

const follow = (query: Record<string, string>, as = customer('main', 'ann')): Promise<RealAnswer> =>
  shop.ask({ path: `/v1/buy?${new URLSearchParams({ return: BACK, ...query })}`, as })
const parameters = ({ location }: RealAnswer) => Object.fromEntries(new URL(location ?? '').searchParams)
const cartOf = async (answer: RealAnswer, options: { as?: ReturnType<typeof customer> } = {}) =>
  (await shop.ask({ path: `/v1/carts/${parameters(answer).bursar_cart}`, ...options })).json

test('a link puts the variant in a cart, at the price of its code', async () => {
  const answer = await follow({ variant: shop.variants.book, code: 'TENOFF', quantity: '2' })
  expect([answer.status, Object.keys(parameters(answer))]).toEqual([302, ['bursar_cart']])
  const { cart, quote } = await cartOf(answer, { as: customer('main', 'ann') })
  expect(cart.lines).toMatchObject([{ variantId: shop.variants.book, quantity: 2 }])
  expect(quote).toMatchObject({ total: 3420 })
})

test('so it does for a shopper without an account', async () => {
  const link = new URLSearchParams({ return: BACK, variant: shop.variants.book, code: 'TENOFF' })
  const answer = await shop.ask({ path: `/v1/buy?${link}` })
  const token = /bursar_cart=([^;]+)/.exec(answer.cookie ?? '')?.[1] ?? ''
  const path = `/v1/carts/${parameters(answer).bursar_cart}`
  const { json } = await shop.ask({ path, headers: { 'bursar-cart-token': token } })
  expect(json.quote).toMatchObject({ total: 1710 })
  expect((await shop.ask({ path })).status).toBe(404)
})

test('a code that is not valid strands nobody: the cart is there, and the address says so', async () => {
  const cleo = customer('main', 'cleo')
  const answer = await follow({ variant: shop.variants.book, code: 'NEVERMADE' }, cleo)
  expect(parameters(answer)).toMatchObject({ bursar_error: 'code_not_valid' })
  expect((await cartOf(answer, { as: cleo })).quote.total).toBe(1900)
})

test('what cannot be bought strands nobody, and makes no cart', async () => {
  const before = shop.tables()
  const hidden = await follow({ variant: shop.variants.hidden }, customer('main', 'dora'))
  expect(parameters(hidden)).toEqual({ bursar_error: 'not_sellable' })
  expect(shop.tables()).toBe(before)
})

test('an address that is not the site’s is refused: a shop sends nobody to strangers', async () => {
  const before = shop.tables()
  const answer = await follow({ variant: shop.variants.book, return: 'https://evil.example/' })
  expect([answer.status, answer.json.code]).toEqual([400, 'invalid_input'])
  expect(shop.tables()).toBe(before)
})

test('a link adds to the cart that the cookie opens, once however often it is followed, and takes nothing from it', async () => {
  const open = async (cookie: string, variant: string, quantity = '1') => {
    const link = new URLSearchParams({ return: BACK, variant, quantity })
    const answer = await shop.ask({ path: `/v1/buy?${link}`, headers: cookie === '' ? {} : { cookie } })
    const token = /bursar_cart=([^;]+)/.exec(answer.cookie ?? '')?.[1]
    return { cartId: parameters(answer).bursar_cart, error: parameters(answer).bursar_error, token }
  }
  const first = await open('', shop.variants.book, '3')
  const cookie = `bursar_cart=${first.token}`
  for (const variant of [shop.variants.course, shop.variants.course, shop.variants.book]) {
    expect(await open(cookie, variant)).toEqual({ cartId: first.cartId, error: undefined, token: undefined })
  }
  expect(await open(cookie, shop.variants.hidden)).toMatchObject({ cartId: first.cartId, error: 'not_sellable' })
  const headers = { 'bursar-cart-token': first.token ?? '' }
  const { json } = await shop.ask({ path: `/v1/carts/${first.cartId}`, headers })
  expect(json.cart.lines).toMatchObject([
    { variantId: shop.variants.book, quantity: 3 },
    { variantId: shop.variants.course, quantity: 1 },
  ])
  const other = await open('bursar_cart=nobodys-token-that-opens-nothing', shop.variants.book)
  expect(other.cartId).not.toBe(first.cartId)
  expect(other.token).toBeDefined()
})

test('a customer’s link adds to the cart that they have, on whichever device, and takes nothing from it', async () => {
  const bea = customer('main', 'bea')
  const made = { lines: [{ lineId: 'own', variantId: shop.variants.course }] }
  const { json } = await shop.ask({ method: 'POST', path: '/v1/carts', body: made, as: bea })
  const first = await follow({ variant: shop.variants.book, quantity: '2' }, bea)
  expect(parameters(await follow({ variant: shop.variants.book }, bea))).toEqual(parameters(first))
  expect(parameters(first).bursar_cart).toBe(json.cart.id)
  const mine = (await shop.ask({ path: '/v1/me/cart', as: bea })).json
  expect(mine.cart.lines).toMatchObject([
    { variantId: shop.variants.course, quantity: 1 },
    { variantId: shop.variants.book, quantity: 2 },
  ])
})
