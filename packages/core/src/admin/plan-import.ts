import {
  type AdminPorts,
  type CatalogRow,
  checkImport,
  missingBundleParts,
  products,
  publications,
  type Variant,
  variantNameOf,
  variants,
} from '../catalog/index.ts'
import { BursarError, type InputIssue, issueUnless } from '../errors/index.ts'
import type { IdPrefix } from '../ids/index.ts'
import type { Call, Storage, Stored } from '../ports/index.ts'
import { comparePrecedence, type PriceList, priceLists } from '../pricing/index.ts'
import { type Site, sites } from '../site/index.ts'
import { byId, byKey, type RecordRef, readAll } from '../storage/index.ts'
import { findProductType, targetCheck } from './check-product.ts'
import { draftImport, type ImportContext, type ImportedProduct, isShownAfter, type PlacedRow } from './import-drafts.ts'
import { assignSlugs, type SlugWish, wishedSlugs } from './import-slugs.ts'
import { type ProductChanges, type ProductDraft, productChanges } from './product-changes.ts'
import { readChunks, readProductStates, there } from './product-state.ts'

/** At most so many issues are told; the whole number is in `data.issues`. */
const MAXIMUM_ISSUES = 200
/** Products that are drafted before others have their turn: some milliseconds. */
const DRAFTED_AT_ONCE = 25

/** What an import does to one product. */
export interface ProductPlan extends ProductChanges {
  /** Product id. */
  id: string
  /** Is it made, or was it there? */
  isNew: boolean
  /** Is it what bundles are made of, a bundle, or has it variants of both kinds? */
  kind: 'part' | 'both' | 'bundle'
  /** Its slug on the site of the call before and after; null where it is not published. */
  slug: { before: string | null; after: string | null }
}

/** A record that was planned by, and its version then. */
export interface PlannedBy {
  /** Where it stands. */
  ref: RecordRef<Stored<Site> | Stored<PriceList>>
  /** Its version when it was planned. */
  version: number
}

/** New ids by what they are for: the same in every attempt. */
export type NewId = (prefix: IdPrefix, externalId: string) => string

/** Makes each id once. */
export function rememberedIds({ runtime }: AdminPorts): NewId {
  const ids = new Map<string, string>()
  return (prefix, externalId) => {
    const key = `${prefix} ${externalId}`
    const id = ids.get(key) ?? runtime.newId(prefix)
    ids.set(key, id)
    return id
  }
}

/**
 * What the rows come to for each product, in the file's order. It stores nothing, and lets others have their turn.
 * @throws BursarError `import_refused` with what is wrong by row (`rows.12.price`; `rows` where the site lacks a price list),
 *   `version_conflict` where what was read does not belong together, for somebody imports the same
 */
export async function planImport(
  ports: AdminPorts,
  call: Call,
  { rows: given, newId }: { rows: readonly CatalogRow[]; newId: NewId },
): Promise<{ plans: readonly ProductPlan[]; basis: readonly PlannedBy[] }> {
  const rows = toldApart(given)
  const known = await readVariants(ports, call, rows)
  const singles = new Set([...known].filter(([, { body }]) => body.bundle === null).map(([id]) => id))
  const needed = new Set(missingBundleParts(rows))
  const knownVariants = new Set([...singles].filter((id) => needed.has(id)))
  const checked = checkImport(rows, { knownVariants })
  const places = new Map(rows.map((row, index) => [row.line, index]))
  refuseImport(checked.issues.map(({ line, column, message }) => issueAt(places.get(line) ?? 0, column, message)))
  const imported = await readImported(ports, call, { rows: checked.rows, places, newId })
  const { basis, ...lists } = await readLists(ports, call)
  const context = { ...(await contextOf(ports, call, { imported, known, newId })), ...lists }
  const issues = listIssues(checked.rows, lists.lists)
  const plans: ProductPlan[] = []
  for (const [place, product] of imported.entries()) {
    if (place % DRAFTED_AT_ONCE === 0) await ports.runtime.sleep(0)
    const drafted = draftImport(product, context)
    issues.push(...drafted.issues)
    if (issues.length === 0) plans.push(planOf(call, product, drafted.draft))
  }
  refuseImport(issues)
  return { plans, basis }
}

/** Rows by their lines; where several stand on one, as in a list without line breaks, by their places. */
function toldApart(rows: readonly CatalogRow[]): readonly CatalogRow[] {
  const lines = new Set(rows.map(({ line }) => line))
  return lines.size === rows.length ? rows : rows.map((row, place) => ({ ...row, line: place + 1 }))
}

const planOf = (call: Call, { id, state }: ImportedProduct, draft: ProductDraft): ProductPlan => ({
  id,
  isNew: state === null,
  kind: kindOf(draft.variants),
  slug: { before: state?.publication?.body.slug ?? null, after: draft.publication?.slug ?? null },
  ...productChanges(call, state, draft),
})

