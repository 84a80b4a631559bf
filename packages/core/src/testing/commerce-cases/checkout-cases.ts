import type { CheckoutInput } from '../../checkout/index.ts'
import type { Json } from '../../json/index.ts'
import type { Money } from '../../money/index.ts'
import { expectSame, expectThat } from '../expectations.ts'
import {
  type CommerceBench,
  type CommerceCase,
  cartWithLine,
  expectRefused,
  freshId,
  freshKey,
} from './commerce-case.ts'

interface Ready {
  /** What buys the cart. */
  input: CheckoutInput
  /** Does it. */
  checkout(
    change?: Partial<CheckoutInput>,
    idempotencyKey?: string,
  ): ReturnType<ReturnType<CommerceBench['customer']>['carts']['checkout']>
}

/** A cart of the first customer, and what checks it out. */
async function readyToBuy(bench: CommerceBench): Promise<Ready> {
  const { cart, quote } = await cartWithLine(bench)
  const { consents, payment } = bench.fixtures
  const input: CheckoutInput = {
    cartId: cart.id,
    expectedTotal: { amount: quote.total, currency: quote.currency },
    consents,
    ...payment,
  }
  const { carts } = bench.customer('first')
  return {
    input,
    checkout: (change = {}, idempotencyKey = freshKey()) => carts.checkout({ ...input, ...change }, { idempotencyKey }),
  }
}

const staysOpen = async ({ customer }: CommerceBench, { input }: Ready): Promise<void> => {
  const { cart } = await customer('first').carts.get({ cartId: input.cartId })
  expectSame(cart.orderId, null, 'the cart became no order')
}

