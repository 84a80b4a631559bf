import { describe, expect, it } from 'vitest'
import { listAuditEvents } from '../audit/index.ts'
import type { CatalogRow } from '../catalog/index.ts'
import { type Storage, StorageUnavailableError } from '../ports/index.ts'
import { PRICING_VERSION_ID, priceListKind, pricingVersions } from '../pricing/index.ts'
import { byId, put, readAll } from '../storage/index.ts'
import { importRows } from '../testing/import-rows.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import { getAdminProduct, importCatalog, listAdminProducts, updateProduct, updateRecord } from './index.ts'

const course = (n: number, change = {}) => ({
  ...{ productExternalId: `c${n}`, type: 'course', title: `Course ${n}`, price: '49', currency: 'EUR' },
  ...change,
})
const courses = (count: number, change = {}): CatalogRow[] =>
  importRows(...Array.from({ length: count }, (_, n) => course(n, change)))

/** The shop, with something done before each of its commits: they are counted from 1. */
function withCommits(shop: TestShop, before: (nth: number) => Promise<void> | void): TestShop {
  let nth = 0
  const commit: Storage['commit'] = async (...given) => {
    nth += 1
    await before(nth)
    return shop.storage.commit(...given)
  }
  return { ...shop, storage: { ...shop.storage, commit } }
}

async function productOf(shop: TestShop, externalId: string) {
  const { items } = await listAdminProducts(shop, shop.call(), { search: `Course ${externalId.slice(1)}` })
  const found = items.find(({ product }) => product.externalId === externalId)
  if (found === undefined) throw new Error(`There is no ${externalId}.`)
  return found
}

const countOf = async (shop: TestShop) => (await listAdminProducts(shop, shop.call(), { limit: 100 })).items.length

describe('a large import', () => {
  it('is read in chunks and stored a few products at a time', async () => {
    const shop = await testShop()
    let reads = 0
    const sizes: number[] = []
    const read: Storage['read'] = (...given) => {
      reads += 1
      return shop.storage.read(...given)
    }
    const commit: Storage['commit'] = (scope, changes, ...others) => {
      sizes.push(changes.length)
      return shop.storage.commit(scope, changes, ...others)
    }
    const counted = { ...shop, storage: { ...shop.storage, read, commit } }
    expect(await importCatalog(counted, shop.call(), { rows: courses(1500) })).toEqual({
      ...{ created: 1500, updated: 0, unchanged: 0 },
    })
    expect(sizes.length).toBeGreaterThan(50)
    expect(Math.max(...sizes)).toBeLessThan(150)
    expect(reads - sizes.length).toBeLessThan(60)
  })

  it('lets others have their turn', async () => {
    const shop = await testShop()
    let turns = 0
    const sleep = async () => {
      turns += 1
    }
    await importCatalog({ ...shop, runtime: { ...shop.runtime, sleep } }, shop.call(), { rows: courses(500) })
    expect(turns).toBeGreaterThanOrEqual(20)
  })

  it('leaves the version of prices while it only makes products, and names each that it changes', async () => {
    const shop = await testShop()
    const versionOf = async () =>
      (await readAll(shop.storage, shop.call().scope, byId(pricingVersions, PRICING_VERSION_ID)))[0]?.version
    const before = await versionOf()
    await importCatalog(shop, shop.call(), { rows: courses(20) })
    expect(await versionOf()).toBe(before)
    const logged = async () => {
      const [stored] = await readAll(shop.storage, shop.call().scope, byId(pricingVersions, PRICING_VERSION_ID))
      return stored?.body.changes.flatMap(({ ids }) => ids).filter((id) => id.startsWith('var_')) ?? []
    }
    expect(await logged()).toEqual([])
    await importCatalog(shop, shop.call(), { rows: courses(20, { price: '59' }) })
    const { items } = await listAdminProducts(shop, shop.call(), { limit: 100 })
    expect(new Set(await logged())).toEqual(new Set(items.flatMap(({ product }) => product.variants)))
  })
})

