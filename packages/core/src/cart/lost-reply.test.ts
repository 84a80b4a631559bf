import { describe, expect, it } from 'vitest'
import type { CommerceClient, OperationOptions } from '../contract/index.ts'
import { type Storage, StorageUnavailableError } from '../ports/index.ts'
import { byId, memoryStorage, put, readAll } from '../storage/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { carts } from './cart.collection.ts'
import type { CartWithQuote } from './cart-api.ts'

/** Does what a test says to the next commit. */
type Fate = (commit: () => ReturnType<Storage['commit']>) => ReturnType<Storage['commit']>
type Command = (
  carts: CommerceClient['carts'],
  input: { cartId: string; from: CartWithQuote; shop: MemoryShop },
  options: OperationOptions,
) => Promise<CartWithQuote>

const lost = (): StorageUnavailableError => new StorageUnavailableError('The reply is lost.', { outcome: 'unknown' })
const storedAndLost: Fate = async (commit) => {
  await commit()
  throw lost()
}
const lostOnItsWay: Fate = async () => {
  throw lost()
}

/** A shop, and a cart of Ann's with one line and one code, at its version 2. */
async function openShop() {
  const inner = memoryStorage()
  let fate: Fate | null = null
  const commit: Storage['commit'] = async (...call) => {
    const now = fate
    fate = null
    return now === null ? inner.commit(...call) : now(() => inner.commit(...call))
  }
  const shop = await memoryShop({ storage: { ...inner, commit }, runtime: testRuntime({ sleeps: 'at_once' }) })
  const { carts: client } = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const made = await client.create({ lines })
  await client.applyCode({ cartId: made.cart.id, code: 'TENOFF' })
  const scope = { operator: 'school', site: 'main' }
  const stored = async () => {
    const [cart] = await readAll(inner, scope, byId(carts, made.cart.id))
    if (cart === null) throw new Error('The cart is gone.')
    return cart
  }
  const from = await shop.commerce.as({ type: 'shopper', site: 'main' }).carts.create({ lines })
  return {
    ...{ carts: client, input: { shop, from, cartId: made.cart.id }, stored },
    /** As another process changes the cart. */
    async changeMeanwhile() {
      const cart = await stored()
      await inner.commit(scope, [put(carts, cart, { ...cart.body, country: 'CH' })])
    },
    next: (its: Fate) => {
      fate = its
    },
  }
}

const COMMANDS: readonly [name: string, command: Command][] = [
  ['update', (carts, { cartId }, options) => carts.update({ cartId, country: 'AT' }, options)],
  [
    'addLine',
    (carts, { cartId, shop }, options) =>
      carts.addLine({ cartId, lineId: 'b', variantId: shop.variants.course }, options),
  ],
  ['updateLine', (carts, { cartId }, options) => carts.updateLine({ cartId, lineId: 'a', quantity: 2 }, options)],
  ['removeLine', (carts, { cartId }, options) => carts.removeLine({ cartId, lineId: 'a' }, options)],
  ['applyCode', (carts, { cartId }, options) => carts.applyCode({ cartId, code: 'TENOFF' }, options)],
  [
    'removeCode',
    async (carts, { cartId }, options) => {
      const [code] = (await carts.get({ cartId })).quote.codes
      return carts.removeCode({ cartId, codeId: code?.id ?? '' }, options)
    },
  ],
  [
    'merge',
    (carts, { cartId, from }, options) =>
      carts.merge({ cartId, fromCartId: from.cart.id, fromToken: from.token ?? '' }, options),
  ],
]

describe.each(COMMANDS)('carts.%s at a version, without a key', (_name, command) => {
  it.each([
    ['was stored', storedAndLost],
    ['was lost on its way', lostOnItsWay],
  ])('is done once where its commit %s and nobody answered', async (_how, fate) => {
    const { carts, next, input, stored } = await openShop()
    next(fate)
    const { cart } = await command(carts, input, { ifVersion: 2 })
    expect([cart.version, (await stored()).version]).toEqual([3, 3])
  })

  it('is refused where somebody else has changed the cart while its commit was lost on its way', async () => {
    const { carts, next, input, changeMeanwhile } = await openShop()
    next(async () => {
      await changeMeanwhile()
      throw lost()
    })
    await expect(command(carts, input, { ifVersion: 2 })).rejects.toMatchObject({
      ...{ code: 'version_conflict', data: { version: 3 } },
    })
  })
})

it('a command that names no version leaves nothing of itself in the cart', async () => {
  const { carts, input, stored } = await openShop()
  await carts.update({ cartId: input.cartId, country: 'AT' })
  expect((await stored()).body.keys).toBeUndefined()
})
