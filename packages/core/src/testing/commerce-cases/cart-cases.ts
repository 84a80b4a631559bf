import { expectSame, expectThat } from '../expectations.ts'
import { expectQuoteAddsUp } from './check-quote.ts'
import { type CommerceCase, cartWithLine, expectRefused, freshKey, quantities } from './commerce-case.ts'

/** The life of a cart. */
export const cartCases: readonly CommerceCase[] = [
  {
    name: 'an anonymous cart is opened by its token, which only the first answer has',
    async run({ shopper, fixtures }) {
      const made = await shopper().carts.create({ lines: [{ lineId: 'a', variantId: fixtures.variantId }] })
      expectThat(made.token !== undefined && made.token.length >= 20, 'the answer that made it has a token')
      expectSame(quantities(made), { a: 1 }, 'the lines that it was made with')
      const found = await shopper(made.token).carts.get({ cartId: made.cart.id })
      expectThat(found.token === undefined, 'later answers have no token')
      expectSame(found.cart, made.cart, 'the cart')
      await expectRefused(shopper().carts.get({ cartId: made.cart.id }), 'not_found', 'the cart without its token')
      const wrong = shopper(`${made.token}x`).carts.get({ cartId: made.cart.id })
      await expectRefused(wrong, 'not_found', 'the cart with another token')
    },
  },
  {
    name: 'lines are added, set and removed, and each answer has the whole cart and its quote',
    async run(bench) {
      const { variantId } = bench.fixtures
      const { carts } = bench.customer('first')
      const { cart: made, token } = await carts.create({})
      expectThat(token === undefined, 'a customer’s cart has no token')
      const cartId = made.id
      const added = await carts.addLine({ cartId, lineId: 'a', variantId, quantity: 2 })
      expectSame(quantities(added), { a: 2 }, 'after addLine')
      expectQuoteAddsUp(added.quote)
      const set = await carts.updateLine({ cartId, lineId: 'a', quantity: 3 })
      expectSame(quantities(set), { a: 3 }, 'after updateLine')
      expectThat(set.quote.total > added.quote.total, 'three cost more than two')
      const both = await carts.addLine({ cartId, lineId: 'b', variantId })
      expectSame(quantities(both), { a: 3, b: 1 }, 'after a second line')
      expectSame((await carts.get({ cartId })).quote, both.quote, 'the quote, read again')
      const removed = await carts.removeLine({ cartId, lineId: 'a' })
      expectSame(quantities(removed), { b: 1 }, 'after removeLine')
      const versions = [made, added.cart, set.cart, both.cart, removed.cart].map(({ version }) => version)
      expectThat(
        versions.every((version, at) => at === 0 || version > (versions[at - 1] ?? 0)),
        'the version grows',
      )
    },
  },
  {
    name: 'quantities are set, never added to: the same line added again is there once',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const line = { cartId: cart.id, lineId: 'a', variantId: bench.fixtures.variantId, quantity: 2 }
      const { carts } = bench.customer('first')
      await carts.addLine(line)
      expectSame(quantities(await carts.addLine(line)), { a: 2 }, 'after the same line twice')
    },
  },
  {
    name: 'removing what is not there is no error',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      expectSame(quantities(await carts.removeLine({ cartId: cart.id, lineId: 'zzz' })), { a: 1 }, 'no such line')
      expectSame((await carts.removeCode({ cartId: cart.id, codeId: 'cod_zzz' })).cart.codes, [], 'no such code')
    },
  },
  {
    name: 'a request repeated with its key has no second effect',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      const idempotencyKey = freshKey()
      const first = { cartId: cart.id, lineId: 'a', quantity: 2 }
      const done = await carts.updateLine(first, { idempotencyKey })
      const later = await carts.updateLine({ ...first, quantity: 3 }, { idempotencyKey: freshKey() })
      const repeated = await carts.updateLine(first, { idempotencyKey })
      expectSame(quantities(repeated), { a: 3 }, 'the quantity that was set later stays')
      expectSame(repeated.cart.version, later.cart.version, 'the version after the repeat')
      expectThat(later.cart.version > done.cart.version, 'another key is another intention')
    },
  },
  {
    name: 'a key that belongs to another request is refused',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      const idempotencyKey = freshKey()
      await carts.updateLine({ cartId: cart.id, lineId: 'a', quantity: 2 }, { idempotencyKey })
      const reused = carts.updateLine({ cartId: cart.id, lineId: 'a', quantity: 3 }, { idempotencyKey })
      await expectRefused(reused, 'idempotency_key_reused', 'the key with another quantity')
      const elsewhere = carts.removeLine({ cartId: cart.id, lineId: 'a' }, { idempotencyKey })
      await expectRefused(elsewhere, 'idempotency_key_reused', 'the key with another operation')
      expectSame(quantities(await carts.get({ cartId: cart.id })), { a: 2 }, 'the cart afterwards')
    },
  },
  {
    name: 'a version that is no longer true is refused, leaves the key unused and the cart as it was',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      const changed = await carts.updateLine({ cartId: cart.id, lineId: 'a', quantity: 2 }, { ifVersion: cart.version })
      const idempotencyKey = freshKey()
      const change = { cartId: cart.id, lineId: 'a', quantity: 3 }
      const stale = carts.updateLine(change, { ifVersion: cart.version, idempotencyKey })
      await expectRefused(stale, 'version_conflict', 'the version before')
      expectSame(quantities(await carts.get({ cartId: cart.id })), { a: 2 }, 'the cart afterwards')
      const again = await carts.updateLine(change, { ifVersion: changed.cart.version, idempotencyKey })
      expectSame(quantities(again), { a: 3 }, 'with the right version and the same key')
    },
  },
  {
    name: 'a code takes something off, and gives it back when it is removed',
    async run(bench) {
      const { cart, quote } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      const applied = await carts.applyCode({ cartId: cart.id, code: bench.fixtures.code })
      expectThat(applied.quote.total < quote.total, 'the code takes something off')
      expectSame(
        applied.quote.codes.map(({ applied: takes }) => takes),
        [true],
        'the code says so',
      )
      expectQuoteAddsUp(applied.quote)
      const twice = await carts.applyCode({ cartId: cart.id, code: bench.fixtures.code.toLowerCase() })
      expectSame(twice.cart.codes, applied.cart.codes, 'the same code in another case')
      const [codeId = ''] = applied.cart.codes
      const removed = await carts.removeCode({ cartId: cart.id, codeId })
      expectSame(removed.quote.total, quote.total, 'the total without the code')
    },
  },
  {
    name: 'a code that is none is refused, and the cart stays as it was',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      const error = await expectRefused(
        carts.applyCode({ cartId: cart.id, code: 'NOSUCHCODE99' }),
        'code_not_valid',
        'a code',
      )
      expectThat(error.reason !== undefined, 'it says why')
      expectSame((await carts.get({ cartId: cart.id })).cart, cart, 'the cart afterwards')
    },
  },
  {
    name: 'a variant that is not there is not sellable',
    async run(bench) {
      const { cart } = await cartWithLine(bench)
      const { carts } = bench.customer('first')
      // Every plain object answers to the last three.
      for (const variantId of ['var_nosuchvariant', 'constructor', 'toString', '__proto__']) {
        const call = carts.addLine({ cartId: cart.id, lineId: 'b', variantId })
        await expectRefused(call, 'not_sellable', `the unknown variant ${variantId}`)
      }
      expectSame((await carts.get({ cartId: cart.id })).cart, cart, 'the cart afterwards')
    },
  },
  {
    name: 'an anonymous cart is merged into the customer’s, once',
    async run({ shopper, customer, fixtures }) {
      const line = { variantId: fixtures.variantId, quantity: 2 }
      const anonymous = await shopper().carts.create({ lines: [{ lineId: 'b', ...line }] })
      const { carts } = customer('first')
      const { cart } = await carts.create({ lines: [{ lineId: 'a', variantId: fixtures.variantId }] })
      const merge = { cartId: cart.id, fromCartId: anonymous.cart.id, fromToken: anonymous.token ?? '' }
      const merged = await carts.merge(merge)
      const pieces = Object.values(quantities(merged)).reduce((sum, quantity) => sum + quantity, 0)
      expectThat(pieces >= 2 && pieces <= 3, 'what both carts held is in the merged one')
      expectSame(quantities(await carts.merge(merge)), quantities(merged), 'merged a second time')
      const wrong = carts.merge({ ...merge, fromToken: 'a-token-of-nothing-at-all' })
      await expectRefused(wrong, 'not_found', 'another cart’s token')
    },
  },
  {
    name: 'a merge without a token takes the one that the call carries',
    async run({ shopper, customer, fixtures }) {
      const lines = [{ lineId: 'b', variantId: fixtures.variantId, quantity: 2 }]
      const { cart: from, token = '' } = await shopper().carts.create({ lines })
      const { cart } = await customer('first').carts.create({})
      const merge = { cartId: cart.id, fromCartId: from.id }
      await expectRefused(customer('first').carts.merge(merge), 'not_found', 'a merge without any token')
      expectSame(quantities(await customer('first', token).carts.merge(merge)), { b: 2 }, 'the merged cart')
      expectSame(quantities(await shopper(token).carts.get({ cartId: from.id })), {}, 'what it was merged from')
    },
  },
  {
    name: 'a customer’s open cart is found again from anywhere, and by nobody else',
    async run(bench) {
      await cartWithLine(bench)
      const { me, carts } = bench.customer('first')
      const mine = await me.cart()
      expectThat(mine !== null, 'the customer has a cart')
      expectThat(mine.token === undefined && mine.cart.orderId === null, 'it is open and has no token')
      expectSame(mine, await carts.get({ cartId: mine.cart.id }), 'the cart and its quote')
      const theirs = await bench.customer('second').me.cart()
      expectThat(theirs?.cart.id !== mine.cart.id, 'another customer has another one, or none')
    },
  },
]
