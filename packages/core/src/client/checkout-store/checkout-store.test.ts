import { beforeEach, describe, expect, it, test, vi } from 'vitest'
import type { CommerceClient, OperationOptions } from '../../contract/index.ts'
import { BursarError } from '../../errors/index.ts'
import { type MemoryShop, memoryShop, testRuntime, virtualBrowser } from '../../testing/index.ts'
import { createCartStore } from '../cart-store/create-cart-store.ts'
import type { CheckoutState } from './checkout-state.ts'
import { createCheckoutStore } from './create-checkout-store.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
const guest = { email: 'guest@example.org', name: 'Gwen Guest' }

let shop: MemoryShop
let runtime = testRuntime()
let browser = virtualBrowser(runtime)

beforeEach(async () => {
  shop = await memoryShop()
  runtime = testRuntime()
  browser = virtualBrowser(runtime)
})

/** A client whose calls can be looked at and spoilt. */
function spied(principal: Parameters<MemoryShop['commerce']['as']>[0]): CommerceClient {
  const { site, products, quotes, carts, orders, me } = shop.commerce.as(principal)
  return { site, products, quotes, carts: { ...carts }, orders: { ...orders }, me }
}

const learner = () => spied({ type: 'customer', site: 'main', customerId: 'learner-1' })
const stranger = () => spied({ type: 'shopper', site: 'main' })

/** A page in a tab, with what it shows. */
function openPage(client: CommerceClient, tab = browser.tab()) {
  const cart = createCartStore({ client, page: tab.page })
  const checkout = createCheckoutStore({ client, cart, page: tab.page })
  const shown: CheckoutState['status'][] = []
  cart.subscribe(() => {})
  checkout.subscribe(() => {
    const { status } = checkout.getState()
    if (shown.at(-1) !== status) shown.push(status)
  })
  /** The state, which must be this one. */
  const expectState = <Status extends CheckoutState['status']>(status: Status) => {
    const state = checkout.getState()
    if (state.status !== status)
      throw new Error(`The checkout is ${state.status}, not ${status}: ${JSON.stringify(state)}`)
    return state as Extract<CheckoutState, { status: Status }> // by the line above
  }
  return { client, tab, cart, checkout, shown, expectState }
}

async function pageWithCourse(client = learner(), tab = browser.tab()) {
  const page = openPage(client, tab)
  expect(await page.cart.addLine({ variantId: shop.variants.course, lineId: 'course' })).toMatchObject({ ok: true })
  return page
}

const captured = () => shop.processor.payments().filter(({ state }) => state === 'captured')