describe('meanwhile', () => {
  it('what somebody else has changed stays, beside what the rows say', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: courses(60) })
    const { product } = await productOf(shop, 'c40')
    const edited = withCommits(shop, async (nth) => {
      if (nth !== 2) return
      await updateProduct(shop, shop.call(), { productId: product.id, publication: { place: 7 } })
    })
    const rows = courses(60, { price: '59' })
    expect(await importCatalog(edited, shop.call(), { rows })).toEqual({ created: 0, updated: 60, unchanged: 0 })
    const after = await getAdminProduct(shop, shop.call(), { productId: product.id })
    expect(after).toMatchObject({ publication: { place: 7 }, variants: [{ prices: [{ amount: 5900 }] }] })
  })

  it('other changes of prices do not make it plan anew', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: courses(60) })
    let lists = 0
    const busy = withCommits(shop, async () => {
      const [stored] = await readAll(shop.storage, shop.call().scope, byId(pricingVersions, PRICING_VERSION_ID))
      if (stored !== null && lists < 4) {
        lists += 1
        await shop.storage.commit(shop.call().scope, [put(pricingVersions, stored, stored.body)])
      }
    })
    let plans = 0
    const read: Storage['read'] = (scope, refs) => {
      if (refs.some((ref) => 'in' in ref && ref.in === 'products')) plans += 1
      return busy.storage.read(scope, refs)
    }
    const counted = { ...busy, storage: { ...busy.storage, read } }
    const outcome = await importCatalog(counted, shop.call(), { rows: courses(60, { price: '59' }) })
    expect([lists, plans, outcome.updated]).toEqual([4, 1, 60])
  })

  it('what is stored already is not touched again where the others are planned anew', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: courses(60) })
    const [first, last] = await Promise.all(['c0', 'c59'].map((id) => productOf(shop, id)))
    const edited = withCommits(shop, async (nth) => {
      if (nth !== 2) return
      await updateProduct(shop, shop.call(), { productId: first?.product.id ?? '', title: 'By hand' })
      await updateProduct(shop, shop.call(), { productId: last?.product.id ?? '', publication: { place: 7 } })
    })
    const outcome = await importCatalog(edited, shop.call(), { rows: courses(60, { price: '59' }) })
    expect(outcome).toEqual({ created: 0, updated: 60, unchanged: 0 })
    const { product } = await getAdminProduct(shop, shop.call(), { productId: first?.product.id ?? '' })
    expect(product.title).toBe('By hand')
  })

  it('any number of products may be edited, as long as it gets on', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call(), { rows: courses(250) })
    const edited = new Set<string>()
    const commit: Storage['commit'] = async (...given) => {
      const [first] = given[1].flatMap((change) => ('in' in change && change.in === 'products' ? [change.id] : []))
      if (first !== undefined && !edited.has(first)) {
        edited.add(first)
        await updateProduct(shop, shop.call(), { productId: first, publication: { place: 7 } })
      }
      return shop.storage.commit(...given)
    }
    const busy = { ...shop, storage: { ...shop.storage, commit } }
    const outcome = await importCatalog(busy, shop.call(), { rows: courses(250, { price: '59' }) })
    expect(outcome).toEqual({ created: 0, updated: 250, unchanged: 0 })
    expect(edited.size).toBeGreaterThan(6)
  })

  it('a price list that is no longer for everybody takes no more prices', async () => {
    const shop = await testShop()
    const list = withCommits(shop, async (nth) => {
      if (nth === 2) await updateRecord(shop, shop.call(), priceListKind, { id: 'eur', groups: ['b2b'] })
    })
    const failed = await importCatalog(list, shop.call(), { rows: courses(60) }).catch((error) => error)
    expect(failed).toMatchObject({ code: 'version_conflict', cause: { code: 'import_refused' } })
    expect(failed.message).toMatch(/So far \d+ of the products are stored\.$/)
    expect(failed.data).toEqual({ stored: await countOf(shop) })
    // What was on its way when the list was changed is stored.
    expect(failed.data.stored).toBeLessThan(60)
  })

  it('one that imports the same is no reason to refuse', async () => {
    const shop = await testShop()
    let isFirst = true
    const read: Storage['read'] = async (scope, refs) => {
      if (isFirst && refs.some((ref) => 'unique' in ref && ref.unique === 'slug')) {
        isFirst = false
        await importCatalog(shop, shop.call(), { rows: courses(30) })
      }
      return shop.storage.read(scope, refs)
    }
    const rows = importRows(...Array.from({ length: 30 }, (_, n) => course(n, { slug: `course-${n}` })))
    const outcome = await importCatalog({ ...shop, storage: { ...shop.storage, read } }, shop.call(), { rows })
    expect([isFirst, outcome.created]).toEqual([false, 0])
    expect(await countOf(shop)).toBe(30)
  })

  it('two imports of the same rows make each product once', async () => {
    const shop = await testShop()
    const both = await Promise.all(
      [1, 2].map(() => importCatalog(shop, shop.call(), { rows: courses(80) }).catch((error) => error)),
    )
    expect(both.map(({ created, unchanged }) => created + unchanged)).toEqual([80, 80])
    expect(both[0].created + both[1].created).toBe(80)
    expect(await countOf(shop)).toBe(80)
  })
})

