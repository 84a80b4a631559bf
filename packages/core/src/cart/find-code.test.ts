import { expect, it } from 'vitest'
import { codes } from '../promotion/index.ts'
import { byId, memoryStorage, put, readAll } from '../storage/index.ts'
import { type MemoryShop, memoryShop } from '../testing/memory-shop.ts'

/** Applies a code in a new cart of somebody new; answers the id of the code that was found, or why none was. */
async function found({ commerce, variants }: MemoryShop, code: string): Promise<string> {
  const shopper = commerce.as({ type: 'customer', site: 'main', customerId: crypto.randomUUID() })
  const { cart } = await shopper.carts.create({ lines: [{ lineId: 'a', variantId: variants.book }] })
  return shopper.carts.applyCode({ cartId: cart.id, code }).then(
    ({ quote }) => quote.codes[0]?.id ?? '',
    ({ reason }) => String(reason),
  )
}

it('a code that was pasted with other hyphens, or with what nobody sees, is found', async () => {
  const shop = await memoryShop()
  await shop.system.admin.codes.create({ id: 'fair', code: 'FAIR-ABCD', promotionId: 'ten' })
  for (const typed of ['FAIR\u2011ABCD', 'fair–abcd', 'FAIR−ABCD', 'FAIR\u00adABCD\u200b', '\u2060FAIR ABCD'])
    expect([typed, await found(shop, typed)]).toEqual([typed, 'fair'])
})

it('a code is found with and without the dots of its Turkish capitals; one that was stored with them, by them as before', async () => {
  const storage = memoryStorage()
  const shop = await memoryShop({ storage })
  const { admin } = shop.system
  await admin.codes.create({ id: 'new', code: 'İNDİRİM', promotionId: 'ten' })
  for (const typed of ['indirim', 'İNDİRİM', 'INDIRIM'])
    expect([typed, await found(shop, typed)]).toEqual([typed, 'new'])
  await admin.codes.create({ id: 'old', code: 'SIMIT', promotionId: 'ten' })
  const scope = { operator: 'school' }
  const [stored] = await readAll(storage, scope, byId(codes, 'old'))
  if (stored === undefined || stored === null) throw new Error('It was made.')
  await storage.commit(scope, [put(codes, stored, { ...stored.body, code: 'SİMİT' })])
  expect(await found(shop, 'SİMİT')).toBe('old')
})

it('a code of all sites is found where the site’s own with the same word was revoked, and gives way to it else', async () => {
  const shop = await memoryShop()
  const { admin } = shop.system
  await admin.codes.create({ id: 'own', code: 'SPRING', promotionId: 'ten' })
  await admin.codes.create({ id: 'common', code: 'SPRING', promotionId: 'ten', site: '*' })
  expect(await found(shop, 'spring')).toBe('own')
  await admin.codes.update({ id: 'own', status: 'revoked' })
  expect(await found(shop, 'spring')).toBe('common')
  await admin.codes.update({ id: 'common', status: 'revoked' })
  expect(await found(shop, 'spring')).toBe('not_valid')
})

it('a code that was stored with another hyphen is found by what is typed so, as before', async () => {
  const storage = memoryStorage()
  const shop = await memoryShop({ storage })
  await shop.system.admin.codes.create({ id: 'old', code: 'WINTER24', promotionId: 'ten' })
  const scope = { operator: 'school' }
  const [stored] = await readAll(storage, scope, byId(codes, 'old'))
  if (stored === undefined || stored === null) throw new Error('It was made.')
  await storage.commit(scope, [put(codes, stored, { ...stored.body, code: 'WINTER–24' })])
  expect(await found(shop, 'winter – 24')).toBe('old')
})