/** Lets promises that call the shop in process come to rest. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('a payment by token', () => {
  it('is placed, tells the cart, and the other tabs', async () => {
    const { cart, shown, expectState } = await pageWithCourse()
    const { start } = expectState('idle')
    expect(await start({ paymentToken: 'tok_approve', consents })).toMatchObject({ ok: true })
    const { order } = expectState('placed')
    expect(shown).toEqual(['idle', 'starting', 'placed'])
    expect(cart.getState()).toMatchObject({ status: 'ordered', cart: { orderId: order.id } })
    expect(browser.messages.filter(({ type }) => type === 'placed')).toHaveLength(1)
    expect(captured()).toHaveLength(1)
  })

  it('that is declined can be paid again, with another key and once', async () => {
    const { client, expectState } = await pageWithCourse()
    const checkout = vi.spyOn(client.carts, 'checkout')
    await expectState('idle').start({ paymentToken: 'tok_decline', consents })
    await expectState('declined').start({ paymentToken: 'tok_approve', consents })
    expectState('placed')
    const keys = checkout.mock.calls.map(([, options]) => options?.idempotencyKey)
    expect(new Set(keys).size).toBe(2)
    expect(captured()).toHaveLength(1)
  })

  it('that waits for 3-D Secure goes on after it', async () => {
    const { expectState, shown } = await pageWithCourse()
    await expectState('idle').start({ paymentToken: 'tok_requires_action', consents })
    const { confirm } = expectState('requires_action')
    await confirm((secret) => shop.processor.confirm(secret, 'approve'))
    expectState('placed')
    expect(shown).toEqual(['idle', 'starting', 'requires_action', 'confirming', 'placed'])
  })

  it('that is decided later is asked about by itself', async () => {
    const { expectState } = await pageWithCourse()
    await expectState('idle').start({ paymentToken: 'tok_late', consents })
    expectState('processing')
    const [payment] = shop.processor.payments()
    if (payment === undefined) throw new Error('there is no payment')
    await runtime.advance(1000)
    await rest()
    expectState('processing')
    shop.processor.settle(payment, 'captured')
    await runtime.advance(1500)
    await rest()
    expectState('placed')
  })

  it('is not asked about in a hidden tab, and at once when it comes back', async () => {
    const { client, tab, expectState } = await pageWithCourse()
    const refresh = vi.spyOn(client.orders, 'refreshPayment')
    await expectState('idle').start({ paymentToken: 'tok_late', consents })
    tab.hide()
    await runtime.advance(60_000)
    await rest()
    expect(refresh).not.toHaveBeenCalled()
    tab.comeBack()
    await rest()
    expect(refresh).toHaveBeenCalledTimes(1)
  })
})

describe('a payment in the processor’s own field', () => {
  it('is ready with its secret, and placed when confirmed', async () => {
    const { expectState, shown } = await pageWithCourse()
    await expectState('idle').start({ consents })
    await expectState('ready').confirm((secret) => shop.processor.confirm(secret, 'approve'))
    expectState('placed')
    expect(shown).toEqual(['idle', 'starting', 'ready', 'confirming', 'placed'])
  })

  it('that the shopper did not finish is ready again, also when the script threw', async () => {
    const { expectState } = await pageWithCourse()
    await expectState('idle').start({ consents })
    const { clientSecret, confirm } = expectState('ready')
    await confirm(() => Promise.reject(new Error('The window was closed.')))
    expect(expectState('ready').clientSecret).toBe(clientSecret)
  })

  /** The course costs this from now on. */
  async function priceCourse(amount: number) {
    const { items } = await shop.system.admin.products.list({})
    const { id: productId } = items.find(({ product }) => product.title === 'Algebra')?.product ?? { id: '' }
    const prices = [{ priceList: 'list', amount }]
    await shop.system.admin.products.update({ productId, variants: [{ name: 'standard', repeatable: true, prices }] })
  }

  it('is idle once a page that waits knows of another price, which the next start is for', async () => {
    const { cart, expectState } = await pageWithCourse()
    await expectState('idle').start({ consents })
    expectState('ready')
    await priceCourse(3900)
    await cart.refresh()
    await expectState('idle').start({ paymentToken: 'tok_approve', consents })
    expect(expectState('placed').order.total).toBe(3900)
    expect(captured()).toHaveLength(1)
  })

  it('of before, which is found where the start at a new price never arrived, is not paid at the old one', async () => {
    const { client, cart, expectState } = await pageWithCourse()
    await expectState('idle').start({ consents })
    expectState('ready')
    await priceCourse(3900)
    await cart.refresh()
    vi.spyOn(client.carts, 'checkout').mockRejectedValueOnce(new BursarError('unavailable'))
    await expectState('idle').start({ consents })
    await expectState('unknown').check()
    expectState('idle')
  })

  it('that was taken up by its id, also before a reload, is not paid at a price that is another one by now', async () => {
    await shop.system.admin.promotions.create({
      id: 'half',
      name: 'Half',
      requiresCode: true,
      conditions: [],
      benefit: { type: 'percent', percent: '50' },
    })
    await shop.system.admin.codes.create({ code: 'HALF', promotionId: 'half' })
    const first = await pageWithCourse()
    await first.expectState('idle').start({ consents })
    const { order } = first.expectState('ready')
    const second = openPage(first.client)
    await rest()
    await second.expectState('idle').resume(order.id)
    const after = openPage(first.client, second.tab.reload())
    await rest()
    after.expectState('ready')
    expect(await first.cart.applyCode('HALF')).toMatchObject({ ok: true })
    await after.cart.refresh()
    after.expectState('idle')
  })

  it('at a price that was accepted before the cart was fetched again is still to pay when it is', async () => {
    const { client, cart, expectState } = await pageWithCourse()
    await priceCourse(5900)
    const get = vi.spyOn(client.carts, 'get').mockRejectedValue(new BursarError('unavailable'))
    await expectState('idle').start({ consents, paymentToken: 'tok_requires_action' })
    const { accept } = expectState('price_changed')
    await accept()
    expect(cart.getState()).toMatchObject({ quoteState: 'final', quote: { total: 4900 } })
    expectState('requires_action')
    get.mockRestore()
    await runtime.advance(60_000)
    await cart.refresh()
    expect(cart.getState()).toMatchObject({ quoteState: 'final', quote: { total: 5900 } })
    expectState('requires_action')
  })

  it('is not confirmed for a cart that has changed meanwhile', async () => {
    const { cart, expectState } = await pageWithCourse()
    await expectState('idle').start({ consents })
    const { confirm } = expectState('ready')
    await cart.setQuantity('course', 2)
    expectState('idle')
    const act = vi.fn()
    expect(await confirm(act)).toMatchObject({ ok: false })
    expect(act).not.toHaveBeenCalled()
    await expectState('idle').start({ paymentToken: 'tok_approve', consents })
    expect(expectState('placed').order.total).toBe(9800)
    expect(captured()).toHaveLength(1)
  })

  it('is not confirmed for a bundle of which other parts were chosen meanwhile, at the same price', async () => {
    const group = {
      id: 'one',
      choose: 1,
      parts: [
        { id: 'algebra', variantId: shop.variants.course },
        { id: 'book', variantId: shop.variants.book },
      ],
    } as const
    const { variants } = await shop.system.admin.products.create({
      type: 'program',
      title: 'Program',
      publication: { place: 9 },
      variants: [
        {
          name: 'standard',
          prices: [{ priceList: 'list', amount: 9000 }],
          bundle: { pricing: { type: 'own_price' }, ownedParts: 'sell_all', parts: [], groups: [group] },
        },
      ],
    })
    const { client, tab, cart, expectState } = openPage(learner())
    await cart.addLine({ variantId: variants[0]?.id ?? '', lineId: 'program', parts: ['algebra'] })
    await expectState('idle').start({ consents })
    expectState('ready')
    const after = openPage(client, tab.reload())
    await rest()
    after.expectState('ready')
    const other = openPage(client)
    expect(await other.cart.setParts('program', ['book'])).toMatchObject({ ok: true })
    await after.cart.refresh()
    expect(after.cart.getState()).toMatchObject({ quoteState: 'final', quote: { total: 9000 } })
    after.expectState('idle')
  })

  /** A code for a first order, of a guest who has ordered before: that they have is known at checkout only. */
  async function guestWithCode() {
    await shop.system.admin.promotions.create({
      id: 'first',
      name: 'First',
      requiresCode: true,
      conditions: [{ type: 'first_order' }],
      benefit: { type: 'percent', percent: '50' },
    })
    await shop.system.admin.codes.create({ code: 'HELLO', promotionId: 'first' })
    const before = await pageWithCourse(stranger(), virtualBrowser(runtime).tab())
    await before.expectState('idle').start({ consents, guest, paymentToken: 'tok_approve' })
    before.expectState('placed')
    const page = await pageWithCourse(stranger())
    expect(await page.cart.applyCode('HELLO')).toMatchObject({ ok: true })
    return page
  }

  it('at the price that a guest accepted, which their cart never comes to, is ready and confirmed', async () => {
    const { client, tab, cart, expectState } = await guestWithCode()
    await expectState('idle').start({ consents, guest })
    await expectState('price_changed').accept()
    await rest()
    await cart.refresh()
    expect(cart.getState().quote).toMatchObject({ total: 2450, provisional: true })
    expectState('ready')
    const after = openPage(client, tab.reload())
    await rest()
    const { order, confirm } = after.expectState('ready')
    expect(order.total).toBe(4900)
    await confirm((secret) => shop.processor.confirm(secret, 'approve'))
    after.expectState('placed')
    expect(captured()).toHaveLength(2)
  })

  it('nor does such a guest lose a payment that waits for 3-D Secure; a change of the cart still ends it', async () => {
    const { cart, expectState } = await guestWithCode()
    await expectState('idle').start({ consents, guest, paymentToken: 'tok_requires_action' })
    await expectState('price_changed').accept()
    await cart.refresh()
    expectState('requires_action')
    await cart.setQuantity('course', 2)
    expectState('idle')
  })

  it('is there again after a reload, and after a redirect', async () => {
    const before = await pageWithCourse()
    await before.expectState('idle').start({ consents })
    const { clientSecret } = before.expectState('ready')
    const after = openPage(before.client, before.tab.reload())
    after.expectState('confirming')
    await rest()
    expect(after.expectState('ready').clientSecret).toBe(clientSecret)
    await shop.processor.confirm(clientSecret, 'approve')
    const back = openPage(before.client, after.tab.reload())
    await rest()
    back.expectState('placed')
    expect(captured()).toHaveLength(1)
  })
})