/** From a cart to an order. */
export const checkoutCases: readonly CommerceCase[] = [
  {
    name: 'a purchase needs a key',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const call = bench.customer('first').carts.checkout(ready.input)
      await expectRefused(call, 'idempotency_key_required', 'without a key')
      await staysOpen(bench, ready)
    },
  },
  {
    name: 'a purchase at another total than the shopper saw is refused',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const { amount, currency } = ready.input.expectedTotal
      const others = [
        { amount: amount - 1, currency },
        { amount: amount + 1, currency },
        { amount, currency: currency === 'USD' ? 'EUR' : 'USD' },
      ]
      for (const expectedTotal of others) {
        const seen = `a total of ${expectedTotal.amount} ${expectedTotal.currency}`
        const error = await expectRefused(ready.checkout({ expectedTotal }), 'price_changed', seen)
        expectThat(error.data !== undefined, 'the error has the quote of now')
      }
      const withAmount = (wrong: number) => ready.checkout({ expectedTotal: { amount: wrong, currency } })
      await expectRefused(withAmount(-1), 'invalid_input', 'a negative total')
      await expectRefused(withAmount(0.5), 'invalid_input', 'half a cent')
      const bare: Json = amount
      const nameless = ready.checkout({ expectedTotal: bare as unknown as Money }) // what untyped callers send
      await expectRefused(nameless, 'invalid_input', 'a total without its currency')
      await staysOpen(bench, ready)
    },
  },
  {
    name: 'a purchase without a consent that is required, or with one that was not given, is refused',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const { consents } = bench.fixtures
      expectThat(consents.length > 0, 'the site of the contract requires a consent')
      await expectRefused(ready.checkout({ consents: undefined }), 'consent_required', 'without consents')
      const refused = consents.map((consent) => ({ ...consent, given: false }))
      await expectRefused(
        ready.checkout({ consents: refused }),
        'consent_required',
        'with consents that were not given',
      )
      await staysOpen(bench, ready)
    },
  },
  {
    name: 'a way to pay that is not offered is refused',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const call = ready.checkout({ paymentAccount: 'no-such-account' })
      await expectRefused(call, 'payment_account_unknown', 'an unknown account')
      await staysOpen(bench, ready)
    },
  },
  {
    name: 'an empty cart cannot be bought',
    async run({ customer, fixtures }) {
      const { carts } = customer('first')
      const { cart } = await carts.create({})
      const input = { cartId: cart.id, expectedTotal: { amount: 0, currency: 'EUR' }, consents: fixtures.consents }
      await expectRefused(carts.checkout(input, { idempotencyKey: freshKey() }), 'cart_empty', 'an empty cart')
    },
  },
  {
    name: 'a purchase gives an order of the total that was seen, and its owner finds it',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const { order, payment } = await ready.checkout()
      expectSame({ amount: order.total, currency: order.currency }, ready.input.expectedTotal, 'the total')
      expectSame(order.cartId, ready.input.cartId, 'the cart')
      expectSame(
        order.total,
        order.lines.reduce((sum, line) => sum + line.total, 0),
        'the sum of the lines',
      )
      expectSame(order.payment?.id, payment?.id, 'the order’s payment')
      const { orders, me } = bench.customer('first')
      const found = await orders.get({ orderId: order.id })
      expectSame([found.id, found.number, found.total], [order.id, order.number, order.total], 'the order, read again')
      const asked = await orders.refreshPayment({ orderId: order.id })
      expectSame(asked.id, order.id, 'the order after the processor was asked')
      const mine = await me.orders({ limit: 100 })
      expectThat(
        mine.items.some(({ id }) => id === order.id),
        'it is among the customer’s newest orders',
      )
      await me.entitlements({ limit: 1 })
    },
  },
  {
    name: 'a purchase repeated with its key is the same order and the same payment',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const key = freshKey()
      const first = await ready.checkout({}, key)
      const again = await ready.checkout({}, key)
      expectSame([again.order.id, again.payment?.id], [first.order.id, first.payment?.id], 'the second answer')
      const { amount, currency } = ready.input.expectedTotal
      const other = ready.checkout({ expectedTotal: { amount: amount + 1, currency } }, key)
      await expectRefused(other, 'idempotency_key_reused', 'the key with another total')
    },
  },
  {
    name: 'two purchases of one cart at the same time are one order',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const both = await Promise.allSettled([ready.checkout(), ready.checkout()])
      const ids = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.order.id] : []))
      expectThat(ids.length > 0, 'one of them is done')
      expectSame(new Set(ids).size, 1, 'orders of one cart')
      const mine = await bench.customer('first').me.orders({ limit: 100 })
      const ofCart = mine.items.filter(({ cartId, state }) => cartId === ready.input.cartId && state !== 'cancelled')
      expectSame(ofCart.length, 1, 'orders of the cart in the customer’s list')
    },
  },
  {
    name: 'another’s order is not found, exactly as one that does not exist',
    async run(bench) {
      const { order } = await (await readyToBuy(bench)).checkout()
      for (const { orders } of [bench.customer('second'), bench.shopper()]) {
        for (const ask of [orders.get, orders.refreshPayment]) {
          const theirs = await expectRefused(ask({ orderId: order.id }), 'not_found', 'another’s order')
          const nobodys = await expectRefused(ask({ orderId: freshId('ord') }), 'not_found', 'no order')
          expectSame(
            [theirs.message, theirs.reason ?? null],
            [nobodys.message, nobodys.reason ?? null],
            'the two errors',
          )
        }
      }
      const others = await bench.customer('second').me.orders({ limit: 100 })
      expectThat(
        others.items.every(({ id }) => id !== order.id),
        'it is in no list of another’s',
      )
    },
  },
  {
    name: 'a cart that was placed takes no more commands',
    async run(bench) {
      const ready = await readyToBuy(bench)
      const { order } = await ready.checkout()
      if (order.placedAt === null) return
      const { carts } = bench.customer('first')
      const call = carts.updateLine({ cartId: ready.input.cartId, lineId: 'a', quantity: 2 })
      await expectRefused(call, 'cart_not_open', 'a command on a cart that was placed')
      const { cart } = await carts.get({ cartId: ready.input.cartId })
      expectSame(cart.orderId, order.id, 'the cart names its order')
    },
  },
]
