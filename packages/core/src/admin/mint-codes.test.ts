import { describe, expect, it } from 'vitest'
import { CODE_ALPHABET } from '../ids/random-code.ts'
import { type CodeBatch, codeBatches, codes } from '../promotion/index.ts'
import { insert, listAll, memoryStorage } from '../storage/index.ts'
import { memoryShop } from '../testing/memory-shop.ts'

async function openShop() {
  const storage = memoryStorage()
  const shop = await memoryShop({ storage })
  const { admin } = shop.system
  return {
    ...shop,
    ...{ storage, admin },
    stored: () => listAll(storage, { operator: 'school' }, codes, { index: 'batch' }),
    /** Applies a code to a new cart with one book for 19.99, and answers the total. */
    async totalWith(code: string): Promise<number> {
      const lines = [{ lineId: 'a', variantId: shop.variants.book }]
      const { cart } = await shop.system.carts.create({ lines })
      const { quote } = await shop.system.carts.applyCode({ cartId: cart.id, code })
      return quote.total
    },
    async firstCode(id: string): Promise<string> {
      return (await admin.codeBatches.codes({ id })).items[0]?.code ?? ''
    },
  }
}

const FAIR = { name: 'Fair', promotionId: 'ten' }

describe('a batch of codes', () => {
  it('has as many as were asked for, each different, after its prefix of the alphabet without look-alikes', async () => {
    const { admin, stored } = await openShop()
    const { record } = await admin.codeBatches.create({ ...FAIR, count: 2500, prefix: 'fair' })
    expect(record).toMatchObject({ count: 2500, minted: 2500, prefix: 'FAIR', uses: 1, site: 'main' })
    const made = (await stored()).map(({ body }) => body)
    expect(new Set(made.map(({ code }) => code)).size).toBe(2500)
    for (const { code, uses } of made) {
      expect(code).toMatch(new RegExp(`^FAIR[${CODE_ALPHABET}]{12}$`))
      expect(uses).toBe(1)
    }
  })

  it('gives codes that work as they are handed out', async () => {
    const { admin, totalWith } = await openShop()
    const { record } = await admin.codeBatches.create({ ...FAIR, count: 3 })
    const { items, nextCursor } = await admin.codeBatches.codes({ id: record.id })
    expect([items.length, nextCursor]).toEqual([3, null])
    expect(items[0]).toMatchObject({ used: 0, status: 'active', code: expect.stringMatching(/^.{4}-.{4}-.{4}$/) })
    expect(await totalWith(items[0]?.code ?? '')).toBe(1799)
  })

  it('that was interrupted is finished, by several at once, with not one code too many', async () => {
    const { admin, stored, storage } = await openShop()
    const { record } = await admin.codeBatches.create({ ...FAIR, count: 1 })
    const half: CodeBatch = { ...record, id: 'half', count: 1700, minted: 0 }
    await storage.commit({ operator: 'school' }, [insert(codeBatches, half.id, half)])
    const finished = await Promise.all([1, 2, 3].map(() => admin.codeBatches.mint({ id: 'half' })))
    for (const { record } of finished) expect(record.minted).toBe(1700)
    expect(await stored()).toHaveLength(1701)
    await admin.codeBatches.mint({ id: 'half' })
    expect(await stored()).toHaveLength(1701)
  })

  it('is one batch for one idempotency key', async () => {
    const { admin, stored } = await openShop()
    const make = () => admin.codeBatches.create({ ...FAIR, count: 5 }, { idempotencyKey: 'key-0001' })
    expect((await make()).record).toEqual((await make()).record)
    expect(await stored()).toHaveLength(5)
  })

  it('is revoked, and ended, for all its codes at once', async () => {
    const { admin, totalWith, firstCode } = await openShop()
    const { id } = (await admin.codeBatches.create({ ...FAIR, count: 2 })).record
    const code = await firstCode(id)
    await admin.codeBatches.update({ id, status: 'revoked' })
    await expect(totalWith(code)).rejects.toMatchObject({ code: 'code_not_valid' })
    const statuses = async () => (await admin.codeBatches.codes({ id })).items.map(({ status }) => status)
    expect(await statuses()).toEqual(['revoked', 'revoked'])
    await admin.codeBatches.update({ id, status: 'active', until: '2020-01-01T00:00:00.000Z' })
    await expect(totalWith(code)).rejects.toMatchObject({ code: 'code_not_valid' })
    await admin.codeBatches.update({ id, until: null })
    expect(await statuses()).toEqual(['active', 'active'])
    expect(await totalWith(code)).toBe(1799)
  })

  it('of a promotion that is not there is refused, and makes nothing', async () => {
    const { admin, stored } = await openShop()
    const making = admin.codeBatches.create({ ...FAIR, promotionId: 'none', count: 2 })
    await expect(making).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'promotionId' }] })
    expect(await stored()).toHaveLength(0)
  })
})
