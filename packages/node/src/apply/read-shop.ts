import { type AdminClient, type AdminProduct, isBursarError, type Json } from '@bursar/core'
import { checkShopFile } from './check-shop-file.ts'
import { referencesOf } from './map-references.ts'
import { nameOf, type RecordSection, SECTIONS } from './shop-file.ts'
import { type FoundRecord, type ShopRecords, type ShopState, shopState } from './shop-state.ts'

type RecordLists = { [S in RecordSection]: FoundRecord[] }

const noRecords = (): RecordLists => ({
  ...{ priceLists: [], taxRates: [], sites: [], collections: [], promotions: [], codes: [] },
})

/**
 * What a shop has of that which a file is about: the records that it names, and the products where it names any, all of
 * them, for they are found by their own ids only.
 */
export async function readShop(admin: AdminClient, content: Json | undefined): Promise<ShopState> {
  const { entries } = checkShopFile(content, shopState({ products: [], records: noRecords() }))
  const references = entries.flatMap(({ section, fields }) => referencesOf(section, fields))
  const wanted = new Map<string, { section: RecordSection; id: string }>()
  for (const { section, key } of entries) {
    if (section !== 'products') wanted.set(nameOf({ section, key }), { section, id: key })
  }
  for (const { kind, name } of references) {
    if (kind !== 'product' && kind !== 'variant')
      wanted.set(nameOf({ section: kind, key: name }), { section: kind, id: name })
  }
  const records = noRecords()
  for (const { section, id } of wanted.values()) {
    const found = await recordOf(admin, section, id)
    if (found !== null) records[section].push(found)
  }
  const hasProducts = entries.some(({ section }) => section === 'products')
  const namesProducts = references.some(({ kind }) => kind === 'product' || kind === 'variant')
  return shopState({ products: hasProducts || namesProducts ? await allProducts(admin) : [], records })
}

/** All that a shop has and a file can hold but its codes, which are secrets and may be very many. */
export async function readWholeShop(admin: AdminClient): Promise<ShopRecords> {
  const records = noRecords()
  for (const section of SECTIONS) {
    if (section === 'products' || section === 'codes') continue
    records[section] = await all<FoundRecord>((cursor) => admin[section].list({ limit: 100, cursor }))
  }
  return { products: await allProducts(admin), records }
}

/** What cannot be an id is the name of nothing. */
async function recordOf(admin: AdminClient, section: RecordSection, id: string): Promise<FoundRecord | null> {
  try {
    return await admin[section].get({ id })
  } catch (error) {
    if (isBursarError(error, 'not_found') || isBursarError(error, 'invalid_input')) return null
    throw error
  }
}

const allProducts = (admin: AdminClient): Promise<AdminProduct[]> =>
  all((cursor) => admin.products.list({ limit: 100, cursor }))

async function all<T>(
  page: (cursor: string | undefined) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const found: T[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await page(cursor)
    found.push(...items)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return found
}