describe('nothing is ordered', () => {
  it('while consents are missing', async () => {
    const { expectState } = await pageWithCourse()
    await expectState('idle').start({ paymentToken: 'tok_approve' })
    expect(expectState('consent_required').missing).toEqual(['terms'])
    await expectState('consent_required').start({ paymentToken: 'tok_approve', consents })
    expectState('placed')
  })

  it('at a price that the shopper did not see; accepted, it is', async () => {
    const { expectState } = await pageWithCourse()
    const { items } = await shop.system.admin.products.list({})
    const algebra = items.find(({ product }) => product.title === 'Algebra')
    if (algebra === undefined) throw new Error('there is no Algebra')
    await shop.system.admin.products.update({
      productId: algebra.product.id,
      variants: [{ name: 'standard', prices: [{ priceList: 'list', amount: 5900 }] }],
    })
    await expectState('idle').start({ paymentToken: 'tok_approve', consents })
    const { before, after, accept } = expectState('price_changed')
    expect([before.total, after.total]).toEqual([4900, 5900])
    expect(shop.processor.payments()).toEqual([])
    await accept()
    expect(expectState('placed').order.total).toBe(5900)
  })

  it('when the last place was taken', async () => {
    const page = openPage(learner())
    await page.cart.addLine({ variantId: shop.variants.place, lineId: 'place' })
    const other = openPage(spied({ type: 'customer', site: 'main', customerId: 'learner-2' }))
    await other.cart.addLine({ variantId: shop.variants.place, lineId: 'place' })
    await other.expectState('idle').start({ paymentToken: 'tok_approve', consents })
    other.expectState('placed')
    await page.expectState('idle').start({ paymentToken: 'tok_approve', consents })
    expect(page.expectState('sold_out').lineId).toBe('place')
  })

  it('from an empty cart, or one whose price is not final', async () => {
    const page = openPage(learner())
    expect(await page.expectState('idle').start({ consents })).toMatchObject({
      ok: false,
      error: { code: 'cart_empty' },
    })
    const adding = page.cart.addLine({ variantId: shop.variants.course })
    expect(page.checkout.getState().canStart).toBe(false)
    expect(await page.expectState('idle').start({ consents })).toMatchObject({
      ok: false,
      error: { code: 'version_conflict' },
    })
    await adding
    expect(page.checkout.getState().canStart).toBe(true)
  })
})