describe('an import that fails on the way', () => {
  const failing = (shop: TestShop, from: number) =>
    withCommits(shop, (nth) => {
      if (nth >= from) throw new StorageUnavailableError('The disk is full.', { outcome: 'nothing' })
    })

  it('says what is stored, and does the others when it is repeated, with the same key too', async () => {
    const shop = await testShop()
    const call = shop.call({ key: 'import-1', fingerprint: 'rows' })
    const failed = importCatalog(failing(shop, 3), call, { rows: courses(100) })
    await expect(failed).rejects.toMatchObject({ code: 'unavailable', data: { stored: expect.any(Number) } })
    const stored = await countOf(shop)
    await expect(failed).rejects.toMatchObject({
      ...{ data: { stored }, retryAfter: 1, isRetryable: true },
      message: expect.stringContaining(
        `So far ${stored} of the products are stored. The same import again does the others.`,
      ),
    })
    expect(stored).toBeGreaterThan(0)
    const again = await importCatalog(shop, call, { rows: courses(100) })
    expect(again).toEqual({ created: 100 - stored, updated: 0, unchanged: stored })
    expect(await importCatalog(shop, call, { rows: courses(100) })).toEqual({ created: 0, updated: 0, unchanged: 100 })
    const { product } = await productOf(shop, 'c99')
    expect((await listAuditEvents(shop, shop.call(), { record: product.id })).items).toHaveLength(1)
  })

  it('says so too where it is a read that fails', async () => {
    const shop = await testShop()
    let isDown = false
    const read: Storage['read'] = async (...given) => {
      if (isDown) throw new StorageUnavailableError('The line broke.', { outcome: 'nothing' })
      return shop.storage.read(...given)
    }
    const broken = withCommits({ ...shop, storage: { ...shop.storage, read } }, (nth) => {
      isDown = nth >= 2
    })
    const failed = await importCatalog(broken, shop.call(), { rows: courses(100) }).catch((error) => error)
    expect(failed).toMatchObject({ code: 'unavailable', retryAfter: 1, data: { stored: await countOf(shop) } })
    expect(failed.data.stored).toBeGreaterThan(0)
  })

  it('says nothing of that before anything is stored', async () => {
    const shop = await testShop()
    const failed = importCatalog(failing(shop, 1), shop.call(), { rows: courses(3) }).catch((error) => error)
    expect([(await failed).code, (await failed).data]).toEqual(['unavailable', undefined])
    expect(await countOf(shop)).toBe(0)
  })

  it('refuses a key that belongs to other rows, before anything is stored', async () => {
    const shop = await testShop()
    await importCatalog(shop, shop.call({ key: 'import-1', fingerprint: 'one' }), { rows: courses(1) })
    const other = importCatalog(shop, shop.call({ key: 'import-1', fingerprint: 'two' }), { rows: courses(2) })
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await countOf(shop)).toBe(1)
  })

  it('calls a slug that was taken meanwhile a conflict, not a refusal: something is stored', async () => {
    const shop = await testShop()
    const taken = withCommits(shop, async (nth) => {
      if (nth !== 2) return
      await importCatalog(shop, shop.call(), { rows: importRows(course(500, { slug: 'last' })) })
    })
    const rows = [...courses(60), ...importRows(course(60, { slug: 'last' }))]
    await expect(importCatalog(taken, shop.call(), { rows })).rejects.toMatchObject({
      ...{ code: 'version_conflict', data: { stored: expect.any(Number) } },
      cause: { code: 'import_refused' },
    })
    await expect(importCatalog(shop, shop.call(), { rows })).rejects.toMatchObject({ code: 'import_refused' })
  })
})
