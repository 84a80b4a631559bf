import { describe, expect, it } from 'vitest'
import { audit, auditedCall, listAuditEvents } from '../audit/index.ts'
import { paymentAccountKind } from '../payment/index.ts'
import type { Call } from '../ports/index.ts'
import { PRICING_VERSION_ID, priceListKind, priceLists, pricingVersions } from '../pricing/index.ts'
import { codeKind, type NewPromotion, promotionKind } from '../promotion/index.ts'
import { createOperator, sellerKind } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { taxRateKind } from '../tax/index.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import { createRecord, getRecord, listRecords, updateRecord } from './index.ts'

const TEN_PERCENT: NewPromotion = { id: 'ten', name: 'Ten off', benefit: { type: 'percent', percent: '10' } }

const invalid = (...paths: string[]) => ({
  code: 'invalid_input',
  issues: paths.map((path) => expect.objectContaining({ path })),
})

async function pricingVersion(shop: TestShop): Promise<number> {
  const [stored] = await readAll(shop.storage, { operator: 'acme' }, byId(pricingVersions, PRICING_VERSION_ID))
  return stored?.version ?? 0
}

describe('making a record', () => {
  it('fills in what was left out, and finds it again', async () => {
    const shop = await testShop()
    const made = await createRecord(shop, shop.call(), priceListKind, { id: 'b2b', name: 'Companies', currency: 'EUR' })
    expect(made).toEqual({
      record: {
        ...{ id: 'b2b', name: 'Companies', currency: 'EUR', groups: null, countries: null },
        ...{ from: null, until: null, priority: 0, status: 'active' },
      },
      version: 1,
    })
    expect(await getRecord(shop, shop.call(), priceListKind, { id: 'b2b' })).toEqual(made)
    const { items } = await listRecords(shop, shop.call(), priceListKind, {})
    expect(items.map(({ record }) => record.id)).toEqual(['b2b', 'eur', 'usd'])
  })

  it('makes an id where the caller chose none', async () => {
    const shop = await testShop()
    const { record } = await createRecord(shop, shop.call(), priceListKind, { name: 'A', currency: 'EUR' })
    expect(record.id).toMatch(/^prl_/)
  })

  it('refuses an id that is taken and leaves the first as it was', async () => {
    const shop = await testShop()
    const again = createRecord(shop, shop.call(), priceListKind, { id: 'eur', name: 'Other', currency: 'USD' })
    await expect(again).rejects.toMatchObject({ code: 'unique_taken', reason: 'id', issues: [{ path: 'id' }] })
    expect(await getRecord(shop, shop.call(), priceListKind, { id: 'eur' })).toMatchObject({ record: { name: 'Euro' } })
  })

  it('makes one record for one idempotency key, also at once, and refuses the key for another request', async () => {
    const shop = await testShop()
    const keyed = (fingerprint: string): Call => shop.call({ key: 'key-0001', fingerprint })
    const make = () => createRecord(shop, keyed('f1'), priceListKind, { name: 'A', currency: 'EUR' })
    const [first, second] = await Promise.all([make(), make()])
    expect(second).toEqual(first)
    expect(await make()).toEqual(first)
    expect((await listRecords(shop, shop.call(), priceListKind, {})).items).toHaveLength(3)
    const other = createRecord(shop, keyed('f2'), priceListKind, { name: 'B', currency: 'EUR' })
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('answers the record when only the reply of its commit was lost', async () => {
    const shop = await testShop()
    const { storage } = shop
    let isLost = false
    const commit: typeof storage.commit = async (...given) => {
      const answer = await storage.commit(...given)
      if (isLost) return answer
      isLost = true
      const { StorageUnavailableError } = await import('../ports/index.ts')
      throw new StorageUnavailableError('The line broke.', { outcome: 'unknown' })
    }
    const broken = { ...shop, storage: { ...storage, commit } }
    const made = await createRecord(broken, shop.call(), priceListKind, { id: 'x', name: 'X', currency: 'EUR' })
    expect(made.version).toBe(1)
    expect(await listAuditEvents(shop, shop.call(), { record: 'x' })).toMatchObject({ items: [{ record: 'x' }] })
  })
})

describe('changing a record', () => {
  it('changes what is named, counts the version, audits names of members, and moves the pricing version', async () => {
    const shop = await testShop()
    const before = await pricingVersion(shop)
    const staff = { principal: { type: 'staff', site: 'main', staffId: 'ann', roles: [] } } as const
    const call = shop.call({ ...staff, operation: 'admin.priceLists.update' })
    const changed = await updateRecord(shop, call, priceListKind, { id: 'eur', name: 'Euros', priority: 5 })
    expect(changed).toMatchObject({ version: 2, record: { name: 'Euros', priority: 5, currency: 'EUR' } })
    expect(await pricingVersion(shop)).toBe(before + 1)
    const { items } = await listAuditEvents(shop, shop.call(), { record: 'eur' })
    expect(items.find(({ operation }) => operation === 'admin.priceLists.update')).toMatchObject({
      ...{ collection: 'priceLists', record: 'eur', fields: ['name', 'priority'], site: 'main' },
      actor: { type: 'staff', id: 'ann' },
    })
    expect(JSON.stringify(items)).not.toContain('Euros')
  })

  it('writes nothing where nothing differs', async () => {
    const shop = await testShop()
    const before = await pricingVersion(shop)
    const same = await updateRecord(shop, shop.call(), priceListKind, { id: 'eur', name: 'Euro' })
    expect(same.version).toBe(1)
    expect(await pricingVersion(shop)).toBe(before)
  })

  it('refuses a version that the caller did not see', async () => {
    const shop = await testShop()
    await updateRecord(shop, shop.call({ ifVersion: 1 }), priceListKind, { id: 'eur', name: 'B' })
    const late = updateRecord(shop, shop.call({ ifVersion: 1 }), priceListKind, { id: 'eur', name: 'C' })
    await expect(late).rejects.toMatchObject({ code: 'version_conflict', data: { version: 2 } })
  })

  it('keeps all of many changes at once', async () => {
    const shop = await testShop()
    const changes = [{ name: 'N' }, { priority: 7 }, { countries: ['DE'] }]
    await Promise.all(changes.map((change) => updateRecord(shop, shop.call(), priceListKind, { id: 'eur', ...change })))
    const { record } = await getRecord(shop, shop.call(), priceListKind, { id: 'eur' })
    expect(record).toMatchObject({ name: 'N', priority: 7, countries: ['DE'] })
  })

  it('does not find the record of another operator', async () => {
    const shop = await testShop()
    const foreign = updateRecord(shop, shop.call({ operator: 'other' }), priceListKind, { id: 'eur', name: 'B' })
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a cursor of another list', () => {
  it('is invalid input', async () => {
    const shop = await testShop()
    const page = listRecords(shop, shop.call(), priceListKind, { cursor: 'nonsense' })
    await expect(page).rejects.toMatchObject(invalid('cursor'))
  })
})

describe('price lists', () => {
  it('keep their currency', async () => {
    const shop = await testShop()
    const change = updateRecord(shop, shop.call(), priceListKind, { id: 'eur', currency: 'USD' })
    await expect(change).rejects.toMatchObject(invalid('currency'))
  })

  it.each([
    [{ currency: 'XXX' }, 'currency'],
    [{ countries: ['Germany'] }, 'countries.0'],
    [{ groups: [] }, 'groups'],
    [{ priority: 1001 }, 'priority'],
    [{ from: '2026-02-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' }, 'until'],
  ])('refuse %j', async (change, path) => {
    const shop = await testShop()
    const made = createRecord(shop, shop.call(), priceListKind, { name: 'A', currency: 'EUR', ...change })
    await expect(made).rejects.toMatchObject(invalid(path))
    const [stored] = await readAll(shop.storage, { operator: 'acme' }, byId(priceLists, 'a'))
    expect(stored).toBeNull()
  })
})

describe('promotions', () => {
  it.each<[Partial<NewPromotion>, ...string[]]>([
    [{ benefit: { type: 'percent', percent: '0' } }, 'benefit.percent'],
    [{ benefit: { type: 'percent', percent: '100.000001' } }, 'benefit.percent'],
    [{ benefit: { type: 'percent', percent: '1e1' } }, 'benefit.percent'],
    [{ benefit: { type: 'fixed', amounts: [] } }, 'benefit.amounts'],
    [{ benefit: { type: 'fixed', amounts: [{ amount: 0, currency: 'EUR' }] } }, 'benefit.amounts.0.amount'],
    [{ benefit: { type: 'fixed', amounts: [{ amount: 5, currency: 'ABC' }] } }, 'benefit.amounts.0.currency'],
    [{ sites: ['nowhere'] }, 'sites.0'],
    [{ sites: [] }, 'sites'],
    [{ conditions: [{ type: 'products', products: ['prd_x'] }] }, 'conditions.0.products.0'],
    [{ conditions: [{ type: 'variants', variants: ['var_x'] }] }, 'conditions.0.variants.0'],
    [{ conditions: [{ type: 'product_types', productTypes: ['car'] }] }, 'conditions.0.productTypes.0'],
    [{ limits: { uses: 0, usesPerCustomer: null } }, 'limits.uses'],
    [{ from: '2026-03-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' }, 'until'],
  ])('refuse %j', async (change, ...paths) => {
    const shop = await testShop()
    const kind = promotionKind(shop.kinds, shop.productTypes)
    const made = createRecord(shop, shop.call(), kind, { ...TEN_PERCENT, ...change })
    await expect(made).rejects.toMatchObject(invalid(...paths))
  })

  it('may give all of the price', async () => {
    const shop = await testShop()
    const free: NewPromotion = { ...TEN_PERCENT, benefit: { type: 'percent', percent: '100' } }
    const made = await createRecord(shop, shop.call(), promotionKind(shop.kinds, shop.productTypes), free)
    expect(made.record).toMatchObject({ requiresCode: false, stacking: 'combinable', status: 'active' })
  })
})

describe('codes', () => {
  async function shopWithPromotion(): Promise<TestShop> {
    const shop = await testShop()
    await createRecord(shop, shop.call(), promotionKind(shop.kinds, shop.productTypes), {
      ...TEN_PERCENT,
      requiresCode: true,
    })
    return shop
  }

  it('are stored as they are compared, for the site of the call', async () => {
    const shop = await shopWithPromotion()
    const made = await createRecord(shop, shop.call(), codeKind, { code: ' spring-sale 24 ', promotionId: 'ten' })
    expect(made.record).toMatchObject({ code: 'SPRINGSALE24', site: 'main', uses: null, status: 'active' })
  })

  it('are unique per site, however they are written', async () => {
    const shop = await shopWithPromotion()
    await createRecord(shop, shop.call(), codeKind, { code: 'SPRING', promotionId: 'ten' })
    const again = createRecord(shop, shop.call(), codeKind, { code: 'spr-ing', promotionId: 'ten' })
    await expect(again).rejects.toMatchObject({ code: 'unique_taken', reason: 'code' })
    const everywhere = await createRecord(shop, shop.call(), codeKind, {
      code: 'SPRING',
      site: '*',
      promotionId: 'ten',
    })
    expect(everywhere.record.site).toBe('*')
  })

  it.each([
    [{ code: 'A-B' }, 'code'],
    [{ code: 'A'.repeat(65) }, 'code'],
    [{ code: 'HALF%OFF' }, 'code'],
    [{ promotionId: 'eleven' }, 'promotionId'],
    [{ site: 'nowhere' }, 'site'],
    [{ uses: 0 }, 'uses'],
  ])('refuse %j', async (change, path) => {
    const shop = await shopWithPromotion()
    const made = createRecord(shop, shop.call(), codeKind, { code: 'SPRING', promotionId: 'ten', ...change })
    await expect(made).rejects.toMatchObject(invalid(path))
  })
})

describe('tax rates', () => {
  it('are named by place and category, of which there is one', async () => {
    const shop = await testShop()
    const rate = { country: 'DE', category: '*', name: 'VAT', rate: '19' }
    expect((await createRecord(shop, shop.call(), taxRateKind, rate)).record.id).toBe('de-standard')
    const again = createRecord(shop, shop.call(), taxRateKind, { ...rate, id: 'other', rate: '20' })
    await expect(again).rejects.toMatchObject({ code: 'unique_taken', reason: 'category' })
  })

  it.each([
    [{ rate: '19,5' }, 'rate'],
    [{ rate: '101' }, 'rate'],
    [{ country: 'Germany' }, 'country'],
  ])('refuse %j', async (change, path) => {
    const shop = await testShop()
    const rate = { country: 'DE', category: 'book', name: 'VAT', rate: '7', ...change }
    await expect(createRecord(shop, shop.call(), taxRateKind, rate)).rejects.toMatchObject(invalid(path))
  })
})

describe('sellers', () => {
  it.each([
    [{ currency: 'ZZZ' }, 'currency'],
    [{ timeZone: '+01:00' }, 'timeZone'],
    [{ country: 'D' }, 'country'],
  ])('refuse %j', async (change, path) => {
    const shop = await testShop()
    const seller = { legalName: 'B Ltd', country: 'DE', currency: 'EUR', ...change }
    await expect(createRecord(shop, shop.call(), sellerKind, seller)).rejects.toMatchObject(invalid(path))
  })
})

describe('payment accounts', () => {
  const ACCOUNT = {
    id: 'card',
    processor: 'test',
    title: 'Card',
    mode: 'test',
    seller: 'acme-seller',
    currencies: ['EUR'],
  } as const

  it('belong to the operator of the call and are seen by nobody else', async () => {
    const shop = await testShop()
    await createOperator(shop, { id: 'other', name: 'Other' })
    const kind = paymentAccountKind(shop.payments)
    const { record } = await createRecord(shop, shop.call(), kind, ACCOUNT)
    expect(record).toMatchObject({ operator: 'acme', secretRefs: {}, status: 'active' })
    const foreign = shop.call({ operator: 'other' })
    await expect(getRecord(shop, foreign, kind, { id: 'card' })).rejects.toMatchObject({ code: 'not_found' })
    const change = updateRecord(shop, foreign, kind, { id: 'card', title: 'Mine' })
    await expect(change).rejects.toMatchObject({ code: 'not_found' })
    expect((await listRecords(shop, foreign, kind, {})).items).toEqual([])
    expect((await listRecords(shop, shop.call(), kind, {})).items).toHaveLength(1)
  })

  it('have ids that are unique over all operators', async () => {
    const shop = await testShop()
    await createOperator(shop, { id: 'other', name: 'Other' })
    const foreign = shop.call({ operator: 'other' })
    await createRecord(shop, foreign, sellerKind, { id: 's', legalName: 'S', country: 'DE', currency: 'EUR' })
    const kind = paymentAccountKind(shop.payments)
    await createRecord(shop, shop.call(), kind, ACCOUNT)
    const again = createRecord(shop, foreign, kind, { ...ACCOUNT, seller: 's' })
    await expect(again).rejects.toMatchObject({ code: 'unique_taken', reason: 'id' })
  })

  it('are audited where the operator looks', async () => {
    const shop = await testShop()
    const kind = paymentAccountKind(shop.payments)
    await createRecord(shop, shop.call(), kind, ACCOUNT)
    await updateRecord(shop, shop.call(), kind, { id: 'card', status: 'disabled' })
    const { items } = await listAuditEvents(shop, shop.call(), { record: 'card' })
    expect(items.map(({ fields }) => fields)).toContainEqual(['status'])
    expect(items).toHaveLength(2)
  })

  it.each([
    [{ processor: 'toString' }, 'processor'],
    [{ seller: 'nobody' }, 'seller'],
    [{ currencies: ['ABC'] }, 'currencies.0'],
    [{ currencies: ['EUR', 'EUR'] }, 'currencies.1'],
  ])('refuse %j', async (change, path) => {
    const shop = await testShop()
    const made = createRecord(shop, shop.call(), paymentAccountKind(shop.payments), { ...ACCOUNT, ...change })
    await expect(made).rejects.toMatchObject({ issues: expect.arrayContaining([expect.objectContaining({ path })]) })
  })

  it('keep processor, mode and seller', async () => {
    const shop = await testShop()
    const kind = paymentAccountKind({ test: shop.payments.test, other: shop.payments.test } as typeof shop.payments)
    await createRecord(shop, shop.call(), kind, ACCOUNT)
    const change = updateRecord(shop, shop.call(), kind, { id: 'card', processor: 'other' })
    await expect(change).rejects.toMatchObject(invalid('processor'))
  })
})

describe('who changed a record', () => {
  it.each([
    ['orders', 0],
    ['payments', 0],
    ['grants', 0],
    ['products', 1],
    ['customers', 1],
  ])('of %s is told at its own site, and at another %j times', async (collection, times) => {
    const shop = await testShop()
    const call = shop.call({ principal: { type: 'staff', site: 'main', staffId: 'ann', roles: [] } })
    const events = ['aud_1', 'aud_2'].map((id) =>
      audit({ ...auditedCall(call), id, collection, record: 'rec_1', fields: ['state'] }),
    )
    await shop.storage.commit(call.scope, events)
    const input = { record: 'rec_1', limit: 1 }
    expect((await listAuditEvents(shop, call, input)).items).toHaveLength(1)
    const there = await listAuditEvents(shop, { ...call, scope: { ...call.scope, site: 'second' } }, input)
    expect(there.items).toHaveLength(times)
    expect(there.nextCursor === null).toBe(times === 0)
  })
})