describe('what is bought is what is shown', () => {
  it('where another device has put something else of the same price into the cart: it is shown, and bought then', async () => {
    const { variants } = await shop.system.admin.products.create({
      type: 'course',
      title: 'Geometry',
      publication: { place: 9 },
      variants: [{ name: 'standard', repeatable: true, prices: [{ priceList: 'list', amount: 4900 }] }],
    })
    const client = learner()
    const { cart, expectState } = await pageWithCourse(client)
    const cartId = cart.getState().cart?.id ?? ''
    await client.carts.removeLine({ cartId, lineId: 'course' })
    await client.carts.addLine({ cartId, lineId: 'other', variantId: variants[0]?.id ?? '' })
    await expectState('idle').start({ paymentToken: 'tok_approve', consents })
    const { error, start } = expectState('failed')
    expect(error.code).toBe('version_conflict')
    expect(shop.processor.payments()).toEqual([])
    await rest()
    expect(cart.getState().lines.map(({ id }) => id)).toEqual(['other'])
    await start({ paymentToken: 'tok_approve', consents })
    expect(expectState('placed').order.lines.map(({ id }) => id)).toEqual(['other'])
    expect(captured()).toHaveLength(1)
  })

  it('where another device has put another code of the same worth in the place of one', async () => {
    const { admin } = shop.system
    for (const id of ['spring', 'summer']) {
      await admin.promotions.create({
        id,
        name: id,
        requiresCode: true,
        benefit: { type: 'percent', percent: '10' },
      })
      await admin.codes.create({ code: id.toUpperCase(), promotionId: id })
    }
    const client = learner()
    const { cart, expectState } = await pageWithCourse(client)
    await cart.applyCode('SPRING')
    const { id: cartId = '', codes: [codeId = ''] = [] } = cart.getState().cart ?? {}
    await client.carts.removeCode({ cartId, codeId })
    await client.carts.applyCode({ cartId, code: 'SUMMER' })
    await expectState('idle').start({ paymentToken: 'tok_approve', consents })
    expect(expectState('failed').error.code).toBe('version_conflict')
    expect(shop.processor.payments()).toEqual([])
  })

  it('a price is not accepted while a removal waits', async () => {
    const page = await pageWithCourse()
    await page.cart.addLine({ variantId: shop.variants.service, lineId: 'service' })
    await shop.system.admin.promotions.create({
      id: 'five',
      name: 'Five',
      benefit: { type: 'percent', percent: '5' },
    })
    await page.expectState('idle').start({ paymentToken: 'tok_approve', consents })
    const { accept } = page.expectState('price_changed')
    await rest()
    const removing = page.cart.removeLine('service')
    expect(await accept()).toMatchObject({ ok: false, error: { code: 'version_conflict' } })
    await removing
    expect(shop.processor.payments()).toEqual([])
  })
})

