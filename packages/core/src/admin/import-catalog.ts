import {
  type AuditedWrite,
  audit,
  auditedCall,
  auditedWrite,
  writeChanges,
  writeRefs,
  writtenBefore,
} from '../audit/index.ts'
import {
  type AdminPorts,
  type CatalogRow,
  checkImport,
  missingBundleParts,
  products,
  publications,
  type Variant,
  variants,
} from '../catalog/index.ts'
import { BursarError, type InputIssue } from '../errors/index.ts'
import type { IdPrefix } from '../ids/index.ts'
import type { Call, Change, Stored } from '../ports/index.ts'
import { PRICING_VERSION_ID, type PriceList, priceLists, pricingChange, pricingVersions } from '../pricing/index.ts'
import { sites } from '../site/index.ts'
import { byId, byKey, type Decision, decide, readAll } from '../storage/index.ts'
import { findProductType, targetCheck } from './check-product.ts'
import { draftImport, type ImportContext, type ImportedProduct, type PlacedRow } from './import-drafts.ts'
import { assignSlugs, type SlugWish, wishedSlugs } from './import-slugs.ts'
import { type ProductChanges, productChanges } from './product-changes.ts'
import { readChunks, readProductStates, there } from './product-state.ts'

/** What an import did, by products. */
export interface ImportOutcome {
  /** Products made. */
  created: number
  /** Products changed. */
  updated: number
  /** Products that were so already. */
  unchanged: number
}

/** At most so many issues are told; the whole number is in `data.issues`. */
const MAXIMUM_ISSUES = 200

/**
 * Makes or changes products by their external ids and puts them on the site of the call, all in one commit or none.
 * Repeated with the same rows it changes nothing. What no row names stays as it is.
 * @throws BursarError `import_refused` with what is wrong by row (`rows.12.price`), and then nothing was stored
 */
export function importCatalog(
  ports: AdminPorts,
  call: Call,
  input: { rows: readonly CatalogRow[] },
): Promise<ImportOutcome> {
  const write = auditedWrite(ports.runtime, call)
  const newId = rememberedIds(ports)
  let outcome: ImportOutcome = { created: 0, updated: 0, unchanged: 0 }
  return decide(ports, call.scope, async (): Promise<Decision<ImportOutcome>> => {
    const [pricing, ...state] = await readAll(
      ports.storage,
      call.scope,
      byId(pricingVersions, PRICING_VERSION_ID),
      ...writeRefs(write),
    )
    if (writtenBefore(call, state).isStored) return { answer: outcome }
    const plans = await planImport(ports, call, { rows: input.rows, newId })
    outcome = countOutcome(plans)
    const changed = plans.filter(({ changes }) => changes.length > 0)
    if (changed.length === 0) return { answer: outcome }
    const { changes, pricingIds } = joined(ports, call, { write, changed })
    return { changes: [...changes, pricingChange(pricing, pricingIds)], done: () => outcome }
  })
}

interface ProductPlan extends ProductChanges {
  /** Product id. */
  id: string
  /** Is it made, or was it there? */
  isNew: boolean
}

/** New ids by what they are for: the same in every attempt. */
type NewId = (prefix: IdPrefix, externalId: string) => string

function rememberedIds({ runtime }: AdminPorts): NewId {
  const ids = new Map<string, string>()
  return (prefix, externalId) => {
    const key = `${prefix} ${externalId}`
    const id = ids.get(key) ?? runtime.newId(prefix)
    ids.set(key, id)
    return id
  }
}