function kindOf(drafted: readonly Variant[]): ProductPlan['kind'] {
  if (drafted.every(({ bundle }) => bundle === null)) return 'part'
  return drafted.some(({ bundle }) => bundle === null) ? 'both' : 'bundle'
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
): Promise<Omit<ImportContext, 'lists' | 'priceLists'>> {
  const { imported, known, newId } = given
  const rows = imported.flatMap((product) => product.rows.map(({ row }) => row))
  const adopted = adoptedVariants(imported)
  const idOf = (id: string): string => known.get(id)?.id ?? adopted.get(id) ?? newId('var', id)
  const named = [...new Set(rows.flatMap((row) => [row.variantExternalId, ...row.bundleParts]))]
  const variantIds = new Map(named.map((id) => [id, idOf(id)]))
  // A row without parts leaves a bundle what it is.
  const stored = new Map(imported.flatMap(({ state }) => state?.variants.map(({ id, body }) => [id, body]) ?? []))
  const ofImport = rows.map((row) => {
    const id = idOf(row.variantExternalId)
    return [id, { bundle: row.bundleParts.length === 0 ? (stored.get(id)?.bundle ?? null) : BUNDLE }] as const
  })
  return {
    now: call.now,
    variantIds,
    owners: new Map([...known].map(([id, { body }]) => [id, body.productId])),
    parts: new Map([...[...known.values()].map(({ id, body }) => [id, body] as const), ...ofImport]),
    slugs: await readSlugs(ports, call, imported),
    checkTarget: targetCheck(ports, call.scope.operator),
  }
}

/** Stands for the parts of a bundle of the same import, where only that it is one matters. */
const BUNDLE: Variant['bundle'] = { parts: [], pricing: { type: 'own_price' }, ownedParts: 'sell_all' }

/** Variants without an external id that a row of the same product and name gives one, by that id. */
function adoptedVariants(imported: readonly ImportedProduct[]): ReadonlyMap<string, string> {
  return new Map(
    imported.flatMap(({ rows, state }) =>
      rows.flatMap(({ row }) => {
        const same = state?.variants.find(({ body }) => body.name === variantNameOf(row) && body.externalId === null)
        return same === undefined ? [] : [[row.variantExternalId, same.id] as const]
      }),
    ),
  )
}

/**
 * The site's lists in each currency that count for everybody, everywhere and at any time, the last in precedence first, all that
 * it sells from, and what says so. What the site is, is read first: lists that it takes up later come with another version of it.
 */
async function readLists(
  { storage }: AdminPorts,
  call: Call,
): Promise<Pick<ImportContext, 'lists' | 'priceLists'> & { basis: readonly PlannedBy[] }> {
  const [site] = await readAll(storage, call.scope, byId(sites, call.scope.site))
  if (site === null) throw new BursarError('site_unknown')
  const found = there(await readAll(storage, call.scope, ...site.body.priceLists.map((id) => byId(priceLists, id))))
  const active = found.map(({ body }) => body).filter(({ status }) => status === 'active')
  const forAll = active.filter(isForAll)
  const lists = Map.groupBy(forAll.sort(comparePrecedence).reverse(), ({ currency }) => currency)
  const ofLists = found.map(({ id, version }) => ({ ref: byId(priceLists, id), version }))
  const here = new Set(active.map(({ id }) => id))
  return { lists, priceLists: here, basis: [{ ref: byId(sites, site.id), version: site.version }, ...ofLists] }
}

function isForAll({ groups, countries, regions, from, until }: PriceList): boolean {
  return groups === null && countries === null && !regions && from === null && until === null
}

/** The site lacks a list, and no row is to blame: each currency is told once. */
function listIssues(rows: readonly CatalogRow[], lists: ReadonlyMap<string, readonly PriceList[]>): InputIssue[] {
  const used = new Set(rows.flatMap(({ prices }) => prices.map(({ currency }) => currency)))
  return [...used].flatMap((currency) =>
    issueUnless(
      lists.has(currency),
      'rows',
      `have prices in ${currency}, and the site has no price list for everybody in it: make one without groups, ` +
        'countries, regions and dates, and name it in the site’s `priceLists`',
    ),
  )
}

async function readSlugs(
  { storage }: AdminPorts,
  call: Call,
  imported: readonly ImportedProduct[],
): Promise<ReadonlyMap<string, string>> {
  const wishes = imported.flatMap(({ id, rows, state }): SlugWish[] => {
    const { row } = rows[0]
    return isShownAfter(row, state) ? [{ id, row, current: state?.publication?.body.slug ?? null }] : []
  })
  const wanted = [...new Set(wishes.flatMap(wishedSlugs))]
  const found = await readChunks(
    storage,
    call,
    wanted.map((slug) => byKey(publications, 'slug', slug)),
  )
  await refuseTwins(storage, call, { imported, owners: there(found).map(({ id }) => id) })
  return assignSlugs(wishes, new Map(there(found).map((stored) => [stored.body.slug, stored])))
}

/** Products were read before slugs: one that came in between has its slug, and was not there a moment ago. */
async function refuseTwins(
  storage: Storage,
  call: Call,
  { imported, owners }: { imported: readonly ImportedProduct[]; owners: readonly string[] },
): Promise<void> {
  const own = new Set(imported.map(({ id }) => id))
  const others = [...new Set(owners)].filter((id) => !own.has(id)).map((id) => byId(products, id))
  const externalIds = new Set<string | null>(imported.map(({ rows }) => rows[0].row.productExternalId))
  const found = there(await readChunks(storage, call, others))
  if (found.some(({ body }) => externalIds.has(body.externalId))) throw new BursarError('version_conflict')
}