describe('no way to pay twice', () => {
  it('two clicks are one start', async () => {
    const { expectState } = await pageWithCourse()
    const { start } = expectState('idle')
    const input = { paymentToken: 'tok_approve', consents }
    const outcomes = await Promise.all([start(input), start(input)])
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false])
    expect(captured()).toHaveLength(1)
  })

  /** The next checkout reaches the server, or does not, and its answer is lost. */
  const loseAnswer = (client: CommerceClient, when: 'before' | 'after') => {
    const { checkout } = client.carts
    vi.spyOn(client.carts, 'checkout').mockImplementationOnce(async (input, options?: OperationOptions) => {
      if (when === 'after') await checkout(input, options)
      throw new BursarError('unavailable')
    })
  }

  it('a lost answer is unknown, has no start, and is found by itself when the network is back', async () => {
    const { client, tab, expectState } = await pageWithCourse()
    loseAnswer(client, 'after')
    await expectState('idle').start({ paymentToken: 'tok_approve', consents })
    expect(expectState('unknown')).not.toHaveProperty('start')
    tab.comeBack()
    await rest()
    expectState('placed')
    expect(captured()).toHaveLength(1)
  })

  it.each(['learner', 'guest'] as const)(
    'a lost answer and a reload: the %s’s order is found by the cart',
    async (who) => {
      const { client, tab, expectState } = await pageWithCourse(who === 'guest' ? stranger() : learner())
      loseAnswer(client, 'after')
      await expectState('idle').start({ consents, ...(who === 'guest' ? { guest } : {}) })
      const after = openPage(client, tab.reload())
      const { check } = after.expectState('unknown')
      await check()
      after.expectState('ready')
      expect(shop.processor.payments()).toHaveLength(1)
      expect(browser.written.join()).not.toContain('example.org')
    },
  )

  it('a request that never arrived is found out by asking, and the same key pays once', async () => {
    const { client, expectState } = await pageWithCourse()
    loseAnswer(client, 'before')
    const input = { paymentToken: 'tok_approve', consents }
    await expectState('idle').start(input)
    await expectState('unknown').check()
    expect(expectState('failed').error).toMatchObject({ code: 'unavailable', reason: 'not_started' })
    expect(shop.processor.payments()).toEqual([])
    await expectState('failed').start(input)
    expectState('placed')
    const [first, second] = vi.mocked(client.carts.checkout).mock.calls.map(([, options]) => options?.idempotencyKey)
    expect(second).toBe(first)
    expect(captured()).toHaveLength(1)
  })

  it.each([
    ['{}', 'unavailable'],
    ['null', 'internal'],
  ])('an answer %s, in which there is no order, is no answer', async (text, code) => {
    const { client, expectState } = await pageWithCourse()
    vi.spyOn(client.carts, 'checkout').mockImplementationOnce(async () => JSON.parse(text))
    const input = { paymentToken: 'tok_approve', consents }
    expect(await expectState('idle').start(input)).toMatchObject({ ok: true })
    expect(expectState('unknown').error?.code).toBe(code)
    await expectState('unknown').check()
    await expectState('failed').start(input)
    expectState('placed')
    expect(captured()).toHaveLength(1)
  })

  it('what is said of an order and is none, and a client that throws, are no answer', async () => {
    const { client, expectState } = await pageWithCourse()
    await expectState('idle').start({ paymentToken: 'tok_late', consents })
    const refresh = vi.spyOn(client.orders, 'refreshPayment')
    refresh.mockImplementationOnce(async () => JSON.parse('{}').order)
    await expectState('processing').check()
    expect(expectState('unknown').error?.code).toBe('unavailable')
    refresh.mockImplementationOnce(() => {
      throw new TypeError('It is broken.')
    })
    expect(await expectState('unknown').check()).toMatchObject({ ok: true })
    expect(expectState('unknown').error?.code).toBe('internal')
  })

  it('a start whose client throws is unknown, and never paid without a look', async () => {
    const { client, expectState } = await pageWithCourse()
    vi.spyOn(client.carts, 'checkout').mockImplementationOnce(() => {
      throw new TypeError('It is broken.')
    })
    expect(await expectState('idle').start({ consents })).toMatchObject({ ok: true })
    expect(expectState('unknown').error?.code).toBe('internal')
  })

  it('a key that belongs to a forgotten request with another input gives way to a new one', async () => {
    const { client, expectState } = await pageWithCourse()
    loseAnswer(client, 'before')
    await expectState('idle').start({ consents })
    await expectState('unknown').check()
    const key = vi.mocked(client.carts.checkout).mock.calls[0]?.[1]?.idempotencyKey
    // The first request was only late: it arrives now, after it was looked for.
    const cart = await client.carts.get({ cartId: vi.mocked(client.carts.checkout).mock.calls[0]?.[0].cartId ?? '' })
    await client.carts.checkout(
      { cartId: cart.cart.id, expectedTotal: { amount: 4900, currency: 'EUR' }, consents },
      { idempotencyKey: key },
    )
    await expectState('failed').start({ paymentToken: 'tok_approve', consents })
    expectState('placed')
    expect(captured()).toHaveLength(1)
  })

  it.each(['tok_timeout_after', 'tok_timeout_before', 'tok_error_after'])(
    '%s: the processor’s lost answer is unknown until it is asked',
    async (paymentToken) => {
      const { expectState } = await pageWithCourse()
      await expectState('idle').start({ paymentToken, consents })
      await expectState('unknown').check()
      if (paymentToken === 'tok_timeout_before') await expectState('failed').start({ paymentToken, consents })
      expectState('placed')
      expect(captured()).toHaveLength(1)
    },
  )

  it('an order placed in one tab is placed in the other, which was about to pay', async () => {
    const client = learner()
    const first = await pageWithCourse(client)
    const second = openPage(client)
    await rest()
    await second.expectState('idle').start({ consents })
    const { confirm } = second.expectState('ready')
    await first.expectState('idle').start({ paymentToken: 'tok_approve', consents })
    first.expectState('placed')
    await runtime.advance(10)
    await rest()
    second.expectState('placed')
    const act = vi.fn()
    expect(await confirm(act)).toMatchObject({ ok: false })
    expect(act).not.toHaveBeenCalled()
    expect(captured()).toHaveLength(1)
  })
})