async function planImport(
  ports: AdminPorts,
  call: Call,
  { rows, newId }: { rows: readonly CatalogRow[]; newId: NewId },
): Promise<ProductPlan[]> {
  const known = await readVariants(ports, call, rows)
  const singles = new Set([...known].filter(([, { body }]) => body.bundle === null).map(([id]) => id))
  const needed = new Set(missingBundleParts(rows))
  const knownVariants = new Set([...singles].filter((id) => needed.has(id)))
  const checked = checkImport(rows, { knownVariants })
  const places = new Map(rows.map((row, index) => [row.line, index]))
  refuseImport(checked.issues.map(({ line, column, message }) => issueAt(places.get(line) ?? 0, column, message)))
  const imported = await readImported(ports, call, { rows: checked.rows, places, newId })
  const context = await contextOf(ports, call, { imported, known, newId })
  const drafts = imported.map((product) => ({ product, ...draftImport(product, context) }))
  refuseImport(drafts.flatMap(({ issues }) => issues))
  return drafts.map(({ product, draft }) => ({
    id: product.id,
    isNew: product.state === null,
    ...productChanges(call, product.state, draft),
  }))
}

function issueAt(index: number, column: string | null, message: string): InputIssue {
  return { path: column === null ? `rows.${index}` : `rows.${index}.${column}`, message }
}

function refuseImport(issues: readonly InputIssue[]): void {
  if (issues.length === 0) return
  throw new BursarError('import_refused', { issues: issues.slice(0, MAXIMUM_ISSUES), data: { issues: issues.length } })
}

/** The shop's variants that rows are about or that bundles name, by external id. */
async function readVariants(
  { storage }: AdminPorts,
  call: Call,
  rows: readonly CatalogRow[],
): Promise<Map<string, Stored<Variant>>> {
  const ids = [...new Set(rows.flatMap((row) => [row.variantExternalId, ...row.bundleParts]))]
  const found = await readChunks(
    storage,
    call,
    ids.map((id) => byKey(variants, 'externalId', id)),
  )
  return new Map(found.flatMap((stored, index) => (stored === null ? [] : [[ids[index] ?? '', stored] as const])))
}

/** Rows by product, with what the shop has of each. */
async function readImported(
  ports: AdminPorts,
  call: Call,
  { rows, places, newId }: { rows: readonly CatalogRow[]; places: ReadonlyMap<number, number>; newId: NewId },
): Promise<ImportedProduct[]> {
  const groups = new Map<string, [PlacedRow, ...PlacedRow[]]>()
  for (const row of rows) {
    const placed = { row, index: places.get(row.line) ?? 0 }
    const group = groups.get(row.productExternalId)
    if (group === undefined) groups.set(row.productExternalId, [placed])
    else group.push(placed)
  }
  const ids = [...groups.keys()]
  const found = await readChunks(
    ports.storage,
    call,
    ids.map((id) => byKey(products, 'externalId', id)),
  )
  const states = await readProductStates(ports.storage, call, there(found))
  const byExternalId = new Map(states.map((state) => [state.product.body.externalId, state]))
  const issues: InputIssue[] = []
  const imported = [...groups].flatMap(([externalId, group]): ImportedProduct[] => {
    const state = byExternalId.get(externalId) ?? null
    const { row, index } = group[0]
    const type = findProductType(ports, row.type)
    const isSameType = state === null || state.product.body.type === row.type
    if (type === null) issues.push(issueAt(index, 'type', 'is no product type of this shop'))
    if (!isSameType) issues.push(issueAt(index, 'type', 'cannot be changed: make another product'))
    if (type === null) return []
    return [{ id: state?.product.id ?? newId('prd', externalId), rows: group, type, state }]
  })
  refuseImport(issues)
  return imported
}

