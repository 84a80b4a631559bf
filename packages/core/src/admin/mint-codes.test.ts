import { describe, expect, it } from 'vitest'
import { applyCode, createCart, getCart } from '../cart/index.ts'
import { CODE_ALPHABET } from '../ids/random-code.ts'
import { codeBatchKind, codes, promotionKind } from '../promotion/index.ts'
import { KeyedQueue, listAll } from '../storage/index.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import { codesOfBatch, createCodeBatch, createProduct, createRecord, mintCodes, updateRecord } from './index.ts'

async function shopWithPromotion(): Promise<TestShop> {
  const shop = await testShop()
  await createRecord(shop, shop.call(), promotionKind([]), {
    ...{ id: 'ten', name: 'Ten off', requiresCode: true, benefit: { type: 'percent', percent: '10' } },
  })
  return shop
}

const stored = (shop: TestShop) => listAll(shop.storage, { operator: 'acme' }, codes, { index: 'id' })

/** Applies a code to a new cart with one book of 19.00, and answers the total. */
async function totalWith(shop: TestShop, code: string): Promise<number> {
  const ports = { ...shop, queue: new KeyedQueue(), guards: [] }
  const product = await createProduct(shop, shop.call(), {
    ...{ type: 'book', title: 'Book', publication: {} },
    variants: [{ name: 'standard', prices: [{ priceList: 'eur', amount: 1900 }] }],
  })
  const lines = [{ lineId: 'a', variantId: product.variants[0]?.id ?? '' }]
  const { cart } = await createCart(ports, shop.call(), { lines })
  await applyCode(ports, shop.call(), { cartId: cart.id, code })
  return (await getCart(ports, shop.call(), { cartId: cart.id })).quote.total
}

describe('a batch of codes', () => {
  it('has as many as were asked for, each different, after its prefix of the alphabet without look-alikes', async () => {
    const shop = await shopWithPromotion()
    const input = { name: 'Fair', promotionId: 'ten', count: 2500, prefix: 'fair' }
    const { record } = await createCodeBatch(shop, shop.call(), input)
    expect(record).toMatchObject({ count: 2500, minted: 2500, prefix: 'FAIR', uses: 1, site: 'main' })
    const made = (await stored(shop)).map(({ body }) => body)
    expect(new Set(made.map(({ code }) => code)).size).toBe(2500)
    for (const { code, uses } of made) {
      expect(code).toMatch(new RegExp(`^FAIR[${CODE_ALPHABET}]{12}$`))
      expect(uses).toBe(1)
    }
  })

  it('gives codes that work as they are handed out', async () => {
    const shop = await shopWithPromotion()
    const { record } = await createCodeBatch(shop, shop.call(), { name: 'Fair', promotionId: 'ten', count: 3 })
    const { items, nextCursor } = await codesOfBatch(shop, shop.call(), { id: record.id })
    expect([items.length, nextCursor]).toEqual([3, null])
    expect(items[0]).toMatchObject({ used: 0, status: 'active', code: expect.stringMatching(/^.{4}-.{4}-.{4}$/) })
    expect(await totalWith(shop, items[0]?.code ?? '')).toBe(1710)
  })

  it('that was interrupted is finished, by several at once, with not one code too many', async () => {
    const shop = await shopWithPromotion()
    const input = { id: 'fair', name: 'Fair', promotionId: 'ten', count: 1700 }
    await createRecord(shop, shop.call(), codeBatchKind, input)
    expect(await stored(shop)).toHaveLength(0)
    const finished = await Promise.all([1, 2, 3].map(() => mintCodes(shop, shop.call(), { id: 'fair' })))
    for (const { record } of finished) expect(record.minted).toBe(1700)
    expect(await stored(shop)).toHaveLength(1700)
    await mintCodes(shop, shop.call(), { id: 'fair' })
    expect(await stored(shop)).toHaveLength(1700)
  })

  it('is one batch for one idempotency key', async () => {
    const shop = await shopWithPromotion()
    const make = () => {
      const call = shop.call({ key: 'key-0001', fingerprint: 'f' })
      return createCodeBatch(shop, call, { name: 'Fair', promotionId: 'ten', count: 5 })
    }
    expect((await make()).record).toEqual((await make()).record)
    expect(await stored(shop)).toHaveLength(5)
  })

  it('is revoked, and ended, for all its codes at once', async () => {
    const shop = await shopWithPromotion()
    const { record } = await createCodeBatch(shop, shop.call(), { name: 'Fair', promotionId: 'ten', count: 2 })
    const code = (await codesOfBatch(shop, shop.call(), { id: record.id })).items[0]?.code ?? ''
    const change = (input: object) => updateRecord(shop, shop.call(), codeBatchKind, { id: record.id, ...input })
    await change({ status: 'revoked' })
    await expect(totalWith(shop, code)).rejects.toMatchObject({ code: 'code_not_valid' })
    await change({ status: 'active', until: shop.runtime.now() })
    await expect(totalWith(shop, code)).rejects.toMatchObject({ code: 'code_not_valid' })
    await change({ until: null })
    expect(await totalWith(shop, code)).toBe(1710)
  })

  it('of a promotion that is not there is refused, and makes nothing', async () => {
    const shop = await shopWithPromotion()
    const making = createCodeBatch(shop, shop.call(), { name: 'Fair', promotionId: 'none', count: 2 })
    await expect(making).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'promotionId' }] })
    expect(await stored(shop)).toHaveLength(0)
  })
})