test('a guest’s order is opened by the token of the cart that it was, also after a reload', async () => {
  const { client, tab, expectState } = await pageWithCourse(stranger())
  await expectState('idle').start({ paymentToken: 'tok_approve', consents, guest })
  const { order } = expectState('placed')
  const after = openPage(client, tab.reload())
  await rest()
  after.expectState('placed')
  expect(await client.orders.get({ orderId: order.id }, after.checkout.options(order.id))).toMatchObject({
    id: order.id,
  })
})

test('the next cart begins a checkout of its own', async () => {
  const { cart, expectState } = await pageWithCourse()
  await expectState('idle').start({ paymentToken: 'tok_approve', consents })
  expectState('placed')
  await cart.addLine({ variantId: shop.variants.book })
  await expectState('idle').start({ paymentToken: 'tok_approve', consents })
  expect(expectState('placed').order.total).toBe(1999)
  expect(captured()).toHaveLength(2)
})

describe('a placed order is over once the shopper has the next cart:', () => {
  /** A page that ordered a course and was left; the cart stays, and has a book since. */
  async function boughtBefore() {
    const page = await pageWithCourse()
    await page.expectState('idle').start({ paymentToken: 'tok_approve', consents })
    return { ...page, ordered: page.expectState('placed').order }
  }

  it('who comes back to the checkout by a link is not thanked for what they bought before', async () => {
    const client = learner()
    const { page } = browser.tab()
    const cart = createCartStore({ client, page })
    cart.subscribe(() => {})
    await cart.addLine({ variantId: shop.variants.course })
    const checkout = createCheckoutStore({ client, cart, page })
    const leave = checkout.subscribe(() => {})
    const now = checkout.getState()
    if (now.status !== 'idle') throw new Error(now.status)
    await now.start({ paymentToken: 'tok_approve', consents })
    leave()
    expect(checkout.getState().status).toBe('placed')
    await cart.addLine({ variantId: shop.variants.book })
    expect(checkout.getState()).toMatchObject({ status: 'idle', canStart: true })
  })

  it('nor who comes to it by another page, with the next cart loaded already', async () => {
    const { client, tab } = await boughtBefore()
    const { page } = tab.reload()
    const cart = createCartStore({ client, page })
    cart.subscribe(() => {})
    await cart.addLine({ variantId: shop.variants.book })
    const checkout = createCheckoutStore({ client, cart, page })
    checkout.subscribe(() => {})
    await rest()
    expect(checkout.getState()).toMatchObject({ status: 'idle', canStart: true })
  })

  it('except where it is taken up by its id beside that cart, which may change meanwhile', async () => {
    const { client, cart, ordered } = await boughtBefore()
    await cart.addLine({ variantId: shop.variants.book, lineId: 'book' })
    const returned = openPage(client, browser.tab())
    await rest()
    await returned.expectState('idle').resume(ordered.id)
    await returned.cart.setQuantity('book', 2)
    expect(returned.expectState('placed').order.id).toBe(ordered.id)
    const after = openPage(client, returned.tab.reload())
    await rest()
    after.expectState('idle')
  })
})

