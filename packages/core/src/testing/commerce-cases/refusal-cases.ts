import type { BursarError } from '../../errors/index.ts'
import { expectSame, expectThat } from '../expectations.ts'
import { type CommerceCase, cartWithLine, expectRefused, freshId, freshKey } from './commerce-case.ts'

/** What a caller may learn from an error; the reference is each request's own. */
const told = ({ code, status, message, reason, issues, data }: BursarError): unknown => ({
  ...{ code, status, message, issues: [...issues] },
  reason: reason ?? null,
  data: data ?? null,
})

/** Input that no type lets through, as JavaScript and other languages send it. */
const wrongLines: readonly (readonly [what: string, path: string, change: object])[] = [
  ['a quantity of zero', 'quantity', { quantity: 0 }],
  ['a negative quantity', 'quantity', { quantity: -1 }],
  ['a fraction of a quantity', 'quantity', { quantity: 1.5 }],
  ['a quantity as text', 'quantity', { quantity: '2' }],
  ['a quantity beyond a thousand', 'quantity', { quantity: 1001 }],
  ['a quantity beyond all numbers', 'quantity', { quantity: 1e300 }],
  ['a price', 'price', { price: 1 }],
  ['a total', 'total', { total: { amount: 1, currency: 'EUR' } }],
  ['a member of nobody’s', 'metadata2', { metadata2: {} }],
  ['a recipient of no kind', 'recipient.type', { recipient: { type: 'friend' } }],
  ['a price within', 'recipient.price', { recipient: { type: 'buyer', price: 1 } }],
]

const missing = { cart: 'crt_00000000000000000000000000', order: 'ord_00000000000000000000000000' }

/** What is refused, and how. */
export const refusalCases: readonly CommerceCase[] = [
  ...wrongLines.map(
    ([what, path, change]): CommerceCase => ({
      name: `${what} is no input, and the cart stays as it was`,
      async run(bench) {
        const { cart } = await cartWithLine(bench)
        const { carts } = bench.customer('first')
        const line = { cartId: cart.id, lineId: 'b', variantId: bench.fixtures.variantId, ...change }
        const error = await expectRefused(carts.addLine(line), 'invalid_input', what)
        const paths = error.issues.map((issue) => issue.path)
        expectThat(paths.includes(path), `the issues name ${path}, not ${paths.join(', ')}`)
        expectSame((await carts.get({ cartId: cart.id })).cart, cart, 'the cart afterwards')
      },
    }),
  ),
  {
    name: 'a member that is missing is named',
    async run({ customer }) {
      // What the type asks for is left out on purpose.
      const input = { cartId: missing.cart, lineId: 'a' } as { cartId: string; lineId: string; variantId: string }
      const error = await expectRefused(customer('first').carts.addLine(input), 'invalid_input', 'a line')
      expectSame(
        error.issues.map(({ path }) => path),
        ['variantId'],
        'the issues',
      )
    },
  },
  {
    name: 'what looks like a card number is refused by its place, and not echoed',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const call = bench.customer('first').carts.applyCode({ cartId: cart.id, code: '4242 4242 4242 4242' })
      const error = await expectRefused(call, 'card_number_refused', 'a card number as a code')
      expectSame(
        error.issues.map(({ path }) => path),
        ['code'],
        'its place',
      )
      expectThat(!JSON.stringify(told(error)).includes('4242'), 'the number is not in the answer')
    },
  },
  {
    name: 'a list longer than it may be, and a page larger than it may be, are no input',
    async run({ shopper, fixtures }) {
      const lines = Array.from({ length: 51 }, () => ({ variantId: fixtures.variantId }))
      await expectRefused(shopper().quotes.create({ lines }), 'invalid_input', '51 lines')
      await expectRefused(shopper().quotes.create({ lines: [] }), 'invalid_input', 'no lines')
      await expectRefused(shopper().products.list({ limit: 101 }), 'invalid_input', 'a page of 101')
      await expectRefused(shopper().products.list({ limit: 0 }), 'invalid_input', 'a page of none')
      // Such a number could be read from an address by mistake.
      const halves = { limit: 1.5 }
      await expectRefused(shopper().products.list(halves), 'invalid_input', 'a page and a half')
    },
  },
  {
    name: 'an empty id, and one of other characters, are no input',
    async run({ customer }) {
      const { carts } = customer('first')
      await expectRefused(carts.get({ cartId: '' }), 'invalid_input', 'an empty id')
      await expectRefused(carts.get({ cartId: 'crt_1/lines' }), 'invalid_input', 'an id with a slash')
      await expectRefused(carts.get({ cartId: 'a'.repeat(65) }), 'invalid_input', 'an id of 65 characters')
    },
  },
  {
    name: 'a key that is too short is no input',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const call = bench
        .customer('first')
        .carts.updateLine({ cartId: cart.id, lineId: 'a' }, { idempotencyKey: 'short' })
      await expectRefused(call, 'invalid_input', 'a key of five characters')
    },
  },
  {
    name: 'another’s cart is not found, exactly as one that does not exist',
    async run(bench) {
      const { cart } = await cartWithLine(bench, 'second')
      const anonymous = await bench.shopper().carts.create({})
      const { variantId } = bench.fixtures
      for (const [who, { carts }] of [
        ['another customer', bench.customer('first')],
        ['somebody without an account', bench.shopper()],
        ['who holds another cart’s token', bench.shopper(anonymous.token)],
      ] as const) {
        for (const [what, ask] of [
          ['get', (cartId: string) => carts.get({ cartId })],
          ['addLine', (cartId: string) => carts.addLine({ cartId, lineId: 'b', variantId })],
          ['removeLine', (cartId: string) => carts.removeLine({ cartId, lineId: 'a' })],
          ['applyCode', (cartId: string) => carts.applyCode({ cartId, code: bench.fixtures.code })],
          [
            'checkout',
            (cartId: string) =>
              carts.checkout({ cartId, expectedTotal: { amount: 0, currency: 'EUR' } }, { idempotencyKey: freshKey() }),
          ],
        ] as const) {
          const theirs = await expectRefused(ask(cart.id), 'not_found', `${what} by ${who}`)
          const nobodys = await expectRefused(ask(freshId('crt')), 'not_found', `${what} of nothing by ${who}`)
          expectSame(told(theirs), told(nobodys), `${what} by ${who}: what the two errors say`)
        }
      }
      const after = await bench.customer('second').carts.get({ cartId: cart.id })
      expectSame(after.cart, cart, 'the cart afterwards')
    },
  },
  {
    name: 'what is a customer’s own asks a shopper to sign in',
    async run({ shopper }) {
      await expectRefused(shopper().me.cart(), 'unauthenticated', 'a shopper’s own cart')
      await expectRefused(shopper().me.orders({}), 'unauthenticated', 'a shopper’s orders')
      await expectRefused(shopper().me.entitlements({}), 'unauthenticated', 'a shopper’s entitlements')
      const merge = { cartId: missing.cart, fromCartId: missing.cart, fromToken: 'token' }
      await expectRefused(shopper().carts.merge(merge), 'unauthenticated', 'a merge')
    },
  },
]
