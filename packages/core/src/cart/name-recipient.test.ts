import { expect, test } from 'vitest'
import { customers, newCustomer, withEmail } from '../customer/index.ts'
import { insert } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { addLine, createCart } from './index.ts'

const BOB = 'bob@example.org'
const scope = { operator: 'opr_school' }

const bob = { type: 'email', email: BOB } as const
const linesOf = ({ ids }: ShopFixture) =>
  ['bob@example.org', 'Bob@Example.org'].map((email, place) => ({
    ...{ lineId: `l${place}`, variantId: ids.variants.book },
    recipient: { type: 'email' as const, email },
  }))

async function recordsOf({ storage }: ShopFixture, email: string): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of withEmail(storage, scope, email)) found.push(id)
  return found
}

test('two lines of a new cart that name one e-mail are for one person', async () => {
  const shop = await shopFixture()
  const { cart } = await createCart(shop.ports, shop.call(shop.customer()), { lines: linesOf(shop) })
  const people = await recordsOf(shop, BOB)
  expect(people).toHaveLength(1)
  const expected = { type: 'claim', customerId: people[0] }
  expect(cart.lines.map(({ recipient }) => recipient)).toEqual([expected, expected])
})

test('who waits behind many accounts of one address is found, as recipient and as guest', async () => {
  const shop = await shopFixture()
  // Their ids come before those that are made here.
  const accounts = Array.from({ length: 45 }, (_, place) => ({
    ...newCustomer(shop.runtime, shop.runtime.now(), { hostId: `school-${place}`, email: 'guest@example.org' }),
    id: `cus_-${place}`,
  }))
  await shop.storage.commit(
    scope,
    accounts.map((account) => insert(customers, account.id, account)),
  )
  const first = await shop.buy({ hostId: null })
  const second = await shop.buy({ hostId: null })
  const { cart } = await createCart(shop.ports, shop.call(shop.customer()), {})
  await addLine(shop.ports, shop.call(shop.customer()), {
    ...{ cartId: cart.id, lineId: 'a', variantId: shop.ids.variants.book },
    recipient: { ...bob, email: 'guest@example.org' },
  })
  expect([first.order.state, second.order.state]).toEqual(['placed', 'placed'])
  expect(await recordsOf(shop, 'guest@example.org')).toHaveLength(46)
})