test('an order of another tab is taken up by its id', async () => {
  const first = await pageWithCourse()
  await first.expectState('idle').start({ paymentToken: 'tok_requires_action', consents })
  const { order, next } = first.expectState('requires_action')
  await shop.processor.confirm('clientSecret' in next ? next.clientSecret : '', 'approve')
  const returned = openPage(first.client, browser.tab())
  await returned.expectState('idle').resume(order.id)
  returned.expectState('placed')
})

test('an order that is somebody else’s is refused, and nothing is kept of it', async () => {
  const first = await pageWithCourse()
  await first.expectState('idle').start({ paymentToken: 'tok_approve', consents })
  const { order } = first.expectState('placed')
  const other = openPage(spied({ type: 'customer', site: 'main', customerId: 'learner-2' }))
  await other.expectState('idle').resume(order.id)
  expect(other.expectState('failed').error.code).toBe('not_found')
})

test('a part of a page that is hydrated later begins with what the server rendered, and starts from the cart of now', async () => {
  const { cart, client, tab } = await pageWithCourse()
  const checkout = createCheckoutStore({ client, cart, page: tab.page })
  expect([checkout.getState().canStart, checkout.getInitialState().canStart]).toEqual([false, false])
  checkout.subscribe(() => {})
  expect(checkout.getState().canStart).toBe(true)
})