async function contextOf(
  ports: AdminPorts,
  call: Call,
  given: { imported: readonly ImportedProduct[]; known: ReadonlyMap<string, Stored<Variant>>; newId: NewId },
): Promise<ImportContext> {
  const { imported, known, newId } = given
  const rows = imported.flatMap((product) => product.rows.map(({ row }) => row))
  const adopted = adoptedVariants(imported)
  const idOf = (id: string): string => known.get(id)?.id ?? adopted.get(id) ?? newId('var', id)
  const named = [...new Set(rows.flatMap((row) => [row.variantExternalId, ...row.bundleParts]))]
  const variantIds = new Map(named.map((id) => [id, idOf(id)]))
  const ofImport = rows.map(
    (row) => [idOf(row.variantExternalId), { bundle: row.bundleParts.length === 0 ? null : BUNDLE }] as const,
  )
  return {
    now: call.now,
    lists: await readLists(ports, call),
    variantIds,
    owners: new Map([...known].map(([id, { body }]) => [id, body.productId])),
    parts: new Map([...[...known.values()].map(({ id, body }) => [id, body] as const), ...ofImport]),
    slugs: await readSlugs(ports, call, imported),
    checkTarget: targetCheck(ports),
  }
}

/** Stands for the parts of a bundle of the same import, where only that it is one matters. */
const BUNDLE: Variant['bundle'] = { parts: [], pricing: { type: 'own_price' }, ownedParts: 'sell_all' }

/** Variants without an external id that a row of the same product and name gives one, by that id. */
function adoptedVariants(imported: readonly ImportedProduct[]): ReadonlyMap<string, string> {
  return new Map(
    imported.flatMap(({ rows, state }) =>
      rows.flatMap(({ row }) => {
        const same = state?.variants.find(({ body }) => body.name === row.variantName && body.externalId === null)
        return same === undefined ? [] : [[row.variantExternalId, same.id] as const]
      }),
    ),
  )
}

/** The first of the site's lists in each currency that counts for everybody, everywhere and at any time. */
async function readLists({ storage }: AdminPorts, call: Call): Promise<ReadonlyMap<string, PriceList>> {
  const [site] = await readAll(storage, call.scope, byId(sites, call.scope.site))
  if (site === null) throw new BursarError('site_unknown')
  const found = await readAll(storage, call.scope, ...site.body.priceLists.map((id) => byId(priceLists, id)))
  const lists = new Map<string, PriceList>()
  for (const { body: list } of there(found)) {
    const isForAll = list.groups === null && list.countries === null && list.from === null && list.until === null
    if (isForAll && list.status === 'active' && !lists.has(list.currency)) lists.set(list.currency, list)
  }
  return lists
}

async function readSlugs(
  { storage }: AdminPorts,
  call: Call,
  imported: readonly ImportedProduct[],
): Promise<ReadonlyMap<string, string>> {
  const wishes = imported.flatMap(({ id, rows, state }): SlugWish[] => {
    const { row } = rows[0]
    return row.publish ? [{ id, row, current: state?.publication?.body.slug ?? null }] : []
  })
  const wanted = [...new Set(wishes.flatMap(wishedSlugs))]
  const found = await readChunks(
    storage,
    call,
    wanted.map((slug) => byKey(publications, 'slug', slug)),
  )
  return assignSlugs(wishes, new Map(there(found).map((stored) => [stored.body.slug, stored])))
}

function countOutcome(plans: readonly ProductPlan[]): ImportOutcome {
  const changed = plans.filter(({ changes }) => changes.length > 0)
  const created = changed.filter(({ isNew }) => isNew).length
  return { created, updated: changed.length - created, unchanged: plans.length - changed.length }
}

/** All changes as one commit, with an audit event for each product. */
function joined(
  { runtime }: AdminPorts,
  call: Call,
  { write, changed }: { write: AuditedWrite; changed: readonly ProductPlan[] },
): { changes: Change[]; pricingIds: string[] } {
  const events = changed.flatMap(({ id, fields }, index) => {
    const what = { collection: products.name, record: id, fields }
    if (index === 0) return writeChanges(call, write, what)
    return [audit({ ...auditedCall(call), ...what, id: runtime.newId('aud') })]
  })
  return {
    changes: [...changed.flatMap(({ changes }) => changes), ...events],
    pricingIds: changed.flatMap(({ pricingIds }) => pricingIds),
  }
}
